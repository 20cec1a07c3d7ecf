"use strict";
// Accounts, addresses of mail, plates, homes, and names beside what identifies them:
// checks/private/personal_accounts.py and personal_details.py.

const ACCOUNTS = deskTable("checks.private.personal_accounts");
const DETAILS = deskTable("checks.private.personal_details");

/** @param {string} name */
function isPlaceholderName(name) {
  return !stripCharacters(name, "xX*._-") || name === "git";
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findEmails(page) {
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of ACCOUNTS.EMAIL.all(page.text)) {
    const { user, host, plain, other } = found.groups;
    const top = found.groups.top.toLowerCase();
    if (isPlaceholderName(user) || isPlaceholderName(host)) continue;
    if (PRIVATE.words.file_endings.includes(top)) continue;
    const certain = Boolean(plain) || page.hasLabel("email", found.index);
    if (certain || (ACCOUNTS.USUAL_TOPS.includes(top) && other !== " at ")) {
      findings.push(makeFolded("email", found.index, endOf(found), certain));
    }
  }
  return findings;
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findAccounts(page) {
  const { text } = page;
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of ACCOUNTS.ACCOUNT.all(text)) {
    const [name] = found;
    const [start, end] = [found.index, endOf(found)];
    if (isPlaceholderName(name) || PRIVATE.words.no_accounts.includes(name.toLowerCase())) continue;
    const personal = page.hasLabel("personal-account", start);
    if (!personal && !page.hasLabel("group-account", start)) continue;
    const divided = ACCOUNTS.AFTER_LABEL.includes(text[start - 1]);
    if (!page.isAmount(start, end) && (!/^[A-Za-z]+$/.test(name) || divided)) {
      findings.push(makeFolded("account", start, end, personal));
    }
  }
  for (const found of ACCOUNTS.MICROBLOG.all(text)) {
    const end = endOf(found);
    findings.push(makeFolded("account", end - found.groups.name.length, end, false));
  }
  return findings;
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findPlates(page) {
  const { text } = page;
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of ACCOUNTS.PLATE.all(text)) {
    const [start, end] = [found.index, endOf(found)];
    const { body } = found.groups;
    if (body && (body.match(/\d/g) || []).length < 2) continue;
    const near = text.slice(Math.max(0, start - 6), start);
    const proved = page.hasLabel("plate", start) || near.includes("车")
      || Boolean(ACCOUNTS.VEHICLE_AFTER.match(text, end));
    if (proved || !(page.isAmount(start, end) || ACCOUNTS.NUMBER_AFTER.match(text, end))) {
      findings.push(makeFolded("plate", start, end, proved));
    }
  }
  return findings;
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findHomes(page) {
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of DETAILS.HOME.all(page.text)) {
    const { place } = found.groups;
    const doors = Array.from(/** @type {Iterable<Match>} */ (DETAILS.DOOR.all(place)));
    const before = page.text.slice(Math.max(0, found.index - 2), found.index);
    if (!doors.length || DETAILS.OFFICES.includes(before) || DETAILS.PUBLIC.search(place)) continue;
    const start = endOf(found) - place.length;
    const end = start + endOf(doors[doors.length - 1]);
    findings.push(makeFolded("home-address", start, end, false));
  }
  return findings;
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findNames(page) {
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of DETAILS.NAMED.all(page.text)) {
    if (!isPersonal(page.text, found)) continue;
    const start = found.index + found.groups.label.length;
    findings.push(makeFolded("personal-name", start, start + found.groups.name.length, false));
  }
  return findings;
}

/** Whether what is around a name tells whose it is. @param {string} text @param {Match} found */
function isPersonal(text, found) {
  const { label, name, masked, context } = found.groups;
  if (masked) return Boolean(DETAILS.IDENTITY.search(context));
  if (SLUG_WORDS.has(name)) return false; // Python asks its dictionary: 高龄
  if (DETAILS.NO_NAME_ENDS.some((/** @type {string} */ end) => name.endsWith(end))) return false;
  const aged = DETAILS.AGED.search(text.slice(Math.max(0, found.index - 3), found.index));
  return Boolean(aged || DETAILS.SENSITIVE.match(label) || label.includes("姓名")
    || DETAILS.EVIDENCE.search(context) || DETAILS.IDENTITY.search(context));
}

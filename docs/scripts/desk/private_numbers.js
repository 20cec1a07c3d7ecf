"use strict";
// Phone numbers, numbers of cards and papers: checks/private/phone_numbers.py, card_numbers.py.

const PHONES = deskTable("checks.private.phone_numbers");
const CARDS = deskTable("checks.private.card_numbers");

/** What ends right before a place, within a few characters. @param {Pattern} pattern
 * @param {string} text @param {number} start @param {number} longest
 * @returns {{start: number, found: Match} | null} */
function findBefore(pattern, text, start, longest) {
  const from = Math.max(0, start - longest - 4); // what a pattern looks back at
  const found = pattern.search(text.slice(from, start), Math.max(0, start - longest) - from);
  return found && { start: from + found.index, found };
}

/** @param {string} text @param {number} place */
function isDigitAt(text, place) {
  return /^[0-9]$/.test(text[place] || "");
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findMobiles(page) {
  const { text } = page;
  /** @type {FoldedFinding[]} */
  const findings = [];
  let last = -1;
  for (const found of PHONES.MOBILE.all(text)) {
    const end = endOf(found);
    const country = findBefore(PHONES.COUNTRY_BEFORE, text, found.index, PHONES.LONGEST_AREA);
    const start = country ? country.start : found.index - Number(found[0].includes(")"));
    if (isDigitAt(text, start - 1) || text[start - 1] === "*") continue;
    const proved = page.hasLabel("phone", start) || page.continuesList(last, start);
    const { free, usual, gap } = found.groups;
    if ((free && !proved) || isMadeUpNumber(found[0])) continue;
    if (!proved && (isOtherNumber(page, start, end) || goesOn(text, found))) continue;
    const isUsual = (usual || gap) && !page.isField(start);
    const doubtful = (country && country.found[0].startsWith("8"))
      || PHONES.ENDING.match(text, end);
    findings.push(makeFolded("phone-number", start, end, proved || Boolean(isUsual && !doubtful)));
    last = end;
  }
  return findings;
}

/** Whether a number is made up: 13800000000. @param {string} number */
function isMadeUpNumber(number) {
  const digits = number.replace(/\D/g, "");
  return /^0+$/.test(digits.slice(3)) || new Set(digits).size === 1;
}

/** @param {Surroundings} page @param {number} start @param {number} end */
function isOtherNumber(page, start, end) {
  return page.namesThing(start) || page.isAmount(start, end);
}

/** Whether letters or further figures follow. @param {string} text @param {Match} found */
function goesOn(text, found) {
  const follows = text.slice(endOf(found), endOf(found) + 6);
  if (/^(?:[A-Za-z]|[-_/.]\d)/.test(follows)) return true;
  return /^ \d/.test(follows) && !/^ 1[3-9]\d[- \d]/.test(follows) && !/^\d+$/.test(found[0]);
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findLandlines(page) {
  const { text } = page;
  /** @type {FoldedFinding[]} */
  const findings = [];
  let last = -1;
  for (const found of PHONES.LANDLINE.all(text)) {
    const { joined, abroad } = found.groups;
    const area = joined ? null
      : findBefore(PHONES.AREA_BEFORE, text, found.index, PHONES.LONGEST_AREA);
    const start = area ? area.start : found.index - Number(Boolean(abroad));
    const end = endOf(found);
    if (!area && isRestOfNumber(text, start)) continue;
    const digits = found[0].match(/\d/g) || [];
    if (PHONES.DATE.match(found[0]) || new Set(digits).size === 1) continue;
    const labelled = page.hasLabel("phone", start) || page.continuesList(last, start);
    const proved = labelled && (Boolean(area || joined) || !page.isAmount(start, end));
    const shaped = (area || abroad) && !isOtherNumber(page, start, end);
    if (!proved && !shaped) continue;
    const certain = proved || !(area && area.found.groups.spaced);
    findings.push(makeFolded("landline", start, end, certain && !page.isPublicLine(start)));
    last = end;
  }
  return findings;
}

/** Whether figures are the rest of a longer number. @param {string} text @param {number} start */
function isRestOfNumber(text, start) {
  const before = text.slice(Math.max(0, start - 2), start);
  return /[0-9*./-]$/.test(before) || /^\d $/.test(before);
}

/** Identity cards, of 18 figures and of 15. @param {Surroundings} page
 * @returns {FoldedFinding[]} */
function findIdCards(page) {
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of CARDS.ID_CARD.all(page.text)) {
    const [start, end] = [found.index, endOf(found)];
    const number = found[0].replace(/[^\dXx]/g, "");
    const labelled = page.hasLabel("id-card", start);
    if (isIdCard(number) && CARDS.PROVINCES.includes(number.slice(0, 2))) {
      if (labelled || !page.namesThing(start) || page.isField(start)) {
        findings.push(makeFolded("id-card", start, end));
      }
    } else if (labelled) {
      findings.push(makeFolded("id-card", start, end, isPastDate(number.slice(6, 14))));
    }
  }
  for (const found of CARDS.OLD_ID_CARD.all(page.text)) {
    const number = found[0].replace(/\D/g, "");
    if (isPastDate(`19${number.slice(6, 12)}`) && page.hasLabel("id-card", found.index)) {
      findings.push(makeFolded("id-card", found.index, endOf(found)));
    }
  }
  return findings;
}

/** Whether 18 characters have a date and the right check digit. @param {string} number */
function isIdCard(number) {
  const sum = CARDS.CHECK_DIGIT_WEIGHTS.reduce((/** @type {number} */ total,
    /** @type {number} */ weight, /** @type {number} */ place) =>
    total + weight * Number(number[place]), 0);
  return isPastDate(number.slice(6, 14))
    && CARDS.CHECK_DIGITS[sum % 11] === number[17].toUpperCase();
}

/** Whether eight figures are a day that has been. @param {string} figures */
function isPastDate(figures) {
  const parts = [figures.slice(0, 4), figures.slice(4, 6), figures.slice(6)];
  const [year, month, day] = parts.map(Number);
  const made = new Date(year, month - 1, day);
  return year > 0 && made.getMonth() === month - 1 && made.getDate() === day
    && made.getTime() <= Date.now();
}

/** @param {Surroundings} page @returns {FoldedFinding[]} */
function findBankCards(page) {
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of CARDS.BANK_CARD.all(page.text)) {
    const [start, end] = [found.index, endOf(found)];
    const number = found[0].replace(/\D/g, "");
    if (new Set(number).size === 1 || number.length < 12) continue;
    if (page.hasLabel("bank-card", start)) {
      findings.push(makeFolded("bank-card", start, end));
    } else if (looksLikeCard(number) && !isOtherNumber(page, start, end)) {
      findings.push(makeFolded("bank-card", start, end, number.startsWith("62")));
    }
  }
  return findings;
}

/** Whether a number has the beginning, length and check digit of a card. @param {string} number */
function looksLikeCard(number) {
  const begins = CARDS.CARD_PREFIXES.some((/** @type {string} */ each) => number.startsWith(each));
  if (!begins || !CARDS.CARD_LENGTHS.includes(number.length)) return false;
  if (number.length !== 16 && !number.startsWith("62")) return false;
  const sum = Array.from(number).reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (1 + place % 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Passports and similar papers. @param {Surroundings} page @returns {FoldedFinding[]} */
function findPapers(page) {
  const { text } = page;
  /** @type {FoldedFinding[]} */
  const findings = [];
  for (const found of CARDS.PAPER.all(text)) {
    const [start, end] = [found.index, endOf(found)];
    const near = findBefore(CARDS.PAPER_NAMED, text, start, CARDS.NEAR);
    const named = /^[A-Za-z]/.test(found[0]) && (near || CARDS.NAMED_AFTER.match(text, end));
    if (named || (page.hasLabel("passport", start) && !page.isAmount(start, end))) {
      findings.push(makeFolded("passport", start, end));
    }
  }
  for (const found of CARDS.OFFICER_PAPER.all(text)) {
    const start = Math.max(0, found.index - 1);
    if (page.hasLabel("passport", start)) {
      findings.push(makeFolded("passport", start, endOf(found)));
    }
  }
  return findings;
}

"use strict";
// The role that a heading names by its head word: structure/roles.py.

const ROLES = deskTable("structure.roles");

/**
 * @typedef {{id: string, name: string, description: string, headings: string[],
 *   phrases: Pattern[], strong: Pattern[], hints: Pattern[]}} Role
 * @typedef {{name: string, aliases: string[], default_role: string}} Kind
 */

/** @type {{roles: Role[], kinds: Kind[], regions: {name: string, aliases: string[]}[],
 *   themes: string[], theme_aliases: Record<string, string>, places: string[][],
 *   place_words: string[]}} */
const VOCABULARY = revive(DESK_DATA.vocabulary);
const ROLE_IDS = VOCABULARY.roles.map((role) => role.id);

/** The roles of each head word. @type {Map<string, string[]>} */
const HEAD_WORDS = new Map();
for (const role of VOCABULARY.roles) {
  for (const word of role.headings) {
    HEAD_WORDS.set(word, [...HEAD_WORDS.get(word) || [], role.id]);
  }
}
const LONGEST_HEAD_WORD = Math.max(...Array.from(HEAD_WORDS.keys(), (word) => word.length));

/** A heading without marker, brackets around it and closing mark. @param {string} heading */
function stripHeading(heading) {
  return stripAround(heading, readMarker(heading));
}

/** @param {string} heading @param {Marker | null} marker @returns {string} */
function stripAround(heading, marker) {
  return ROLES.AROUND.replace(marker ? heading.slice(marker.length) : heading, "");
}

/** Whether a heading opens with an action: 强化组织领导. @param {string} heading */
function opensWithAction(heading) {
  return Boolean(ROLES.STARTS_WITH_ACTION.match(stripHeading(heading)));
}

/**
 * The roles whose head words end a heading or one of its 和/及 parts, with the word's length.
 * @param {string} heading
 * @returns {Map<string, number>}
 */
function findNamedRoles(heading) {
  /** @type {Map<string, number>} */
  const named = new Map();
  const marker = readMarker(heading);
  if (marker && marker.family === MARKERS.SHI_FAMILY) return named;
  const text = takeNamedPart(stripAround(heading, marker));
  const found = findEndings(text);
  if (!found.length) return named;
  const whole = found[0][0];
  const before = text.slice(0, -whole);
  const role = found[0][1];
  if (before && actsOn(text, before, whole, role) && !isLabelBefore(before, role)) return named;
  if (role === "practice" && joinsOther(before)) return named;
  for (const [length, id] of found) if (length === whole) named.set(id, length);
  if (text.length <= ROLES.LABEL_CHARACTERS && whole < text.length) {
    for (const part of ROLES.AND.split(text).slice(0, -1)) {
      const [first] = findEndings(part);
      if (first && !named.has(first[1])) named.set(first[1], first[0]);
    }
  }
  return named;
}

/**
 * Whether a heading is a verb with its object, which names an action and no role.
 * @param {string} text @param {string} before @param {number} whole @param {string} role
 */
function actsOn(text, before, whole, role) {
  const isVerb = text.length > ROLES.SURE_NAME_CHARACTERS
    && ROLES.ALSO_VERBS.includes(text.slice(-whole));
  const opens = ROLES.STARTS_WITH_ACTION.match(text) || ROLES.SAYS_WHAT_TO_DO.match(text);
  const clause = (text.includes("，") && text.length > ROLES.LABEL_CHARACTERS)
    || ROLES.SAYS_WHEN.search(before);
  const fought = (role === "problem" || role === "cause") && ROLES.FIGHTS.search(before);
  return Boolean(isVerb || opens || clause || fought);
}

/** Whether a head word is joined to no name of a role: 坚守与创新. @param {string} before */
function joinsOther(before) {
  return ROLES.JOINS.includes(before.slice(-1)) && !findEndings(before.slice(0, -1)).length;
}

/** The naming part of a heading: 案例启示 of 案例启示：本土与世界. @param {string} text */
function takeNamedPart(text) {
  const colon = text.indexOf("：");
  const before = text.slice(0, Math.max(colon, 0));
  const names = colon >= 0 && before.length <= ROLES.LABEL_CHARACTERS && findEndings(before).length;
  return names ? before : ROLES.TRANSLATED.replace(text, "");
}

/** Whether the words before a head word describe it. @param {string} before @param {string} role */
function isLabelBefore(before, role) {
  const known = role === "outcome" ? ROLES.YIELDS : ROLES.DESCRIBES;
  const describes = role !== "problem" && known.fullmatch(before);
  return Boolean(describes || ROLES.LABEL_BEFORE_HEAD.search(before));
}

/** The head words that end a text, the longest first. @param {string} text */
function findEndings(text) {
  /** @type {[number, string][]} */
  const found = [];
  for (let length = Math.min(text.length, LONGEST_HEAD_WORD); length > 0; length--) {
    const roles = HEAD_WORDS.get(text.slice(-length)) || [];
    for (const role of roles) found.push([length, role]);
  }
  return found;
}

/** Whether a line is only the name of a section. @param {string} line */
function isSectionName(line) {
  const name = stripHeading(line);
  const lengths = [name.length, ROLES.GENERAL_WORD.replace(name, "").length];
  return Array.from(findNamedRoles(line).values()).some((length) => lengths.includes(length));
}

/** The only role that a heading names by its head word, or "". @param {string} heading */
function findHeadingRole(heading) {
  const named = Array.from(findNamedRoles(heading));
  const most = Math.max(...named.map(([, length]) => length));
  const longest = named.filter(([, length]) => length === most);
  return longest.length === 1 ? longest[0][0] : "";
}

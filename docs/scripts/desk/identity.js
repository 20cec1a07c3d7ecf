"use strict";
// The id of a case from its title, the anchors of its blocks: library/identity.py.

const IDENTITY = deskTable("library.identity");
const SLUG = DESK_DATA.slug;

/** @type {Map<string, string>} */
const READINGS = new Map();
for (const [reading, characters] of Object.entries(SLUG.readings)) {
  for (const character of characters) READINGS.set(character, reading);
}
const SLUG_WORDS = new Set([...SLUG.pairs.match(/../gu) || [], ...SLUG.longer]);
const LONGEST_SLUG_WORD = Math.max(2, ...SLUG.longer.map((/** @type {string} */ w) => w.length));

/** The length of the longest known word at a place of a title. @param {string} title
 * @param {number} at */
function wordLength(title, at) {
  const latin = /^[A-Za-z0-9]+/.exec(title.slice(at, at + 60));
  if (latin) return latin[0].length;
  for (let length = LONGEST_SLUG_WORD; length > 1; length--) {
    if (SLUG_WORDS.has(title.slice(at, at + length))) return length;
  }
  return 1;
}

/** The pinyin of a title, words joined by hyphens; never empty. @param {string} title */
function makeSlug(title) {
  let slug = "";
  for (let at = 0; at < title.length;) {
    const word = title.substr(at, wordLength(title, at));
    at += word.length;
    const glued = /[a-z]/i.test(word) ? "" : " ";
    const known = SLUG.exceptions[word]
      || Array.from(word, (each) => READINGS.get(each) || each).join(glued);
    const syllables = known.toLowerCase().match(/[a-z0-9]+/g) || [];
    for (let place = 0; place < syllables.length; place++) {
      const glue = slug && place === 0 ? "-" : "";
      if (slug.length + glue.length + syllables[place].length > IDENTITY.SLUG_LIMIT) {
        return slug || syllables[place].slice(0, IDENTITY.SLUG_LIMIT);
      }
      slug += glue + syllables[place];
    }
  }
  return slug || "case";
}

/**
 * An id for a new case: the slug, with digits of the hash of the text where it is taken.
 * @param {string} title @param {string} text
 * @param {(id: string) => boolean} isTaken
 */
function makeCaseId(title, text, isTaken) {
  const base = makeSlug(title);
  const hash = sha256OfText(text);
  const candidates = [base, ...[4, 8, 16, 64].map((length) => `${base}-${hash.slice(0, length)}`)];
  const isDevice = (/** @type {string} */ id) => /^(?:con|prn|aux|nul|(?:com|lpt)[0-9])$/.test(id);
  return candidates.find((id) => !isTaken(id) && !isDevice(id)) || base;
}

/** Hex digits of a number as twelve digits of base 36, the lowest first. @param {string} hex */
function toBase36(hex) {
  let number = BigInt(`0x${hex}`);
  let digits = "";
  for (let i = 0; i < 12; i++) {
    digits += (number % 36n).toString(36);
    number /= 36n;
  }
  return digits;
}

/**
 * An anchor of a block by its heading and text, other than those that are taken.
 * @param {{heading: string | null, text: string}} block @param {number} position
 * @param {Set<string>} taken
 */
function makeAnchor({ heading, text }, position, taken) {
  const own = `${heading === null ? "None" : heading}\n${text}`;
  for (const salt of ["", `\n${position}`]) {
    const digits = toBase36(sha256OfText(own + salt).slice(0, 16));
    for (let length = 3; length < 9; length++) {
      const anchor = `k${digits.slice(0, length)}`;
      if (!taken.has(anchor)) return anchor;
    }
  }
  throw new Error("two anchors agree");
}

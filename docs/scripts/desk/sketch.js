"use strict";
// Sketches of texts, from which the cases that a text repeats are found: the folding of
// dedupe/comparison_folding.py and the hashes of dedupe/sketches.py. The golden file
// tests/data/dedupe/sketches.json holds for both.

const SKETCH_BITS = 20;
const SKETCH_HASHES = 110;
const SKETCH_COUNT_ORDER = 6;
const SKETCH_ORDER_ORDER = 3;
const SHINGLE_CHARACTERS = 6;
const SHINGLE_BASE = 0x9e3779b1;

const PLACEHOLDER_SIGNS = new Set("xX×╳✕✖○◯〇*某"); // a run of them becomes one x
const FOLDED_PLACEHOLDER = 0x78;
const FOLDED_POINT = 0x2e;
const LAST_FOLDED = 0x33480 - 2; // code points above are tags, variation selectors, private use
const DROPPED = 0;
const EXPANDED = -1; // a character that stands for several: ⑩, ㎡
const SIGNIFICANT = /^[\p{L}\p{N}]$/u;

// --- folding

/** @param {string} pairs traditional characters, each with its simplified form */
function readScriptPairs(pairs) {
  const characters = [...pairs];
  /** @type {Map<string, string>} */
  const forms = new Map();
  for (let at = 0; at < characters.length; at += 2) forms.set(characters[at], characters[at + 1]);
  return forms;
}

/** Folds texts for comparison: width, script, case, marks and space do not count. */
class ComparisonFolding {
  /** @param {Map<string, string>} forms simplified ones by the traditional character */
  constructor(forms) {
    this.forms = forms;
    /** @type {Map<string, number>} */
    this.table = new Map();
  }

  /** The code points of a folded text. @param {string} text */
  fold(text) {
    const characters = [...text].flatMap((character) => (
      this.look(character) === EXPANDED ? [...character.normalize("NFKC")] : character));
    const looked = characters.map((character) => this.look(character));
    /** @type {number[]} */
    const codes = [];
    looked.forEach((code, at) => {
      const isBetween = isFoldedDigit(looked[at - 1]) && isFoldedDigit(looked[at + 1]);
      if (code === DROPPED || (code === FOLDED_POINT && !isBetween)) return;
      if (code === FOLDED_PLACEHOLDER && codes[codes.length - 1] === code) return;
      codes.push(code);
    });
    return codes;
  }

  /** What becomes of a character. @param {string} character */
  look(character) {
    let code = this.table.get(character);
    if (code === undefined) {
      code = this.learn(character);
      this.table.set(character, code);
    }
    return code;
  }

  /** @param {string} character */
  learn(character) {
    const own = codeOf(character);
    if (own > LAST_FOLDED || (own >= 0xd800 && own < 0xe000)) return DROPPED;
    const form = character.normalize("NFKC");
    if (form === ".") return FOLDED_POINT;
    if (PLACEHOLDER_SIGNS.has(form)) return FOLDED_PLACEHOLDER;
    const significant = [...form].filter((each) => SIGNIFICANT.test(each));
    if (significant.length > 1) return EXPANDED;
    if (!significant.length) return DROPPED;
    const [lower] = significant[0].toLowerCase();
    return codeOf(this.forms.get(lower) || lower);
  }
}

/** @param {string} character */
function codeOf(character) {
  return character.codePointAt(0) || 0;
}

/** @param {number} code */
function isFoldedDigit(code) {
  return code >= 0x30 && code <= 0x39;
}

/**
 * Folded codes with one 0 for every number, so that texts of one template share their shingles.
 * @param {number[]} codes
 */
function foldNumbers(codes) {
  /** @type {number[]} */
  const folded = [];
  for (const code of codes) {
    if (code === FOLDED_POINT) continue;
    const digit = isFoldedDigit(code);
    if (digit && folded[folded.length - 1] === 0x30) continue;
    folded.push(digit ? 0x30 : code);
  }
  return folded;
}

// --- hashes

/** A 32-bit hash of each shingle. @param {number[]} codes */
function hashShingles(codes) {
  const hashes = new Uint32Array(Math.max(0, codes.length - SHINGLE_CHARACTERS + 1));
  for (let at = 0; at < hashes.length; at++) {
    let total = 0;
    for (let offset = 0; offset < SHINGLE_CHARACTERS; offset++) {
      total = (Math.imul(total, SHINGLE_BASE) + codes[at + offset]) | 0;
    }
    hashes[at] = mixBits(total);
  }
  return hashes;
}

/** The finalizer of MurmurHash3. @param {number} value */
function mixBits(value) {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** All hashes of a text as sketches have them, ascending and each once. @param {number[]} codes */
function hashForSketch(codes) {
  const hashes = hashShingles(foldNumbers(codes)).map((hash) => hash >>> (32 - SKETCH_BITS));
  return hashes.sort().filter((hash, at) => !at || hash !== hashes[at - 1]);
}

// --- the file

/** The smallest hashes of the next case. @param {BitReader} bits */
function readSketch(bits) {
  const hashes = new Uint32Array(bits.number(SKETCH_COUNT_ORDER));
  const order = bits.number(SKETCH_ORDER_ORDER);
  let last = -1;
  for (let at = 0; at < hashes.length; at++) {
    last += bits.number(order) + 1;
    hashes[at] = last;
  }
  return hashes;
}

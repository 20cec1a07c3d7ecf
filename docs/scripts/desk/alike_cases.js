"use strict";
// The cases of the library that a text repeats, wholly or in part: found by their sketches, then
// compared with their own texts, which the search index has.

const LEAST_ESTIMATE = 0.18; // share of hashes in common from which a case is compared
const FEWEST_COMMON_HASHES = 3;
const MOST_CASES_COMPARED = 12;
const ALIKE_PERCENT = 70; // similarity from which a case is named
const PART_PERCENT = 85; // of the shorter text that the longer one has
const SHORTEST_RUN = 16; // folded characters; shorter ones are equal by chance
const LONGEST_GAP = 8; // characters that differ within a run
const MOST_SHIFT = 4; // characters that were added or dropped there
const MOST_NAMED_PLACES = 200; // of one shingle that are looked at
const SHORTEST_ALIKE = 50; // folded characters; a shorter text may stand anywhere by chance
const MOST_RATIO_PRODUCT = 4e8; // of two lengths, about a second
const VARIANT_NOTE = /^（另一版本/;

/**
 * How a text and a case are alike, in percent.
 * @typedef {object} AlikeCase
 * @property {string} id
 * @property {string} title
 * @property {number} similarity of the whole texts
 * @property {number} textInCase how much of the text the case has
 * @property {number} caseInText how much of the case the text has
 */

/**
 * Numbers of the cases that seem to share text, those that share most first.
 * @param {Uint32Array} own hashes of the text, ascending
 * @param {Iterable<Uint32Array>} sketches of all cases
 */
function findAlikeSketches(own, sketches) {
  const known = new Uint8Array(1 << SKETCH_BITS);
  for (const hash of own) known[hash] = 1;
  /** @type {{n: number, share: number}[]} */
  const found = [];
  let n = 0;
  for (const sketch of sketches) {
    const share = estimateShare(own, known, sketch);
    if (share >= LEAST_ESTIMATE) found.push({ n, share });
    n++;
  }
  found.sort((a, b) => b.share - a.share);
  return found.slice(0, MOST_CASES_COMPARED).map((each) => each.n);
}

/**
 * The estimated share of the shorter text that the longer one has.
 * @param {Uint32Array} own @param {Uint8Array} known 1 for each own hash
 * @param {Uint32Array} sketch
 */
function estimateShare(own, known, sketch) {
  let common = 0;
  for (const hash of sketch) common += known[hash];
  if (common < Math.min(FEWEST_COMMON_HASHES, sketch.length)) return 0;
  const isWhole = sketch.length < SKETCH_HASHES;
  const below = isWhole ? own.length : countBelow(own, sketch[sketch.length - 1] + 1);
  return common / Math.max(1, Math.min(below, sketch.length));
}

/** How many sorted numbers are below a limit. @param {Uint32Array} sorted @param {number} limit */
function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// --- comparing two folded texts

/** Characters of the longest common subsequence. @param {number[]} a @param {number[]} b */
function countCommonSubsequence(a, b) {
  const words = (a.length + 31) >> 5;
  /** @type {Map<number, Uint32Array>} */
  const places = new Map();
  a.forEach((code, at) => {
    const mask = places.get(code) || new Uint32Array(words);
    mask[at >> 5] |= 1 << (at & 31);
    places.set(code, mask);
  });
  const state = new Uint32Array(words).fill(0xffffffff);
  for (const code of b) {
    const mask = places.get(code);
    if (mask) advanceSubsequence(state, mask);
  }
  let common = 0;
  for (let at = 0; at < a.length; at++) common += ~state[at >> 5] >>> (at & 31) & 1;
  return common;
}

/**
 * One character further, 32 places at once (Hyyrö 2004).
 * @param {Uint32Array} state @param {Uint32Array} mask
 */
function advanceSubsequence(state, mask) {
  let carry = 0;
  for (let word = 0; word < state.length; word++) {
    const held = state[word];
    const sum = held + ((held & mask[word]) >>> 0) + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    state[word] = sum | (held & ~mask[word]);
  }
}

/** The places of each shingle of a text. @param {Uint32Array} hashes */
function placeShingles(hashes) {
  /** @type {Map<number, number[]>} */
  const places = new Map();
  hashes.forEach((hash, at) => {
    const held = places.get(hash);
    if (!held) places.set(hash, [at]);
    else if (held.length < MOST_NAMED_PLACES) held.push(at);
  });
  return places;
}

/**
 * The characters of a text that stand in another one, in runs of some length. A run goes on after
 * a few characters that differ, if both texts go on alike.
 * @param {Uint32Array} own hashes of shingles, in order
 * @param {Map<number, number[]>} places of shingles in the other text
 */
function countCovered(own, places) {
  let covered = 0;
  let run = 0; // characters
  let last = -SHINGLE_CHARACTERS; // shingle of the run
  let shifts = new Set(); // between the places of the last shingle in both texts, roughly
  own.forEach((hash, at) => {
    const found = places.get(hash)?.map((place) => Math.round((place - at) / MOST_SHIFT));
    if (!found) return;
    const gap = at - last - SHINGLE_CHARACTERS;
    const next = gap > LONGEST_GAP ? [] : found.filter(
      (shift) => shifts.has(shift) || shifts.has(shift - 1) || shifts.has(shift + 1));
    if (next.length) {
      run += Math.min(at - last, SHINGLE_CHARACTERS);
    } else {
      covered += run >= SHORTEST_RUN ? run : 0;
      run = SHINGLE_CHARACTERS - Math.max(0, -gap); // without what the last run has already
    }
    [last, shifts] = [at, new Set(next.length ? next : found)];
  });
  return covered + (run >= SHORTEST_RUN ? run : 0);
}

/** How alike two folded texts are, in percent. @param {number[]} a @param {number[]} b */
function compareFolded(a, b) {
  const [inA, inB] = [hashShingles(a), hashShingles(b)];
  const shared = [countCovered(inA, placeShingles(inB)), countCovered(inB, placeShingles(inA))];
  const isShort = a.length * b.length <= MOST_RATIO_PRODUCT;
  const common = isShort ? countCommonSubsequence(a, b) : Math.min(...shared);
  return {
    similarity: 200 * common / Math.max(1, a.length + b.length),
    textInCase: 100 * shared[0] / Math.max(1, a.length),
    caseInText: 100 * shared[1] / Math.max(1, b.length),
  };
}

// --- the library

class AlikeCases {
  /** @param {IndexFiles} files @param {SearchIndex} index @param {ComparisonFolding} folding */
  constructor(files, index, folding) {
    this.files = files;
    this.index = index;
    this.folding = folding;
    this.cache = new PromiseCache();
  }

  /** @param {IndexFiles} files @param {() => Promise<SearchIndex>} openSearchIndex */
  static async open(files, openSearchIndex) {
    const [index, pairs] = await Promise.all([openSearchIndex(), files.json("simplified")]);
    return new AlikeCases(files, index, new ComparisonFolding(readScriptPairs(pairs)));
  }

  /** The ids of all cases. @returns {Promise<Set<string>>} */
  async ids() {
    return new Set((await this.files.json("ids")).split("\n"));
  }

  /** The cases that a text repeats, the most alike first. @param {string} text */
  async find(text) {
    const folded = this.folding.fold(text);
    if (folded.length < SHORTEST_ALIKE) return [];
    const numbers = findAlikeSketches(hashForSketch(folded), await this.sketches());
    const compared = await Promise.all(numbers.map((n) => this.compare(folded, n)));
    return compared.filter(isAlike).sort((a, b) => strength(b) - strength(a));
  }

  /** The sketches of all cases, read once. */
  sketches() {
    return this.cache.get("sketches", () => this.readSketches());
  }

  async readSketches() {
    const { cases, facets: { blockSize: block } } = this.index;
    const numbers = Array.from({ length: Math.ceil(cases.count / block) }, (_, number) => number);
    const words = await Promise.all(numbers.map((number) => this.files.words(`k${number}`)));
    return words.flatMap((each, number) => {
      const bits = new BitReader(each);
      const length = Math.min(block, cases.count - number * block);
      return Array.from({ length }, () => readSketch(bits));
    });
  }

  /** @param {number[]} folded @param {number} n number of a case @returns {Promise<AlikeCase>} */
  async compare(folded, n) {
    const { id, title, text } = await this.read(n);
    return { id, title, ...compareFolded(folded, this.folding.fold(text)) };
  }

  /** A case as dedupe compares it. @param {number} n */
  async read(n) {
    const { starts } = this.index.cases;
    const items = Array.from({ length: starts[n + 1] - starts[n] }, (_, at) => starts[n] + at);
    const pieces = [...new Set(await Promise.all(items.map((item) => this.index.piece(item))))];
    const parts = pieces.flatMap((piece) => [...piece.items.values()])
      .flatMap(({ heading, text }, at) => (at ? [heading, text] : [text]));
    const lines = parts.join("\n").split("\n").filter((line) => !VARIANT_NOTE.test(line));
    const [{ id, title }] = pieces;
    return { id, title: title.text, text: lines.join("\n") };
  }
}

/** @param {AlikeCase} found */
function isAlike({ similarity, textInCase, caseInText }) {
  return similarity >= ALIKE_PERCENT || Math.max(textInCase, caseInText) >= PART_PERCENT;
}

/** What orders likenesses: the whole, or the part. @param {AlikeCase} found */
function strength({ similarity, textInCase, caseInText }) {
  return Math.max(similarity, textInCase, caseInText);
}

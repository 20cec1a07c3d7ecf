"use strict";
// Reads lists of postings: where pairs of neighboring characters stand.
// scripts/casebook/search/FORMAT.md specifies them, with an example.

const SECOND_ORDER = 6; // of the second characters in a shard
const SECONDS = 0x10000; // keys of lists that begin with the same character

/**
 * Where a pair of characters stands: in which units, and which of the occurrences of its
 * characters there it is.
 * @typedef {object} Postings
 * @property {ArrayLike<number>} units ascending; one entry for each place
 * @property {ArrayLike<number>} left ordinal of the first character
 * @property {ArrayLike<number>} right ordinal of the second character
 */

/**
 * A list of a shard.
 * @typedef {object} ListEntry
 * @property {number} first code of a character
 * @property {number} second code of the character that follows it, or 0
 * @property {number} count of postings
 */

/**
 * One number for a pair of characters. Keys ascend with the first, then with the second one.
 * @param {number} first code @param {number} second code
 */
function listKey(first, second) {
  return first * SECONDS + second;
}

/** @param {BitReader} bits at the beginning of a shard @returns {ListEntry[]} */
function readEntries(bits) {
  /** @type {ListEntry[]} */
  const entries = [];
  let first = 0;
  let second = 0;
  for (let left = bits.number(0); left > 0; left--) {
    const gap = bits.number(0);
    first += gap;
    second = (gap ? 0 : second) + bits.number(SECOND_ORDER);
    entries.push({ first, second, count: bits.number(0) + 1 });
  }
  return entries;
}

/**
 * The postings of the next list.
 * @param {BitReader} bits @param {ListEntry} entry @param {number} unitCount of the library
 * @returns {Postings}
 */
function readPostings(bits, { second, count }, unitCount) {
  const order = 31 - Math.clz32(Math.max(1, Math.floor(unitCount / 2 / count)));
  const units = new Int32Array(count);
  const left = new Uint16Array(second ? count : 0);
  const right = new Uint16Array(second ? count : 0);
  let unit = 0;
  for (let i = 0; i < count; i++) {
    unit += bits.number(order);
    units[i] = unit;
    if (second) [left[i], right[i]] = unpair(bits.number(0));
  }
  return { units, left, right };
}

/**
 * The two numbers that Cantor's pairing made one: sum * (sum + 1) / 2 + right.
 * @param {number} number
 */
function unpair(number) {
  const sum = Math.floor((Math.sqrt(8 * number + 1) - 1) / 2);
  const right = number - (sum * (sum + 1)) / 2;
  return [sum - right, right];
}

/**
 * The lists of a shard up to a key.
 * @param {string} words @param {number} unitCount of the library @param {number} last key
 * @returns {Generator<{first: number, second: number, postings: Postings}>}
 */
function* readShard(words, unitCount, last) {
  const bits = new BitReader(words);
  for (const entry of readEntries(bits)) {
    const { first, second } = entry;
    if (listKey(first, second) > last) return;
    yield { first, second, postings: readPostings(bits, entry, unitCount) };
  }
}

/**
 * First characters of pairs that share shards.
 * @typedef {object} Group
 * @property {number} last of these characters
 * @property {number} shard the first one
 * @property {number} count of the shards
 */

/**
 * @param {number[]} gaps of the last characters
 * @param {number[]} counts of shards
 * @returns {Group[]}
 */
function readGroups(gaps, counts) {
  let last = 0;
  let shard = 0;
  return gaps.map((gap, i) => {
    last += gap;
    shard += counts[i];
    return { last, shard: shard - counts[i], count: counts[i] };
  });
}

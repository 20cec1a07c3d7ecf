"use strict";
// Reads lists of postings: where the pairs of characters stand that begin and go on runs of text.
// scripts/casebook/search/FORMAT.md specifies them.

const SECONDS = 0x10000; // keys of lists that begin with the same character

/**
 * The places of a pair of characters, by unit: which ones of these characters in the unit they are.
 * @typedef {object} Postings
 * @property {ArrayLike<number>} units ascending; one entry for each place
 * @property {ArrayLike<number>} left ordinal among the first character's places, from 0
 * @property {ArrayLike<number>} right ordinal among the second character's places
 */

/**
 * The next list of a shard.
 * @param {BitReader} bits @param {number} unitCount of the library
 * @param {boolean} paired whether the list says more than the units
 * @returns {Postings}
 */
function readPostings(bits, unitCount, paired) {
  const count = bits.number(2);
  const order = 31 - Math.clz32(Math.max(1, Math.floor(unitCount / 2 / count)));
  const units = new Int32Array(count);
  const left = new Uint16Array(paired ? count : 0);
  const right = new Uint16Array(paired ? count : 0);
  let unit = 0;
  for (let i = 0; i < count; i++) {
    unit += bits.number(order);
    units[i] = unit;
    if (paired && !bits.take(1)) {
      const zero = bits.take(1) ? "left" : bits.take(1) ? "right" : "";
      if (zero !== "left") left[i] = 1 + bits.number(0);
      if (zero !== "right") right[i] = 1 + bits.number(0);
    }
  }
  return { units, left, right };
}

/**
 * A shard: what is in its file, and which of its group's pairs.
 * @typedef {object} Shard
 * @property {string} words
 * @property {number} divisor how many shards the group has
 * @property {number} rest which one of them this is
 */

/**
 * The lists of a shard up to a key, each with its pair of characters.
 * @param {Shard} shard @param {number} unitCount of the library
 * @param {number} last key
 * @returns {Generator<{first: number, second: number, postings: Postings}>}
 */
function* readShard({ words, divisor, rest }, unitCount, last) {
  const bits = new BitReader(words);
  let first = 0;
  let quotient = 0;
  for (let left = bits.number(0); left > 0; left--) {
    const gap = bits.number(0);
    first += gap;
    quotient = (gap ? 0 : quotient) + bits.number(6);
    const second = quotient * divisor + rest;
    if (listKey(first, second) > last) return;
    yield { first, second, postings: readPostings(bits, unitCount, second > 0) };
  }
}

/**
 * @param {number} first code of a character
 * @param {number} second code of the character that follows it, or 0
 */
function listKey(first, second) {
  return first * SECONDS + second;
}

/**
 * Ascending keys from the gaps of their first characters, and the second ones or their gaps.
 * @param {number[]} firstGaps @param {number[]} seconds
 */
function readKeys(firstGaps, seconds) {
  let first = 0;
  let second = 0;
  return firstGaps.map((gap, i) => {
    first += gap;
    second = gap ? seconds[i] : second + seconds[i];
    return listKey(first, second);
  });
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

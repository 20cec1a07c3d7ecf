"use strict";
// The parts of a text that the library knows.

const MOST_PAIRS = 40; // pairs of characters of a query that are looked up
const MOST_LARGE = 8; // size of all long lists that are read for parts, in 4,096 words

/**
 * A pair of neighboring characters of a run, and what the library knows of it.
 * @typedef {object} RunPair
 * @property {string} pair
 * @property {number} at place in the run
 * @property {number} trust
 * @property {boolean} isAbsent
 * @property {boolean} isLarge its list is long; it is not read here
 * @property {number} size of the list in 4,096 words, where it is long
 * @property {boolean} isFree neither character belongs to a word of two
 */

/**
 * The pairs of a run of Chinese characters.
 * @param {PostingLists} lists @param {string} run @returns {Promise<RunPair[]>}
 */
async function findRunPairs(lists, run) {
  const places = Array.from({ length: Math.min(run.length, MOST_PAIRS) - 1 }, (_, at) => at);
  const found = await Promise.all(places.map(async (at) => {
    const isLarge = lists.isLarge(run, at);
    const own = isLarge ? null : await lists.pair(run.charCodeAt(at), run.charCodeAt(at + 1));
    const isWord = isLarge || Boolean(own && own.isWord);
    return { at, isLarge, isAbsent: !isLarge && !own, isWord };
  }));
  const covered = new Set(found.filter((each) => each.isWord).flatMap(({ at }) => [at, at + 1]));
  return found.map(({ at, isLarge, isAbsent, isWord }) => {
    const isFree = !covered.has(at) && !covered.has(at + 1);
    const trust = isWord ? TRUST.word : isFree ? TRUST.alone : TRUST.chance;
    const size = lists.sizeOf(run, at);
    return { pair: run.slice(at, at + 2), at, trust, isAbsent, isLarge, isFree, size };
  });
}

/**
 * Pairs without those whose lists are so long that they say little and take much to read; where no
 * other is left, as many of these as may be read.
 * @param {RunPair[]} pairs
 */
function leaveOutLarge(pairs) {
  const small = pairs.filter((each) => !each.isLarge);
  if (small.some((each) => !each.isAbsent && each.trust >= TRUST.alone)) return small;
  let left = MOST_LARGE;
  const read = new Set(pairs.slice().sort((a, b) => a.size - b.size)
    .filter(({ size }) => (left -= size) >= 0));
  return pairs.filter((each) => read.has(each));
}

/**
 * The longest word of a group within a text, for which the library has another one.
 * @param {SynonymGroup[]} groups @param {string} text
 */
function findInside(groups, text) {
  const found = groups.flatMap((group) => group.all
    .filter((word) => text.includes(word) && group.present.some((each) => each !== word))
    .map((word) => ({ word, group })));
  return found.sort((a, b) => b.word.length - a.word.length)[0] || null;
}

/**
 * The texts of parts, joined where they overlap, in their order.
 * @param {Part[]} parts
 */
function namePartsOf(parts) {
  /** @type {{start: number, end: number, text: string}[]} */
  const joined = [];
  for (const { start, text, texts } of parts.slice().sort((a, b) => a.start - b.start)) {
    const last = joined[joined.length - 1];
    const end = start + text.length;
    if (!texts.includes(text)) joined.push({ start, end, text: texts[0] });
    else if (last && start < last.end && end > last.end) {
      last.text += text.slice(last.end - start);
      last.end = end;
    } else if (!last || start >= last.end) joined.push({ start, end, text });
  }
  return [...new Set(joined.map((each) => each.text))];
}

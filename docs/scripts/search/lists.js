"use strict";
// Lists of postings: where pairs of neighboring characters stand, and by them whole texts.
// scripts/casebook/search/FORMAT.md specifies them, with an example.

const SECOND_ORDER = 6; // of the second characters in a shard
const SECONDS = 0x10000; // keys of lists that begin with the same character

/**
 * Where a pair of characters stands: the unit of each place, and the ordinals of both characters
 * among the occurrences of the same character in the unit.
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

// --- cases, items and units

const LONG_RUN = 4; // characters; in longer runs the most frequent pairs are not looked up
const LARGE_LIST = 3; // size of a list that is not looked up for a long run
const MOST_CHARACTERS = 128; // of a run that are looked up
const MOST_TIMES = 255; // that a text is counted in a unit

/** The numbers of cases, of their items, and of the units: headings of all items, then texts. */
class CaseTable {
  /** @param {number[]} counts of items, by case */
  constructor(counts) {
    this.count = counts.length;
    this.starts = new Int32Array(counts.length + 1); // first item of each case
    counts.forEach((count, n) => {
      this.starts[n + 1] = this.starts[n] + count;
    });
    this.items = this.starts[counts.length];
    this.caseOf = new Int32Array(this.items); // case of each item
    for (let n = 0; n < this.count; n++) this.caseOf.fill(n, this.starts[n], this.starts[n + 1]);
  }

  /** @param {number} unit */
  isHeading(unit) {
    return unit < this.items;
  }

  /** The item of a unit. @param {number} unit */
  itemOf(unit) {
    return unit < this.items ? unit : unit - this.items;
  }
}

// --- postings of runs

/**
 * Where several pairs follow each other: the one that two share is the same in both.
 * @param {Postings[]} lists
 */
function chainPostings(lists) {
  return lists.slice(1).reduce(chainTwo, lists[0]);
}

/** @param {Postings} one @param {Postings} next @returns {Postings} */
function chainTwo(one, next) {
  /** @type {number[]} */
  const units = [];
  /** @type {number[]} */
  const right = [];
  let i = 0;
  let j = 0;
  while (i < one.units.length && j < next.units.length) {
    const unit = one.units[i];
    if (unit < next.units[j]) i++;
    else if (unit > next.units[j]) j++;
    else {
      const end = endOfUnit(next.units, j);
      for (; one.units[i] === unit; i++) {
        for (let k = j; k < end; k++) {
          if (one.right[i] !== next.left[k]) continue;
          units.push(unit);
          right.push(next.right[k]);
        }
      }
      j = end;
    }
  }
  return { units, left: [], right };
}

/**
 * Where the places in the unit of one end.
 * @param {ArrayLike<number>} units @param {number} start
 */
function endOfUnit(units, start) {
  let end = start;
  while (units[end] === units[start]) end++;
  return end;
}

/**
 * Distinct units, ascending, and how often a text stands in each (MOST_TIMES: or more).
 * @typedef {object} Places
 * @property {number[]} units
 * @property {number[]} times
 */

/**
 * @param {ArrayLike<number>} units ascending, one for each time
 * @returns {Places}
 */
function countUnits(units) {
  /** @type {Places} */
  const counted = { units: [], times: [] };
  for (let start = 0; start < units.length;) {
    const end = endOfUnit(units, start);
    counted.units.push(units[start]);
    counted.times.push(Math.min(MOST_TIMES, end - start));
    start = end;
  }
  return counted;
}

/**
 * The units that both have, with the lower of their times.
 * @param {Places} one @param {Places} other
 */
function intersectPlaces(one, other) {
  return mergePlaces(one, other, (left, right) => Math.min(left, right));
}

/**
 * The units that either has, with the higher of their times.
 * @param {Places} one @param {Places} other
 */
function unitePlaces(one, other) {
  return mergePlaces(one, other, (left, right) => Math.max(left, right));
}

/**
 * @param {Places} one @param {Places} other
 * @param {(left: number, right: number) => number} combine times, 0 for a unit to leave out
 * @returns {Places}
 */
function mergePlaces(one, other, combine) {
  /** @type {Places} */
  const merged = { units: [], times: [] };
  let i = 0;
  let j = 0;
  while (i < one.units.length || j < other.units.length) {
    const left = i < one.units.length ? one.units[i] : Infinity;
    const right = j < other.units.length ? other.units[j] : Infinity;
    const times = combine(left <= right ? one.times[i] : 0, right <= left ? other.times[j] : 0);
    if (times) {
      merged.units.push(Math.min(left, right));
      merged.times.push(times);
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return merged;
}

/** @param {ArrayLike<number>[]} arrays @returns all their numbers, ascending */
function sortTogether(arrays) {
  const all = new Int32Array(arrays.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of arrays) {
    all.set(each, at);
    at += each.length;
  }
  return all.sort();
}

// --- the lists of a library

/** Looks up texts in the lists of postings. */
class PostingLists {
  /** @param {IndexFiles} files @param {Meta} meta @param {CaseTable} cases */
  constructor(files, meta, cases) {
    this.files = files;
    this.cache = new PromiseCache();
    this.unitCount = 2 * cases.items;
    this.breaks = new Set(meta.breaks);
    this.groups = readGroups(readNumbers(meta.lasts), readNumbers(meta.shards));
    const seconds = readNumbers(meta.second);
    const keys = readNumbers(meta.first).map((first, i) => listKey(first, seconds[i]));
    this.alone = new Map(keys.map((key, number) => [key, number])); // lists with their own file
    this.sizes = readNumbers(meta.sizes); // of these, in units of 4,096 words
  }

  /**
   * The shards that have the pairs that begin with a character; null where no pair does.
   * @param {number} first
   */
  groupOf(first) {
    return this.groups.find((group) => first <= group.last) || null;
  }

  /**
   * The postings of two characters that follow each other; null without any.
   * @param {number} first @param {number} second @returns {Promise<Postings | null>}
   */
  pair(first, second) {
    const key = listKey(first, second);
    return this.cache.get(`pair ${key}`, async () => {
      const name = this.fileOf(first, second);
      if (!name) return null;
      for (const each of readShard(await this.files.words(name), this.unitCount, key)) {
        if (each.first === first && each.second === second) return each.postings;
      }
      return null;
    });
  }

  /** The file that has a pair; "" for none. @param {number} first @param {number} second */
  fileOf(first, second) {
    const number = this.alone.get(listKey(first, second));
    if (number !== undefined) return `a${number}`;
    const group = this.groupOf(first);
    return group ? `p${group.shard + (second % group.count)}` : "";
  }

  /**
   * The units with a character, one for each pair: a list of its own, else those of all pairs
   * that begin with it.
   * @param {number} code @returns {Promise<ArrayLike<number>>}
   */
  character(code) {
    return this.cache.get(`character ${code}`, async () => {
      if (this.alone.has(listKey(code, 0))) return (await this.pair(code, 0))?.units || [];
      const { shard, count } = this.groupOf(code) || { shard: 0, count: 0 };
      const pairs = [...this.alone.keys()].filter((key) => Math.floor(key / SECONDS) === code);
      const found = await Promise.all([
        ...pairs.map((key) => this.pair(code, key % SECONDS)),
        ...Array.from({ length: count }, (_, i) => this.beginning(code, `p${shard + i}`)),
      ]);
      return sortTogether(found.flatMap((postings) => postings || []).map((each) => each.units));
    });
  }

  /**
   * The postings of a file whose pairs begin with a character.
   * @param {number} code @param {string} name
   */
  async beginning(code, name) {
    const words = await this.files.words(name);
    const lists = [...readShard(words, this.unitCount, listKey(code, SECONDS - 1))];
    return lists.filter((each) => each.first === code).map((each) => each.postings);
  }

  /** Whether the pair at a place has a large list. @param {string} run @param {number} at */
  isLarge(run, at) {
    const number = this.alone.get(listKey(run.charCodeAt(at), run.charCodeAt(at + 1)));
    return number !== undefined && this.sizes[number] >= LARGE_LIST;
  }

  /** Whether not all pairs of a run are looked up. @param {string} run */
  isIncomplete(run) {
    if (run.length > MOST_CHARACTERS) return true;
    for (let i = 0; i + 1 < run.length; i++) {
      if (run.length > LONG_RUN && this.isLarge(run, i)) return true;
    }
    return false;
  }

  /**
   * The parts of a run that are looked up, each a list of units, one entry for each time. A short
   * run is one part.
   * @param {string} run @returns {Promise<ArrayLike<number>[]>}
   */
  async run(run) {
    if (run.length === 1) return [await this.character(run.charCodeAt(0))];
    /** @type {Promise<Postings | null>[][]} */
    const parts = [[]];
    for (let i = 0; i + 1 < Math.min(run.length, MOST_CHARACTERS); i++) {
      if (run.length > LONG_RUN && this.isLarge(run, i)) parts.push([]);
      else parts[parts.length - 1].push(this.pair(run.charCodeAt(i), run.charCodeAt(i + 1)));
    }
    const wanted = parts.filter((part) => part.length);
    if (!wanted.length) return this.run(run.slice(0, LONG_RUN));
    return Promise.all(wanted.map(async (part) => {
      const lists = (await Promise.all(part)).flatMap((postings) => postings || []);
      return lists.length === part.length ? chainPostings(lists).units : [];
    }));
  }

  /**
   * Where a text stands, and how often: the units that have all its runs.
   * @param {string} text folded
   * @returns {Promise<Places>}
   */
  text(text) {
    return this.cache.get(`text ${text}`, async () => {
      const runs = splitRuns(text, this.breaks).map((run) => this.run(run));
      const parts = (await Promise.all(runs)).flat().map(countUnits);
      return parts.length ? parts.reduce(intersectPlaces) : { units: [], times: [] };
    });
  }
}

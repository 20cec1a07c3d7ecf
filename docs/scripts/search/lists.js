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
 * @property {boolean} [isWord] whether the pair is a word of the dictionary
 */

/**
 * A list of a shard.
 * @typedef {object} ListEntry
 * @property {number} first code of a character
 * @property {number} second code of the character that follows it, or 0
 * @property {number} count of postings
 * @property {boolean} isWord whether the pair is a word of the dictionary
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
    const size = bits.number(0);
    entries.push({ first, second, count: (size >>> 1) + 1, isWord: Boolean(size & 1) });
  }
  return entries;
}

/**
 * The postings of the next list.
 * @param {BitReader} bits @param {ListEntry} entry @param {number} unitCount of the library
 * @returns {Postings}
 */
function readPostings(bits, { second, count, isWord }, unitCount) {
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
  return { units, left, right, isWord };
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

  /**
   * Where two Latin letters stand with no other letter before or after them.
   * @param {string} text @returns {Promise<Places>}
   */
  latinWord(text) {
    return this.cache.get(`word ${text}`, async () => {
      const [left, right] = [text.charCodeAt(0), text.charCodeAt(1)];
      const found = await this.pair(left, right);
      if (!found) return { units: [], times: [] };
      const around = LATIN.flatMap((letter) => [
        this.pair(letter, left).then((lists) => lists && placeKeys(lists.units, lists.right, "<")),
        this.pair(right, letter).then((lists) => lists && placeKeys(lists.units, lists.left, ">")),
      ]);
      const inside = new Set((await Promise.all(around)).flatMap((keys) => keys || []));
      const before = placeKeys(found.units, found.left, "<");
      const after = placeKeys(found.units, found.right, ">");
      return countUnits(Array.from(found.units).filter((_, i) =>
        !inside.has(before[i]) && !inside.has(after[i])));
    });
  }
}

const LATIN = Array.from({ length: 26 }, (_, i) => "a".charCodeAt(0) + i);

/**
 * One text for each unit and ordinal.
 * @param {ArrayLike<number>} units @param {ArrayLike<number>} ordinals @param {string} side
 */
function placeKeys(units, ordinals, side) {
  return Array.from(units, (unit, i) => `${unit}${side}${ordinals[i]}`);
}

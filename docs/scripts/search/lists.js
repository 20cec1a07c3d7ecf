"use strict";
// Lists of postings: where pairs of neighboring characters stand, and by them whole texts.
// scripts/casebook/search/FORMAT.md specifies them, with an example.

const SECOND_ORDER = 6; // of the second characters in a shard
const SECONDS = 0x10000; // keys of lists that begin with the same character
const ORDINALS = 2048; // from here on they begin at 0 again

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
    const gap = bits.number(order);
    unit += gap;
    units[i] = unit;
    if (!second) continue;
    const goesOn = i > 0 && gap === 0;
    const [stepLeft, stepRight] = unpair(bits.number(0));
    left[i] = goesOn ? (left[i - 1] + 1 + stepLeft) % ORDINALS : stepLeft;
    right[i] = goesOn ? (right[i - 1] + 1 + stepRight) % ORDINALS : stepRight;
  }
  return { units, left, right, isWord };
}

/**
 * The units of a long list, one for each time.
 * @param {string} words @param {number} unitCount of the library @param {boolean} isCounted
 * @returns {Postings}
 */
function readUnits(words, unitCount, isCounted) {
  const bits = new BitReader(words);
  const size = bits.number(0);
  const count = (size >>> 1) + 1;
  const order = 31 - Math.clz32(Math.max(1, Math.floor(unitCount / 2 / count)));
  /** @type {number[]} */
  const units = [];
  let unit = -1;
  for (let i = 0; i < count; i++) {
    unit += 1 + bits.number(order);
    for (let times = isCounted ? bits.number(0) : 0; times >= 0; times--) units.push(unit);
  }
  return { units, left: [], right: [], isWord: Boolean(size & 1) };
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

const LONG_RUN = 4; // characters; of longer runs rare pairs are looked up first
const LARGE_LIST = 3; // size of a list that says too little for what it takes to read it
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
    this.alone = new Map(keys.map((key, number) => [key, number])); // lists with their own files
    this.sizes = readNumbers(meta.sizes); // of these, in units of 4,096 words
    this.shards = { n: startShards(meta.after), b: startShards(meta.before) };
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
      const number = this.alone.get(key);
      if (number !== undefined) {
        return readUnits(await this.files.words(`a${number}`), this.unitCount, second > 0);
      }
      const group = this.groupOf(first);
      return group && this.listOf(`p${group.shard + (second % group.count)}`, first, second);
    });
  }

  /**
   * A list of a file; null where the file does not have it.
   * @param {string} name @param {number} first @param {number} second
   * @returns {Promise<Postings | null>}
   */
  async listOf(name, first, second) {
    const words = await this.files.words(name);
    for (const each of readShard(words, this.unitCount, listKey(first, second))) {
      if (each.first === first && each.second === second) return each.postings;
    }
    return null;
  }

  /**
   * The postings of the pair at a place of a run, or of a long list those with the run's next or
   * last character. Nothing where the pair before says already that this one follows.
   * @param {string} run @param {number} at @returns {Promise<(Postings | null)[]>}
   */
  async link(run, at) {
    const [before, first, second, after] = [-1, 0, 1, 2].map((i) => run.charCodeAt(at + i));
    const number = this.alone.get(listKey(first, second));
    if (number === undefined || run.length === 2) return [await this.pair(first, second)];
    if (at + 2 < run.length) return [await this.neighbors("n", number, after)];
    if (this.alone.has(listKey(before, first))) return [];
    return [await this.neighbors("b", number, before)];
  }

  /**
   * The postings of a long list that have a character next to the pair.
   * @param {"n" | "b"} kind after or before the pair @param {number} number of the list
   * @param {number} neighbor
   */
  neighbors(kind, number, neighbor) {
    return this.cache.get(`${kind} ${number} ${neighbor}`, async () => {
      const [start, end] = [this.shards[kind][number], this.shards[kind][number + 1]];
      const name = `${kind}${start + (neighbor % (end - start))}`;
      return end > start ? this.listOf(name, neighbor, 1) : null;
    });
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
    return this.sizeOf(run, at) >= LARGE_LIST;
  }

  /** Whether not all pairs of a run are looked up. @param {string} run */
  isIncomplete(run) {
    return run.length > MOST_CHARACTERS;
  }

  /**
   * The units of a run, one entry for each time.
   * @param {string} run @returns {Promise<ArrayLike<number>>}
   */
  async run(run) {
    if (run.length === 1) return this.character(run.charCodeAt(0));
    const read = run.slice(0, MOST_CHARACTERS);
    if (!await this.mayStand(read)) return [];
    const links = Array.from({ length: read.length - 1 }, (_, at) => this.link(read, at));
    /** @type {Postings[]} */
    const lists = [];
    for (const postings of (await Promise.all(links)).flat()) {
      if (!postings) return [];
      lists.push(postings);
    }
    return chainPostings(lists).units;
  }

  /**
   * Whether the rare pairs of a long run have a unit together; else its frequent ones, whose files
   * are the largest, need not be read.
   * @param {string} run
   */
  async mayStand(run) {
    const places = Array.from({ length: run.length - 1 }, (_, at) => at);
    const rare = places.filter((at) => !this.isAlone(run, at));
    if (run.length <= LONG_RUN || rare.length === places.length) return true;
    const lists = await Promise.all(rare.map((at) => this.link(run, at)));
    const counted = lists.flat().map((postings) => countUnits(postings ? postings.units : []));
    return !counted.length || counted.reduce(intersectPlaces).units.length > 0;
  }

  /** Whether the pair at a place has files of its own. @param {string} run @param {number} at */
  isAlone(run, at) {
    return this.alone.has(listKey(run.charCodeAt(at), run.charCodeAt(at + 1)));
  }

  /** Files of its units, in 4,096 words. @param {string} run @param {number} at of a pair */
  sizeOf(run, at) {
    const number = this.alone.get(listKey(run.charCodeAt(at), run.charCodeAt(at + 1)));
    return number === undefined ? 0 : this.sizes[number];
  }

  /**
   * Where a text stands, and how often: the units that have all its runs.
   * @param {string} text folded
   * @returns {Promise<Places>}
   */
  text(text) {
    return this.cache.get(`text ${text}`, async () => {
      const runs = splitRuns(text, this.breaks).map((run) => this.run(run));
      const parts = (await Promise.all(runs)).map(countUnits);
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
      if (!found.left.length) return countUnits(found.units); // a long list
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

/**
 * The first shard of each long list, and the end of all.
 * @param {string} counts column
 */
function startShards(counts) {
  const starts = [0];
  for (const count of readNumbers(counts)) starts.push(starts[starts.length - 1] + count);
  return starts;
}

const LATIN = Array.from({ length: 26 }, (_, i) => "a".charCodeAt(0) + i);

/**
 * One text for each unit and ordinal.
 * @param {ArrayLike<number>} units @param {ArrayLike<number>} ordinals @param {string} side
 */
function placeKeys(units, ordinals, side) {
  return Array.from(units, (unit, i) => `${unit}${side}${ordinals[i]}`);
}

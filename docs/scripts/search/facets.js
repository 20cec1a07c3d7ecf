"use strict";
// Facets: what narrows a search, how many cases each value would leave, and the order by date.

const FACETS = ["role", "theme", "kind", "region", "organ", "year"];
const ITEM_FACETS = ["role", "theme"]; // the others are a case's

/**
 * What is asked for: q, sort, and the value of each facet by its name; "" or nothing for any.
 * @typedef {Record<string, string>} State
 */

/**
 * Columns by name: the distinct values, and the number of the value of each case or item.
 * @typedef {Record<string, [string[], string]>} FacetFile
 */

/** The values of one facet: each case or item has a number, which stands for some values. */
class FacetColumn {
  /** @param {number} size of the library in cases or items */
  constructor(size) {
    this.numbers = new Uint16Array(size);
    /** @type {string[][]} */
    this.values = []; // of each number
    /** @type {Map<string, number>} */
    this.known = new Map(); // number of the values as the file writes them
  }

  /**
   * Takes over a part of the column.
   * @param {number} start case or item
   * @param {string[]} values of the part's own numbers
   * @param {ArrayLike<number>} numbers
   */
  fill(start, values, numbers) {
    const own = values.map((value) => this.numberOf(value));
    for (let i = 0; i < numbers.length; i++) this.numbers[start + i] = own[numbers[i]];
  }

  /** @param {string} value several are joined by line feeds */
  numberOf(value) {
    let number = this.known.get(value);
    if (number === undefined) {
      number = this.values.push(value ? value.split("\n") : []) - 1;
      this.known.set(value, number);
    }
    return number;
  }

  /**
   * A function that tests whether a case or item has a value.
   * @param {string} value @returns {(at: number) => boolean}
   */
  test(value) {
    const fits = this.values.map((values) => values.includes(value));
    return (at) => fits[this.numbers[at]];
  }

  /** @param {number} at */
  valuesOf(at) {
    return this.values[this.numbers[at]];
  }
}

/** The facets of a library. */
class Facets {
  /** @param {IndexFiles} files @param {Meta} meta @param {CaseTable} cases */
  constructor(files, meta, cases) {
    this.files = files;
    this.cache = new PromiseCache();
    this.blockSize = meta.block;
    this.cases = cases;
    /** @type {Record<string, FacetColumn>} */
    this.columns = {};
    for (const name of FACETS) {
      const size = ITEM_FACETS.includes(name) ? cases.items : cases.count;
      this.columns[name] = new FacetColumn(size);
    }
  }

  /**
   * Reads facets of the cases of hits into the columns.
   * @param {Hit[]} hits @param {string[]} names
   */
  async read(hits, names) {
    const blocks = new Set(hits.map((hit) => Math.floor(hit.n / this.blockSize)));
    const kinds = names.includes("theme") ? ["f", "h"] : ["f"];
    await Promise.all([...blocks].flatMap((n) => kinds.map((kind) => this.readBlock(kind, n))));
  }

  /**
   * @param {string} kind "f", or "h" for themes
   * @param {number} block
   */
  readBlock(kind, block) {
    return this.cache.get(kind + block, async () => {
      const n = block * this.blockSize;
      /** @type {FacetFile} */
      const columns = await this.files.json(kind + block);
      for (const [name, [values, numbers]] of Object.entries(columns)) {
        const start = ITEM_FACETS.includes(name) ? this.cases.starts[n] : n;
        this.columns[name].fill(start, values, readNumbers(numbers));
      }
    });
  }

  /**
   * What the state asks of items or of cases. Its facets must have been read.
   * @param {State} state @param {boolean} ofItems @returns {(at: number) => boolean}
   */
  test(state, ofItems) {
    const asked = FACETS.filter((name) => state[name] && ITEM_FACETS.includes(name) === ofItems);
    const tests = asked.map((name) => this.columns[name].test(state[name]));
    return (at) => tests.every((test) => test(at));
  }

  /**
   * The hits that fit the state. A case fits where one of its items fits all facets of items.
   * @param {Ranked} ranked @param {State} state
   */
  async filter({ hits, ratings }, state) {
    const asked = FACETS.filter((name) => state[name]);
    if (!asked.length) return hits;
    await this.read(hits, asked);
    const fitsCase = this.test(state, false);
    const fitsItem = this.test(state, true);
    const asksItems = ITEM_FACETS.some((name) => state[name]);
    return hits.filter(({ n }) =>
      fitsCase(n) && (!asksItems || this.presentItems(n, ratings, fitsItem).length > 0));
  }

  /**
   * The present items of a case that fit the state.
   * @param {number} n @param {Ratings} ratings @param {State} state
   */
  itemsOf(n, ratings, state) {
    return this.presentItems(n, ratings, this.test(state, true));
  }

  /** @param {number} n @param {Ratings} ratings @param {(item: number) => boolean} fits */
  presentItems(n, ratings, fits) {
    const items = [];
    for (let item = this.cases.starts[n]; item < this.cases.starts[n + 1]; item++) {
      if (ratings.present[item] && fits(item)) items.push(item);
    }
    return items;
  }

  /**
   * For each named facet how many cases each value would leave, the other facets as they are.
   * @param {Ranked} ranked all hits, whatever the state filters
   * @param {State} state @param {string[]} names
   * @returns {Promise<Record<string, Record<string, number>>>}
   */
  async count({ hits, ratings }, state, names) {
    await this.read(hits, [...names, ...FACETS.filter((name) => state[name])]);
    /** @type {Record<string, Record<string, number>>} */
    const counts = {};
    for (const name of names) {
      counts[name] = this.countValues(name, hits, ratings, { ...state, [name]: "" });
    }
    return counts;
  }

  /** @param {string} name @param {Hit[]} hits @param {Ratings} ratings @param {State} state */
  countValues(name, hits, ratings, state) {
    const column = this.columns[name];
    const ofItems = ITEM_FACETS.includes(name);
    const asksItems = ITEM_FACETS.some((each) => state[each]);
    const fitsCase = this.test(state, false);
    const fitsItem = this.test(state, true);
    /** @type {Record<string, number>} */
    const counts = Object.create(null);
    /** @type {Map<string, number>} */
    const last = new Map(); // case that each value was counted for last
    for (const { n } of hits) {
      if (!fitsCase(n)) continue;
      const items = ofItems || asksItems ? this.presentItems(n, ratings, fitsItem) : [];
      if (asksItems && !items.length) continue;
      for (const at of ofItems ? items : [n]) {
        for (const value of column.valuesOf(at)) {
          if (last.get(value) !== n) counts[value] = (counts[value] || 0) + 1;
          last.set(value, n);
        }
      }
    }
    return counts;
  }

  /** Hits by date, the latest first; those of one date by score. @param {Hit[]} hits */
  async sortByDate(hits) {
    const dates = await this.dates();
    return hits.slice().sort((a, b) => dates[b.n] - dates[a.n] || compareHits(a, b));
  }

  /** Numbers of the cases' dates, which ascend with the dates. */
  dates() {
    return this.cache.get("date", async () => {
      /** @type {FacetFile} */
      const columns = await this.files.json("date");
      return readNumbers(columns.date[1]);
    });
  }
}

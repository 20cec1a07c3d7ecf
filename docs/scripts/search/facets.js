"use strict";
// Facets: what narrows a search, how many cases each value would leave, and the order by date.

const FACETS = ["role", "theme", "kind", "region", "organ", "year"];
const ITEM_FACETS = ["role", "theme"]; // the others are a case's
const CASE_FILTERS = ["kind", "region", "organ", "year", "has"]; // has=data: outcomes with figures
/** @type {Record<string, string>} */
const FACET_LABELS = {
  role: "角色", theme: "主题", kind: "文种", region: "地区", organ: "单位", year: "年份", has: "成效",
};
const FILTERS = [...ITEM_FACETS, ...CASE_FILTERS];
const DATE_FILTERS = ["from", "to"]; // YYYY or YYYY-MM
const AFTER_ANY_DAY = "-99"; // makes a date the last one that begins with it

/**
 * What is asked for: q and sort; the value of each filter by its name, or several of which one
 * suffices, "" or nothing for any; near and syn, "0" where nothing else than what was typed may be
 * looked for.
 * @typedef {Record<string, string | string[]>} State
 */

/**
 * The values that a state has for a name.
 * @param {State} state @param {string} name @returns {string[]}
 */
function valuesIn(state, name) {
  const given = state[name] || [];
  return typeof given === "string" ? [given] : given;
}

/** @param {State} state */
function isFiltered(state) {
  return [...FILTERS, ...DATE_FILTERS].some((name) => valuesIn(state, name).length);
}

/**
 * Whether a date, which may be a year or a month only, can lie between two others.
 * @param {string} date @param {string} from "" for any @param {string} to
 */
function isBetween(date, from, to) {
  return Boolean(date) && date + AFTER_ANY_DAY >= from && (!to || date <= to + AFTER_ANY_DAY);
}

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
   * A function that tests whether a case or item has one of some values.
   * @param {string[]} wanted @returns {(at: number) => boolean}
   */
  test(wanted) {
    const fits = this.values.map((values) => values.some((value) => wanted.includes(value)));
    return (at) => fits[this.numbers[at]];
  }

  /** @param {number} at */
  valuesOf(at) {
    return this.values[this.numbers[at]];
  }
}

/**
 * Values of a facet that a text names.
 * @typedef {object} Fact
 * @property {string} name of the facet
 * @property {string[]} values
 * @property {boolean} isWhole the text is a value, or what its parts have in common (湖南)
 */

const REGION_END = /(省|市|区|县|(壮族|回族|维吾尔)?自治区|特别行政区)$/;
const FEWEST_OF_NAME = 2; // characters of a name

/** Orders texts by their characters' codes. @param {string} a @param {string} b */
function compareTexts(a, b) {
  return Number(a > b) - Number(a < b);
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
    /** @type {string[]} */
    this.dates = []; // of the cases, once somebody asks for them
    for (const name of FILTERS) {
      const size = ITEM_FACETS.includes(name) ? cases.items : cases.count;
      this.columns[name] = new FacetColumn(size);
    }
  }

  /**
   * Reads what filters need of the cases of hits into the columns.
   * @param {Hit[]} hits @param {string[]} names
   */
  async read(hits, names) {
    const blocks = new Set(hits.map((hit) => Math.floor(hit.n / this.blockSize)));
    const kinds = [["role", "r"], ["theme", "h"]].filter(([name]) => names.includes(name));
    const reads = [...blocks].flatMap((block) => kinds.map(([, kind]) =>
      this.readColumns(kind + block, this.cases.starts[block * this.blockSize])));
    if (names.some((name) => CASE_FILTERS.includes(name))) reads.push(this.readColumns("f0", 0));
    if (names.some((name) => DATE_FILTERS.includes(name))) reads.push(this.readDates());
    await Promise.all(reads);
  }

  /** @param {string} file @param {number} start the first case or item of its columns */
  readColumns(file, start) {
    return this.cache.get(file, async () => {
      /** @type {FacetFile} */
      const columns = await this.files.json(file);
      for (const [name, [values, numbers]] of Object.entries(columns)) {
        this.columns[name].fill(start, values, readNumbers(numbers));
      }
    });
  }

  readDates() {
    return this.cache.get("date", async () => {
      /** @type {FacetFile} */
      const { date: [values, numbers] } = await this.files.json("date");
      this.dates = readNumbers(numbers).map((number) => values[number]);
    });
  }

  /**
   * What the state asks of items or of cases. Its facets must have been read.
   * @param {State} state @param {boolean} ofItems @returns {(at: number) => boolean}
   */
  test(state, ofItems) {
    const names = ofItems ? ITEM_FACETS : CASE_FILTERS;
    const asked = names.filter((name) => valuesIn(state, name).length);
    const tests = asked.map((name) => this.columns[name].test(valuesIn(state, name)));
    const [from, to] = DATE_FILTERS.map((name) => valuesIn(state, name)[0] || "");
    if (!ofItems && (from || to)) tests.push((n) => isBetween(this.dates[n], from, to));
    return (at) => tests.every((test) => test(at));
  }

  /**
   * The hits that fit the state. A case fits where one of its items fits all facets of items.
   * @param {Ranked} ranked @param {State} state
   */
  async filter({ hits, ratings }, state) {
    if (!isFiltered(state)) return hits;
    await this.read(hits, this.asked(state));
    const fitsCase = this.test(state, false);
    const fitsItem = this.test(state, true);
    const asksItems = ITEM_FACETS.some((name) => valuesIn(state, name).length);
    return hits.filter(({ n }) =>
      fitsCase(n) && (!asksItems || this.presentItems(n, ratings, fitsItem).length > 0));
  }

  // --- what a text says of cases. The columns of cases must have been read

  /** The distinct values of a facet. @param {string} name */
  distinct(name) {
    return [...new Set(this.columns[name].values.flat())];
  }

  /**
   * The facets of cases that a text names: a kind or a year as it is, a region or an organ by
   * a part of its name.
   * @param {string} text folded @returns {Fact[]}
   */
  findFacts(text) {
    if (text.length < FEWEST_OF_NAME) return [];
    const year = text.replace(/年$/, "");
    const having = (/** @type {string} */ name, /** @type {(value: string) => boolean} */ fits) =>
      ({ name, values: this.distinct(name).filter(fits) });
    const found = [
      having("region", (value) => fold(value).includes(text)),
      having("organ", (value) => fold(value).includes(text)),
      having("kind", (value) => value === text),
      having("year", (value) => value === year),
    ];
    return found.filter(({ values }) => values.length).map(({ name, values }) => {
      const isPlace = name === "region" && values.every((each) => fold(each).startsWith(text));
      return { name, values: values.sort(compareTexts), isWhole: isPlace || values.length === 1 };
    });
  }

  /**
   * A text with a name of a region, an organ, a kind or a year as parts; one part without any.
   * @param {string} text folded
   */
  divide(text) {
    const regions = this.distinct("region").map((each) => fold(each));
    const names = [...regions, ...regions.map((each) => each.replace(REGION_END, "")),
      ...this.distinct("organ").map((each) => fold(each)), ...this.distinct("kind"),
      ...this.distinct("year").flatMap((each) => [`${each}年`, each])];
    const inside = names.filter((each) => each.length >= FEWEST_OF_NAME && text.includes(each));
    const [name] = inside.sort((a, b) => b.length - a.length);
    if (!name) return [text];
    const at = text.indexOf(name);
    const rest = [text.slice(0, at), text.slice(at + name.length)];
    return [name, ...rest.map((each) => each.replace(/^[的在]|[的在]$/g, ""))].filter(Boolean);
  }

  /** The filters that a state asks for. @param {State} state */
  asked(state) {
    return [...FILTERS, ...DATE_FILTERS].filter((name) => valuesIn(state, name).length);
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
    await this.read(hits, [...names, ...this.asked(state)]);
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
    const asksItems = ITEM_FACETS.some((each) => valuesIn(state, each).length);
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
    await this.readDates();
    return hits.slice().sort((a, b) => (
      compareTexts(this.dates[b.n], this.dates[a.n]) || compareHits(a, b)));
  }
}

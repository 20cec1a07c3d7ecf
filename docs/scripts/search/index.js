"use strict";
// Answers queries from the search index of a library, and reads the texts of its cases: what is
// shown of hits, and what hits are compared with. Makes no page.

const COMPARED_AT_ONCE = 10; // hits
const MOST_COMPARED = 100; // hits
const PIECE_FIELDS = 7; // before the first item's
const ITEM_FIELDS = 4;

/**
 * An item of a case, and its texts folded: places in both are the same.
 * @typedef {object} ItemText
 * @property {string} anchor
 * @property {string} role
 * @property {string} heading
 * @property {string} foldedHeading
 * @property {string} text
 * @property {string} foldedText
 */

/**
 * Some neighboring items of a case, by their numbers in the library.
 * @typedef {object} Piece
 * @property {string} id of the case
 * @property {string[]} facts kind, region, organ, date; some are ""
 * @property {{text: string, folded: string}} title
 * @property {Map<number, ItemText>} items
 */

// --- decoding

/**
 * A compressed text in UTF-16; TextDecoder would lose half a surrogate pair.
 * @param {string} words
 */
function readText(words) {
  const bytes = inflate(new BitReader(words));
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    text += String.fromCharCode(bytes[at] | (bytes[at + 1] << 8));
  }
  return text;
}

/**
 * @param {string[]} fields @param {number} first item of the piece
 * @returns {Piece}
 */
function readPiece(fields, first) {
  const [id, kind, region, organ, date, title, written] = fields;
  const forms = readForms(written);
  const items = new Map();
  for (let at = PIECE_FIELDS; at + ITEM_FIELDS <= fields.length; at += ITEM_FIELDS) {
    const [anchor, role, heading, text] = fields.slice(at, at + ITEM_FIELDS);
    const foldedHeading = fold(heading, forms);
    const foldedText = fold(text, forms);
    items.set(first + items.size, { anchor, role, heading, foldedHeading, text, foldedText });
  }
  const facts = [kind, region, organ, date];
  return { id, facts, title: { text: title, folded: fold(title, forms) }, items };
}

/**
 * Whether title, headings or texts of a piece have one of some texts.
 * @param {Piece} piece @param {string[]} texts
 */
function pieceHas({ title, items }, texts) {
  const all = [...items.values()].flatMap((item) => [item.foldedHeading, item.foldedText]);
  return [title.folded, ...all].some((own) => texts.some((text) => own.includes(text)));
}

// --- the texts of a library

class Texts {
  /**
   * @param {IndexFiles} files @param {Meta} meta @param {CaseTable} cases
   * @param {PostingLists} lists
   */
  constructor(files, meta, cases, lists) {
    this.files = files;
    this.cache = new PromiseCache();
    this.pieceSize = meta.piece;
    this.cases = cases;
    this.lists = lists;
  }

  /** The piece that has an item. @param {number} item */
  piece(item) {
    const n = this.cases.caseOf[item];
    const number = Math.floor((item - this.cases.starts[n]) / this.pieceSize);
    return this.cache.get(`${n}-${number}`, async () => {
      const fields = readText(await this.files.words(`t${n}-${number}`)).split("\0");
      return readPiece(fields, this.cases.starts[n] + number * this.pieceSize);
    });
  }

  // --- comparing hits with the texts, where the lists do not say all

  /**
   * The hits that have the words. Hits without them are left out where a word is exact or a run was
   * cut short; otherwise they come last. Hits are compared until COMPARED_AT_ONCE are right; where
   * wrong ones are left out, up to MOST_COMPARED are compared, and the others stay if most of these
   * were right.
   * @param {Ranked} ranked @param {Word[]} words
   */
  async verify({ hits, ratings }, words) {
    const doubted = words.filter((word) => !word.excludes && this.isDoubtful(word));
    if (!doubted.length) return hits;
    const isStrict = doubted.some((word) => word.exact || !this.hasMarks(word));
    const most = isStrict ? MOST_COMPARED : 2 * COMPARED_AT_ONCE;
    /** @type {Hit[]} */
    const right = [];
    /** @type {Hit[]} */
    const wrong = [];
    let at = 0;
    while (at < Math.min(hits.length, most)) {
      if (right.length >= COMPARED_AT_ONCE && !(isStrict && wrong.length)) break;
      const some = hits.slice(at, at + COMPARED_AT_ONCE);
      const has = await Promise.all(some.map((hit) => this.hasAll(hit.n, doubted, ratings)));
      some.forEach((hit, i) => (has[i] ? right : wrong).push(hit));
      at += COMPARED_AT_ONCE;
    }
    const rest = hits.slice(at);
    if (!isStrict) return [...right, ...wrong, ...rest];
    return right.length >= wrong.length ? [...right, ...rest] : right;
  }

  /** Whether a word has marks, which the lists do not know. @param {Word} word */
  hasMarks({ texts: [text] }) {
    return splitRuns(text, this.lists.breaks).join("") !== text;
  }

  /** Whether the lists may find a word where it does not stand. @param {Word} word */
  isDoubtful(word) {
    const runs = splitRuns(word.texts[0], this.lists.breaks);
    return this.hasMarks(word) || runs.some((run) => this.lists.isIncomplete(run));
  }

  /**
   * Whether the items that the lists name for a case have all words.
   * @param {number} n @param {Word[]} words @param {Ratings} ratings
   */
  async hasAll(n, words, { present }) {
    const [start, end] = [this.cases.starts[n], this.cases.starts[n + 1]];
    const pieces = new Set([this.piece(start)]);
    for (let item = start; item < end; item++) if (present[item]) pieces.add(this.piece(item));
    const loaded = await Promise.all(pieces);
    return words.every((word) => loaded.some((piece) => pieceHas(piece, word.texts)));
  }
}

// --- queries

const MOST_PAIRS = 40; // pairs of characters of a question that are looked up
const ASKING = /怎么样?|怎样|如何|为什么|为何|哪些|什么|吗|呢/g;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/**
 * The file `meta`; readNumbers reads its columns.
 * @typedef {object} Meta
 * @property {string} cases column: numbers of items of each case
 * @property {string} lasts column: gaps of the groups' last characters
 * @property {string} shards column: numbers of shards of the groups
 * @property {string} first column: first characters of the lists that have their own file
 * @property {string} second column: and their second characters
 * @property {string} sizes column: their lengths in units of 4,096 words, rounded down
 * @property {Record<string, string>} roles names by id
 * @property {string} breaks
 * @property {number} piece items of a piece
 * @property {number} block cases of a block of facets
 */

/**
 * The answer to a query, and what the page says about it.
 * @typedef {object} Answer
 * @property {Hit[]} hits in the order to show
 * @property {Hit[]} all hits, whatever the state filters
 * @property {Ratings} ratings
 * @property {string[]} texts to mark
 * @property {string[]} sounds texts that were found by their sound
 * @property {{text: string, cases: number}[]} words each, and how many cases it finds alone
 * @property {boolean} near no case has all words: these come closest
 */

/** The search index of a library. */
class SearchIndex {
  /** @param {IndexFiles} files @param {Meta} meta */
  constructor(files, meta) {
    this.files = files;
    this.roles = meta.roles;
    this.cases = new CaseTable(readNumbers(meta.cases));
    this.lists = new PostingLists(files, meta, this.cases);
    this.facets = new Facets(files, meta, this.cases);
    this.texts = new Texts(files, meta, this.cases, this.lists);
    this.pinyin = new Pinyin(files);
    /** @type {Forms | null} */
    this.forms = null; // of traditional characters, once a query needed them
  }

  /** @param {IndexFiles} files @returns {Promise<SearchIndex>} */
  static async open(files) {
    return new SearchIndex(files, await files.json("meta"));
  }

  /**
   * The cases that fit a state. Rejects where a file of the index cannot be loaded.
   * @param {State} state @returns {Promise<Answer>}
   */
  async search(state) {
    const answer = await this.answer(state.q || "");
    const hits = await this.facets.filter(answer, state);
    const sorted = state.sort === "date" ? await this.facets.sortByDate(hits) : hits;
    return { ...answer, all: answer.hits, hits: sorted };
  }

  /**
   * How many cases each value of some facets would leave.
   * @param {Answer} answer @param {State} state @param {string[]} names
   */
  counts({ all, ratings }, state, names) {
    return this.facets.count({ hits: all, ratings }, state, names);
  }

  /**
   * The items of a hit that fit the state, the best first.
   * @param {Answer} answer @param {number} n @param {State} state
   */
  itemsOf({ ratings }, n, state) {
    const items = this.facets.itemsOf(n, ratings, state);
    return items.sort((a, b) => ratings.score[b] - ratings.score[a] || a - b);
  }

  /** The piece of text that has an item. @param {number} item */
  piece(item) {
    return this.texts.piece(item);
  }

  /** The cases with all words, or where none has, those that come closest. @param {string} query */
  async answer(query) {
    const typed = readQuery(query);
    if (query.trim() && !this.indexedRuns(fold(query)).length) return this.nothing();
    const found = await this.find(typed);
    const words = found.filter((word) => word.excludes || this.indexedRuns(word.texts[0]).length);
    const wanted = words.filter((word) => !word.excludes);
    const ranked = rankMatches(words, this.cases);
    const hits = await this.texts.verify(ranked, words);
    const answer = {
      hits,
      ratings: restrictTo(hits, ranked.ratings, this.cases),
      texts: wanted.flatMap((word) => word.texts),
      sounds: wanted.flatMap((word) => word.texts.slice(1)),
      words: wanted.map((word) => ({ text: word.texts[0], cases: word.cases })),
      near: false,
    };
    if (hits.length || !wanted.length) return answer;
    const parts = await this.findParts(typed.filter((word) => !word.excludes && !word.exact));
    const nearest = rankNearest(parts, words, this.cases);
    const texts = parts.map((part) => part.texts[0]);
    return { ...answer, ...nearest, texts, near: nearest.hits.length > 0 };
  }

  nothing() {
    const ratings = rateItems([], this.cases);
    return { hits: [], ratings, texts: [], sounds: [], words: [], near: false };
  }

  /** What the index knows of a text. @param {string} text folded */
  indexedRuns(text) {
    return splitRuns(text, this.lists.breaks);
  }

  /**
   * What the words find. Where one finds nothing, its characters may be traditional, or the words
   * the syllables of one.
   * @param {QueryWord[]} typed @returns {Promise<Word[]>}
   */
  async find(typed) {
    const found = await Promise.all(typed.map((word) => this.findWord(word)));
    if (found.every((word) => word.places.units.length)) return found;
    if (!this.forms && typed.some((word) => BEYOND_ASCII.test(word.text))) {
      this.forms = readForms(await this.files.json("folds"));
      return this.find(typed);
    }
    const fewer = joinSyllables(typed);
    if (fewer.length === typed.length) return found;
    const others = await this.find(fewer);
    return others.every((word) => word.places.units.length) ? others : found;
  }

  /** @param {QueryWord} typed @returns {Promise<Word>} */
  async findWord(typed) {
    const folded = fold(typed.text, this.forms);
    if (typed.exact) return makeWord(typed, [folded], await this.lists.text(folded), this.cases);
    const text = trimBreaks(folded, this.lists.breaks);
    const [own, spelled] = await Promise.all([
      this.lists.text(text), this.pinyin.spell(text.replace(/[’‘]/g, "'")),
    ]);
    const texts = [text];
    let places = own;
    const found = await Promise.all(spelled.map((each) => this.lists.text(each)));
    found.forEach((each, i) => {
      if (!each.units.length) return;
      texts.push(spelled[i]);
      places = unitePlaces(places, each);
    });
    return makeWord(typed, texts, places, this.cases);
  }

  /**
   * Pairs of characters of a question, as words; frequent ones and those that ask say nothing.
   * @param {QueryWord[]} typed
   */
  async findParts(typed) {
    /** @type {Set<string>} */
    const pairs = new Set();
    const texts = typed.map((word) => fold(word.text, this.forms).replace(ASKING, " "));
    for (const run of texts.flatMap((text) => this.indexedRuns(text))) {
      for (let i = 0; i + 1 < run.length && pairs.size < MOST_PAIRS; i++) {
        if (!this.lists.isLarge(run, i)) pairs.add(run.slice(i, i + 2));
      }
    }
    const plain = { excludes: false, exact: false };
    const parts = await Promise.all([...pairs].map(async (pair) =>
      makeWord(plain, [pair], await this.lists.text(pair), this.cases)));
    return parts.filter((part) => part.places.units.length);
  }
}

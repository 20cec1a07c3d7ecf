"use strict";
// Answers queries from the search index of a library. Makes no page.

const ASKING = new RegExp("怎么样?|怎样|如何|为什么|为何|哪些|什么|多少|吗|呢|请问|咋|能不能|有没有|是不是"
  + "|老是|总是|一直|经常|东西|有点|太|非常|特别|应该|可以|需要|我们|大家|自己|的时候|的问题", "g");
const ENDINGS = new RegExp("(怎么办|怎么破|怎么治|怎么搞|怎么做|怎[么样]解决|如何(解决|破解|应对|做好)?|咋办"
  + "|有(什么|何|啥|哪些)(好)?(办法|对策|措施|招))[?？。！!]*$");
const WISHES = ["practice", "suggestion"]; // roles that a question with such an ending asks for
const BEYOND_ASCII = /[\u0080-\uffff]/;
const SHORT_LATIN = /^[a-z]{2}$/;

/**
 * The file `meta`; readNumbers reads its columns.
 * @typedef {object} Meta
 * @property {string} cases column: numbers of items of each case
 * @property {string} lasts column: gaps of the groups' last characters
 * @property {string} shards column: numbers of shards of the groups
 * @property {string} first column: first characters of the lists that have their own file
 * @property {string} second column: and their second characters
 * @property {string} sizes column: lengths of their units in 4,096 words, rounded down
 * @property {string} after column: how many shards they have by the character after the pair
 * @property {string} before column: and by the one before
 * @property {Record<string, string>} roles names by id
 * @property {string[]} themes names
 * @property {string} breaks
 * @property {number} piece items of a piece
 * @property {number} block cases of a block of facets
 */

/**
 * The answer to a query: the cases that have all its words.
 * @typedef {object} Answer
 * @property {Hit[]} hits in the order to show
 * @property {Hit[]} all hits, whatever the state filters
 * @property {Ratings} ratings
 * @property {string[]} texts to mark
 * @property {string[][]} alternatives for each word the texts that stand for it
 * @property {string[]} wishes roles that the query asks for
 * @property {string[]} sounds texts that were found by their sound
 * @property {{text: string, cases: number}[]} words each, and how many cases it finds alone
 * @property {QueryWord[]} typed
 * @property {Word[]} found what each typed word finds
 */

/**
 * Words of one meaning, folded.
 * @typedef {object} SynonymGroup
 * @property {string[]} present those that the library may have
 * @property {string[]} all
 */

/** The search index of a library. */
class SearchIndex {
  /** @param {IndexFiles} files @param {Meta} meta */
  constructor(files, meta) {
    this.files = files;
    this.roles = meta.roles;
    this.themes = meta.themes;
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
    const answer = await this.answer(String(state.q || ""));
    return { ...answer, hits: await this.arrange(answer, state) };
  }

  /**
   * Hits that fit the state, in its order.
   * @param {Ranked} ranked @param {State} state
   */
  async arrange(ranked, state) {
    const hits = await this.facets.filter(ranked, state);
    return state.sort === "date" ? this.facets.sortByDate(hits) : hits;
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
   * @param {{ratings: Ratings}} answer @param {number} n @param {State} state
   */
  itemsOf({ ratings }, n, state) {
    const items = this.facets.itemsOf(n, ratings, state);
    return items.sort((a, b) => ratings.score[b] - ratings.score[a] || a - b);
  }

  /** The piece of text that has an item. @param {number} item */
  piece(item) {
    return this.texts.piece(item);
  }

  /** The cases with all words. @param {string} query @returns {Promise<Answer>} */
  async answer(query) {
    const typed = readQuery(query);
    if (query.trim() && !this.indexedRuns(fold(query)).length) return this.match([], [], true);
    const answer = await this.match(typed, await this.find(typed));
    const parts = splitJoined(typed, this.lists.breaks);
    const isJoined = parts.length > typed.length;
    if (!isJoined || (answer.all.length && await this.isWhole(answer))) return answer;
    const divided = await this.match(parts, await this.find(parts));
    return divided.all.length ? divided : answer;
  }

  /** Whether the best hits have the words as typed, marks and all. @param {Answer} answer */
  async isWhole({ all, ratings, found }) {
    const marked = found.filter((word) => !word.excludes && this.texts.hasMarks(word));
    return !marked.length || this.texts.hasAll(all[0].n, marked, ratings);
  }

  /**
   * @param {QueryWord[]} typed @param {Word[]} found @param {boolean} [isNothing] no text has any
   * @returns {Promise<Answer>}
   */
  async match(typed, found, isNothing) {
    const words = found.filter((word) => word.excludes || this.indexedRuns(word.texts[0]).length);
    const wanted = words.filter((word) => !word.excludes);
    const ranked = rankMatches(words, this.cases);
    const hits = isNothing ? [] : await this.texts.verify(ranked, words);
    return {
      hits,
      all: hits,
      ratings: restrictTo(hits, ranked.ratings, this.cases),
      texts: textsToMark(wanted),
      alternatives: wanted.map((word) => word.texts),
      wishes: typed.some((word) => ENDINGS.test(word.text)) ? WISHES : [],
      sounds: wanted.filter((word) => word.isSpelled).flatMap((word) => word.texts.slice(1)),
      words: wanted.map((word) => ({ text: word.texts[0], cases: word.cases })),
      typed,
      found,
    };
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
    const text = typed.exact ? folded : trimBreaks(folded, this.lists.breaks);
    const [own, spelled] = await Promise.all([
      this.placesOf(text), typed.exact ? [] : this.pinyin.spell(text.replace(/[’‘]/g, "'")),
    ]);
    const others = typed.others.map((each) => fold(each, this.forms));
    const { texts, places } = await this.unite([text], own, [...spelled, ...others]);
    const isSpelled = texts.length > 1 && !others.length;
    return makeWord({ ...typed, isSpelled }, texts, places, this.cases);
  }

  /**
   * Texts, and those of others that stand somewhere, with the places of all.
   * @param {string[]} texts @param {Places} places of these @param {string[]} others
   */
  async unite(texts, places, others) {
    const found = await Promise.all(others.map((each) => this.placesOf(each)));
    const here = others.filter((_, i) => found[i].units.length);
    return { texts: [...texts, ...here], places: found.reduce(unitePlaces, places) };
  }

  /** Groups of words of one meaning. @returns {Promise<SynonymGroup[]>} */
  async synonyms() {
    /** @type {[string[], string[]][]} */
    const groups = await this.files.json("synonyms");
    return groups.map(([present, others]) => ({ present, all: [...present, ...others] }));
  }

  /** Where a text stands; two Latin letters only as a word. @param {string} text folded */
  placesOf(text) {
    return SHORT_LATIN.test(text) ? this.lists.latinWord(text) : this.lists.text(text);
  }
}

const RARE_SHARE = 0.3; // of the weight of the rarest word, from which a word is marked

/** The texts of the rarer words, which show why a case was found. @param {Word[]} wanted */
function textsToMark(wanted) {
  const most = Math.max(0, ...wanted.map((word) => word.weight));
  return wanted.filter((word) => word.weight >= RARE_SHARE * most).flatMap((word) => word.texts);
}

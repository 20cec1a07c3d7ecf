"use strict";
// What is looked for beside what was typed: what is known of a case (region, year …), other words
// of the same meaning, words that sound alike, and parts. Cases found so stand in groups of their
// own, each with the words that say how; they are no hits of the query.

const FEW_HITS = 10; // below as many, words of the same meaning are looked for as well
const MOST_OFFERS = 3; // of a kind
const LONGEST_ALIKE = 8; // characters of a word that is read by its sound
const MOST_ALIKES = 6; // words that sound alike which are looked up
const MOST_MENDED = 3; // pairs of characters of a query that are read by their sound
const CLEAR_LEAD = 2; // times as many headings as the next phrase, where initials are unambiguous
const INITIALS = /^[a-z]{2,8}$/;
const PART_OF_TEXT = /[\u3400-\u9fff]+|[a-z]{3,}|[a-z0-9.%+-]*[0-9][a-z0-9.%+-]*/g;

/**
 * Cases found in another way than by what was typed.
 * @typedef {object} NearGroup
 * @property {string} how facts, synonyms, sounds or parts
 * @property {string} said the words that say how
 * @property {Hit[]} hits
 * @property {Ratings} ratings
 * @property {string[]} texts to mark
 * @property {string[][]} alternatives
 * @property {string[]} wishes
 */

/**
 * Another query, or a filter, that somebody may have meant.
 * @typedef {object} Offer
 * @property {string} label
 * @property {State} state
 */

/** @param {string[]} texts */
function quoteAll(texts) {
  return texts.map((text) => `“${text}”`).join("");
}

/**
 * A query with its words replaced.
 * @param {QueryWord[]} typed @param {Map<string, string>} by text
 */
function writeQuery(typed, by) {
  return typed.map((word) => {
    const text = by.has(word.text) ? by.get(word.text) || "" : word.text;
    const quoted = word.exact ? `"${text}"` : text;
    const own = text && (word.excludes ? `-${quoted}` : quoted);
    return [own, ...word.others].filter(Boolean).join(" OR ");
  }).filter(Boolean).join(" ");
}

/** Looks for more than was typed, once for an answer. */
class Loosening {
  /** @param {SearchIndex} index @param {Answer} answer @param {State} state */
  constructor(index, answer, state) {
    this.index = index;
    this.answer = answer;
    this.state = state;
    /** @type {NearGroup[]} */
    this.groups = [];
    /** @type {Ranked[]} */
    this.ranked = []; // what the groups have, whatever the state filters
    /** @type {Offer[]} */
    this.offers = [];
    this.seen = new Set(answer.all.map((hit) => hit.n));
    this.wanted = answer.found.filter((word) => !word.excludes);
    /** @type {Map<string, string>} */
    this.mended = new Map(); // pairs of characters by those that sound alike
  }

  async run() {
    if (!this.wanted.length || valuesIn(this.state, "near")[0] === "0") return this;
    const isAbsent = !this.answer.all.length;
    await this.addFacts();
    if (this.answer.all.length < FEW_HITS) await this.addSynonyms();
    if (isAbsent || this.answer.sounds.length) await this.addSounds();
    if (isAbsent && !this.groups.length) await this.addParts();
    return this;
  }

  /**
   * @param {string} how @param {string} said @param {Ranked} ranked
   * @param {{texts: string[], alternatives: string[][]}} marks
   */
  async add(how, said, ranked, { texts, alternatives }) {
    const fresh = ranked.hits.filter(({ n }) => !this.seen.has(n));
    const ratings = restrictTo(fresh, ranked.ratings, this.index.cases);
    this.ranked.push({ hits: fresh, ratings });
    const hits = await this.index.arrange({ hits: fresh, ratings }, this.state);
    if (!hits.length) return;
    hits.forEach(({ n }) => this.seen.add(n));
    const wishes = this.answer.wishes;
    this.groups.push({ how, said, hits, ratings, texts, alternatives, wishes });
  }

  /**
   * Adds a group for words in the place of those that were found.
   * @param {string} how @param {string} said @param {Word[]} words
   */
  async addWords(how, said, words) {
    const excluded = this.answer.found.filter((word) => word.excludes);
    const ranked = rankMatches([...words, ...excluded], this.index.cases);
    const alternatives = words.map((word) => word.texts);
    await this.add(how, said, ranked, { texts: textsToMark(words), alternatives });
  }

  // --- what is known of a case

  async addFacts() {
    const { facets, cases } = this.index;
    await facets.read([], CASE_FILTERS);
    const words = await this.divideAtFacts();
    const known = words.map((word) => facets.findFacts(word.texts[0]));
    if (known.every((facts) => !facts.length)) return this.offerItemFacets(words);
    const holding = words.map((word, i) => {
      if (!known[i].length) return word;
      const tests = known[i].map(({ name, values }) => facets.columns[name].test(values));
      const holds = word.holds.map((own, n) => own || Number(tests.some((test) => test(n))));
      return { ...word, holds };
    });
    words.forEach((word, i) => this.offerFacts(words, holding, known[i], i));
    const said = known.flat().slice(0, MOST_OFFERS)
      .map(({ name, values }) => `${FACET_LABELS[name]}：${values.slice(0, 2).join("、")}`);
    if (this.answer.all.length < FEW_HITS || cases.count <= FEW_HITS) {
      await this.addWords("facts", said.join("；"), holding);
    }
    return this.offerItemFacets(words);
  }

  /** The words; of one that no text has, the names of regions and the like apart. */
  async divideAtFacts() {
    const divided = this.answer.typed.filter((word) => !word.excludes).flatMap((word, i) => {
      const found = this.wanted[i];
      if (!found || found.cases || word.exact || word.others.length) return [word];
      const texts = this.index.facets.divide(found.texts[0]);
      return texts.length > 1 ? texts.map((text) => ({ ...word, text })) : [word];
    });
    return divided.length > this.wanted.length ? this.index.find(divided) : this.wanted;
  }

  /**
   * Offers what is known of cases in the place of a word.
   * @param {Word[]} words @param {Word[]} holding these by their texts or what is known
   * @param {Fact[]} facts of the word @param {number} i number of the word
   */
  offerFacts(words, holding, facts, i) {
    for (const { name, values, isWhole } of facts.slice(0, MOST_OFFERS)) {
      if (!isWhole && values.length > 1) continue;
      const test = this.index.facets.columns[name].test(values);
      const others = holding.filter((_, at) => at !== i);
      let count = 0;
      for (let n = 0; n < this.index.cases.count; n++) {
        if (test(n) && others.every((word) => word.holds[n])) count++;
      }
      const rest = words.filter((_, at) => at !== i).map((word) => word.texts[0]).join(" ");
      const label = `${FACET_LABELS[name]}：${values[0]}${values.length > 1 ? "等" : ""}（${count}）`;
      if (count) this.offer(label, { ...this.state, q: rest, [name]: values });
    }
  }

  /** Offers roles and themes that somebody typed. @param {Word[]} words */
  offerItemFacets(words) {
    words.forEach(({ texts: [text] }, i) => {
      const rest = words.filter((_, at) => at !== i).map((word) => word.texts[0]).join(" ");
      for (const [role, name] of Object.entries(this.index.roles)) {
        if (name === text) this.offer(`角色：${name}`, { ...this.state, q: rest, role: [role] });
      }
      if (this.index.themes.includes(text)) {
        this.offer(`主题：${text}`, { ...this.state, q: rest, theme: [text] });
      }
    });
  }

  /** @param {string} label @param {State} state */
  offer(label, state) {
    this.offers.push({ label, state });
  }

  // --- words of the same meaning

  async addSynonyms() {
    if (valuesIn(this.state, "syn")[0] === "0") return;
    /** @type {string[]} */
    const used = [];
    const words = await Promise.all(this.wanted.map(async (word) => {
      const others = word.exact ? [] : await this.synonymsOf(word);
      if (!others.length) return word;
      const { texts, places } = await this.index.unite(word.texts, word.places, others);
      used.push(...texts.slice(word.texts.length));
      return makeWord(word, texts, places, this.index.cases);
    }));
    const [absent] = this.wanted.filter((word) => !word.cases);
    const said = absent ? `没有“${absent.texts[0]}”，找到` : "同义：";
    if (used.length) await this.addWords("synonyms", said + quoteAll(used), words);
  }

  /**
   * Texts in which a word, or a part of one that stands nowhere, is another of the same meaning.
   * @param {Word} word
   */
  async synonymsOf({ texts: [text], cases }) {
    const groups = await this.index.synonyms();
    const own = groups.find((group) => group.all.includes(text));
    if (own) return own.present.filter((each) => each !== text);
    const inside = cases ? null : findInside(groups, text);
    return inside ? inside.group.present.filter((each) => each !== inside.word)
      .map((each) => text.replace(inside.word, each)) : [];
  }

  // --- words that sound alike

  async addSounds() {
    for (const word of this.wanted) {
      if (word.exact) continue;
      const [text] = word.texts;
      if (word.cases) await this.offerRareWords(text);
      else if (/^[\u3400-\u9fff]+$/.test(text)) await this.addAlikes(word);
      else if (INITIALS.test(text)) await this.addInitials(word);
    }
  }

  /** @param {string} text in Latin letters */
  async offerRareWords(text) {
    const { lists, pinyin, cases } = this.index;
    let left = MOST_OFFERS;
    for (const each of await pinyin.rareWords(text)) {
      const found = await lists.pair(each.charCodeAt(0), each.charCodeAt(1));
      const isNamed = found && (found.isWord || cases.isHeading(found.units[0]));
      if (isNamed && left-- > 0) await this.offerWord("也可能是", text, each);
    }
  }

  /**
   * Offers a query with another word, if cases have it. Returns what the word finds.
   * @param {string} said @param {string} text @param {string} other
   */
  async offerWord(said, text, other) {
    const plain = { excludes: false, exact: false };
    const parts = await Promise.all(other.split(" ").map((each) => this.index.lists.text(each)));
    const places = parts.reduce(intersectPlaces);
    const word = makeWord(plain, other.split(" "), places, this.index.cases);
    const q = writeQuery(this.answer.typed, new Map([[text, other]]));
    if (word.cases) this.offer(`${said}“${other}”（${word.cases}）`, { ...this.state, q });
    return word;
  }

  /** @param {string} text */
  soundAlikes(text) {
    const { lists, pinyin } = this.index;
    return pinyin.soundAlikes(text, async (pair) => lists.isLarge(pair, 0)
      || Boolean(await lists.pair(pair.charCodeAt(0), pair.charCodeAt(1))));
  }

  /** Words of the library that sound like one which stands nowhere. @param {Word} word */
  async addAlikes(word) {
    const [text] = word.texts;
    const { lists } = this.index;
    const isShort = text.length > 1 && text.length <= LONGEST_ALIKE;
    const alike = isShort ? (await this.soundAlikes(text)).slice(0, MOST_ALIKES) : [];
    const places = await Promise.all(alike.map((each) => lists.text(each)));
    const found = alike.filter((_, i) => places[i].units.length);
    if (found.length) await this.addReplaced(word, found, "你是不是要找");
    else await this.mendPairs(text);
  }

  /**
   * Adds cases with a word in the place of another, and offers it and the next ones.
   * @param {Word} word @param {string[]} others @param {string} said
   */
  async addReplaced(word, others, said) {
    const [text] = word.texts;
    /** @type {Word[]} */
    const found = [];
    for (const other of others.slice(0, MOST_OFFERS)) {
      found.push(await this.offerWord(said, text, other));
    }
    const words = this.wanted.map((each) => (each === word ? found[0] : each));
    await this.addWords("sounds", `没有“${text}”，找到“${others[0]}”`, words);
  }

  /** Phrases of titles and headings that initials stand for. @param {Word} word */
  async addInitials(word) {
    const [text] = word.texts;
    const found = await this.index.pinyin.phrases(text);
    const phrases = found.length ? found : await this.joinPhrases(text);
    if (!phrases.length) return;
    const isClear = phrases.length < 2 || phrases[0][1] >= CLEAR_LEAD * phrases[1][1];
    if (isClear) await this.addReplaced(word, [phrases[0][0]], "可能是");
    else for (const [each] of phrases) await this.offerWord("可能是", text, each);
  }

  /**
   * Two phrases that initials stand for together.
   * @param {string} text @returns {Promise<[string, number][]>}
   */
  async joinPhrases(text) {
    for (let at = 2; at + 2 <= text.length; at++) {
      const parts = [text.slice(0, at), text.slice(at)];
      const [[one], [other]] = await Promise.all(
        parts.map((part) => this.index.pinyin.phrases(part)));
      if (one && other) return [[`${one[0]} ${other[0]}`, Math.min(one[1], other[1])]];
    }
    return [];
  }

  /**
   * Pairs of a text that the library lacks, by its words that sound alike and share a character.
   * @param {string} text
   */
  async mendPairs(text) {
    const { lists, pinyin } = this.index;
    const runs = await findRunPairs(lists, text.replace(ENDINGS, ""));
    let mended = text;
    for (const [i, { pair, isAbsent, isFree }] of runs.entries()) {
      const isAlone = !runs[i - 2]?.isFree && !runs[i + 2]?.isFree;
      if (!isAbsent || !isFree || !isAlone || this.mended.size >= MOST_MENDED) continue;
      if (await pinyin.isOtherWord(pair)) continue;
      for (const each of await this.soundAlikes(pair)) {
        if (each[0] !== pair[0] && each[1] !== pair[1]) continue;
        const found = await lists.pair(each.charCodeAt(0), each.charCodeAt(1));
        if (!found || !found.isWord) continue;
        this.mended.set(pair, each);
        mended = mended.replace(pair, each);
        break;
      }
    }
    if (mended === text) return;
    const q = writeQuery(this.answer.typed, new Map([[text, mended]]));
    this.offer(`你是不是要找“${mended}”`, { ...this.state, q });
  }

  // --- parts

  async addParts() {
    const parts = await this.findParts();
    const strong = parts.filter((part) => part.trust >= TRUST.alone);
    if (!strong.length) return;
    const ranked = rankNearest(parts, this.answer.found, this.index.cases);
    const texts = namePartsOf(strong);
    const alternatives = strong.map((part) => part.texts);
    const most = Math.max(...strong.map((part) => part.weight));
    const rare = strong.filter((part) => part.weight >= RARE_SHARE * most);
    const typed = this.wanted.map((word) => word.texts[0]).join(" ");
    await this.add("parts", `没有“${typed}”，找到${quoteAll(texts)}`, ranked, {
      texts: [...new Set([...texts, ...rare.flatMap((part) => part.texts)])], alternatives,
    });
  }

  /** The parts of the query that stand somewhere, in their order. @returns {Promise<Part[]>} */
  async findParts() {
    const query = this.wanted.filter((word) => !word.exact)
      .map((word) => word.texts[0].replace(ENDINGS, "").replace(ASKING, " ")).join("\n");
    const groups = valuesIn(this.state, "syn")[0] === "0" ? [] : await this.index.synonyms();
    const found = [...query.matchAll(PART_OF_TEXT)].map(async ([run], i, all) => {
      const start = Number(all[i].index);
      return HAN.test(run) ? this.findRunParts(run, start, groups)
        : [await this.findPart({ text: run, texts: [run], start, trust: TRUST.word })];
    });
    const parts = (await Promise.all(found)).flat().slice(0, MOST_PAIRS);
    return parts.filter((part) => part.places.units.length);
  }

  /** @param {{text: string, texts: string[], start: number, trust: number}} typed */
  async findPart(typed) {
    const nothing = { units: [], times: [] };
    const { texts, places } = await this.index.unite([], nothing, typed.texts);
    return makePart({ ...typed, texts }, places, this.index.cases);
  }

  /**
   * @param {string} run of Chinese characters @param {number} start in the query
   * @param {SynonymGroup[]} groups
   */
  async findRunParts(run, start, groups) {
    const inside = findInside(groups, run);
    const pairs = await findRunPairs(this.index.lists, run);
    const parts = leaveOutLarge(pairs).map(({ pair, trust, at }) => {
      const mended = this.mended.get(pair);
      return mended ? { text: mended, texts: [mended], start: start + at, trust: TRUST.word }
        : { text: pair, texts: [pair], start: start + at, trust };
    });
    if (inside) {
      const { word, group } = inside;
      const place = start + run.indexOf(word);
      parts.push({ text: word, texts: group.present, start: place, trust: TRUST.word });
    }
    return Promise.all(parts.map((part) => this.findPart(part)));
  }
}

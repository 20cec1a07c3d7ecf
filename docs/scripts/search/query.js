"use strict";
// Reads what somebody typed. Words are all required, "…" is one word whatever it holds, and
// -word excludes. A word may be typed as it sounds.

const MOST_WORDS = 32; // of a query that are read
const QUOTES = "\"“”＂";

/**
 * A word as it was typed, without its quotes and its sign.
 * @typedef {object} QueryWord
 * @property {string} text
 * @property {boolean} excludes
 * @property {boolean} exact it was in quotes
 */

/**
 * Plain forms of characters by the character.
 * @typedef {Map<string, string>} Forms
 */

// --- folding: one code unit at a time, so that places in the folded text are places in the text

/** @type {Forms} */
const plainForms = new Map();

/** @param {string} character */
function plainForm(character) {
  let form = plainForms.get(character);
  if (form === undefined) {
    const folded = character.normalize("NFKC").toLowerCase();
    form = folded.length === 1 ? folded : character;
    plainForms.set(character, form);
  }
  return form;
}

/**
 * A text in compatibility form and lower case, and in simplified script by `forms`.
 * @param {string} text @param {Forms | null} [forms]
 */
function fold(text, forms) {
  let folded = "";
  for (let i = 0; i < text.length; i++) {
    folded += (forms && forms.get(text[i])) || plainForm(text[i]);
  }
  return folded;
}

/** "黨党東东" as 黨 → 党, 東 → 东. @param {string} text @returns {Forms} */
function readForms(text) {
  const forms = new Map();
  for (let i = 0; i < text.length; i += 2) forms.set(text[i], text[i + 1]);
  return forms;
}

// --- words

/** @param {string} query @returns {QueryWord[]} */
function readQuery(query) {
  const found = query.match(/[-－]?["“”＂][^"“”＂]*["“”＂]|[^\s"“”＂]+|["“”＂]/g) || [];
  const words = found.map(readWord).filter((word) => word.text).slice(0, MOST_WORDS);
  return words.length === 1 ? [withSign(words[0])] : words;
}

/** @param {string} word @returns {QueryWord} */
function readWord(word) {
  const excludes = word.length > 1 && /^[-－]/.test(word);
  const rest = word.slice(excludes ? 1 : 0);
  return {
    text: rest.replace(/["“”＂]/g, "").trim(),
    excludes,
    exact: QUOTES.includes(rest[0]),
  };
}

/**
 * A negative number is no exclusion where nothing else is asked for.
 * @param {QueryWord} word @returns {QueryWord}
 */
function withSign(word) {
  const isNumber = word.excludes && !word.exact && /^[0-9]/.test(word.text);
  return isNumber ? { text: `-${word.text}`, excludes: false, exact: false } : word;
}

/** "dang jian" as one word: joins neighbors of Latin letters. @param {QueryWord[]} words */
function joinSyllables(words) {
  const isSpelled = (/** @type {QueryWord} */ word) =>
    !word.exact && !word.excludes && /^[a-z']+$/i.test(word.text);
  /** @type {QueryWord[]} */
  const joined = [];
  for (const word of words) {
    const last = joined[joined.length - 1];
    if (last && isSpelled(last) && isSpelled(word)) {
      joined[joined.length - 1] = { ...last, text: `${last.text}'${word.text}` };
    } else joined.push(word);
  }
  return joined;
}

// --- runs: what stands between spaces and marks; the index knows no others

/**
 * @param {string} text
 * @param {Set<string>} breaks the characters that end a run, besides spaces and controls
 */
function splitRuns(text, breaks) {
  const runs = [""];
  for (let i = 0; i < text.length; i++) {
    if (text[i] <= " " || breaks.has(text[i])) runs.push("");
    else runs[runs.length - 1] += text[i];
  }
  return runs.filter(Boolean);
}

/** A text without the marks around it. @param {string} text @param {Set<string>} breaks */
function trimBreaks(text, breaks) {
  let first = 0;
  let last = text.length;
  while (first < last && breaks.has(text[first])) first++;
  while (first < last && breaks.has(text[last - 1])) last--;
  return text.slice(first, last);
}

// --- pinyin: Latin letters, alone or among Chinese characters

const MOST_READINGS = 4; // ways to divide letters into syllables that are tried
const MOST_SPELLED = 20; // Chinese words that are tried for one way
const LONGEST_SYLLABLE = 6; // letters
const LONGEST_SPELLED = 60; // characters of a word that may be spelled
const HAN = /[\u3400-\u9fff]/;
const SPOKEN = /^[a-z']*[a-z][a-z']*$/;

/**
 * A place of a word: a syllable, of which only the beginning may be typed, or a character.
 * @typedef {object} Slot
 * @property {string} sound "" for a character
 * @property {boolean} begun
 * @property {string} character "" for a syllable
 */

/**
 * The syllables of the library.
 * @typedef {object} Sounds
 * @property {Record<string, string>} characters that each syllable spells
 * @property {string[]} syllables
 * @property {Map<string, string[]>} of the syllables of each character
 */

/**
 * A syllable that follows another one in the library.
 * @typedef {object} Neighbor
 * @property {string} next
 * @property {string[]} pairs of characters that both spell, the most frequent first
 */

/**
 * Orders ways to read: fewer syllables come first, then a whole last syllable.
 * @param {Slot[]} way
 */
function wayCost(way) {
  return 2 * way.length + (way.length && way[way.length - 1].begun ? 1 : 0);
}

/**
 * Ways to divide letters into syllables, the best first. An apostrophe divides.
 * @param {string} letters @param {Sounds} sounds
 * @param {boolean} open whether the last syllable may be typed in part
 * @returns {Slot[][]}
 */
function divideLetters(letters, sounds, open) {
  /** @type {Slot[][][]} */
  const ways = [[[]]]; // by the number of letters read
  for (let end = 1; end <= letters.length; end++) {
    const found = letters[end - 1] === "'" ? ways[end - 1].slice() : [];
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
      if (!ways[start].length) continue;
      const slot = readSyllable(letters.slice(start, end), sounds, open && end === letters.length);
      if (slot) found.push(...ways[start].map((way) => [...way, slot]));
    }
    found.sort((a, b) => wayCost(a) - wayCost(b));
    ways.push(found.slice(0, MOST_READINGS));
  }
  const all = ways[letters.length];
  const whole = all.filter((way) => !way[way.length - 1].begun);
  return whole.length ? whole : all;
}

/** @param {string} sound @param {Sounds} sounds @param {boolean} open @returns {Slot | null} */
function readSyllable(sound, sounds, open) {
  if (sound in sounds.characters) return { sound, begun: false, character: "" };
  const begun = open && sounds.syllables.some((syllable) => syllable.startsWith(sound));
  return begun ? { sound, begun, character: "" } : null;
}

/**
 * Ways to read a word of letters and Chinese characters that have several places.
 * @param {string} word @param {Sounds} sounds
 */
function readSpelled(word, sounds) {
  const parts = word.match(/[a-z']+|[^a-z']/g) || [];
  /** @type {Slot[][]} */
  let ways = [[]];
  parts.forEach((part, i) => {
    /** @type {Slot[][]} */
    let next = [];
    if (HAN.test(part)) next = [[{ sound: "", begun: false, character: part }]];
    else if (SPOKEN.test(part)) next = divideLetters(part, sounds, i === parts.length - 1);
    ways = ways.flatMap((way) => next.map((more) => [...way, ...more])).slice(0, MOST_READINGS);
  });
  return ways.filter((way) => way.length > 1);
}

/**
 * Words, each followed by a pair whose first character is the word's last.
 * @param {string[]} words @param {string[]} pairs
 */
function chainWords(words, pairs) {
  return words.flatMap((word) =>
    pairs.filter((pair) => pair[0] === word[word.length - 1]).map((pair) => word + pair[1]));
}

/** Finds the words of the library that a spelling may mean. */
class Pinyin {
  /** @param {IndexFiles} files */
  constructor(files) {
    this.files = files;
    this.cache = new PromiseCache();
  }

  /** @returns {Promise<Sounds>} */
  sounds() {
    return this.cache.get("sounds", async () => {
      /** @type {Record<string, string>} */
      const characters = await this.files.json("sounds");
      /** @type {Map<string, string[]>} */
      const of = new Map();
      for (const [syllable, spelled] of Object.entries(characters)) {
        for (const each of spelled) of.set(each, [...(of.get(each) || []), syllable]);
      }
      return { characters, syllables: Object.keys(characters), of };
    });
  }

  /**
   * The Chinese words that a word of Latin letters, or of both scripts, may spell, likeliest first.
   * @param {string} word
   */
  async spell(word) {
    if (word.length < 3 && !HAN.test(word)) return [];
    if (word.length > LONGEST_SPELLED) return [];
    if (!/^[a-z'\u3400-\u9fff]+$/.test(word) || !/[a-z]/.test(word)) return [];
    const sounds = await this.sounds();
    const ways = readSpelled(word, sounds).map((way) => this.words(way, sounds));
    return [...new Set((await Promise.all(ways)).flat())];
  }

  /**
   * The words that one way to read spells. Where no known pair joins two words, they are put
   * side by side; a word that the library does not have finds nothing.
   * @param {Slot[]} way @param {Sounds} sounds
   */
  async words(way, sounds) {
    const steps = way.slice(1).map((slot, i) => this.pairs(way[i], slot, sounds));
    const [first, ...others] = await Promise.all(steps);
    /** @type {string[]} */
    let shorter = []; // words without their last character
    let words = first.slice(0, MOST_SPELLED);
    for (const pairs of others) {
      let longer = chainWords(words, pairs);
      if (!longer.length) longer = shorter.flatMap((word) => pairs.map((pair) => word + pair));
      [shorter, words] = [words, longer.slice(0, MOST_SPELLED)];
    }
    return words;
  }

  /**
   * Pairs of characters that two places of a word may hold, the most frequent of a sound first.
   * @param {Slot} left @param {Slot} right @param {Sounds} sounds
   */
  async pairs(left, right, sounds) {
    if (left.character && right.character) return [left.character + right.character];
    const syllables = left.character ? sounds.of.get(left.character) || [] : [left.sound];
    const tables = await Promise.all(syllables.map((each) => this.neighbors(each)));
    const sound = right.sound;
    return tables.flat()
      .filter(({ next }) => !sound || (right.begun ? next.startsWith(sound) : next === sound))
      .flatMap((neighbor) => neighbor.pairs)
      .filter((pair) => !left.character || pair[0] === left.character)
      .filter((pair) => !right.character || pair[1] === right.character);
  }

  /**
   * The syllables that follow one in the library.
   * @param {string} syllable @returns {Promise<Neighbor[]>}
   */
  neighbors(syllable) {
    return this.cache.get(`y-${syllable}`, async () => {
      /** @type {string} */
      const text = await this.files.json(`y-${syllable}`); // jian党建当建…
      const found = [...text.matchAll(/([a-z]+)([^a-z]+)/g)];
      return found.map(([, next, pairs]) => ({ next, pairs: pairs.match(/../g) || [] }));
    });
  }
}

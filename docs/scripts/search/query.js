"use strict";
// Reads what somebody typed. Words are all required, "…" is one word whatever it holds, -word
// excludes, OR between two words asks for either, AND says what a space says.

const MOST_WORDS = 32; // of a query that are read
const QUOTES = "\"“”＂";

/**
 * A word as it was typed, without its quotes and its sign.
 * @typedef {object} QueryWord
 * @property {string} text
 * @property {boolean} excludes
 * @property {boolean} exact it was in quotes
 * @property {string[]} others texts that do as well, joined by OR
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
  return words.length === 1 ? [withSign(words[0])] : applyOperators(words);
}

/** @param {QueryWord | undefined} word @param {string} name */
function isOperator(word, name) {
  return Boolean(word && !word.exact && !word.excludes && word.text === name);
}

/**
 * AND and OR between words, in capitals; elsewhere they are words.
 * @param {QueryWord[]} words
 */
function applyOperators(words) {
  /** @type {QueryWord[]} */
  const read = [];
  for (let i = 0; i < words.length; i++) {
    const [last, word, next] = [read[read.length - 1], words[i], words[i + 1]];
    const joins = last && next && !last.excludes && !next.excludes;
    if (joins && isOperator(word, "OR")) {
      read[read.length - 1] = { ...last, others: [...last.others, next.text] };
      i++;
    } else if (!(joins && isOperator(word, "AND"))) read.push(word);
  }
  return read;
}

/** @param {string} word @returns {QueryWord} */
function readWord(word) {
  const excludes = word.length > 1 && /^[-－]/.test(word);
  const rest = word.slice(excludes ? 1 : 0);
  return {
    text: rest.replace(/["“”＂]/g, "").trim(),
    excludes,
    exact: QUOTES.includes(rest[0]),
    others: [],
  };
}

/**
 * A negative number is no exclusion where nothing else is asked for.
 * @param {QueryWord} word @returns {QueryWord}
 */
function withSign(word) {
  const isNumber = word.excludes && !word.exact && /^[0-9]/.test(word.text);
  return isNumber ? { ...word, text: `-${word.text}`, excludes: false } : word;
}

/** "dang jian" as one word: joins neighbors of Latin letters. @param {QueryWord[]} words */
function joinSyllables(words) {
  const isSpelled = (/** @type {QueryWord} */ word) =>
    !word.exact && !word.excludes && !word.others.length && /^[a-z']+$/i.test(word.text);
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

// --- words that somebody joined by marks instead of spaces

const JOINERS = "/+&";

/**
 * Words, of which such as marks or joiners divide are several.
 * @param {QueryWord[]} words @param {Set<string>} breaks
 */
function splitJoined(words, breaks) {
  const joiners = new Set([...breaks, ...JOINERS]);
  return words.flatMap((word) => {
    if (word.exact || word.others.length) return [word];
    const parts = splitRuns(fold(word.text), joiners);
    return parts.length > 1 ? parts.map((text) => ({ ...word, text })) : [word];
  }).slice(0, MOST_WORDS);
}

"use strict";
// What the rules know: the tables and patterns that the build exports from Python modules
// (scripts/casebook/site/desk_data.py writes them). Nothing of them is repeated here.

/**
 * A regular expression, asked as Python asks it. What is found has `index`, `groups` and `end`.
 * @typedef {RegExpExecArray & { groups: Record<string, string> }} Match
 */
class Pattern {
  /** @param {string} source @param {string} [flags] */
  constructor(source, flags = "") {
    this.source = source;
    this.flags = `u${flags}`;
    /** @type {Record<string, RegExp>} */
    this.compiled = {};
  }

  /** @param {string} way @param {string} source */
  compile(way, source) {
    if (!this.compiled[way]) this.compiled[way] = new RegExp(source, this.flags + way[0]);
    return this.compiled[way];
  }

  /** @param {RegExp} expression @param {string} text @param {number} at */
  run(expression, text, at) {
    expression.lastIndex = at;
    return /** @type {Match | null} */ (expression.exec(text));
  }

  /** What begins at a place. @param {string} text @param {number} [at] */
  match(text, at = 0) {
    return this.run(this.compile("y", this.source), text, at);
  }

  /** What the whole text is. @param {string} text */
  fullmatch(text) {
    return this.run(this.compile("yw", `(?:${this.source})(?![^])`), text, 0);
  }

  /** The first one. @param {string} text @param {number} [at] */
  search(text, at = 0) {
    return this.run(this.compile("g", this.source), text, at);
  }

  /** All of them, in order. @param {string} text @returns {Iterable<Match>} */
  all(text) {
    return /** @type {Iterable<Match>} */ (text.matchAll(this.compile("g", this.source)));
  }

  /** @param {string} text @param {string | ((found: string) => string)} by */
  replace(text, by) {
    return text.replace(this.compile("g", this.source), /** @type {any} */ (by));
  }

  /** @param {string} text @param {number} [limit] */
  split(text, limit) {
    return text.split(this.compile("g", this.source), limit);
  }
}

/** The place after what was found. @param {RegExpExecArray} found */
function endOf(found) {
  return found.index + found[0].length;
}

/** What the build exported. @type {Record<string, any>} */
const DESK_DATA = /** @type {any} */ (globalThis).deskData;

/** Patterns wherever they are in an exported value. @param {any} value @returns {any} */
function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if ("re" in value) return new Pattern(value.re, value.flags);
  const entries = Object.entries(value).map(([key, own]) => [key, revive(own)]);
  return Object.fromEntries(entries);
}

/**
 * The constants of a Python module, without the underscore before their names.
 * @param {string} module
 * @returns {Record<string, any>}
 */
function deskTable(module) {
  return revive(DESK_DATA.modules[module]);
}

/** A text without certain characters around it.
 * @param {string} text @param {string} characters */
function stripCharacters(text, characters) {
  const left = stripEnd(text, characters);
  let start = 0;
  while (start < left.length && characters.includes(left[start])) start++;
  return left.slice(start);
}

/** A text without certain characters at its end.
 * @param {string} text @param {string} characters */
function stripEnd(text, characters) {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1])) end--;
  return text.slice(0, end);
}

/** How often each value occurs.
 * @template T @param {Iterable<T>} values @returns {Map<T, number>} */
function countEach(values) {
  /** @type {Map<T, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

/** The number of occurrences of a piece. @param {string} text @param {string} piece */
function countPiece(text, piece) {
  return text.split(piece).length - 1;
}

/** The first of the values with the highest score. @template T
 * @param {readonly T[]} values @param {(value: T) => number} score */
function bestOf(values, score) {
  return values.reduce((best, value) => (score(value) > score(best) ? value : best));
}

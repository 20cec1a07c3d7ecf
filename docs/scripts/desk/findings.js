"use strict";
// What findings are made of: sentences with gaps, values shown in them, words that are suggested:
// checks/rules.py and runtime/visible_text.py.

const CHECK_RULES = deskTable("checks.rules");
const NUMBER_RANGE = "–";

/**
 * A finding without its file; `severity` is that of its rule unless it is given.
 * @typedef {{rule: string, line: number, column: number, message: string,
 *   severity?: string}} Problem
 * @typedef {{id: string, severity: string, meaning: string, excusable?: boolean,
 *   excused_with?: string}} CheckRule
 */

/** @type {Map<string, CheckRule>} */
const RULES = new Map(DESK_DATA.rules.map((/** @type {CheckRule} */ rule) => [rule.id, rule]));

/** A sentence with its gaps filled; doubled braces are single ones. @param {string} template
 * @param {Record<string, string | number>} values */
function say(template, values) {
  return template.replace(/\{\{|\}\}|\{(\w*)\}/g, (found, name) =>
    (name === undefined ? found[0] : String(values[name || "0"])));
}

/** The problem of a rule at a place. @param {string} rule @param {number[]} place
 * @param {string} message @param {string} [severity] @returns {Problem} */
function makeProblem(rule, [line, column], message, severity) {
  return { rule, line, column, message, ...severity ? { severity } : {} };
}

/** A text with the code point in place of each character that nobody sees. @param {string} text */
function revealInvisible(text) {
  return text.replace(/(?! )[\p{C}\p{Z}]/gu, (found) => {
    const code = Number(found.codePointAt(0)).toString(16).toUpperCase();
    return `<U+${code.padStart(4, "0")}>`;
  });
}

/** A value for a message: short, with nothing invisible. @param {unknown} value */
function displayValue(value) {
  const characters = Array.from(String(value));
  const most = CHECK_RULES.MOST_DISPLAYED_CHARACTERS;
  return revealInvisible(characters.slice(0, most).join(""))
    + (characters.length > most ? "…" : "");
}

/** The end of a sentence, with a suggestion where there is one. @param {string} word */
function suggestWord(word) {
  return word ? say(CHECK_RULES.SUGGESTION, { word }) : "。";
}

/** Ascending numbers, those in a row as a range: 2–4、7. @param {number[]} numbers */
function joinRanges(numbers) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const number of numbers) {
    const last = ranges[ranges.length - 1];
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([low, high]) => (low === high ? low : `${low}${NUMBER_RANGE}${high}`))
    .join("、");
}

/** Twice the longest common subsequence in percent of both lengths. @param {string} one
 * @param {string} other */
function likeness(one, other) {
  let row = new Array(other.length + 1).fill(0);
  for (const character of one) {
    const next = [0];
    for (let place = 1; place <= other.length; place++) {
      next.push(character === other[place - 1] ? row[place - 1] + 1
        : Math.max(row[place], next[place - 1]));
    }
    row = next;
  }
  const length = one.length + other.length;
  return length ? 200 * row[other.length] / length : 100;
}

/** The likeness of words as rapidfuzz weighs it: of the whole, or of a part of a longer one.
 * @param {string} one @param {string} other */
function weighLikeness(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (!short) return 0;
  const ratio = long.length / short.length;
  const whole = likeness(one, other);
  if (ratio < 1.5) return whole;
  let part = 0;
  for (let start = 1 - short.length; start < long.length; start++) {
    const piece = long.slice(Math.max(0, start), start + short.length);
    part = Math.max(part, likeness(short, piece));
  }
  return Math.max(whole, part * (ratio < 8 ? 0.9 : 0.6));
}

/** The known word that is most similar, or "". @param {string} word @param {string[]} known */
function findNearest(word, known) {
  const start = word.slice(0, 100);
  const scores = new Map(known.map((each) => [each, weighLikeness(start, each)]));
  const best = known.length ? bestOf(known, (each) => scores.get(each) || 0) : "";
  return (scores.get(best) || 0) >= CHECK_RULES.LEAST_SUGGESTION_SCORE ? best : "";
}

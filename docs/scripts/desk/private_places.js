"use strict";
// What stands before and after a value: its label, its unit, the head of its column:
// checks/private/surroundings.py.

const NEARBY = deskTable("checks.private.surroundings");
/** Patterns and words of private_words.yml, by name. @type {Record<string, any>} */
const PRIVATE = revive(DESK_DATA.private);

/**
 * A finding in the folded copy; a label or a check digit makes it certain.
 * @typedef {{rule: string, start: number, end: number, certain: boolean}} FoldedFinding
 */

/** @param {string} rule @param {number} start @param {number} end @param {boolean} [certain]
 * @returns {FoldedFinding} */
function makeFolded(rule, start, end, certain = true) {
  return { rule, start, end, certain };
}

/** @param {string} text */
function reverseText(text) {
  return Array.from(text).reverse().join("");
}

class Surroundings {
  /** @param {string} text folded */
  constructor(text) {
    this.text = text;
    this.compact = text.toLowerCase().replace(/ /g, "");
    /** @type {Map<string, boolean>} */
    this.mentioned = new Map();
    /** @type {{start: number, zones: string[]}} */
    this.last = { start: -1, zones: [] };
    this.tables = /[|\t]/.test(text) ? Array.from(
      /** @type {Iterable<Match>} */ (NEARBY.TABLES.all(text)),
      (found) => [found.index, endOf(found)]) : [];
  }

  /** Whether a label of a kind stands before a place, or heads its column. @param {string} kind
   * @param {number} start */
  hasLabel(kind, start) {
    const { words, pattern } = PRIVATE.labels[kind];
    let known = this.mentioned.get(kind);
    if (known === undefined) {
      known = words.some((/** @type {string} */ word) => this.compact.includes(word));
      this.mentioned.set(kind, Boolean(known));
    }
    return Boolean(known) && this.isPreceded(pattern, start);
  }

  /** Whether the number is a hotline or a switchboard. @param {number} start */
  isPublicLine(start) {
    return this.isPreceded(PRIVATE.public_line, start);
  }

  /** Whether the number is that of a contract, a file or the like. @param {number} start */
  namesThing(start) {
    return this.isPreceded(PRIVATE.thing, start);
  }

  /** Whether a value belongs to a field of an address or a record. @param {number} start */
  isField(start) {
    return this.isPreceded(NEARBY.FIELD, start);
  }

  /** Whether a unit follows, or the word for an amount precedes. @param {number} start
   * @param {number} end */
  isAmount(start, end) {
    return Boolean(PRIVATE.unit.match(this.text, end)) || this.isPreceded(PRIVATE.amount, start);
  }

  /** Whether only a mark divides a value from one that ended before it. @param {number} before
   * @param {number} start */
  continuesList(before, start) {
    return before > 0 && before < start && start <= before + 3
      && Boolean(NEARBY.BETWEEN_VALUES.fullmatch(this.text.slice(before, start)));
  }

  /** @param {Pattern} backwards @param {number} start */
  isPreceded(backwards, start) {
    if (this.last.start !== start) {
      this.last = { start, zones: this.findZones(start).map(reverseText) };
    }
    return this.last.zones.some((zone) => backwards.match(zone));
  }

  /** What precedes a place in its line, and the head of its column. @param {number} start */
  findZones(start) {
    const before = this.text.slice(Math.max(0, start - NEARBY.LONGEST_ZONE), start);
    const feed = before.lastIndexOf("\n");
    const zone = before.slice(feed + 1);
    const head = this.findColumnHead(start);
    if (head) return [zone, head];
    if (feed >= 0 && !zone.trim()) {
      const above = before.slice(0, feed);
      const line = above.slice(above.lastIndexOf("\n") + 1);
      return line.length <= NEARBY.LONGEST_LABEL_LINE ? [line] : [];
    }
    return [zone];
  }

  /** The first row's cell above a place in a table, or "". @param {number} start */
  findColumnHead(start) {
    const table = this.tables.find(([from, to]) => from <= start && start < to);
    if (!table) return "";
    const from = Math.max(table[0], start - NEARBY.LONGEST_ROW);
    const feed = this.text.slice(from, start).lastIndexOf("\n");
    const line = feed < 0 ? 0 : from + feed + 1;
    if (!line) return "";
    const [head] = this.text.slice(table[0], table[0] + NEARBY.LONGEST_ROW).split("\n");
    const divider = head.trimStart().startsWith("|") ? "|" : "\t";
    const column = countPiece(this.text.slice(line, start), divider);
    return (head.split(divider)[column] || "").trim();
  }
}

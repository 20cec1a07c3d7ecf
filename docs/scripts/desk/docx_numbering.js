"use strict";
// The automatic numbers of lists: numbering.xml and the counters that run through a document:
// reading/word/docx_numbering.py.

const LISTS = deskTable("reading.word.docx_numbering");

/**
 * One level of a list: where it starts, and what its label is made of.
 * @typedef {{start: number, form: string, width: number, text: string, suffix: string,
 *   restart: number | null, isLegal: boolean, isHidden: boolean, style: string}} ListLevel
 * @typedef {{abstract: string, levels: Map<number, ListLevel>,
 *   starts: Map<number, number>}} ListInstance
 * @typedef {{values: (number | null)[], used: Set<string>}} ListCounters
 */

/** A number in a format of Word; beyond the table in figures. @param {number} value
 * @param {string} form @returns {string} */
function formatNumber(value, form) {
  const known = DESK_DATA.numberFormats[form];
  return known && value >= 0 && value < known.length ? known[value] : String(value);
}

class Numbering {
  /** @param {Element | null} root @param {WordStyles} styles */
  constructor(root, styles) {
    const children = root ? childrenOf(root) : [];
    const index = (/** @type {string} */ tag, /** @type {string} */ id) => new Map(children
      .filter((each) => tagOf(each) === tag).map((each) => [attributeOf(each, id), each]));
    this.styles = styles;
    this.abstracts = index("w:abstractNum", "abstractNumId");
    this.nums = index("w:num", "numId");
    /** @type {Map<string, ListInstance | null>} */
    this.lists = new Map();
    /** @type {Map<string, ListCounters>} */
    this.counters = new Map();
  }

  /** @param {string} numId */
  list(numId) {
    let found = this.lists.get(numId);
    if (found === undefined) {
      const num = this.nums.get(numId);
      found = num ? this.readList(num) : null;
      this.lists.set(numId, found);
    }
    return found;
  }

  /** @param {Element} num @returns {ListInstance} */
  readList(num) {
    const abstract = this.abstractOf(num);
    const element = this.abstracts.get(abstract);
    const levels = new Map((element ? childrenOf(element) : [])
      .filter((each) => tagOf(each) === "w:lvl")
      .map((each) => [toInteger(attributeOf(each, "ilvl"), 0), readListLevel(each)]));
    /** @type {Map<number, number>} */
    const starts = new Map();
    for (const override of childrenOf(num).filter((each) => tagOf(each) === "w:lvlOverride")) {
      const place = toInteger(attributeOf(override, "ilvl"), 0);
      const level = findChild(override, "lvl");
      const start = valueAt(override, "startOverride");
      if (level) levels.set(place, readListLevel(level));
      if (start) starts.set(place, toInteger(start, 1));
    }
    return { abstract, levels, starts };
  }

  /** The abstract list of a num; one that links to a style stands for that style's list.
   * @param {Element} num */
  abstractOf(num) {
    const seen = new Set();
    let abstract = valueAt(num, "abstractNumId");
    while (!seen.has(abstract)) {
      seen.add(abstract);
      const link = valueAt(this.abstracts.get(abstract) || null, "numStyleLink");
      const linked = link ? this.nums.get(this.styles.numberingOf(link)) : undefined;
      if (linked) abstract = valueAt(linked, "abstractNumId");
    }
    return abstract;
  }

  /** The list and the level of a paragraph; list "" for none.
   * @param {Element | null} form @param {ParagraphStyle} style @returns {[string, number]} */
  placeOf(form, style) {
    const own = valueAt(form, "numPr/numId");
    let level = toInteger(valueAt(form, "numPr/ilvl"), -1);
    const numId = own || style.numId;
    const found = numId && numId !== "0" ? this.list(numId) : null;
    if (!found) return ["", 0];
    if (level < 0 && !own) level = levelOfStyle(found, style);
    if (level < 0) level = Math.max(level, style.listLevel);
    return [numId, Math.min(Math.max(level, 0), LISTS.MOST_LEVELS - 1)];
  }

  /** Counts a paragraph of a list; its label, and what follows it.
   * @param {string} numId @param {number} level @returns {[string, string]} */
  label(numId, level) {
    const found = this.list(numId);
    const shown = found ? found.levels.get(level) : undefined;
    if (!found || !shown) return ["", ""];
    const counters = this.counters.get(found.abstract)
      || { values: new Array(LISTS.MOST_LEVELS).fill(null), used: new Set() };
    this.counters.set(found.abstract, counters);
    countParagraph(counters, found, numId, level);
    return [shown.isHidden ? "" : labelText(found, level, counters.values), shown.suffix];
  }
}

/** The level that names the style, or one that it is based on; -1 for none.
 * @param {ListInstance} found @param {ParagraphStyle} style */
function levelOfStyle(found, style) {
  for (const name of style.listers) {
    for (const [place, level] of found.levels) if (level.style === name) return place;
  }
  return -1;
}

/** Adds one to a level's counter; outer ones begin, inner ones are cleared.
 * @param {ListCounters} counters @param {ListInstance} found @param {string} numId
 * @param {number} level */
function countParagraph({ values, used }, found, numId, level) {
  const startOf = (/** @type {number} */ place) => {
    const own = found.levels.get(place);
    return own ? own.start : 1;
  };
  for (let outer = 0; outer < level; outer++) {
    if (values[outer] === null) values[outer] = startOf(outer);
  }
  const current = values[level];
  values[level] = current === null ? startOf(level) : current + 1;
  const start = found.starts.get(level);
  if (start !== undefined && !used.has(`${numId} ${level}`)) values[level] = start;
  used.add(`${numId} ${level}`);
  for (let inner = level + 1; inner < LISTS.MOST_LEVELS; inner++) {
    const restart = found.levels.get(inner)?.restart ?? null;
    if (restart === null || level < restart) values[inner] = null;
  }
}

/** @param {ListInstance} found @param {number} level @param {(number | null)[]} values
 * @returns {string} */
function labelText(found, level, values) {
  const shown = /** @type {ListLevel} */ (found.levels.get(level));
  if (shown.form === "bullet") return MODEL.BULLET;
  const text = shown.text.replace(/%([1-9])/g, (_, figure) => {
    const at = Number(figure) - 1;
    if (at > level) return "";
    const own = found.levels.get(at);
    const form = own ? own.form : "decimal";
    const isFigure = shown.isLegal && form !== "none" && form !== "bullet";
    const written = formatNumber(values[at] || 0, isFigure ? "decimal" : form);
    return written.padStart(own ? own.width : 0, "0");
  });
  return shown.form !== "none" || LISTS.SEEN.search(text) ? text : "";
}

/** A paragraph with its label. @param {string} label @param {string} suffix
 * @param {string} text */
function joinLabel(label, suffix, text) {
  if (label === MODEL.BULLET) return text;
  if (!label || suffix === "nothing") return label + text;
  const last = Array.from(label).pop() || "";
  const isOpen = /^[\p{Nd}\p{L}]$/u.test(last);
  const isDecimal = ".．".includes(last) && /^\p{Nd}/u.test(text);
  return label + (suffix === "space" || isOpen || isDecimal ? " " : "") + text;
}

/** @param {Element} element @returns {ListLevel} */
function readListLevel(element) {
  const alternate = findChild(element, "mc:AlternateContent");
  const holder = alternate ? chosenBranch(alternate) : element;
  const format = findChild(holder, "numFmt");
  const isCustom = attributeOf(format, "val") === "custom";
  const custom = isCustom ? /^\d+/.exec(attributeOf(format, "format")) : null;
  const restart = valueAt(element, "lvlRestart");
  return {
    start: toInteger(valueAt(element, "start"), 0),
    form: isCustom ? "decimal" : attributeOf(format, "val", "decimal"),
    width: custom ? Math.min(custom[0].length, LISTS.MOST_WIDTH) : 0,
    text: valueAt(element, "lvlText").slice(0, LISTS.MOST_LABEL),
    suffix: valueAt(element, "suff", "tab").toLowerCase(),
    restart: restart ? toInteger(restart, 0) : null,
    isLegal: Boolean(isOn(findChild(element, "isLgl"))),
    isHidden: Boolean(isOn(findChild(element, "rPr/vanish"))),
    style: valueAt(element, "pStyle"),
  };
}

"use strict";
// Fields of Word, whose code is not shown, equations and signs of symbol fonts:
// reading/word/docx_fields.py, docx_math.py and docx_symbols.py.

const WORD_FIELDS = deskTable("reading.word.docx_fields");
const SYMBOLS = deskTable("reading.word.docx_symbols");
const EQUATIONS = deskTable("reading.word.docx_math");

/** @typedef {{withinCode: boolean, withinContents: boolean, code: string,
 *   inResult: boolean}} OpenField */

/** The fields that are open at a place of the text. */
class OpenFields {
  /** @param {Element} [story] begins without an end in it hide nothing */
  constructor(story) {
    /** @type {Set<Element>} */
    this.matched = new Set();
    /** @type {OpenField[]} */
    this.open = [];
    /** @type {Element[]} */
    const begun = [];
    for (const mark of story ? findBelow(story, "fldChar") : []) {
      const kind = attributeOf(mark, "fldCharType");
      const begin = kind === "end" ? begun.pop() : undefined;
      if (kind === "begin") begun.push(mark);
      if (begin) this.matched.add(begin);
    }
  }

  get last() {
    return this.open[this.open.length - 1];
  }

  /** Whether the place belongs to a table of contents. */
  get inContents() {
    const { last } = this;
    return Boolean(last) && (last.withinContents || WORD_FIELDS.CONTENTS.match(last.code) !== null);
  }

  /** Whether the place is the result of a field within the code of another. */
  get inCode() {
    return Boolean(this.last) && this.last.withinCode;
  }

  /** @param {string} text */
  addCode(text) {
    const { last } = this;
    if (!last || last.inResult) return;
    last.code = (last.code + text).slice(0, WORD_FIELDS.MOST_CODE_CHARACTERS);
  }

  /** Opens a field; one that comes with its code shows its result from here on.
   * @param {string} [code] */
  begin(code = "") {
    const withinCode = this.inCode || (Boolean(this.last) && !this.last.inResult);
    const withinContents = this.inContents;
    this.open.push({ withinCode, withinContents, code, inResult: code !== "" });
  }

  end() {
    this.open.pop();
  }

  /** Takes a begin, separator or end; the text that an ending field shows by its code alone.
   * @param {Element} mark */
  turn(mark) {
    const kind = attributeOf(mark, "fldCharType");
    if (kind === "begin" && this.matched.has(mark)) this.begin();
    else if (kind === "separate" && this.last) this.last.inResult = true;
    const ended = kind === "end" ? this.open.pop() : undefined;
    return ended && !ended.inResult ? shownByCode(ended.code) : "";
  }
}

/** The text of an EQ field. @param {string} code */
function shownByCode(code) {
  const begin = WORD_FIELDS.EQUATION.match(code);
  if (!begin) return "";
  let text = WORD_FIELDS.SWITCH.replace(code.slice(begin[0].length), "");
  for (const found of [...WORD_FIELDS.ENCLOSED.all(text)]) {
    text = text.replace(found[0], WORD_FIELDS.CIRCLES[found[2]] || found[2]);
  }
  text = WORD_FIELDS.FRACTION.replace(WORD_FIELDS.READING.replace(text, ""), "$1/$2");
  return WORD_FIELDS.COMMAND.replace(text, "").replace(/[\s(),]/g, "");
}

/** The signs of an equation in one line. @param {Element} element @returns {string} */
function equationText(element) {
  const tag = tagOf(element);
  if (tag === "m:t") return element.textContent || "";
  if (element.localName.endsWith("Pr")) return "";
  const parts = childrenOf(element).map(equationText).filter(Boolean);
  const sign = (/** @type {string} */ name, /** @type {string} */ usual) => {
    const found = childrenOf(element).map((each) => findChild(each, `m:${name}`)).find(Boolean);
    const value = found ? found.getAttributeNS(XML.KNOWN_PREFIXES.m, "val") : null;
    return value === null ? usual : value;
  };
  if (tag === "m:d") return sign("begChr", "(") + parts.join(",") + sign("endChr", ")");
  if (tag === "m:nary") parts.unshift(sign("chr", "∫"));
  if (tag === "m:rad") parts.unshift("√");
  const between = EQUATIONS.BETWEEN[`{${XML.KNOWN_PREFIXES.m}}${element.localName}`] || "";
  return parts.join(between);
}

/** The character that a symbol font shows for a code. @param {string} font
 * @param {number} code @returns {string} */
function readSymbolSign(font, code) {
  if (code >= 0xf020 && code <= 0xf0ff) {
    const table = SYMBOLS.FONTS[font.toLowerCase()] || SYMBOLS.FONTS[""];
    return table[code - 0xf000] || SYMBOLS.UNKNOWN;
  }
  const isCharacter = (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code <= 0x10ffff);
  return isCharacter ? String.fromCodePoint(code) : "";
}

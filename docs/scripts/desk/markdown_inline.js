"use strict";
// The text of a paragraph of Markdown without its marks: reading/markdown_text.py, for what people
// write; Python asks a parser. Each pattern stops at the next sign, so that time stays linear.

const MARKDOWN = deskTable("reading.markdown_text");
const NAMES = deskTable("text.characters");
const SOFT_BREAKS = deskTable("reading.soft_breaks");
const HELD = 0xe100; // where signs that stand for themselves are kept

/** @param {string} text */
function holdSigns(text) {
  return text.replace(/[!-/:-@[-`{-~]/g, (sign) => String.fromCharCode(HELD + sign.charCodeAt(0)));
}

/** @param {string} text */
function releaseSigns(text) {
  return text.replace(/[\ue121-\ue17e]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - HELD));
}

/**
 * @typedef {{text: string, bold: boolean, images: number, anchors: number}} InlineText `anchors`
 *   counts the links to places of the text itself; `<br>` is a form feed
 */

/** @param {string} source @returns {InlineText} */
function readInline(source) {
  let images = 0;
  let anchors = 0;
  const bold = /^(?:\*\*[^*]+\*\*|__[^_]+__)$/.test(source.trim());
  let text = source.replace(/\\([!-/:-@[-`{-~])/g, (_, sign) => holdSigns(sign));
  text = text.replace(/(`{1,3})([^`]+)\1/g, (_, fence, code) => holdSigns(code));
  text = text.replace(/!\[[^[\]]{0,500}\](?:\([^()]{0,2000}\)|\[[^[\]]{0,500}\])/g, () => {
    images++;
    return "";
  });
  text = text.replace(/\[\^([^[\]\s]{1,60})\]/g, (_, name) => holdSigns(`[${name}]`));
  text = text.replace(/\[([^[\]]{0,500})\]\(([^()\s]{0,2000})(?:\s+"[^"\n]{0,300}")?\)/g,
    (_, shown, address) => {
      anchors += Number(address.startsWith("#"));
      const bare = shown.replace(/\/+$/, "");
      const isNews = MARKDOWN.ADDRESS.fullmatch(address) && address.replace(/\/+$/, "") !== bare;
      return shown + (isNews ? `（${holdSigns(address)}）` : "");
    });
  text = text.replace(/<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/g, (_, link) => holdSigns(link));
  text = text.replace(/<br[^<>]{0,20}>/gi, "\f").replace(/<!--[^<>]{0,2000}-->/g, "");
  text = text.replace(/<\/?[A-Za-z][^<>]{0,500}>/g, "");
  return { text: releaseSigns(decodeEntities(stripEmphasis(text))), bold, images, anchors };
}

/** A text without the signs around emphasis; those of a product or of names stay.
 * @param {string} text */
function stripEmphasis(text) {
  const strong = text.replace(/~~([^~]+)~~/g, "$1")
    .replace(/\*\*(?=\S)([^*]+(?:\*[^*\s][^*]*\*[^*]*)?)\*\*/g, "$1")
    .replace(/(?<![\p{L}\p{N}_])__(?=\S)([^_]+)__(?![\p{L}\p{N}_])/gu, "$1")
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_]+)_(?![\p{L}\p{N}_])/gu, "$1");
  return strong.replace(/\*(?=\S)([^*\n]*[^*\s])\*/g, (whole, inner, place, all) => {
    const before = all[place - 1] || "";
    const isProduct = /^\d$/.test(before) && /^\d+$/.test(inner);
    const last = inner[inner.length - 1];
    const areNames = before !== "" && NAMES.SURNAMES.includes(before)
      && NAMES.SURNAMES.includes(last);
    return isProduct || areNames ? whole : inner;
  });
}

/** The paragraphs of pasted text, which has no empty lines between them; else the text whole.
 * @param {string} text */
function splitPasted(text) {
  const lines = text.split("\n");
  const widths = lines.map((line) => Array.from(line).reduce((sum, character) =>
    sum + (character >= "\u2e80" ? 2 : 1), 0));
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const parts = [];
  let start = 0;
  for (let place = 1; place < lines.length; place++) {
    const before = lines[place - 1].trimEnd();
    const ends = before !== "" && SENTENCE_ENDS.LINE_ENDS.includes(before[before.length - 1]);
    const isShort = widths[place - 1] < widest - MARKDOWN.RAGGED;
    const isLong = widest > MARKDOWN.LONGEST_WRAPPED;
    if (!isLong && !MARKDOWN.OPENS.match(lines[place]) && !(ends && isShort)) continue;
    parts.push(lines.slice(start, place).join("\n"));
    start = place;
  }
  return [...parts, lines.slice(start).join("\n")];
}

/** Levels and texts of a paragraph in which `#标题` lacks its blank. @param {string} text
 * @returns {[number, string][]} */
function splitTightHeadings(text) {
  /** @type {[number, string][]} */
  const parts = [];
  /** @type {string[]} */
  let rest = [];
  for (const line of text.split("\n")) {
    const found = line.includes("#") ? MARKDOWN.TIGHT_HEADING.fullmatch(line) : null;
    if (!found) {
      rest.push(line);
      continue;
    }
    parts.push([0, rest.join("\n")], [found[1].length, found[2]]);
    rest = [];
  }
  return [...parts, [0, rest.join("\n")]];
}

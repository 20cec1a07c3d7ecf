"use strict";
// Lines outside the text: source, author, caption, salutation, page furniture: structure/lines.py.

const LINES = deskTable("structure.lines");

/** The label with which a line of facts opens, or "". @param {string} text */
function readLabel(text) {
  const found = LINES.LABELLED.match(text);
  return found ? found.groups.label.replace(/ /g, "") : "";
}

/** What follows the label of such a line, or "". @param {string} text */
function readLabelValue(text) {
  const found = LINES.LABELLED.match(text);
  return found ? stripCharacters(text.slice(endOf(found)), "）) 　") : "";
}

/** What was found of lines that were looked at before. @type {Map<string, boolean>} */
const LINES_OUTSIDE = new Map();
const MOST_LINES_KEPT = 20000;

/** Whether a line is no heading and no text under one: asked often. @param {string} text */
function isOutsideText(text) {
  if (text.length > LINES.SIDE_LINE_CHARACTERS) return false;
  let known = LINES_OUTSIDE.get(text);
  if (known === undefined) {
    known = Boolean(!LINES.HAN_CHARACTER.search(text) || readLabel(text) !== ""
      || LINES.PATTERNS.some((/** @type {Pattern} */ pattern) => pattern.match(text)));
    if (LINES_OUTSIDE.size >= MOST_LINES_KEPT) LINES_OUTSIDE.clear();
    LINES_OUTSIDE.set(text, known);
  }
  return known;
}

/** Whether a line may be the name of a person, of an organ, or both. @param {string} text */
function isByline(text) {
  const bare = text.replace(/\u3000/g, " ");
  const space = bare.lastIndexOf(" ");
  const name = bare.slice(space + 1);
  const organ = bare.slice(0, Math.max(space, 0)).trim();
  const both = name.length >= 2 && name.length <= 4 && isOrganLine(organ);
  return Boolean(LINES.PERSON.match(text)) || both || isOrganLine(text);
}

/** Whether a line is the name of an organ and nothing else. @param {string} text */
function isOrganLine(text) {
  return Boolean(LINES.ORGAN.match(text));
}

/** Whether a line may be one of a list of honors. @param {string} text */
function isHonor(text) {
  return Boolean(LINES.HONOR.match(text));
}

/** Whether a line opens with a date and has only facts beside it. @param {string} text */
function isDated(text) {
  return Boolean(LINES.DATED.match(text));
}

/** Whether a line opens an annex. @param {string} text */
function isAnnex(text) {
  return Boolean(LINES.ANNEX.match(text));
}

/** Whether a line may open an annex with its title. @param {string} text */
function isTitledAnnex(text) {
  return Boolean(LINES.TITLED_ANNEX.match(text));
}

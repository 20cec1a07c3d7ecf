"use strict";
// The paragraphs of a text; glued headings are split off: structure/paragraphs.py.

const MODEL = deskTable("model");
const PARAGRAPHS = deskTable("structure.paragraphs");
const SENTENCE_ENDS = deskTable("text.sentence_ends");

/**
 * What a document's form says of a line: the fields of model.LineFacts.
 * @typedef {{size: number, bold: boolean, centered: boolean, level: number, label: string,
 *   cell: number[] | null, origin: string, paragraph: number}} LineFacts
 * @typedef {{text: string, certain?: boolean, facts?: LineFacts}} TextLine
 * @typedef {{text: string, start: number, marker: Marker | null, facts: LineFacts}} Paragraph
 */

/** @type {LineFacts} */
const NO_FACTS = Object.freeze({
  size: 0, bold: false, centered: false, level: 0, label: "", cell: null, origin: "text",
  paragraph: 0,
});

/** Whether this is a row of a table. @param {Paragraph} paragraph */
function isTableParagraph({ text, facts }) {
  if (facts.cell) return true;
  return (text[0] === "|" && text[text.length - 1] === "|") || countPiece(text, "\t") > 1;
}

/** The paragraphs of a text. @param {TextLine[]} lines @returns {Paragraph[]} */
function readParagraphs(lines) {
  /** @type {Paragraph[]} */
  const found = [];
  let start = 0;
  for (const { text, facts } of lines) {
    const bare = text.trim();
    const offset = start + text.length - text.trimStart().length;
    if (bare) found.push({ text: bare, start: offset, marker: null, facts: facts || NO_FACTS });
    start += text.length + 1;
  }
  return unglue(found).map((each) => ({ ...each, marker: readMarker(each.text) }));
}

/** Whether a text is short enough for a heading, and one sentence. @param {string} text */
function isOneSentence(text) {
  return text.length <= PARAGRAPHS.HEADING_CHARACTERS
    && !PARAGRAPHS.SENTENCE_END.search(text.slice(0, -1));
}

/** @typedef {Map<string, number>} LastNumbers the last number of each family */

/** @param {Paragraph[]} lines */
function unglue(lines) {
  /** @type {LastNumbers} */
  const last = new Map();
  /** @type {Paragraph[]} */
  const found = [];
  lines.forEach((line, index) => {
    if (isTableParagraph(line)) {
      found.push(line);
      return;
    }
    rememberNumber(readMarker(line.text), last);
    let start = 0;
    for (const position of findGluedHeadings(line.text, last, index + 1 === lines.length)) {
      rememberNumber(readMarker(line.text.slice(position)), last);
      found.push(takePiece(line, start, position));
      start = position;
    }
    found.push(takePiece(line, start, line.text.length));
  });
  return found;
}

/** @param {Paragraph} line @param {number} start @param {number} end */
function takePiece(line, start, end) {
  return { ...line, text: line.text.slice(start, end).trimEnd(), start: line.start + start };
}

/** A new part starts all sequences again.
 * @param {Marker | null} marker @param {LastNumbers} last */
function rememberNumber(marker, last) {
  if (!marker) return;
  if (marker.family === MARKERS.PART_FAMILY) last.clear();
  last.set(marker.family, marker.number);
}

/**
 * The offsets at which headings glued into a paragraph start.
 * @param {string} text @param {LastNumbers} last @param {boolean} isLast
 */
function findGluedHeadings(text, last, isLast) {
  const own = readMarker(text);
  const isOuter = own && PARAGRAPHS.OUTER.includes(own.family);
  const both = isOuter && PARAGRAPHS.TWO_HEADINGS.match(text);
  if (both) {
    const position = endOf(both);
    const items = text.slice(position);
    const rest = findInnerHeadings(items, findGluedMarkers(items), last, true);
    return [position, ...rest.map((place) => position + place)];
  }
  const markers = findGluedMarkers(text);
  if (!markers.length) return [];
  const inner = findInnerHeadings(text, markers, last, false);
  if (inner.length || isLast) return inner;
  const position = findTrailingHeading(text, markers, last);
  return position ? [position] : [];
}

/**
 * The offsets of headings inside a paragraph that continue a sequence and have text after them.
 * @param {string} text @param {[number, Marker][]} markers @param {LastNumbers} last
 * @param {boolean} opensItems whether this is right after the name of the section
 */
function findInnerHeadings(text, markers, last, opensItems) {
  const long = text.length >= PARAGRAPHS.LONG_PARAGRAPH_CHARACTERS;
  const inner = long || opensItems ? PARAGRAPHS.INNER : [];
  /** @type {Map<string, number>} */
  const expected = new Map();
  for (const family of [...PARAGRAPHS.OUTER, ...inner]) {
    expected.set(family, (last.get(family) || 0) + 1);
  }
  const own = opensItems ? readMarker(text) : null;
  if (own) expected.set(own.family, 2);
  /** @type {[number, Marker][]} */
  const found = [];
  markers.forEach(([position, marker], order) => {
    const end = order + 1 < markers.length ? markers[order + 1][0] : text.length;
    if (!expected.has(marker.family) || !hasTextAfter(text.slice(position, end))) return;
    if (marker.number === 1 || marker.number === expected.get(marker.family)) {
      found.push([position, marker]);
      expected.set(marker.family, marker.number + 1);
    }
  });
  const counts = countEach(found.map(([, marker]) => marker.family));
  return found
    .filter(([, { family }]) => (counts.get(family) || 0) > 1 || last.get(family) || opensItems)
    .map(([position]) => position);
}

/** Whether a segment is a sentence as short as a heading, then a text. @param {string} segment */
function hasTextAfter(segment) {
  if (findSpaceEnd(segment)) return true;
  const first = PARAGRAPHS.FIRST_SENTENCE.match(segment);
  return first && segment.length - endOf(first) >= PARAGRAPHS.GLUED_TEXT_CHARACTERS;
}

/** The end of a heading that a space separates from its text, or 0. @param {string} text */
function findSpaceEnd(text) {
  const found = PARAGRAPHS.SPACE.match(text);
  if (!found || PARAGRAPHS.OPEN_BRACKET.search(found[0])) return 0;
  return 2 * found.groups.text.length >= 3 * endOf(found) ? endOf(found) : 0;
}

/**
 * The offset of a heading that is glued to the end of a text, or 0.
 * @param {string} text @param {[number, Marker][]} markers @param {LastNumbers} last
 */
function findTrailingHeading(text, markers, last) {
  const [position, marker] = markers[markers.length - 1];
  const after = text.slice(position);
  if (!isOneSentence(after) || after.length <= marker.length) return 0;
  if (markers.slice(0, -1).some(([, other]) => other.family === marker.family)) return 0;
  const before = last.get(marker.family) || 0;
  if (marker.family === MARKERS.PART_FAMILY) return marker.number === before + 1 ? position : 0;
  const own = readMarker(text);
  const enumerated = own && own.family === marker.family && !isOneSentence(text);
  const expected = marker.number === 1 || marker.number === before + 1;
  return expected && !(enumerated && marker.family === MARKERS.SHI_FAMILY) ? position : 0;
}

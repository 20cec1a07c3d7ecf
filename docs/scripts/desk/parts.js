"use strict";
// The title of a write-up, and the write-ups of a text with lines like 第一篇 and 案例二:
// structure/compilation.py.

const PARTS = deskTable("structure.compilation");

/** @param {Paragraph[]} paragraphs @param {RoleOf} roleOf @returns {Chunk[]} */
function splitParts(paragraphs, roleOf) {
  if (!paragraphs.length) return [];
  let borders = findPartLines(paragraphs);
  if (borders.length && isOneWriteUp(paragraphs, borders, roleOf)) borders = [];
  const listed = borders.length ? [] : findBorders(paragraphs);
  if (listed.length) borders = listed;
  if (!borders.length) return [makePart(paragraphs)];
  const opening = paragraphs.slice(0, borders[0]);
  const pieces = borders.map((start, place) => paragraphs.slice(start, borders[place + 1]));
  const make = listed.length ? makeTitledPart : makePart;
  const parts = pieces.map(make);
  if (opening.some(hasSentence)) parts.unshift(makePart(opening));
  return parts.filter((part) => part.title || part.body.length);
}

/** A write-up whose first line is its title. @param {Paragraph[]} paragraphs @returns {Chunk} */
function makeTitledPart(paragraphs) {
  const title = withoutMarker(paragraphs[0]).trim();
  return { ...makePart(paragraphs), title, body: paragraphs.slice(1), above: 0 };
}

/** Whether part lines belong to one write-up that has begun before.
 * @param {Paragraph[]} paragraphs @param {number[]} borders @param {RoleOf} roleOf */
function isOneWriteUp(paragraphs, borders, roleOf) {
  const [first] = borders;
  return areCasesInside(paragraphs.slice(0, first), roleOf) || goesOnAfter(paragraphs, first)
    || (paragraphs[first].text.startsWith("例") && paragraphs.slice(0, first).some(hasSentence))
    || isMarkUnderTitle(paragraphs, borders);
}

/** Whether the cases follow a named section without a text of its own.
 * @param {Paragraph[]} opening @param {RoleOf} roleOf */
function areCasesInside(opening, roleOf) {
  const named = opening.some(({ text }) => text.length <= BORDERS.TITLE_CHARACTERS
    && stripHeading(text).length <= ROLES.LABEL_CHARACTERS && roleOf(text));
  const last = opening[opening.length - 1];
  return named && opening.length > 1 && !hasSentence(last) && !last.marker;
}

/** Whether the numbers before the cases go on after them.
 * @param {Paragraph[]} paragraphs @param {number} first */
function goesOnAfter(paragraphs, first) {
  /** @type {Map<string, [number, number][]>} */
  const numbers = new Map();
  paragraphs.forEach(({ text, marker }, index) => {
    if (!marker || marker.family === MARKERS.PART_FAMILY) return;
    if (text.length > BORDERS.TITLE_CHARACTERS) return;
    const own = numbers.get(marker.family) || [];
    numbers.set(marker.family, own);
    own.push([index, marker.number]);
  });
  return [...numbers.values()].some((places) => {
    const before = places.filter(([index]) => index < first);
    const after = places.find(([index]) => index > first);
    if (!before.length) return false;
    const [index, number] = before[before.length - 1];
    return index === first - 1 || (after !== undefined && after[1] === number + 1);
  });
}

/** Whether the only part line is under the title and says of which series the text is.
 * @param {Paragraph[]} paragraphs @param {number[]} borders */
function isMarkUnderTitle(paragraphs, borders) {
  const [title, mark, below] = paragraphs;
  if (borders.length > 1 || borders[0] !== 1 || !below) return false;
  const bare = mark.marker !== null && mark.marker.length >= mark.text.length;
  return bare && looksLikeTitle(title) && !looksLikeTitle(below);
}

/** The indexes of part lines that are numbered 1, 2, 3 …. @param {Paragraph[]} paragraphs */
function findPartLines(paragraphs) {
  const isPart = (/** @type {Paragraph | undefined} */ each) =>
    Boolean(each && each.marker && each.marker.family === MARKERS.PART_FAMILY);
  const lines = Array.from(paragraphs.keys()).filter((index) => {
    const { text, marker } = paragraphs[index];
    const short = marker && text.length <= BORDERS.TITLE_CHARACTERS + marker.length;
    const following = paragraphs[index + 1];
    return isPart(paragraphs[index]) && short && following && !isPart(following);
  });
  const numberOf = (/** @type {number} */ index) => paragraphs[index].marker?.number || 0;
  const numbers = new Set(lines.map(numberOf));
  const pairs = [...numbers].filter((number) => numbers.has(number + 1));
  let expected = numbers.has(1) ? 1 : pairs.length ? Math.min(...pairs) : 0;
  return lines.filter((index) => numberOf(index) === expected && expected++);
}

/** @param {Paragraph[]} paragraphs @returns {Chunk} */
function makePart(paragraphs) {
  const last = paragraphs[paragraphs.length - 1];
  const [start, end] = [paragraphs[0].start, last.start + last.text.length];
  return { ...findTitle(paragraphs), start, end };
}

/**
 * The title, the body, and the number of lines of the body above the title.
 * @param {Paragraph[]} paragraphs
 */
function findTitle(paragraphs) {
  let rest = paragraphs;
  const { text, marker } = rest[0];
  if (marker && marker.family === MARKERS.PART_FAMILY) {
    const title = text.slice(marker.length).trim();
    rest = rest.slice(1);
    if (title) return { title, body: rest, above: 0 };
  }
  const menu = countMenuLines(rest);
  const marked = findTitleLines(rest, menu + PARTS.TITLE_WITHIN_LINES);
  if (marked) {
    const [start, stop] = marked;
    const title = rest.slice(start, stop).map((each) => each.text).join("");
    if (title.length <= BORDERS.TITLE_CHARACTERS && !isSectionName(title)) {
      return { title, body: [...rest.slice(0, start), ...rest.slice(stop)], above: start };
    }
  }
  const place = findTitleLine(rest, menu);
  if (place < 0) return { title: "", body: rest, above: 0 };
  const title = rest[place].text.replace(/^[# ]+/, "").trim();
  return { title, body: [...rest.slice(0, place), ...rest.slice(place + 1)], above: place };
}

/** The index of the first line that looks like a title, or -1.
 * @param {Paragraph[]} lines @param {number} menu */
function findTitleLine(lines, menu) {
  const most = Math.min(menu + PARTS.TITLE_WITHIN_LINES, lines.length);
  for (let index = menu; index < most; index++) {
    const { text } = lines[index];
    if (isOutsideText(text) || readLabel(text)) continue;
    const isTitle = index + 1 < lines.length && looksLikeTitle(lines[index])
      && !isSectionName(text);
    if (!isTitle) return -1;
    if (!isSender(lines.slice(index))) return index;
  }
  return -1;
}

/** Whether the first line is the organ that wrote the text, and the second one its title.
 * @param {Paragraph[]} paragraphs */
function isSender([sender, title, ...rest]) {
  if (!isOrganLine(sender.text) || sender.text.includes(" ")) return false;
  if (!looksLikeTitle(title)) return false;
  if (isOutsideText(title.text) || isByline(title.text) || isSectionName(title.text)) return false;
  return rest.some(({ text }) => text.length <= BORDERS.TITLE_CHARACTERS && isSectionName(text));
}

/** The lines at the start that are the menu of a web site. @param {Paragraph[]} paragraphs */
function countMenuLines(paragraphs) {
  const long = paragraphs.findIndex(({ text }) => text.length > PARTS.MENU_LINE_CHARACTERS);
  const count = long < 0 ? paragraphs.length : long;
  return count >= PARTS.FEWEST_MENU_LINES ? count : 0;
}

/** Whether a paragraph is short, without closing mark and marker. @param {Paragraph} paragraph */
function looksLikeTitle({ text, marker }) {
  return text.length <= BORDERS.TITLE_CHARACTERS && (!marker || marker.family === "arabic-bare")
    && !PARTS.TITLE_NEVER_ENDS.includes(text[text.length - 1]) && !text.includes("。");
}

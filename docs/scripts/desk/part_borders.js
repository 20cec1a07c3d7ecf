"use strict";
// Where the write-ups of a compilation begin if no line like 第一篇 says so:
// structure/part_borders.py.

const BORDERS = deskTable("structure.part_borders");

/** Whether a paragraph has a sentence, which titles have not. @param {Paragraph} paragraph */
function hasSentence({ text }) {
  return text.includes("。") || text.length > BORDERS.TITLE_CHARACTERS;
}

/** The indexes of the titles at which write-ups begin; none if the text has only one.
 * @param {Paragraph[]} paragraphs */
function findBorders(paragraphs) {
  const listed = findListedTitles(paragraphs);
  if (listed.length) return listed;
  const contents = findContents(paragraphs);
  if (contents.length) return contents;
  const ways = [findDividedTitles, findNumberedTitles, findRestarts];
  const found = ways.reduce((known, way) => (known.length ? known : way(paragraphs)),
    /** @type {number[]} */ ([]));
  if (found.length && mayPrecede(paragraphs.slice(0, found[0]))) return found;
  return findOpenTitles(paragraphs);
}

/** Whether what is above the first title is nothing, or the title of a collection.
 * @param {Paragraph[]} opening */
function mayPrecede(opening) {
  const inside = opening.filter(({ text }) => !isOutsideText(text));
  if (!inside.length || BORDERS.COLLECTION.search(inside[0].text)) return true;
  return BORDERS.PERHAPS_COLLECTION.search(inside[0].text) && !inside.some(hasSentence);
}

/** A text without its marker. @param {Paragraph} paragraph */
function withoutMarker({ text, marker }) {
  return marker ? text.slice(marker.length) : text;
}

/** Whether a line is a title that says whose experience it is. @param {Paragraph} paragraph */
function namesSubject(paragraph) {
  const { text, marker } = paragraph;
  if (marker && !BORDERS.TITLE_FAMILIES.includes(marker.family)) return false;
  return text.length <= BORDERS.TITLE_CHARACTERS
    && Boolean(BORDERS.SUBJECT_TITLE.match(withoutMarker(paragraph).trim()));
}

/** The titles after lines such as * * *. @param {Paragraph[]} paragraphs */
function findDividedTitles(paragraphs) {
  const last = paragraphs.length - 1;
  const after = paragraphs.flatMap(({ text }, index) =>
    (index < last && BORDERS.DIVIDER.match(text) ? [index + 1] : []));
  const title = findFirstTitle(paragraphs);
  const divided = after.length && title < after[0]
    && after.every((index) => namesSubject(paragraphs[index]));
  return divided ? [title, ...after] : [];
}

/** The index of the first title that names its subject. @param {Paragraph[]} paragraphs */
function findFirstTitle(paragraphs) {
  const opening = paragraphs.slice(0, BORDERS.CONTENTS_WITHIN_PARAGRAPHS);
  const place = opening.findIndex((each) => namesSubject(each) || hasSentence(each));
  return place >= 0 && namesSubject(opening[place]) ? place : paragraphs.length;
}

/** The lines that are one title with （一）, （二） at its end. @param {Paragraph[]} paragraphs */
function findNumberedTitles(paragraphs) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  paragraphs.forEach(({ text, marker }, index) => {
    const title = marker ? null : BORDERS.NUMBERED_TITLE.match(text);
    if (!title) return;
    const places = found.get(title.groups.stem) || [];
    found.set(title.groups.stem, places);
    const own = readMarker(`（${title.groups.n}）`);
    if (own && own.number === places.length + 1) places.push(index);
  });
  if (!found.size) return [];
  const longest = bestOf([...found.values()], (places) => places.length);
  const apart = longest.every((place, n) => n === 0 || place - longest[n - 1] > 1);
  return longest.length > 1 && apart ? longest : [];
}

/** The titles above each first section. @param {Paragraph[]} paragraphs */
function findRestarts(paragraphs) {
  const openers = findOpeners(paragraphs);
  const same = new Set(openers.map((index) => paragraphs[index].text)).size === 1;
  /** @type {number[]} */
  const titles = [];
  let above = 0;
  for (const index of openers) {
    const lines = paragraphs.slice(above, index);
    const places = (/** @type {(each: Paragraph) => any} */ is) =>
      lines.flatMap((each, n) => (is(each) ? [above + n] : []));
    let named = places(namesSubject);
    if (!named.length && same) named = places(({ text }) => BORDERS.GENRE_TITLE.match(text));
    if (!named.length) return [];
    titles.push(titles.length ? named[0] : named[named.length - 1]);
    above = index;
  }
  return titles.length > 1 ? titles : [];
}

/** The places of each 一、, else of each line like the first named section.
 * @param {Paragraph[]} paragraphs */
function findOpeners(paragraphs) {
  const family = findOuterFamily(paragraphs);
  const indexes = Array.from(paragraphs.keys());
  if (family) {
    return indexes.filter((index) => {
      const { text, marker } = paragraphs[index];
      return marker && marker.family === family && marker.number === 1
        && !"；;".includes(text[text.length - 1])
        && !paragraphs.slice(Math.max(0, index - 2), index).some((each) => isAnnex(each.text));
    });
  }
  const first = paragraphs.find(({ text }) =>
    text.length <= ROLES.LABEL_CHARACTERS && isSectionName(text));
  return first ? indexes.filter((index) => paragraphs[index].text === first.text) : [];
}

/** The family of 一、 or else of （一）; "" if there is neither. @param {Paragraph[]} paragraphs */
function findOuterFamily(paragraphs) {
  const first = paragraphs.filter(({ marker }) => marker && marker.number === 1);
  const families = new Set(first.map(({ marker }) => marker?.family));
  return ["han", "han-paren"].find((family) => families.has(family)) || "";
}

/** Whether each write-up would have two sections or more.
 * @param {number[]} borders @param {Paragraph[]} paragraphs */
function haveSections(borders, paragraphs) {
  const family = findOuterFamily(paragraphs);
  const isSection = (/** @type {Paragraph} */ { text, marker }) =>
    (marker && marker.family === family)
    || (text.length <= BORDERS.TITLE_CHARACTERS && isSectionName(text));
  return borders.every((start, place) =>
    paragraphs.slice(start, borders[place + 1]).filter(isSection).length > 1);
}

/** The titles of a list without heading that opens the text. @param {Paragraph[]} paragraphs */
function findContents(paragraphs) {
  const names = listRepeatedLines(paragraphs);
  if (names.length < BORDERS.FEWEST_LISTED_TITLES) return [];
  /** @type {Map<string, number>} */
  const last = new Map();
  paragraphs.forEach((each, index) => {
    if (!hasSentence(each)) last.set(stripTitle(each.text), index);
  });
  const places = names.map((name) => last.get(name) ?? -1);
  const ascending = places.every((place, n) => place > (n ? places[n - 1] : -1));
  if (!ascending || !haveSections(places, paragraphs)) return [];
  const above = paragraphs.slice(0, places[0])
    .filter(({ text }) => !names.includes(stripTitle(text)));
  return mayPrecede(above) ? places : [];
}

/** The titles above the first one that occurs again, if they open the text.
 * @param {Paragraph[]} paragraphs */
function listRepeatedLines(paragraphs) {
  /** @type {string[]} */
  const names = [];
  const seen = new Set();
  for (const paragraph of paragraphs) {
    const name = stripTitle(paragraph.text);
    if (hasSentence(paragraph) || seen.has(name)) {
      const first = seen.has(name) ? names.indexOf(name) : names.length;
      return first < 2 ? names.slice(first) : [];
    }
    seen.add(name);
    names.push(name);
  }
  return [];
}

/** Titles in any words: the first one opens the text, and 一、 starts again under each.
 * @param {Paragraph[]} paragraphs */
function findOpenTitles(paragraphs) {
  const openers = findOpeners(paragraphs);
  if (openers.length < 2) return [];
  const titles = paragraphs.flatMap((each, index) => (mayBeTitle(each) ? [index] : []));
  const divided = titles.filter((n) => n && BORDERS.DIVIDER.match(paragraphs[n - 1].text));
  let first = titles.filter((n) => n < openers[0]);
  if (first.length === 2) {
    const marked = first.map((n) => Boolean(paragraphs[n].marker));
    const onlySecond = !marked[0] && marked[1];
    if (onlySecond || BORDERS.COLLECTION.search(paragraphs[first[0]].text)) first = first.slice(1);
  }
  if (first.length !== 1) return [];
  const rest = divided.length ? divided : findTitlesAbove(paragraphs, titles, openers);
  const borders = [...first, ...rest];
  const whole = borders.length > 1 && (divided.length || borders.length === openers.length);
  const families = borders.map((n) => paragraphs[n].marker?.family);
  const alike = new Set(families).size === 1;
  return whole && alike && haveSections(borders, paragraphs) ? borders : [];
}

/** For each section that starts again the last title above it that follows a sentence.
 * @param {Paragraph[]} paragraphs @param {number[]} titles @param {number[]} openers */
function findTitlesAbove(paragraphs, titles, openers) {
  let next = 0;
  return openers.slice(1).flatMap((index, place) => {
    let found = -1;
    for (; next < titles.length && titles[next] < index; next++) {
      const title = titles[next];
      if (title > openers[place] && hasSentence(paragraphs[title - 1])) found = title;
    }
    return found < 0 ? [] : [found];
  });
}

/** Whether a line may be the title of a write-up, in any words. @param {Paragraph} paragraph */
function mayBeTitle(paragraph) {
  const { text, marker } = paragraph;
  const title = withoutMarker(paragraph);
  if (marker && !BORDERS.TITLE_FAMILIES.includes(marker.family)) return false;
  if (title.length < BORDERS.FEWEST_TITLE_CHARACTERS) return false;
  if (title.length > BORDERS.TITLE_CHARACTERS || BORDERS.NO_TITLE.search(text)) return false;
  if (BORDERS.CONTENTS_TITLE.match(text) || BORDERS.PLAN.search(title)) return false;
  if (isSectionName(title) || isOutsideText(text) || readLabel(text)) return false;
  return !isByline(text) && !isAnnex(text);
}

/** The indexes at which the titles of a list at the start occur again.
 * @param {Paragraph[]} paragraphs */
function findListedTitles(paragraphs) {
  for (const listed of [readNumberedList(paragraphs), readPlainList(paragraphs)]) {
    const wanted = new Set(listed.map(({ text }) => stripTitle(text)));
    if (wanted.size < BORDERS.FEWEST_LISTED_TITLES) continue;
    const last = listed[listed.length - 1].start;
    /** @type {Map<string, number>} */
    const found = new Map();
    paragraphs.forEach(({ text, start }, index) => {
      if (start <= last || text.length > BORDERS.TITLE_CHARACTERS) return;
      const name = stripTitle(text);
      if (wanted.has(name) && !found.has(name)) found.set(name, index);
    });
    if (found.size === wanted.size) return [...found.values()].sort((a, b) => a - b);
  }
  return [];
}

/** The numbered titles under 目录, or before the first sentence. @param {Paragraph[]} paragraphs */
function readNumberedList(paragraphs) {
  /** @type {Paragraph[]} */
  const listed = [];
  for (const paragraph of listOpening(paragraphs)) {
    const last = listed[listed.length - 1];
    const expected = last && last.marker ? last.marker.number + 1 : 1;
    if (paragraph.marker && paragraph.marker.number === expected) listed.push(paragraph);
    else if (last) break;
  }
  return listed.length && listed[0].marker?.family === "han" ? [] : listed;
}

/** The titles without numbers, after 目录 or each with its subject.
 * @param {Paragraph[]} paragraphs */
function readPlainList(paragraphs) {
  /** @type {Paragraph[]} */
  const listed = [];
  const firstLine = paragraphs.length > 0 && BORDERS.CONTENTS_TITLE.match(paragraphs[0].text);
  const seen = new Set();
  for (const paragraph of listOpening(paragraphs)) {
    const name = stripTitle(paragraph.text);
    if (paragraph.marker || seen.has(name)) break;
    if (firstLine || namesSubject(paragraph) || BORDERS.SUBJECT_TITLE.match(name)) {
      seen.add(name);
      listed.push(paragraph);
    }
  }
  return listed;
}

/** The paragraphs after 目录, or from the start, up to the first sentence.
 * @param {Paragraph[]} paragraphs */
function listOpening(paragraphs) {
  const contents = paragraphs.slice(0, BORDERS.CONTENTS_WITHIN_PARAGRAPHS)
    .findIndex(({ text }) => BORDERS.CONTENTS_TITLE.match(text));
  const rest = paragraphs.slice(contents + 1);
  const end = rest.findIndex(hasSentence);
  return end < 0 ? rest : rest.slice(0, end);
}

/** A title without its number, leaders and page number. @param {string} text @returns {string} */
function stripTitle(text) {
  const marker = readMarker(text);
  const title = marker ? text.slice(marker.length) : text;
  return BORDERS.SPACES_AND_QUOTES.replace(BORDERS.LEADERS.replace(title, ""), "");
}

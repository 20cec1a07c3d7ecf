"use strict";
// The level of each heading: families nest in the order in which they first occur:
// structure/levels.py, where the rules are explained.

const LEVELS = deskTable("structure.levels");

/**
 * The level of each heading (2 for a section); no level is skipped.
 * @param {Candidate[]} headings
 * @param {boolean[]} withText for each heading whether a text is directly under it
 */
function findLevels(headings, withText) {
  const rows = findFrame(headings).size ? [] : findHeadingRows(headings, withText);
  if (rows.length) return levelRows(headings, rows);
  const walk = new LevelWalk(headings, withText);
  return headings.map((_, index) => walk.enterLevel(index));
}

/** The rows of unmarked headings, if they nest. @param {Candidate[]} headings
 * @param {boolean[]} withText */
function findHeadingRows(headings, withText) {
  const known = [FAMILIES.NAMED_FAMILY, CANDIDATES.FREE_FAMILY, MARKERS.PART_FAMILY];
  if (headings.some((each) => !known.includes(mergeFamily(each)))) return [];
  /** @type {Row[]} */
  const rows = [];
  let start = 0;
  withText.forEach((text, index) => {
    if (!text && index + 1 < headings.length) return;
    rows.push({ start, stop: index + 1 });
    start = index + 1;
  });
  const deepest = Math.max(0, ...rows.map(rowLength));
  const longest = rows.filter((row) => rowLength(row) === deepest).length;
  const nests = deepest >= 2 && deepest <= LEVELS.MOST_ROW_HEADINGS
    && longest >= LEVELS.FEWEST_LONGEST_ROWS;
  return nests ? rows : [];
}

/** @param {Candidate[]} headings @param {Row[]} rows */
function levelRows(headings, rows) {
  /** @type {number[]} */
  const levels = [];
  const deepest = Math.max(...rows.map(rowLength));
  const names = countEach(headings.map(stripName));
  let openRole = "";
  for (const row of rows) {
    const first = headings[row.start];
    const last = headings[row.stop - 1];
    const length = rowLength(row);
    const once = names.get(stripName(first)) === 1;
    const isNew = length < deepest && deepest === 2 && first.role !== openRole && once;
    const atEnd = row.stop === headings.length && once;
    const outer = row.start === 0 || atEnd || isNew;
    const isCase = Number(last.family === MARKERS.PART_FAMILY);
    let level = outer && mergeFamily(first) === FAMILIES.NAMED_FAMILY
      ? 2 : deepest + 2 - length - isCase;
    level = Math.min(level, levels.length ? levels[levels.length - 1] + 1 : 2);
    if (level === 2) openRole = first.role;
    for (let step = 0; step < length; step++) levels.push(level + step);
  }
  return levels;
}

/** Points for two headings of one wording. @param {string} one @param {string} other */
function countLikeness(one, other) {
  const marks = LEVELS.NO_MARKS.replace(one, "") === LEVELS.NO_MARKS.replace(other, "");
  const near = Math.abs(one.length - other.length) <= LEVELS.NEAR_CHARACTERS;
  return 2 * Number(marks) + 2 * Number(one.slice(-2) === other.slice(-2)) + Number(near);
}

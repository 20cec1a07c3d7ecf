"use strict";
// All private text of a case, with marks of secrecy: checks/private/__init__.py, secrecy_marks.py.

const SECRECY = deskTable("checks.private.secrecy_marks");
const PRIVATE_RULES = deskTable("checks.private");
const SAYING = deskTable("checks.private.private_finding");

/**
 * @typedef {{rule: string, start: number, end: number, masked: string, severity: string}} Private
 */

/** All private text, sorted by its start. @param {string} text @returns {Private[]} */
function findPrivate(text) {
  const copy = new FoldedCopy(text);
  const page = new Surroundings(copy.text);
  const ways = [findIdCards, findBankCards, findPapers, findEmails, findAccounts, findPlates,
    findMobiles, findLandlines, findHomes, findNames];
  const found = [...ways.flatMap((way) => way(page)), ...findSecrecyMarks(copy.text)];
  return dropOverlaps(found).map(({ rule, start, end, certain }) => {
    const value = copy.text.slice(start, end);
    const [from, to] = copy.locate(start, end);
    const isMark = PRIVATE_RULES.MARKS.includes(rule);
    const masked = isMark ? maskFigures(value.slice(0, PRIVATE_RULES.LONGEST_MASK))
      : maskValue(value);
    return { rule, start: from, end: to, masked, severity: certain ? "error" : "warning" };
  });
}

/** @param {FoldedFinding[]} found */
function dropOverlaps(found) {
  const rank = (/** @type {string} */ rule) => {
    const place = PRIVATE_RULES.RANKS.indexOf(rule);
    return place < 0 ? PRIVATE_RULES.RANKS.length : place;
  };
  const ends = [0, 0];
  return [...found]
    .sort((a, b) => a.start - b.start || rank(a.rule) - rank(b.rule) || b.end - a.end)
    .filter(({ rule, start, end }) => {
      const mark = Number(PRIVATE_RULES.MARKS.includes(rule));
      if (start < ends[mark]) return false;
      ends[mark] = end;
      return true;
    });
}

/** A mark as it stands, without long numbers. @param {string} mark */
function maskFigures(mark) {
  return mark.replace(/\d{4,}/g, (number) => "*".repeat(number.length));
}

/** The first two characters and the last one, with `*` for each of the others.
 * @param {string} value */
function maskValue(value) {
  if (value.length < 4) return value.slice(0, 1) + "*".repeat(Math.max(0, value.length - 1));
  return `${value.slice(0, 2)}${"*".repeat(value.length - 3)}${value[value.length - 1]}`;
}

/** What is said of private text, without its place. @param {Private} found */
function describePrivate({ rule, masked }) {
  const name = (RULES.get(rule)?.meaning || "").replace(/^有/, "");
  const advice = SAYING.ADVICE[rule] || SAYING.OTHER_ADVICE;
  return say(SAYING.SAID, { name, masked, advice });
}

/** Marks of classified and of internal documents. @param {string} text
 * @returns {FoldedFinding[]} */
function findSecrecyMarks(text) {
  const findings = text.includes("密") ? findSecrecyLevels(text) : [];
  for (const line of PRIVATE.mark_line.all(`\n${text}`)) {
    const start = line.index;
    const whole = line[0].slice(1);
    const prefix = SECRECY.PREFIX.match(whole);
    if (!prefix || SECRECY.LISTED.match(whole)) continue;
    const isHeading = Boolean(prefix.groups.heading || prefix.groups.key);
    for (const [from, to] of listPieces(whole, prefix[0].length)) {
      findings.push(...judgePiece(whole.slice(from, to), start + from, isHeading));
    }
  }
  for (const found of SECRECY.BRACKETED.all(text)) {
    const kinds = readPhrases(found[1]);
    const certain = kinds.includes("strong") || kinds.length > 1;
    if (kinds.length) {
      findings.push(makeFolded("internal-mark", found.index, endOf(found), certain));
    }
  }
  for (const found of SECRECY.BRACKETED_WORD.all(text)) {
    findings.push(makeFolded("internal-mark", found.index, endOf(found), false));
  }
  return findings;
}

/** Levels of secrecy with a star or after their label. @param {string} text */
function findSecrecyLevels(text) {
  /** @type {FoldedFinding[]} */
  const findings = [];
  const isApart = (/** @type {Match} */ found, /** @type {string} */ signs) =>
    signs.includes(text.slice(Math.max(0, found.index - 1), found.index));
  for (const found of SECRECY.STARRED.all(text)) {
    const certain = isApart(found, " \n\t#>:*|([【");
    findings.push(makeFolded("classification-mark", found.index, endOf(found), certain));
  }
  for (const found of SECRECY.FIELD.all(text)) {
    const certain = isApart(found, " \n\t#>:*|([【,;");
    if (!found.groups.sign.trim() && !certain) continue;
    findings.push(makeFolded("classification-mark", found.index, endOf(found), certain));
  }
  return findings;
}

/** The rest of a line, and the parts that wide spaces divide. @param {string} whole
 * @param {number} start @returns {number[][]} */
function listPieces(whole, start) {
  const line = stripEnd(whole.slice(start), " \t|");
  const pieces = [[start, start + line.length]];
  let first = start;
  const gaps = Array.from(/** @type {Iterable<Match>} */ (SECRECY.WIDE_SPACE.all(line)));
  for (const gap of gaps) {
    pieces.push([first, start + gap.index]);
    first = start + endOf(gap);
  }
  return gaps.length ? [...pieces, [first, start + line.length]] : pieces;
}

/** The mark that a piece is, if it is one. @param {string} piece @param {number} start
 * @param {boolean} isHeading */
function judgePiece(piece, start, isHeading) {
  const end = start + piece.length;
  const alone = SECRECY.ALONE.fullmatch(piece);
  if (alone) return [makeFolded("classification-mark", start, end, !alone.groups.english)];
  if (SECRECY.BARE_INTERNAL.fullmatch(piece)) {
    return [makeFolded("internal-mark", start, end, !isHeading)];
  }
  const kinds = readPhrases(piece);
  const certain = kinds.includes("strong") || kinds.length > 1
    || (kinds[0] === "thing" && !isHeading);
  return kinds.length ? [makeFolded("internal-mark", start, end, certain)] : [];
}

/** The kinds of the phrases that a piece is made of; none if it has anything else.
 * @param {string} text */
function readPhrases(text) {
  let piece = stripCharacters(text, "[]()【】〔〕《》〈〉{} ★*=~·-");
  if (SECRECY.SPREAD.fullmatch(piece)) piece = piece.replace(/ /g, "");
  /** @type {string[]} */
  const kinds = [];
  for (let place = 0; place < piece.length;) {
    const phrase = PRIVATE.mark_phrase.match(piece, place);
    if (!phrase || !phrase[0]) return [];
    const kind = Object.keys(phrase.groups).find((name) => phrase.groups[name] !== undefined);
    kinds.push(kind || "");
    place = endOf(SECRECY.BETWEEN_PHRASES.match(piece, endOf(phrase)));
  }
  return kinds.every((kind) => kind === "paper") ? [] : kinds;
}

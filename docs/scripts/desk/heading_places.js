"use strict";
// The places of candidates: what is above, beside and below each of them:
// structure/heading_places.py.

const PLACES = deskTable("structure.heading_places");

/** @typedef {{start: number, stop: number}} Row a run of lines, its end exclusive */

/** @param {Row} row */
function rowLength(row) {
  return row.stop - row.start;
}

class HeadingPlaces {
  /** @param {Paragraph[]} paragraphs @param {Candidate[]} candidates */
  constructor(paragraphs, candidates) {
    this.paragraphs = paragraphs;
    this.lineAt = new Map(candidates.map((each) => [each.index, each]));
    this.texts = countEach(candidates.map((each) => each.text));
    this.firstText = paragraphs.findIndex(({ text }) => PLACES.SENTENCE_END.search(text));
    if (this.firstText < 0) this.firstText = paragraphs.length;
    this.frame = findFrame(candidates);
    this.firstOfRole = new Map([...candidates].reverse().map((each) => [each.role, each.index]));
    this.stack = this.measureStacks();
    this.rows = this.findRows();
    const tops = new Set(this.rows.filter((row) => rowLength(row) === 2 && this.opensText(row)));
    this.nests = tops.size >= PLACES.FEWEST_STACKS;
    this.clauses = candidates.filter((each) => this.hasClauses(each)).length;
    this.closes = this.closesEveryText();
    const first = candidates.find((each) => each.number || each.role);
    this.firstSection = first ? first.index : paragraphs.length;
    this.brackets = candidates.filter((each) =>
      each.family === CANDIDATES.BRACKET_FAMILY && !each.runIn).map((each) => each.index);
    this.ones = countEach(candidates.filter((each) => each.number === 1).map((c) => c.family));
    this.restarts = Boolean(first) && (this.ones.get(first?.family || "") || 0) > 1;
    this.counts = first?.number === 1;
    this.freeAbove = candidates.filter((each) => each.index < this.firstSection
      && each.family === CANDIDATES.FREE_FAMILY && this.stack[each.index + 1] === 1).length;
  }

  /** For each paragraph the lines from here to the next text, that included; 0 without one. */
  measureStacks() {
    const count = this.paragraphs.length;
    const depth = new Array(count + 1).fill(0);
    const all = [...this.lineAt.values()];
    const annexed = all.some((each) => each.family === CANDIDATES.ANNEX_FAMILY);
    for (let index = count - 1; index >= 0; index--) {
      const candidate = this.lineAt.get(index);
      const below = depth[index + 1];
      if (!candidate) {
        depth[index] = isOutsideText(this.paragraphs[index].text) ? below : 1;
      } else if (this.isText(candidate) || (annexed && index === count - 1)) {
        depth[index] = 1;
      } else {
        depth[index] = below ? below + 1 : 0;
      }
    }
    return depth;
  }

  /** The stack below a candidate; 0 for a free line above a number that goes on.
   * @param {Candidate} candidate */
  measureBelow(candidate) {
    const row = this.rows[candidate.index];
    const following = rowLength(row) ? this.lineAt.get(row.stop) : undefined;
    return following && following.number > 1 ? 0 : this.stack[candidate.index + 1];
  }

  /** Whether a candidate is or has a text itself. @param {Candidate} candidate */
  isText({ text, family, runIn }) {
    const most = text.includes("，") ? PLACES.CLAUSE_CHARACTERS : PLACES.SHORT_CHARACTERS;
    const long = text.length > most && !PLACES.BOOK_TITLE.match(text);
    const enumerates = family === CANDIDATES.FREE_FAMILY && PLACES.ENUMERATES.search(text);
    return runIn || endsStatement(text) || long || Boolean(enumerates);
  }

  /** For each paragraph the row of short free lines that it is in; empty for all others. */
  findRows() {
    const count = this.paragraphs.length;
    /** @type {Row[]} */
    const rows = new Array(count).fill({ start: 0, stop: 0 });
    let start = 0;
    for (let index = 0; index <= count; index++) {
      const candidate = this.lineAt.get(index);
      if (candidate && candidate.family === CANDIDATES.FREE_FAMILY
        && candidate.text.length <= PLACES.SHORT_CHARACTERS) continue;
      const row = { start, stop: index };
      for (let place = start; place < index; place++) rows[place] = row;
      start = index + 1;
    }
    return rows;
  }

  /** @param {Row} row */
  isInList(row) {
    return rowLength(row) >= PLACES.LIST_LINES && !this.isNested(row);
  }

  /** Whether a row is right above a text, and none of its lines is one. @param {Row} row */
  opensText(row) {
    if (!this.stack[row.stop]) return false;
    for (let index = row.start; index < row.stop; index++) {
      const line = this.lineAt.get(index);
      if (line && this.isText(line)) return false;
    }
    return true;
  }

  /** Whether a row of three is a section, its part and an item. @param {Row} row */
  isNested(row) {
    return this.nests && rowLength(row) === PLACES.LIST_LINES && this.opensText(row);
  }

  /** Whether an unmarked line is right above a role name that occurs once.
   * @param {Candidate} candidate */
  holdsNothing(candidate) {
    const row = this.rows[candidate.index];
    const inRow = rowLength(row) > 0;
    if (inRow && row.start && (this.nests || this.mayHoldNames(candidate))) return false;
    const below = this.lineAt.get(inRow ? row.stop : candidate.index + 1);
    if (!below || below.family !== CANDIDATES.PLAIN_FAMILY || this.isRepeated(below)) return false;
    return candidate.family === CANDIDATES.FREE_FAMILY
      || (candidate.family === CANDIDATES.PLAIN_FAMILY && candidate.index === 0);
  }

  /** @param {Candidate} candidate */
  isRepeated({ text }) {
    return (this.texts.get(text) || 0) > 1;
  }

  /** Whether a free line may be a section with named parts. @param {Candidate} candidate */
  mayHoldNames(candidate) {
    const row = this.rows[candidate.index];
    const below = this.lineAt.get(row.stop);
    if (rowLength(row) > 1 || !below || this.frame.has(below.text)) return false;
    const again = Number(this.firstOfRole.get(below.role)) < candidate.index;
    const begins = this.frame.size > 0 || FAMILIES.OPENING_ROLES.includes(below.role);
    return again && begins && this.followsClose(candidate.index);
  }

  /** Whether a free line is above the first text and section. @param {Candidate} candidate */
  isAboveAll(candidate) {
    const { index, family } = candidate;
    if (family !== CANDIDATES.FREE_FAMILY) return false;
    if (index >= Math.min(this.firstText, this.firstSection)) return false;
    const rightAbove = this.restarts && index === this.firstSection - 1;
    return !(this.nests || rightAbove || this.opensSections(candidate));
  }

  /** Whether an unmarked line is the end of a title, or signs. @param {Candidate} candidate */
  isSigned({ index, family, text, runIn }) {
    const unmarked = family === CANDIDATES.FREE_FAMILY || family === CANDIDATES.PLAIN_FAMILY;
    const below = this.paragraphs[index + 1];
    if (!unmarked || runIn || !below) return false;
    if (index < this.firstText) return index > 0 && isByline(below.text);
    return isOutsideText(below.text) && isOrganLine(text);
  }

  /** Whether a label with its text is above all sections. @param {Candidate} candidate */
  isGist({ index, runIn }) {
    return runIn && this.brackets.length > 1 && index < this.brackets[0];
  }

  /** Whether a line above the first text may be a section. @param {Candidate} candidate */
  opensSections({ index }) {
    return this.stack[index + 1] === 1 && (!this.counts || this.freeAbove > 1);
  }

  /** @param {number} index */
  followsClose(index) {
    let before = index - 1;
    while (before >= 0 && !this.lineAt.has(before) && isOutsideText(this.paragraphs[before].text)) {
      before--;
    }
    return before < 0 || this.lineAt.has(before) || isClosedText(this.paragraphs[before].text);
  }

  /** Whether a row of lines follows a colon. @param {number} index */
  isListed(index) {
    const row = this.rows[index];
    return rowLength(row) > 1 && row.start > 0
      && endsWithColon(this.paragraphs[row.start - 1].text);
  }

  /** Whether a candidate is alone above a text and long. @param {Candidate} candidate */
  hasClauses({ index, family, text }) {
    const below = this.paragraphs[index + 1];
    return family === CANDIDATES.FREE_FAMILY
      && (text.includes("，") || text.length > PLACES.CLOSED_CHARACTERS)
      && text.length > PLACES.CLAUSE_CHARACTERS && !endsStatement(text)
      && this.followsClose(index) && Boolean(below) && below.text.length > text.length
      && !this.lineAt.has(index + 1);
  }

  /** Whether each paragraph ends like one. */
  closesEveryText() {
    const texts = this.paragraphs.filter((each, n) => !this.lineAt.has(n) && !isTableParagraph(each)
      && !isOutsideText(each.text));
    return texts.length >= PLACES.FEWEST_CLOSED
      && texts.every(({ text }) => PLACES.CLOSED.search(text));
  }
}

/** Whether a text is over at its end, so that a heading may follow. @param {string} text */
function isClosedText(text) {
  return text.length > PLACES.CLOSED_CHARACTERS || Boolean(PLACES.CLOSED.search(text))
    || isHonor(text);
}

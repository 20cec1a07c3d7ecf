"use strict";
// Which candidates are headings: a sum of points over signs: structure/headings.py.

const HEADINGS = deskTable("structure.headings");

/** @typedef {{members: Candidate[], withBody: number}} HeadingSequence */

/** The headings of a write-up, in order. @param {Chunk} part @param {RoleOf} roleOf */
function findHeadings(part, roleOf) {
  const found = acceptHeadings(part, findCandidates(part, roleOf));
  if (found.length) return found;
  const items = acceptHeadings(part, findItemCandidates(part, roleOf));
  return items.length >= HEADINGS.FEWEST_ITEMS ? items : [];
}

/** @param {Chunk} part @param {Candidate[]} candidates */
function acceptHeadings(part, candidates) {
  const finder = new SignFinder(part.body, candidates);
  return candidates.filter((each) => finder.sumPoints(each) >= HEADINGS.HEADING_POINTS);
}

/** The points of candidates for and against, found in what surrounds them. */
class SignFinder extends HeadingPlaces {
  /** @param {Paragraph[]} paragraphs @param {Candidate[]} candidates */
  constructor(paragraphs, candidates) {
    super(paragraphs, candidates);
    const free = candidates.filter((each) => each.family === CANDIDATES.FREE_FAMILY);
    this.unmarked = free.filter(({ text }) => !"！!".includes(text[text.length - 1])).length;
    this.roleLines = candidates.filter((each) =>
      each.family === CANDIDATES.PLAIN_FAMILY && !each.runIn).length;
    this.shapes = countEach(free.map(({ text }) => describeShape(text)));
    this.sequences = this.findSequences(candidates);
  }

  /** @param {Candidate} candidate */
  sumPoints(candidate) {
    let points = this.scorePlace(candidate) + this.scoreShape(candidate)
      + this.scoreSequence(candidate);
    if (candidate.role || candidate.family === CANDIDATES.PLAIN_FAMILY) points += 2;
    else if (candidate.index < this.firstText && isByline(candidate.text)) points -= 3;
    return points;
  }

  /** @param {Candidate[]} candidates */
  findSequences(candidates) {
    /** @type {Map<number, HeadingSequence>} */
    const sequences = new Map();
    /** @type {Map<string, HeadingSequence>} */
    const current = new Map();
    for (const candidate of candidates) {
      const { family, number } = candidate;
      let last = current.get(family);
      const before = last ? last.members[last.members.length - 1].number : 0;
      if (!last || (number && !continuesNumber(number, before, family))) {
        last = { members: [], withBody: 0 };
        current.set(family, last);
      }
      last.members.push(candidate);
      last.withBody += Number(this.hasBody(candidate));
      sequences.set(candidate.index, last);
    }
    return sequences;
  }

  /** Whether a text follows, or a heading that could be part of it. @param {Candidate} candidate */
  hasBody(candidate) {
    if (candidate.runIn) return true;
    const following = this.lineAt.get(candidate.index + 1);
    const depth = this.stack[candidate.index + 1] > 0;
    if (!following || following.runIn) return depth;
    return following.family !== candidate.family && this.couldBeInner(following) && depth;
  }

  /** Whether a heading may be part of the one above. @param {Candidate} following */
  couldBeInner(following) {
    if (following.family === CANDIDATES.PLAIN_FAMILY) return this.isRepeated(following);
    return following.number <= 1 && following.family !== CANDIDATES.ANNEX_FAMILY;
  }

  /** @param {Candidate} candidate */
  scorePlace(candidate) {
    const { index, family, runIn, number } = candidate;
    const free = family === CANDIDATES.FREE_FAMILY;
    const above = this.lineAt.get(index - 1);
    let points = runIn ? 0 : 1;
    const unmarked = free || family === CANDIDATES.PLAIN_FAMILY;
    if (unmarked && above && above.family === CANDIDATES.ANNEX_FAMILY) points -= 4;
    if (this.isSigned(candidate)) points -= 4;
    if (this.isAboveAll(candidate)) points -= 3;
    points += this.scoreBelow(candidate);
    if (free && this.isListed(index)) points -= 3;
    if (this.followsClose(index)) points += 1;
    else if (!number) points -= 1;
    return points;
  }

  /** @param {Candidate} candidate */
  scoreBelow(candidate) {
    if (this.holdsNothing(candidate)) return -3;
    const { index, family, runIn } = candidate;
    if (family === CANDIDATES.FREE_FAMILY && this.isInList(this.rows[index])) return -3;
    if (runIn || this.measureBelow(candidate)) return 1;
    return family === CANDIDATES.PLAIN_FAMILY && !this.isRepeated(candidate) ? -1 : -3;
  }

  /** @param {Candidate} candidate */
  scoreShape({ text, setApart, runIn, family, index }) {
    const last = text[text.length - 1];
    let points = setApart ? 2 : 0;
    if (text.length <= PLACES.SHORT_CHARACTERS) points += 1;
    else if (text.length > HEADINGS.LONG_CHARACTERS) points -= 1;
    if ("；，,;".includes(last)) points -= 3;
    else if (!endsStatement(text) && !runIn) points += 1;
    if (family !== CANDIDATES.FREE_FAMILY) return points;
    const most = text.includes("，") ? PLACES.SHORT_CHARACTERS : PLACES.CLOSED_CHARACTERS;
    const least = this.closes && index > this.firstText ? 1 : 2;
    const isSentence = HEADINGS.PREDICATE.search(text)
      || (text.length > most && this.clauses < least);
    if (isSentence && !PLACES.BOOK_TITLE.match(text)) points -= 1;
    if (HEADINGS.QUOTED.fullmatch(text)) points -= 1;
    if ("！!".includes(last) && this.unmarked < HEADINGS.PARALLEL_LINES) points -= 3;
    if ((this.shapes.get(describeShape(text)) || 0) >= HEADINGS.PARALLEL_LINES) points += 1;
    return points;
  }

  /** @param {Candidate} candidate */
  scoreSequence(candidate) {
    const { family, number, role, runIn, index } = candidate;
    const { members, withBody } = /** @type {HeadingSequence} */ (this.sequences.get(index));
    const isList = 2 * withBody < members.length;
    const few = members.length < HEADINGS.FEWEST_IN_SEQUENCE;
    if (number) return this.scoreNumber(candidate, members, isList);
    if (family === CANDIDATES.LABEL_FAMILY) return this.scoreLabel(candidate);
    if (family.startsWith(CANDIDATES.BULLET_FAMILY)) return few || isList ? -4 : 1;
    if (family === CANDIDATES.ANNEX_FAMILY) return 4;
    if (family.startsWith(CANDIDATES.MARKDOWN_FAMILY)) return 9;
    return family === CANDIDATES.BRACKET_FAMILY && (!runIn || !few || role) ? 2 : 0;
  }

  /** @param {Candidate} candidate @param {Candidate[]} members @param {boolean} isList */
  scoreNumber({ family, number, runIn }, members, isList) {
    const counted = family === MARKERS.TURN_FAMILY || family === MARKERS.ORDINAL_FAMILY;
    if (counted && members[0].number > 1) return -4;
    if (members.length >= HEADINGS.FEWEST_IN_SEQUENCE) return isList ? -4 : 3;
    if (runIn && number === 1 && (this.ones.get(family) || 0) > 1) return 1;
    return runIn || family === MARKERS.SHI_FAMILY ? -3 : 0;
  }

  /** @param {Candidate} candidate */
  scoreLabel(candidate) {
    const alike = this.hasAlikeNeighbor(candidate);
    if (!candidate.role) return alike ? 2 : -3;
    if (this.isGist(candidate)) return -4;
    return this.roleLines >= HEADINGS.FEWEST_ROLE_LINES && !alike ? -2 : 2;
  }

  /** Whether a paragraph next to it has the same family and role. @param {Candidate} candidate */
  hasAlikeNeighbor({ index, family, role }) {
    return [this.lineAt.get(index - 1), this.lineAt.get(index + 1)].some((other) =>
      other && other.family === family && other.role === role);
  }
}

/** The rough shape of a heading: its commas, and its length in steps. @param {string} text */
function describeShape(text) {
  return `${countPiece(text, "，")} ${Math.floor(text.length / 6)}`;
}

"use strict";
// Candidates for headings: short lines, and the starts of paragraphs that name them:
// structure/heading_candidates.py and heading_families.py.

const CANDIDATES = deskTable("structure.heading_candidates");
const FAMILIES = deskTable("structure.heading_families");

/**
 * @typedef {{index: number, family: string, number: number, text: string, end: number,
 *   runIn: boolean, role: string, setApart: boolean}} Candidate
 * @typedef {{title: string, body: Paragraph[], start: number, end: number, above: number}} Chunk
 * @typedef {(line: string) => string} RoleOf the role that a line names, or ""
 * @typedef {[family: string, number: number, end: number]} HeadingPlace
 */

/** @param {string} text */
function endsStatement(text) {
  return SENTENCE_ENDS.STATEMENT_ENDS.includes(text[text.length - 1]);
}

/** @param {string} text */
function endsWithColon(text) {
  return "：:".includes(text[text.length - 1]);
}

/** Paragraphs that open with 一是, 二是 and a sentence. @param {Chunk} part @param {RoleOf} roleOf */
function findItemCandidates(part, roleOf) {
  return part.body.flatMap(({ text, marker }, index) => {
    const opens = marker && marker.family === MARKERS.SHI_FAMILY;
    const first = opens && CANDIDATES.FIRST_SENTENCE.match(text);
    if (!first) return [];
    return [makeCandidate(index, [marker.family, marker.number, endOf(first)], text, roleOf)];
  });
}

/**
 * @param {number} index @param {HeadingPlace} place @param {string} text @param {RoleOf} roleOf
 * @returns {Candidate}
 */
function makeCandidate(index, [family, number, end], text, roleOf) {
  const name = text.slice(0, end).trimEnd();
  const runIn = end < text.length;
  return { index, family, number, text: name, end, runIn, role: roleOf(name), setApart: false };
}

/**
 * All candidates for headings, in order, at most one for a paragraph.
 * @param {Chunk} part @param {RoleOf} roleOf
 */
function findCandidates(part, roleOf) {
  const { annexes, listed } = findAnnexes(part.body);
  const annexed = Math.min(part.body.length, ...annexes);
  const emphasized = findEmphasized(part.body);
  const styled = findStyled(part.body);
  const honors = findHonors(part.body);
  const latin = findLatinHeadings(part.body);
  /** @type {Candidate[]} */
  const found = [];
  part.body.forEach((paragraph, index) => {
    const { text, facts } = paragraph;
    if (isTableParagraph(paragraph) || facts.origin === "note" || honors.has(index)) return;
    const whole = (/** @type {string} */ family) =>
      makeCandidate(index, [family, 0, text.length], text, () => "");
    if (annexes.has(index)) found.push(whole(CANDIDATES.ANNEX_FAMILY));
    else if (text === part.title) return;
    else if (latin.has(index)) found.push(whole(CANDIDATES.FREE_FAMILY));
    else {
      const marked = readMarkup(paragraph, styled.get(index) || 0);
      if (marked) {
        found.push({ ...whole(marked.family), text: marked.name, role: roleOf(marked.name) });
      } else if (index >= part.above && !listed.has(index)) {
        const candidate = readCandidate(index, paragraph, roleOf, emphasized.has(index));
        if (!candidate) return;
        const inAnnex = index > annexed && !candidate.number;
        if (!isPlainText(candidate, inAnnex, styled.size > 0)) found.push(candidate);
      }
    }
  });
  return found;
}

/** @param {Candidate} candidate @param {boolean} annexed @param {boolean} styled */
function isPlainText(candidate, annexed, styled) {
  if (candidate.family === CANDIDATES.FREE_FAMILY && styled && !candidate.setApart) return true;
  return annexed && candidate.family !== CANDIDATES.PLAIN_FAMILY;
}

/** A heading of Markdown, or one with a style.
 * @param {Paragraph} paragraph @param {number} level */
function readMarkup({ text }, level) {
  const marked = CANDIDATES.MARKDOWN.fullmatch(text);
  const family = (/** @type {number} */ depth) => `${CANDIDATES.MARKDOWN_FAMILY}-${depth}`;
  if (marked) return { family: family(marked[1].length), name: marked[2] };
  return level ? { family: family(level), name: text } : null;
}

/**
 * @param {number} index @param {Paragraph} paragraph @param {RoleOf} roleOf
 * @param {boolean} setApart
 */
function readCandidate(index, paragraph, roleOf, setApart) {
  const place = readHeadingPlace(paragraph, roleOf, setApart);
  if (!place) return null;
  const candidate = makeCandidate(index, place, paragraph.text, roleOf);
  const named = (candidate.role && !CANDIDATES.MOTIF.match(candidate.text))
    || CANDIDATES.REFERENCES.fullmatch(candidate.text);
  if (candidate.family === CANDIDATES.FREE_FAMILY && named) {
    candidate.family = CANDIDATES.PLAIN_FAMILY;
  }
  candidate.setApart = setApart && !candidate.runIn;
  return candidate;
}

/** The indexes of lines of lists of honors. @param {Paragraph[]} paragraphs */
function findHonors(paragraphs) {
  const found = paragraphs.map(({ text }) => isHonor(text));
  const inList = (/** @type {number} */ index) =>
    found[index] && (found[index - 1] || found[index + 1]);
  return new Set(Array.from(paragraphs.keys()).filter(inList));
}

/** The indexes of lines in Latin letters above sentences. @param {Paragraph[]} paragraphs */
function findLatinHeadings(paragraphs) {
  const found = Array.from(paragraphs.keys()).filter((index) =>
    index + 1 < paragraphs.length && LINES.LATIN.match(paragraphs[index].text)
      && endsStatement(paragraphs[index + 1].text));
  return new Set(found.length > 1 ? found : []);
}

/** The indexes of lines that open annexes, and of lists of annexes. @param {Paragraph[]} lines */
function findAnnexes(lines) {
  /** @type {Set<number>} */
  const annexes = new Set();
  /** @type {Set<number>} */
  const listed = new Set();
  let expected = 0;
  lines.forEach(({ text, marker }, index) => {
    if (CANDIDATES.LISTED_ANNEX.match(text)) {
      expected = 2;
    } else if (expected && marker?.family === "arabic" && marker.number === expected) {
      listed.add(index);
      expected++;
    } else {
      expected = 0;
      const below = index + 1 < lines.length ? lines[index + 1].text : "";
      const titled = isTitledAnnex(text) && !annexes.has(index - 1);
      if (isAnnex(text) || (titled && opensAnnex(below))) annexes.add(index);
    }
  });
  return { annexes, listed };
}

/** Whether the line below the title of an annex is of that annex. @param {string} below */
function opensAnnex(below) {
  const signs = [isOutsideText, isOrganLine, isAnnex, isTitledAnnex];
  return below !== "" && !signs.some((sign) => sign(below));
}

/**
 * @param {Paragraph} paragraph @param {RoleOf} roleOf @param {boolean} setApart
 * @returns {HeadingPlace | null}
 */
function readHeadingPlace({ text, marker, facts }, roleOf, setApart) {
  if (isOutsideText(text) || readLabel(text) || CANDIDATES.LAW.match(text)) return null;
  if (marker && (marker.family !== MARKERS.PART_FAMILY || isOneSentence(text))) {
    const end = findMarkedEnd(text, marker, roleOf);
    return end > marker.length ? [marker.family, marker.number, end] : null;
  }
  const bracketed = CANDIDATES.BRACKETED.match(text);
  if (bracketed) return [CANDIDATES.BRACKET_FAMILY, 0, endOf(bracketed)];
  if (CANDIDATES.BULLET.match(text)) return readBulleted(text);
  const ends = CANDIDATES.ENDS_UNFINISHED.search(text) || endsWithColon(text);
  if (facts.label === MODEL.BULLET && !setApart) {
    return readLabelPlace(text, roleOf);
  }
  if (setApart && isOneSentence(text) && !ends) return [CANDIDATES.FREE_FAMILY, 0, text.length];
  return readUnmarked(text, roleOf);
}

/** A line with a sign before it, if it is no sentence. @param {string} text
 * @returns {HeadingPlace | null} */
function readBulleted(text) {
  const whole = CANDIDATES.HEADING_BULLET.match(text) && isOneSentence(text);
  const ends = endsStatement(text) || CANDIDATES.ENDS_UNFINISHED.search(text)
    || endsWithColon(text);
  return whole && !ends ? [`${CANDIDATES.BULLET_FAMILY}-${text[0]}`, 0, text.length] : null;
}

/**
 * The offset at which the heading after a marker ends, or 0.
 * @param {string} text @param {Marker} marker @param {RoleOf} roleOf
 */
function findMarkedEnd(text, marker, roleOf) {
  const whole = isOneSentence(text);
  if (marker.family === MARKERS.SHI_FAMILY) return whole ? text.length : 0;
  const spaced = findSpaceEnd(text);
  if (spaced) return spaced;
  const label = CANDIDATES.COLON_LABEL.match(text, marker.length);
  const isDefinition = label && text.endsWith("。") && CANDIDATES.EXPLAINS.match(text, endOf(label));
  if (isDefinition) return 0;
  if (whole && !(endsStatement(text) && label)) return text.length;
  const end = findLabelEnd(text, marker.length, roleOf);
  if (end) return end;
  if (whole) return text.length;
  const first = CANDIDATES.FIRST_SENTENCE.match(text);
  return first && endOf(first) > marker.length + 2 ? endOf(first) : 0;
}

/**
 * The offset at which a label before a colon or a space ends, or 0.
 * @param {string} text @param {number} start @param {RoleOf} roleOf
 */
function findLabelEnd(text, start, roleOf) {
  const colon = CANDIDATES.COLON_LABEL.match(text, start);
  if (colon) {
    const leads = CANDIDATES.SPEAKS.search(colon[0])
      || CANDIDATES.EXPLAINS.match(text, endOf(colon));
    return leads || isInsideBrackets(colon[0]) ? 0 : endOf(colon);
  }
  const space = CANDIDATES.SPACED_LABEL.match(text, start);
  if (!space || isInsideBrackets(space[0])) return 0;
  if (CANDIDATES.LATIN_SPACE.match(text, endOf(space) - 1)) return 0;
  const named = roleOf(space[0]) || (start && findSpaceEnd(text));
  return named && text.length > 2 * CANDIDATES.INLINE_LABEL_CHARACTERS ? endOf(space) : 0;
}

/** Whether a text ends between brackets or quotes. @param {string} text */
function isInsideBrackets(text) {
  return CANDIDATES.PAIRS.some((/** @type {string} */ pair) =>
    countPiece(text, pair[0]) > countPiece(text, pair[1]));
}

/**
 * An unmarked heading: a short line, or a label before its text.
 * @param {string} text @param {RoleOf} roleOf @returns {HeadingPlace | null}
 */
function readUnmarked(text, roleOf) {
  if (CANDIDATES.SPEAKER.match(text) || CANDIDATES.FIGURE.match(text)) return null;
  const one = isOneSentence(text) || CANDIDATES.ASKS.fullmatch(text);
  const short = text.length <= CANDIDATES.FREE_CHARACTERS;
  if (!(short && one) || CANDIDATES.ENDS_UNFINISHED.search(text)) {
    return readLabelPlace(text, roleOf);
  }
  if (CANDIDATES.COLON_LABEL.match(text) && endsStatement(text)) {
    return readLabelPlace(text, roleOf);
  }
  const exclaims = "！!".includes(text[text.length - 1])
    && text.length >= CANDIDATES.EXCLAMATION_CHARACTERS;
  const leads = CANDIDATES.LEADS_ON.search(text) || (endsWithColon(text) && !roleOf(text));
  const whole = (!endsStatement(text) || exclaims) && !leads;
  return whole ? [CANDIDATES.FREE_FAMILY, 0, text.length] : null;
}

/**
 * A label before a text, which has a full stop.
 * @param {string} text @param {RoleOf} roleOf @returns {HeadingPlace | null}
 */
function readLabelPlace(text, roleOf) {
  const end = findLabelEnd(text, 0, roleOf);
  if (!end) return null;
  const after = text.slice(end);
  const isText = after.length >= CANDIDATES.LABELED_TEXT_CHARACTERS && after.includes("。")
    && !CANDIDATES.EXPLAINS.match(after);
  return isText || roleOf(text.slice(0, end)) ? [CANDIDATES.LABEL_FAMILY, 0, end] : null;
}

/** The text of a heading without brackets and colon. @param {Candidate} heading */
function stripName(heading) {
  return stripCharacters(heading.text, "【】[]〔〕：: ");
}

/** The family of a heading, those of one level merged. @param {Candidate} heading */
function mergeFamily({ family, role }) {
  if (family === CANDIDATES.PLAIN_FAMILY || family === CANDIDATES.BRACKET_FAMILY) {
    return FAMILIES.NAMED_FAMILY;
  }
  if (family !== CANDIDATES.LABEL_FAMILY) return family;
  return role ? FAMILIES.NAMED_FAMILY : CANDIDATES.FREE_FAMILY;
}

/**
 * The names of the outermost sections if they open with one word: 案例背景, 案例启示.
 * @param {Candidate[]} headings
 * @returns {Set<string>}
 */
function findFrame(headings) {
  /** @type {Map<string, Set<string>>} */
  const words = new Map();
  /** @type {Map<string, Set<string>>} */
  const others = new Map();
  for (const heading of headings) {
    const name = stripName(heading);
    const word = FAMILIES.FRAME_WORD.match(name);
    if (!word) continue;
    const isFree = heading.family === CANDIDATES.FREE_FAMILY && name.length === word[0].length + 2;
    const group = mergeFamily(heading) === FAMILIES.NAMED_FAMILY ? words : isFree ? others : null;
    if (group) group.set(word[0], (group.get(word[0]) || new Set()).add(name));
  }
  if (!words.size) return new Set();
  const [word, names] = bestOf([...words], ([, own]) => own.size);
  return names.size > 1 ? new Set([...names, ...others.get(word) || []]) : new Set();
}

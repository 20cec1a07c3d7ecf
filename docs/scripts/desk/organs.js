"use strict";
// The organ of a write-up: in its title, on a label, a byline or a signature: structure/organs.py.

const ORGANS = deskTable("structure.organs");

/**
 * The organ of a write-up, or ""; the surest place that names one decides.
 * @param {string} title @param {string} subtitle @param {string[]} lines @param {string} opening
 * @returns {string}
 */
function findOrgan(title, subtitle, lines, opening) {
  const found = ORGANS.BEFORE_COLON.match(title);
  if (found) {
    const { organ } = found.groups;
    return ORGANS.NOT_A_NAME.match(organ) || ORGANS.NOT_BEFORE_COLON.match(organ) ? "" : organ;
  }
  return findActing(title, false) || findActing(subtitle.replace(/^[—\- ]+/u, ""), true)
    || findLabelledOrgan(lines) || findOrganLine(lines) || findInFirstSentence(opening);
}

/** The first organ that acts in a text. @param {string} text @param {boolean} owned whether it
 * must be named with its place */
function findActing(text, owned) {
  const hide = (/** @type {string} */ cited) => "“".repeat(cited.length);
  const bare = ORGANS.CITED.replace(text, hide);
  for (const found of ORGANS.ACTING.all(bare)) {
    const { organ } = found.groups;
    if (isOrganName(organ) && (isOwned(organ) || !(owned || found.index))) {
      return ORGANS.BEFORE_OWN_ORGAN.replace(organ, "");
    }
  }
  return "";
}

/** @param {string} opening */
function findInFirstSentence(opening) {
  const [first] = opening.slice(0, ORGANS.FIRST_SENTENCE_CHARACTERS).split("。");
  const organ = findActing(first, true);
  return ORGANS.PLAINLY_OWNED.match(organ) || startsWithPlace(organ) ? organ : "";
}

/** The one organ that labels at the start or the end name, or "". @param {string[]} lines */
function findLabelledOrgan(lines) {
  const ends = [...lines.slice(0, LINES.FACT_LINES), ...lines.slice(-LINES.FACT_LINES)];
  const labelled = ends.filter((line) =>
    line.length <= LINES.SIDE_LINE_CHARACTERS && ORGANS.LABEL.fullmatch(readLabel(line)));
  const names = labelled.map((line) => readOrganName(readLabelValue(line)));
  const named = new Set(names.filter(Boolean));
  return named.size === 1 ? [...named][0] : "";
}

/** The organ on a byline under the title, or in the signature, or "". @param {string[]} lines */
function findOrganLine(lines) {
  const below = lines.slice(ORGANS.BYLINES).slice(-ORGANS.SIGNATURES).reverse();
  const signature = below.find((line) => !isDated(line));
  for (const line of [...lines.slice(0, ORGANS.BYLINES), ...signature ? [signature] : []]) {
    const name = readOrganName(stripCharacters(line, "（）() 　"));
    if (name && (isOwned(name) || ORGANS.HOUSE.search(name))) return name;
  }
  return "";
}

/** The name of an organ that a line consists of, or "". @param {string} line */
function readOrganName(line) {
  const found = ORGANS.OPEN_END.search(line) ? null : ORGANS.WHOLE_NAME.match(line);
  return found && isOrganName(found.groups.organ) ? found.groups.organ : "";
}

/** @param {string} organ */
function isOrganName(organ) {
  return !(ORGANS.NOT_A_NAME.match(organ) || ORGANS.NOT_BEFORE_COLON.match(organ)
    || ORGANS.INSIDE_NO_NAME.search(organ));
}

/** Whether the name of an organ opens with a place. @param {string} organ */
function isOwned(organ) {
  return Boolean(ORGANS.OWNED.match(organ)) || startsWithPlace(organ);
}

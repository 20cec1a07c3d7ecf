"use strict";
// The outline of the body: heading syntax, levels, marks, anchors, empty blocks:
// checks/heading_checks.py.

const OUTLINE = deskTable("checks.heading_checks");

/** The lines of a body that are no code, with their numbers. @param {CaseDocument} file
 * @returns {{number: number, text: string}[]} */
function linesOutsideCode(file) {
  let fence = "";
  return (file.body || "").split("\n").flatMap((text, index) => {
    const found = MARKUP.FENCE.match(text);
    if (found && (!fence || found[1] === fence)) {
      fence = fence ? "" : found[1];
      return [];
    }
    return fence ? [] : [{ number: index + file.bodyLine, text }];
  });
}

/** @param {CaseDocument} file @returns {Problem[]} */
function checkHeadings(file) {
  if (file.body === null) return [];
  /** @type {Map<number, HeadingFault>} */
  const faults = new Map();
  for (const { number, text } of linesOutsideCode(file)) {
    const fault = findHeadingFault(text);
    if (fault) faults.set(number, fault);
  }
  const problems = checkHeadingLines(file);
  const excess = file.blocks[OUTLINE.MOST_HEADINGS + 1];
  if (excess) {
    const message = say(OUTLINE.TOO_MANY, { most: OUTLINE.MOST_HEADINGS });
    problems.push(makeProblem("too-many-headings", [excess.line, 1], message));
  }
  problems.push(...checkLevels(file.blocks));
  for (const [number, { rule, message }] of faults) {
    if (rule !== "unknown-role") problems.push(makeProblem(rule, [number, 1], message));
  }
  const headings = file.blocks.slice(1);
  problems.push(...headings.flatMap((placed) => checkMarks(placed, faults.has(placed.line))));
  problems.push(...checkAnchors(headings, faults), ...checkEmptiness(file.blocks));
  return [...problems, ...checkRepeatedTitle(file)];
}

/** Lines that Markdown, but not the case format, reads as a heading. @param {CaseDocument} file */
function checkHeadingLines(file) {
  /** @type {Problem[]} */
  const problems = [];
  let fence = "";
  let opened = 0;
  let previous = "";
  (file.body || "").split("\n").forEach((line, index) => {
    const number = index + file.bodyLine;
    const found = MARKUP.FENCE.match(line);
    if (found && (!fence || found[1] === fence)) {
      opened = number;
      fence = fence ? "" : found[1];
    } else if (!fence) {
      const message = describeHeadingLine(line, previous);
      if (message) problems.push(makeProblem("heading-format", [number, 1], message));
    }
    previous = line;
  });
  if (fence) {
    problems.push(makeProblem("fence-unclosed", [opened, 1], say(OUTLINE.UNCLOSED, { fence })));
  }
  return problems;
}

/** @param {string} line @param {string} previous @returns {string} */
function describeHeadingLine(line, previous) {
  const hashes = OUTLINE.HASHES.match(line);
  if (hashes && hashes[1].length === 1) return OUTLINE.TOP_LEVEL;
  if (hashes && hashes[1].length > 6) return OUTLINE.TOO_DEEP;
  const underlines = OUTLINE.UNDERLINE.match(line) && previous.trim() && !previous.startsWith("#");
  return underlines ? OUTLINE.UNDERLINED : "";
}

/** @param {PlacedBlock[]} blocks */
function checkLevels(blocks) {
  return blocks.slice(1).flatMap(({ level, line }, index) => {
    const deepest = blocks[index].level + 1;
    if (level <= deepest) return [];
    const message = say(OUTLINE.SKIPPED, { expected: "#".repeat(deepest) });
    return [makeProblem("level-skipped", [line, 1], message)];
  });
}

/** @param {PlacedBlock} placed @param {boolean} isFaulty */
function checkMarks({ unknown, marks, line }, isFaulty) {
  const problems = (isFaulty ? [] : unknown).map((token) => {
    const message = say(OUTLINE.UNKNOWN_MARK, { token: displayValue(token) });
    return makeProblem("unknown-mark", [line, 1], message);
  });
  const tokens = splitWords(marks).filter((token) => !unknown.includes(token));
  const kinds = countEach(tokens.map((token) =>
    (".#".includes(token[0]) ? token[0] : token.split("=")[0])));
  for (const kind of [...kinds.keys()].sort()) {
    if ((kinds.get(kind) || 0) < 2) continue;
    const message = say(OUTLINE.REPEATED_MARK, { kind: displayValue(kind) });
    problems.push(makeProblem("mark-repeated", [line, 1], message));
  }
  return problems;
}

/** @param {PlacedBlock[]} headings @param {Map<number, HeadingFault>} faults */
function checkAnchors(headings, faults) {
  /** @type {Map<string, number>} */
  const lines = new Map();
  return headings.flatMap(({ anchor, line, unknown, role }) => {
    const first = lines.get(anchor);
    if (!anchor) {
      const isUnknown = unknown.length || (role && !ROLE_IDS.includes(role));
      if (faults.has(line) || isUnknown) return [];
      return [makeProblem("missing-anchor", [line, 1], OUTLINE.NO_ANCHOR)];
    }
    if (first === undefined) lines.set(anchor, line);
    if (!FAULTS.ANCHOR.fullmatch(anchor)) {
      const message = say(OUTLINE.ANCHOR_FORMAT, { anchor: displayValue(anchor) });
      return [makeProblem("anchor-format", [line, 1], message)];
    }
    if (first === undefined) return [];
    const message = say(OUTLINE.ANCHOR_TAKEN, { anchor, line: first });
    return [makeProblem("anchor-duplicate", [line, 1], message)];
  });
}

/** @param {PlacedBlock[]} blocks */
function checkEmptiness(blocks) {
  if (blocks.length === 1 && !blocks[0].text) {
    return [makeProblem("body-empty", [blocks[0].line, 1], OUTLINE.NO_BODY)];
  }
  return blocks.slice(1).flatMap(({ text, level, line }, index) => {
    const following = blocks[index + 2];
    const isEmpty = !text && !(following && following.level > level);
    return isEmpty ? [makeProblem("empty-block", [line, 1], OUTLINE.EMPTY)] : [];
  });
}

/** The title repeated as the first paragraph or heading. @param {CaseDocument} file */
function checkRepeatedTitle(file) {
  if (!file.front || !file.blocks.length) return [];
  const strip = (/** @type {string} */ text) => OUTLINE.NOT_WORD.replace(text, "");
  const title = strip(file.getText("title"));
  const [lead, next] = file.blocks;
  const first = lead.text || !next ? lead : next;
  const [paragraph] = first === lead
    ? lead.text.slice(0, CASE_SOURCE.LONGEST_HEADING_CHARACTERS).split("\n\n") : [""];
  if (!title || title !== strip(toPlainText(paragraph) || first.heading || "")) return [];
  const lines = file.text.split("\n");
  let number = first.line;
  while (number < lines.length && !lines[number - 1].trim()) number++;
  return [makeProblem("title-repeated", [number, 1], OUTLINE.TITLE_REPEATED)];
}

/** A paragraph of Markdown as the characters that a reader sees. @param {string} markdown */
function toPlainText(markdown) {
  const links = MARKUP.LINK.replace(markdown, "$1");
  const marks = MARKUP.EMPHASIS.replace(MARKUP.LIST_MARK.replace(links, ""), "$2");
  const plain = MARKUP.ESCAPE.replace(marks, "$1");
  return plain.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

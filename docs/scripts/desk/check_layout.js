"use strict";
// Lines of the body that do not show on the page as they were meant: checks/layout_checks.py.

const LAYOUT = deskTable("checks.layout_checks");
/** The title of the template, and its sentences. @type {[string, string[]]} */
const TEMPLATE = DESK_DATA.template;

/** @typedef {{number: number, text: string}} BodyLine */

/** @param {CaseDocument} file @returns {Problem[]} */
function checkLayout(file) {
  if (file.body === null || !file.front || !file.blocks.length) return [];
  const runs = listRuns(file);
  const breaks = runs.flatMap(checkBreaks);
  return [...checkUnmarked(runs.flat()), ...breaks, ...checkTemplate(file, runs)];
}

/** Lines that follow each other without a blank line; a heading is a run of its own.
 * @param {CaseDocument} file */
function listRuns(file) {
  /** @type {BodyLine[][]} */
  const runs = [];
  /** @type {BodyLine[]} */
  let run = [];
  for (const line of linesOutsideCode(file)) {
    const ends = run.length && (!line.text.trim() || line.text[0] === "#" || run[0].text[0] === "#"
      || line.number > run[run.length - 1].number + 1);
    if (ends) {
      runs.push(run);
      run = [];
    }
    if (line.text.trim()) run.push(line);
  }
  return run.length ? [...runs, run] : runs;
}

/** Numbered lines that stand before a text like a heading, but have no `##`.
 * @param {BodyLine[]} lines */
function checkUnmarked(lines) {
  const kinds = lines.map(({ text }) => sortLine(text));
  let deepest = 1;
  /** @type {Problem[]} */
  const problems = [];
  lines.forEach(({ text, number }, place) => {
    const kind = kinds[place];
    const following = place + 1 < kinds.length ? kinds[place + 1] : "##";
    if (kind.startsWith("#")) deepest = kind.length;
    if (!kind || kind === following || kind.startsWith("#") || following === "##") return;
    if (place && kinds[place - 1] === kind) return;
    const level = kind === "section" || deepest === 1 ? 2 : 3;
    deepest = level;
    const wording = revealInvisible(unwrapBold(text));
    const message = say(LAYOUT.UNMARKED, { wording, heading: `${"#".repeat(level)} ${wording}` });
    problems.push(makeProblem("heading-unmarked", [number, 1], message));
  });
  return problems;
}

/** The hashes of a heading, the kind of a line that may be one, or "". @param {string} text */
function sortLine(text) {
  if (text.startsWith("#")) return text.slice(0, text.length - text.replace(/^#+/, "").length);
  const wording = unwrapBold(text);
  for (const [kind, number] of LAYOUT.KINDS_OF_NUMBERS) {
    const found = number.match(wording);
    if (found && mayBeHeading(wording.slice(endOf(found)))) return kind;
  }
  return "";
}

/** @param {string} words */
function mayBeHeading(words) {
  const { length } = words.trim();
  return length >= 2 && length <= LAYOUT.LONGEST_HEADING_CHARACTERS
    && !LAYOUT.NO_HEADING.search(words);
}

/** A line without the stars around the whole of it. @param {string} text @returns {string} */
function unwrapBold(text) {
  const bold = LAYOUT.BOLD.fullmatch(text.trim());
  return bold ? stripEnd(bold[2], "。：:") : text.trim();
}

/** Lines without a blank line between that are meant as paragraphs. @param {BodyLine[]} run */
function checkBreaks(run) {
  const texts = run.map(({ text }) => text);
  if (run.length < 2 || texts.some((text) => LAYOUT.MARKDOWN.match(text))) return [];
  if (!texts.every((text, place) => !place || isMeantBreak(texts[place - 1], text))) return [];
  let how = LAYOUT.ADD_BLANK;
  if (texts.every((text) => text.trim().includes("\t"))) how = LAYOUT.LIKE_TABLE;
  else if (texts.slice(1).some((text) => LAYOUT.BULLET.match(text))) how = LAYOUT.LIKE_LIST;
  const lines = joinRanges(run.map(({ number }) => number));
  return [makeProblem("line-breaks", [run[0].number, 1], say(LAYOUT.RUN_TOGETHER, { lines, how }))];
}

/** Whether a new line within a paragraph was meant. @param {string} upper @param {string} lower */
function isMeantBreak(upper, lower) {
  const tabs = upper.trim().includes("\t") && lower.trim().includes("\t");
  return LAYOUT.ENDS_SENTENCE.search(upper.trimEnd()) || tabs || LAYOUT.BULLET.match(lower)
    || LAYOUT.NUMBERED.match(lower);
}

/** Sentences of the template that nobody exchanged, and its title. @param {CaseDocument} file
 * @param {BodyLine[][]} runs */
function checkTemplate(file, runs) {
  const [title, sentences] = TEMPLATE;
  const problems = [];
  if (file.getText("title") === title) {
    const message = say(LAYOUT.TEMPLATE_TITLE, { words: title });
    problems.push(makeProblem("template-left", file.locateKey("title"), message));
  }
  for (const run of runs) {
    const whole = run.map(({ text }) => text).join("");
    /** @type {string[]} */
    const said = LAYOUT.SENTENCE_END.split(whole);
    const words = said.map((each) => each.trim()).find((each) => sentences.includes(each));
    if (words) {
      const message = say(LAYOUT.TEMPLATE_WORDS, { words });
      problems.push(makeProblem("template-left", [run[0].number, 1], message));
    }
  }
  return problems;
}

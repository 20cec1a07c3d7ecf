"use strict";
// Markup and characters that a case must not contain: checks/unsafe.py and character_checks.py.

const UNSAFE = deskTable("checks.unsafe");
const CHARACTERS = deskTable("checks.character_checks");
const TARGETS = deskTable("library.case_targets");
const TIDYING = deskTable("checks.fix");

/** @param {CaseDocument} file @returns {Problem[]} */
function checkMarkup(file) {
  const body = file.text.slice(file.bodyStart);
  const at = (/** @type {number} */ place) => file.locate(file.bodyStart + place);
  const problems = [];
  for (const found of UNSAFE.TAG.all(body)) {
    const tag = displayValue(`${body.slice(found.index, found.index + 20).split(">")[0]}>`);
    problems.push(makeProblem("raw-html", at(found.index), say(UNSAFE.HTML, { tag })));
  }
  for (const found of UNSAFE.ENTITY.all(body)) {
    const message = say(UNSAFE.CODED, { entity: displayValue(found[0]) });
    problems.push(makeProblem("html-entity", at(found.index), message));
  }
  for (const found of UNSAFE.IMAGE.all(body)) {
    problems.push(makeProblem("image", at(found.index), UNSAFE.PICTURE));
  }
  const excess = findExcessSign(body);
  if (excess >= 0) {
    const message = say(UNSAFE.TOO_MUCH, { most: MARKUP.MOST_SIGNS });
    problems.push(makeProblem("too-much-markup", at(excess), message));
  }
  return [...problems, ...checkLinks(body, at)];
}

/** The place of the first sign of Markdown beyond the most; -1 if there is none.
 * @param {string} body */
function findExcessSign(body) {
  let count = 0;
  for (const found of MARKUP.SIGN.all(body)) {
    count++;
    if (count > MARKUP.MOST_SIGNS) return found.index;
  }
  return -1;
}

/** @param {string} body @param {(place: number) => number[]} at */
function checkLinks(body, at) {
  /** @type {Problem[]} */
  const problems = [];
  for (const found of UNSAFE.TARGET_OPENING.all(body)) {
    const inline = found[0] === "](";
    const end = endOf(found);
    const start = inline ? findInlineLink(body, found.index) : findLinkDefinition(body, end);
    if (start < 0) continue;
    const target = extractTarget(body, end);
    const isCase = inline && TARGETS.TARGET.fullmatch(target);
    if (isCase || isAllowedTarget(target)) continue;
    const message = say(UNSAFE.LINK, { target: displayValue(target) });
    problems.push(makeProblem("link-scheme", at(start), message));
  }
  return problems;
}

/** Where an inline target begins, with its backslashes; -1 if it is escaped. @param {string} text
 * @param {number} bracket */
function findInlineLink(text, bracket) {
  let start = bracket;
  while (text[start - 1] === "\\") start--;
  return (bracket - start) % 2 ? -1 : start;
}

/** The start of the line that defines a link; -1 if it does not. @param {string} text
 * @param {number} end */
function findLinkDefinition(text, end) {
  const within = Math.max(0, end - UNSAFE.LONGEST_DEFINITION_CHARACTERS);
  const start = within + text.slice(within, end).lastIndexOf("\n") + 1;
  const found = UNSAFE.DEFINITION.match(text, start);
  return found && endOf(found) === end ? start : -1;
}

/** What follows `](` or `]:`, up to the closing parenthesis or a blank line. @param {string} text
 * @param {number} start */
function extractTarget(text, start) {
  const limit = text.slice(start, start + UNSAFE.LONGEST_TARGET_CHARACTERS + 1);
  if (text[start - 1] !== "(") return limit.replace(/^[ \t\n]+/, "").split("\n")[0];
  const end = limit.indexOf(")");
  return UNSAFE.BLANK_LINE.split(end < 0 ? limit : limit.slice(0, end))[0];
}

/** A text with its entities decoded. @param {string} text */
function decodeEntities(text) {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,10}));?/g,
    (whole, decimal, hex, name) => {
      const known = Object.prototype.hasOwnProperty.call(DESK_DATA.entities, name || "");
      if (name) return known ? DESK_DATA.entities[name] : whole;
      const code = decimal ? parseInt(decimal, 10) : parseInt(hex, 16);
      return code && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
        ? String.fromCodePoint(code) : "\ufffd";
    });
}

/** Whether a target is http, https or mailto once a browser has decoded it.
 * @param {string} target */
function isAllowedTarget(target) {
  if (target.length > UNSAFE.LONGEST_TARGET_CHARACTERS) return false;
  const start = target.slice(0, UNSAFE.LONGEST_SCHEME_CHARACTERS);
  const plain = UNSAFE.IGNORED_BY_BROWSERS.replace(decodeEntities(decodeEntities(start)), "");
  const scheme = UNSAFE.SCHEME.match(plain);
  return scheme !== null && UNSAFE.LINK_SCHEMES.includes(scheme[0].toLowerCase());
}

/** @param {CaseDocument} file @returns {Problem[]} */
function checkCharacters(file) {
  const rewritten = file.listRewritten();
  return CHARACTERS.PATTERNS.flatMap((/** @type {[string, Pattern, string]} */ row) => {
    const [rule, pattern, message] = row;
    const tell = (/** @type {number[]} */ place, /** @type {string} */ what) =>
      makeProblem(rule, place, say(message, { 0: displayValue(what) }));
    const found = Array.from(pattern.all(file.text))
      .filter((each) => each.index > 0 || each[0] !== "\ufeff")
      .map((each) => tell(file.locate(each.index), each[0]));
    const hidden = rewritten.flatMap(([place, value]) => {
      const inside = pattern.search(value);
      return inside && !file.text.includes(inside[0]) ? [tell(place, inside[0])] : [];
    });
    return [...found, ...hidden];
  });
}

/** White space at line ends, and the line feed at the end of the file. @param {CaseDocument} file
 * @returns {Problem[]} */
function checkLineEnds(file) {
  if (file.body === null) return [];
  const lines = file.text.split("\n");
  const tidy = tidyLines(lines, file.bodyLine);
  const place = lines.findIndex((line, index) => index < tidy.length && line !== tidy[index]);
  if (place >= 0) {
    const column = Array.from(tidy[place]).length + 1;
    return [makeProblem("trailing-space", [place + 1, column], CHARACTERS.BLANK_AT_END)];
  }
  if (tidy.length === lines.length) return [];
  const line = Math.min(tidy.length, lines.length);
  return [makeProblem("trailing-space", [line, 1], CHARACTERS.NO_LAST_FEED)];
}

/** Lines without white space at their ends, and one empty last line. @param {string[]} lines
 * @param {number} bodyLine */
function tidyLines(lines, bodyLine) {
  const result = lines.slice(0, bodyLine - 1);
  let fence = "";
  lines.slice(bodyLine - 1).forEach((line, index) => {
    const following = lines[bodyLine + index] || "";
    const code = MARKUP.FENCE.match(line);
    if (code && (!fence || code[1] === fence)) fence = fence ? "" : code[1];
    const keep = fence || breaksLine(line, following);
    result.push(keep ? line : stripEnd(line, TIDYING.BLANK_CHARACTERS));
  });
  while (result.length >= bodyLine && !fence && !result[result.length - 1]) result.pop();
  return fence && !result[result.length - 1] ? result : [...result, ""];
}

/** Whether a line ends with a hard line break. @param {string} line @param {string} following */
function breaksLine(line, following) {
  const text = stripEnd(line, " ");
  return line.length - text.length >= 2 && text.trim() !== "" && !text.startsWith("#")
    && following.trim() !== "" && !following.startsWith("#");
}

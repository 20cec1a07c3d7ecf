"use strict";
// Heading lines whose `#` or marks are written wrongly: checks/heading_faults.py.

const FAULTS = deskTable("checks.heading_faults");

/** @typedef {{rule: string, message: string, mended?: string}} HeadingFault */

/** What is wrong with a line that is, or is meant as, a heading. @param {string} line
 * @returns {HeadingFault | null} */
function findHeadingFault(line) {
  if (!/^[#＃]/.test(line)) return null;
  const text = stripEnd(line, " \t\u3000\xa0");
  const spaced = mendHashes(text);
  const marks = findMarkFault(spaced || text);
  if (!spaced) return marks || findMissingSpace(text);
  const mended = (marks && marks.mended) || spaced;
  const message = text.slice(0, 6).includes("＃") ? FAULTS.WIDE_HASHES : FAULTS.NARROW_HASHES;
  const shown = say(message, { heading: revealInvisible(mended) });
  return { rule: "heading-format", message: shown, mended };
}

/** A line with half-width `#` and a space after them, "" where that is not certain.
 * @param {string} line */
function mendHashes(line) {
  const found = FAULTS.OPENING.fullmatch(line);
  if (!found) return "";
  const { hashes, gap, wording } = found.groups;
  if (FAULTS.NUMBER_OF_THING.match(wording)) return "";
  if (/[#＃]/.test(FAULTS.BRACES.replace(wording, ""))) return "";
  if (!hashes.includes("＃") && /^[ \t]/.test(gap)) return "";
  return `${"#".repeat(hashes.length)} ${wording}`;
}

/** @param {string} line @returns {HeadingFault | null} */
function findMissingSpace(line) {
  const found = FAULTS.NO_SPACE.match(line);
  if (!found) return null;
  const heading = revealInvisible(`${found[0]} ${line.slice(endOf(found))}`);
  return { rule: "heading-format", message: say(FAULTS.NO_SPACE_AFTER, { heading }) };
}

/** @param {string} text */
function foldMarks(text) {
  return text.replace(/．/g, ".").replace(/＃/g, "#").replace(/＝/g, "=").replace(/\u3000/g, " ");
}

/** The words of a text. @param {string} text */
function splitWords(text) {
  return text.split(/\s+/).filter(Boolean);
}

/** Whether what stands between two braces is meant as marks. @param {string} inner */
function holdsMarks(inner) {
  return splitWords(foldMarks(inner)).some((token) =>
    FAULTS.MARK_LIKE.match(token) || ROLE_IDS.includes(token));
}

/** @param {string} line @returns {HeadingFault | null} */
function findMarkFault(line) {
  if (!FAULTS.HEADING.fullmatch(line)) return null;
  const groups = Array.from(/** @type {Iterable<Match>} */ (FAULTS.BRACES.all(line)))
    .filter((found) => holdsMarks(found.groups.inner));
  if (!groups.length) return findOtherBrackets(line);
  const last = groups[groups.length - 1];
  if (groups.length > 1 || endOf(last) < line.length) {
    return { rule: "unknown-mark", message: FAULTS.APART };
  }
  return checkBraces(line, last);
}

/** Marks in brackets of another kind at the end of a heading. @param {string} line
 * @returns {HeadingFault | null} */
function findOtherBrackets(line) {
  const found = FAULTS.OTHER_BRACKETS.search(line);
  const tokens = found ? splitWords(foldMarks(found.groups.inner)) : [];
  const right = tokens.map((token) => mendToken(token, false));
  if (!right.every(Boolean) || !tokens.some((token) => token.startsWith("."))) return null;
  return { rule: "unknown-mark", message: say(FAULTS.IN_BRACKETS, { marks: right.join(" ") }) };
}

/** @param {string} line @param {Match} found @returns {HeadingFault | null} */
function checkBraces(line, found) {
  const { open, close, inner } = found.groups;
  const wide = open + close !== "{}";
  const tokens = splitWords(foldMarks(inner));
  const right = tokens.map((token) => mendToken(token, !wide));
  const marks = `{${right.join(" ")}}`;
  const before = line.slice(0, found.index);
  const mended = `${before.trimEnd()} ${marks}`;
  const signs = right.map((token) => token[0]).filter((sign) => ".#".includes(sign));
  if (!right.every(Boolean) || new Set(signs).size < signs.length) {
    return wide ? { rule: "unknown-mark", message: FAULTS.WIDE_BRACES } : null;
  }
  if (!wide && !/\s$/.test(before)) {
    const message = say(FAULTS.NO_SPACE_BEFORE, { heading: revealInvisible(mended) });
    return { rule: "unknown-mark", message };
  }
  const written = splitWords(inner);
  if (!wide && tokens.join(" ") === right.join(" ") && written.join(" ") === tokens.join(" ")) {
    return null;
  }
  const faults = describeMarkFaults(wide, tokens, right);
  const known = written.every((token) => readToken(token)[0]);
  const message = say(FAULTS.WRONG_MARKS, { faults, marks });
  return { rule: wide || !known ? "unknown-mark" : "unknown-role", message, mended };
}

/** A token as it should be, "" if it is no mark; with `bare`, a role may lack its dot.
 * @param {string} token @param {boolean} bare */
function mendToken(token, bare) {
  const [name, value] = readToken(token);
  if (name === "role") {
    if (ROLE_IDS.includes(value)) return token;
    const named = VOCABULARY.roles.find((role) => role.name === value);
    return named ? `.${named.id}` : "";
  }
  if (name === "anchor") return FAULTS.ANCHOR.fullmatch(value) ? token : "";
  if (name) return token;
  return bare && ROLE_IDS.includes(token) ? `.${token}` : "";
}

/** @param {boolean} wide @param {string[]} tokens @param {string[]} right */
function describeMarkFaults(wide, tokens, right) {
  const bare = tokens.some((token, place) => token === right[place].slice(1));
  const chinese = tokens.some((token, place) =>
    token !== right[place] && token !== right[place].slice(1));
  const parts = [wide && FAULTS.WIDE, bare && FAULTS.BARE, chinese && FAULTS.CHINESE,
    !(wide || bare || chinese) && FAULTS.WIDE_SIGNS];
  return parts.filter(Boolean).join("，");
}

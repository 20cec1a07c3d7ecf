"use strict";
// A case file as the checks see it: text, front matter, blocks and their places:
// library/casefile.py, checks/case_source.py and checks/front_matter.py.

const CASE_SOURCE = deskTable("checks.case_source");
const FRONT_MATTER = deskTable("checks.front_matter");
const FRONT_ENDS = deskTable("library.front_matter_ends");
const CONFLICTS = deskTable("checks.conflict_markers");
const YAML_TEXT = deskTable("library.yaml_text");

/**
 * @typedef {{level: number, heading: string | null, role: string, anchor: string,
 *   themes: string[], source: string, text: string, line: number, marks: string,
 *   unknown: string[]}} PlacedBlock
 */

/** A file cut at its `---` lines; a problem where it cannot be. @param {string} text
 * @returns {{front: string[], body: string, bodyLine: number} | Problem} */
function splitFrontMatter(text) {
  const lines = text.replace(/^\ufeff/, "").split("\n");
  if (lines[0].trimEnd() !== "---") {
    return makeProblem("front-matter-missing", [1, 1], describeMissingStart(lines));
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (end < 0) {
    const [line, message] = describeMissingEnd(lines);
    return makeProblem("front-matter-unclosed", [line, 1], message);
  }
  const front = lines.slice(1, end);
  if (front.join("\n").length > CASEFILE.FRONT_MATTER_LIMIT) {
    const message = say(CASEFILE.TOO_LONG, { most: CASEFILE.FRONT_MATTER_LIMIT });
    return makeProblem("front-matter-unclosed", [1, 1], message);
  }
  return { front, body: lines.slice(end + 1).join("\n"), bodyLine: end + 2 };
}

/** Whether a line opens with a key of the front matter. @param {string} line */
function isKeyLine(line) {
  const found = FRONT_ENDS.KEY_LINE.match(line);
  return found !== null && found[1] in DESK_DATA.fields;
}

/** @param {string[]} lines @returns {string} */
function describeMissingStart(lines) {
  const head = lines.slice(0, FRONT_ENDS.HEAD_LINES).filter((line) => line.trim());
  if (!head.length) return FRONT_ENDS.EMPTY_FILE;
  const first = head[0].trim();
  if (first === "---") return FRONT_ENDS.NOT_FIRST;
  const isDashes = FRONT_ENDS.LIKE_DASHES.fullmatch(head[0]);
  if (isDashes) return say(FRONT_ENDS.WRONG_FIRST, { line: first });
  return head.some(isKeyLine) ? FRONT_ENDS.ADD_FIRST : FRONT_ENDS.RAW_TEXT;
}

/** The line after which the front matter should end, and how to mend it. @param {string[]} lines
 * @returns {[number, string]} */
function describeMissingEnd(lines) {
  let last = 1;
  let key = "";
  let afterBlank = false;
  for (let number = 2; number <= lines.length; number++) {
    const line = lines[number - 1];
    if (FRONT_ENDS.LIKE_DASHES.fullmatch(line)) {
      return [number, say(FRONT_ENDS.WRONG_LAST, { number, line: line.trim() })];
    }
    if (isKeyLine(line)) {
      last = number;
      key = FRONT_ENDS.KEY_LINE.match(line)[1];
    } else if (!line.trim()) {
      afterBlank = true;
    } else if (FRONT_ENDS.INSIDE.match(line) && !afterBlank) {
      last = number;
    } else {
      break;
    }
  }
  return [last, say(FRONT_ENDS.ADD_LAST, { number: last, key: key ? ` ${key} ` : "" })];
}

/** The body's blocks in order; the first one is the lead. @param {string} body
 * @param {number} firstLine @returns {PlacedBlock[]} */
function readBlocks(body, firstLine) {
  /** @type {PlacedBlock[]} */
  const blocks = [];
  let open = { level: 1, line: firstLine, ...readHeading("") };
  /** @type {string[]} */
  let lines = [];
  let fence = "";
  const close = () => blocks.push({ ...open, text: lines.join("\n").trim() });
  body.split("\n").forEach((line, index) => {
    const opened = MARKUP.FENCE.match(line);
    if (opened && (!fence || opened[1] === fence)) fence = fence ? "" : opened[1];
    const found = fence ? null : CASEFILE.HEADING.fullmatch(line.trimEnd());
    if (!found) {
      lines.push(line);
      return;
    }
    close();
    lines = [];
    const read = readHeading(found[2] || "");
    open = { ...open, ...read, level: found[1].length, line: firstLine + index };
  });
  close();
  return blocks;
}

/** Heading and marks of a line. @param {string} text
 * @returns {Omit<PlacedBlock, "level" | "line" | "text">} */
function readHeading(text) {
  const none = { heading: text || null, role: "", anchor: "", themes: /** @type {string[]} */ ([]),
    source: "", marks: "", unknown: [] };
  const start = text.lastIndexOf("{");
  const found = start < 0 ? null : CASEFILE.HEADING_MARK.fullmatch(text.slice(start));
  if (!found || text.slice(Math.max(start - 1, 0), start).trim()) return none;
  const read = { ...none, heading: text.slice(0, start).trimEnd() || null, marks: found[1] };
  /** @type {string[]} */
  const unknown = [];
  for (const token of found[1].split(/\s+/).filter(Boolean)) {
    const [name, value] = readToken(token);
    if (!name) unknown.push(token);
    else if (name === "themes") read.themes = value.split(/[,，、]/).filter(Boolean);
    else read[name] = value;
  }
  return { ...read, unknown };
}

/** The field of a block that a token sets, and its value. @param {string} token
 * @returns {["" | "role" | "anchor" | "themes" | "source", string]} */
function readToken(token) {
  const found = CASEFILE.TOKEN.fullmatch(token);
  if (!found) return ["", ""];
  const { role, anchor, key, value } = found.groups;
  if (role) return ["role", role];
  if (anchor) return ["anchor", anchor];
  if (key === "theme") return ["themes", value];
  return key === "from" ? ["source", value] : ["", ""];
}

/** The characters of a part of a text, where two halves make one. @param {string} text
 * @param {number} start @param {number} end */
function countCharacters(text, start, end) {
  let count = end - start;
  for (let place = start; place < end; place++) {
    const code = text.charCodeAt(place);
    if (code >= 0xdc00 && code < 0xe000) count--;
  }
  return count;
}

/** A case file cut into its parts. `front` is null where it cannot be read. */
class CaseDocument {
  /** @param {string} text @param {string} stem the name of the file without its ending */
  constructor(text, stem) {
    this.text = text;
    this.stem = stem;
    this.lineStarts = [0, ...Array.from(text.matchAll(/\n/g), (found) => Number(found.index) + 1)];
    /** @type {Problem[]} */
    this.problems = findConflicts(text);
    /** @type {YamlMapping | null} */
    this.front = null;
    /** @type {string[]} */
    this.frontLines = [];
    /** @type {Map<string, number[]>} */
    this.places = new Map();
    /** @type {PlacedBlock[]} */
    this.blocks = [];
    /** @type {string | null} */
    this.body = null;
    this.bodyLine = 1;
    this.last = { line: -1, offset: 0, column: 1 };
    if (!this.problems.length) this.read();
  }

  read() {
    const parts = splitFrontMatter(this.text);
    if ("rule" in parts) {
      this.problems = [parts];
      return;
    }
    this.frontLines = parts.front;
    this.body = parts.body;
    this.bodyLine = parts.bodyLine;
    this.readFront();
    const most = CASE_SOURCE.LONGEST_HEADING_CHARACTERS;
    const tooLong = parts.body.split("\n").flatMap((line, index) =>
      (line.startsWith("#") && line.length > most ? [index + parts.bodyLine] : []));
    this.problems.push(...tooLong.map((line) =>
      makeProblem("heading-too-long", [line, 1], say(CASE_SOURCE.LONG_HEADING, { most }))));
    if (!tooLong.length) this.blocks = readBlocks(parts.body, parts.bodyLine);
  }

  readFront() {
    const reader = new YamlReader(this.frontLines);
    try {
      const value = reader.readDocument();
      if (!(value instanceof Map)) {
        const [line, message] = findYamlMistake(this.frontLines, 0, CASEFILE.NO_MAPPING);
        this.problems.push(makeProblem("yaml-syntax", [line + 2, 1], message));
        return;
      }
      this.front = value;
      this.places = reader.places;
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      this.problems.push(explainYaml(error, this.frontLines));
      return;
    }
    for (const { key, place, first } of reader.repeated) {
      const message = say(FRONT_MATTER.REPEATED, { key: displayValue(key), line: first + 2 });
      this.problems.push(makeProblem("key-duplicate", [place[0] + 2, place[1] + 1], message));
    }
  }

  /** Line and column (from 1) of a key, else of what contains it. @param {KeyPath} path */
  locateKey(...path) {
    for (let length = path.length; length > 0; length--) {
      const place = this.places.get(JSON.stringify(path.slice(0, length)));
      if (place) return [place[0] + 2, place[1] + 1];
    }
    return [1, 1];
  }

  /** Line and column (from 1) of an offset in the text. @param {number} offset */
  locate(offset) {
    let [low, high] = [0, this.lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.lineStarts[middle] <= offset) low = middle;
      else high = middle;
    }
    // Places are asked for in their order: each is counted on from the one before it.
    const { last } = this;
    const isAfter = last.line === low && last.offset <= offset;
    const from = isAfter ? last : { offset: this.lineStarts[low], column: 1 };
    const column = from.column + countCharacters(this.text, from.offset, offset);
    this.last = { line: low, offset, column };
    return [low + 1, column];
  }

  /** The offset of the body's first character. */
  get bodyStart() {
    return this.body === null ? 0 : this.text.length - this.body.length;
  }

  /** The value of a key where it is a text, else "". @param {string} key */
  getText(key) {
    const value = this.front ? this.front.get(key) : "";
    return typeof value === "string" ? value : "";
  }

  /** Position and content of the mappings in a list. @param {string} key
   * @returns {[number, YamlMapping][]} */
  listMappings(key) {
    const value = this.front ? this.front.get(key) : null;
    return !Array.isArray(value) ? [] : value.flatMap((item, position) =>
      (item instanceof Map ? [/** @type {[number, YamlMapping]} */ ([position, item])] : []));
  }

  /** Texts of the front matter that the file writes otherwise, with their places.
   * @returns {[number[], string][]} */
  listRewritten() {
    /** @type {[number[], string][]} */
    const found = [];
    const walk = (/** @type {YamlValue} */ value, /** @type {KeyPath} */ path) => {
      if (typeof value === "string") {
        if (!this.text.includes(value)) found.push([this.locateKey(...path), value]);
      } else {
        for (const [key, item] of value.entries()) walk(item, [...path, key]);
      }
    };
    if (this.front) walk(this.front, []);
    return found;
  }
}

/** What is wrong with front matter that is no YAML. @param {YamlError} error
 * @param {string[]} lines */
function explainYaml(error, lines) {
  const place = [error.line + 2, error.column + 1];
  if (error.kind === "alias") return makeProblem("yaml-alias", place, FRONT_MATTER.ALIAS);
  if (error.kind === "deep") return makeProblem("yaml-too-deep", place, CASEFILE.TOO_DEEP);
  const [line, message] = findYamlMistake(lines, error.line, YAML_TEXT.NOT_YAML);
  return makeProblem("yaml-syntax", [line + 2, line === error.line ? place[1] : 1], message);
}

/** The problem of each merge conflict, at its first line. @param {string} text */
function findConflicts(text) {
  if (!text.includes("<<<<<<<") && !text.includes(">>>>>>>")) return [];
  const found = text.split("\n").flatMap((line, index) => {
    const bare = line.replace(/\r+$/, "").replace(/^\ufeff+/, "");
    return CONFLICTS.MARKER.fullmatch(bare) ? [{ number: index + 1, sign: bare[0] }] : [];
  });
  if (found.every(({ sign }) => "=|".includes(sign))) return [];
  /** @type {number[][]} */
  const groups = [];
  found.forEach(({ number, sign }, place) => {
    if (!place || sign === "<" || found[place - 1].sign === ">") groups.push([]);
    groups[groups.length - 1].push(number);
  });
  return groups.map((group) => {
    const these = group.length > 1 ? CONFLICTS.SEVERAL_LINES : CONFLICTS.ONE_LINE;
    const message = say(CONFLICTS.LEFT, { lines: group.join("、"), these });
    return makeProblem("conflict-marker", [group[0], 1], message);
  });
}

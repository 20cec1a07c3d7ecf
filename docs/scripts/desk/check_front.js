"use strict";
// Front matter against its rules, with a remedy: checks/schema.py, yaml_text.py, date_forms.py.

const SCHEMA = deskTable("checks.schema");
const DATE_FORMS = deskTable("checks.date_forms");
const WRITTEN = deskTable("checks.written_values");

/**
 * @typedef {{type: string, required?: boolean, least?: number, most?: number, check?: string,
 *   pattern?: Pattern, choices?: string[], items?: FieldRule,
 *   keys?: Record<string, FieldRule>}} FieldRule
 */

/** @type {Record<string, FieldRule>} */
const FIELDS = revive(DESK_DATA.fields);
/** @type {Record<string, string>} */
const KEY_NAMES = DESK_DATA.keyNames;
/** Examples of values. @type {Record<string, any>} */
const KEY_EXAMPLES = DESK_DATA.keyExamples;

// --- YAML that a person can copy

/** A text as a scalar that is valid anywhere. @param {string} text */
function writeScalar(text) {
  if (!/^[\d.:/-]+$/.test(text) && isWholeScalar(text)) return text;
  return /["\\]/.test(text) ? `'${text.replace(/'/g, "''")}'` : `"${text}"`;
}

/** Whether a list with a text as it is has that text as its only item. @param {string} text */
function isWholeScalar(text) {
  const value = loadYaml(`[${text}]`);
  return Array.isArray(value) && value.length === 1 && value[0] === text;
}

/** @param {string} text @returns {YamlValue | null} */
function loadYaml(text) {
  try {
    return new YamlReader(text.split("\n")).readDocument();
  } catch (error) {
    if (error instanceof YamlError) return null;
    throw error;
  }
}

/** Texts, lists and mappings in one line. @param {any} value @returns {string} */
function writeFlow(value) {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(", ")}]`;
  if (typeof value === "string") return writeScalar(value);
  const pairs = value instanceof Map ? [...value] : Object.entries(value);
  return `{${pairs.map(([key, item]) => `${key}: ${writeFlow(item)}`).join(", ")}}`;
}

/** The keys of the front matter, or those of the mappings in a list. @param {string} [parent] */
function listKeys(parent = "") {
  return Object.keys(parent ? FIELDS[parent].keys || {} : FIELDS);
}

/** The lines (from 0) that have full-width colons after known keys. @param {string[]} lines
 * @returns {number[]} */
function findWideColons(lines) {
  let parent = "";
  return lines.flatMap((line, number) => {
    const opened = YAML_TEXT.PARENT.match(line);
    if (opened) [, parent] = opened;
    const hasKeys = parent in FIELDS && FIELDS[parent].keys;
    return Array.from(YAML_TEXT.WIDE_COLON.all(line)).filter((found) => {
      const { before, key } = found.groups;
      const atMargin = found.index === 0 && !before;
      const inFlow = found.index === 0 || line.slice(0, found.index).includes("{");
      const known = atMargin ? listKeys() : hasKeys && inFlow ? listKeys(parent) : [];
      return known.includes(key);
    }).map(() => number);
  });
}

/** @param {number[]} lines of the file */
function describeWideColons(lines) {
  return say(YAML_TEXT.WIDE_COLONS, { lines: joinRanges([...new Set(lines)]) });
}

/** Where (from 0) front matter stops being YAML, and how to mend it. @param {string[]} lines
 * @param {number} stopped @param {string} otherwise @returns {[number, string]} */
function findYamlMistake(lines, stopped, otherwise) {
  const wide = findWideColons(lines);
  if (wide.length) return [wide[0], describeWideColons(wide.map((number) => number + 2))];
  const line = Math.max(Math.min(stopped, lines.length - 1), 0);
  for (let suspect = line; suspect > Math.max(-1, line - 3); suspect--) {
    const advice = describeYamlLine(lines[suspect]);
    if (advice) return [suspect, advice];
  }
  const [last, message] = describeMissingEnd(["---", ...lines]);
  const following = lines.slice(last - 1).find((each) => each.trim()) || "";
  const isProse = following && !following.includes(":") && !following.includes("：");
  return [line, isProse ? message : otherwise];
}

/** @param {string} line @returns {string} */
function describeYamlLine(line) {
  for (const [pattern, advice] of YAML_TEXT.MISTAKES) if (pattern.search(line)) return advice;
  const found = YAML_TEXT.KEY_AND_VALUE.fullmatch(line);
  if (!found) return "";
  const { key, value } = found.groups;
  const takesText = key in FIELDS && FIELDS[key].type === "text";
  if (!takesText || loadYaml(line) instanceof Map) return "";
  const quote = "\"'".includes(value[0]) && countPiece(value, value[0]) === 1;
  if (quote) return say(YAML_TEXT.UNPAIRED, { right: `${key}: ${value}${value[0]}` });
  return say(YAML_TEXT.UNQUOTED, { right: `${key}: ${writeScalar(value)}` });
}

// --- dates and other values as people write them

/** Whether a text is a real date written 2023, 2023-05 or 2023-05-04. @param {string} text */
function isRealDate(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!found) return false;
  const [year, month, day] = [found[1], found[2] || "1", found[3] || "1"].map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  return year >= DATE_LIMITS.OLDEST_YEAR && made.getUTCMonth() === month - 1
    && made.getUTCDate() === day;
}

const DATE_LIMITS = deskTable("library.case_schema");

/** @param {Match} found */
function writeFoundDate(found) {
  const { year, month, day } = found.groups;
  const numbers = [year, month, day].filter(Boolean).map(readFigures);
  const written = numbers.map((number, place) => String(number).padStart(place ? 2 : 4, "0"))
    .join("-");
  return isRealDate(written) ? written : "";
}

/** @param {string} text */
function foldDate(text) {
  return text.normalize("NFKC").replace(/O/g, "〇");
}

/** A date in another form, or "" unless that is certain. @param {string} text */
function readOtherDate(text) {
  const plain = foldDate(text).trim();
  const day = `20${plain.slice(0, 2)}-${plain.slice(2, 4)}-${plain.slice(4)}`;
  for (const form of DATE_FORMS.FORMS) {
    const found = form.fullmatch(plain);
    const isShort = /^\d{6}$/.test(plain) && isRealDate(day);
    if (found && !isShort) return writeFoundDate(found);
  }
  return "";
}

/** The date that a value most likely means, or "". @param {string} text */
function suggestDate(text) {
  const plain = foldDate(text.slice(0, DATE_FORMS.LONGEST_SEARCHED));
  for (const form of DATE_FORMS.FORMS) {
    for (const found of form.all(plain)) {
      const written = writeFoundDate(found);
      if (written) return written;
    }
  }
  return "";
}

/** A value without the Chinese quotes around the whole of it. @param {string} value */
function stripQuotes(value) {
  const isQuote = (/** @type {string} */ sign) => WRITTEN.CHINESE_QUOTES.includes(sign);
  const inner = value.slice(1, -1);
  const quoted = value.length > 2 && isQuote(value[0]) && isQuote(value[value.length - 1]);
  return quoted && !Array.from(inner).some(isQuote) ? inner : value;
}

/** The names in a text, without brackets, quotes and what divides them. @param {string} text
 * @returns {string[]} */
function splitThemes(text) {
  const signs = ` \t\u3000${WRITTEN.BRACKETS}${WRITTEN.QUOTES}`;
  /** @type {string[]} */
  const names = WRITTEN.SEPARATOR.split(text);
  return names.map((name) => stripCharacters(name, signs)).filter(Boolean);
}

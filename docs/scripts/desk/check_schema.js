"use strict";
// A problem for each value of the front matter that breaks its rule: checks/schema.py.

/** @param {CaseDocument} file @returns {Problem[]} */
function checkSchema(file) {
  if (!file.front) return [];
  const wide = findWideColons(file.frontLines).map((number) => number + 2);
  const problems = wide.length
    ? [makeProblem("yaml-syntax", [wide[0], 1], describeWideColons(wide))] : [];
  const add = (/** @type {KeyPath} */ path, /** @type {string} */ rule,
    /** @type {string} */ message) =>
    problems.push(makeProblem(rule, file.locateKey(...path), message));
  checkMapping(file.front, FIELDS, [], add);
  const date = file.getText("date");
  const today = new Date();
  const now = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((number) => String(number).padStart(2, "0")).join("-");
  if (isRealDate(date) && date > now.slice(0, date.length)) {
    add(["date"], "date-future", say(SCHEMA.FUTURE, { date }));
  }
  return problems;
}

/**
 * @typedef {(path: KeyPath, rule: string, message: string) => void} AddProblem
 */

/** Whether a mapping is right.
 * @param {YamlMapping} mapping @param {Record<string, FieldRule>} rules
 * @param {KeyPath} path @param {AddProblem} add */
function checkMapping(mapping, rules, path, add) {
  let right = true;
  for (const [key, rule] of Object.entries(rules)) {
    const own = [...path, key];
    const value = mapping.get(key);
    if (value !== undefined) {
      right = checkValue(value, rule, own, add) && right;
    } else if (rule.required) {
      right = false;
      const names = { name: nameKey(own), example: describeExample(own) };
      add(own, "field-missing", say(SCHEMA.MISSING, names));
    }
  }
  for (const key of mapping.keys()) {
    if (key in rules) continue;
    right = false;
    add([...path, key], "field-unknown", describeUnknownKey([...path, key]));
  }
  return right;
}

/** Whether a value is right. @param {YamlValue} value @param {FieldRule} rule
 * @param {KeyPath} path @param {AddProblem} add @returns {boolean} */
function checkValue(value, rule, path, add) {
  const name = nameKey(path);
  if (rule.type === "list") return checkList(value, rule, path, add);
  if (typeof value !== "string") {
    add(path, "field-type", say(SCHEMA.NO_TEXT, { name, example: describeExample(path) }));
    return false;
  }
  const { length } = Array.from(value);
  if (rule.most && length > rule.most) {
    add(path, "field-length", say(SCHEMA.TOO_LONG, { name, most: rule.most }));
  } else if (rule.least && length < rule.least) {
    add(path, "field-length", say(SCHEMA.EMPTY, { name, example: describeExample(path) }));
  } else {
    const wrong = findWrongFormat(value, rule, String(path[path.length - 1]), name);
    if (!wrong) return true;
    add(path, "field-format", wrong);
  }
  return false;
}

/** @param {string} value @param {FieldRule} rule @param {string} key @param {string} name */
function findWrongFormat(value, rule, key, name) {
  const written = `${name}“${displayValue(value)}”`;
  if (rule.check === "date" && value && !isRealDate(value)) {
    const date = suggestDate(value);
    const fixable = readOtherDate(stripQuotes(value)) ? SCHEMA.FIXABLE : "";
    const example = date ? say(SCHEMA.DATE_EXAMPLE, { date, fixable }) : "";
    return say(SCHEMA.NO_DATE, { written, example });
  }
  if (rule.check === "no_markup" && /[<>\n]/.test(value)) return say(SCHEMA.MARKUP, { written });
  if (rule.check === "source_path" && leavesFolder(value)) {
    return say(SCHEMA.SOURCE_PATH, { written });
  }
  const unlike = rule.pattern && !rule.pattern.search(value);
  const unknown = rule.choices && !rule.choices.includes(value);
  const advice = SCHEMA.FORMAT_ADVICE[key] || SCHEMA.OTHER_FORMAT;
  return unlike || unknown ? say(SCHEMA.WRONG, { written, advice }) : "";
}

/** Whether a path could point outside its folder. @param {string} path */
function leavesFolder(path) {
  return path.startsWith("/") || /[\\:]/.test(path) || path.split("/").includes("..");
}

/** @param {YamlValue} value @param {FieldRule} rule
 * @param {KeyPath} path @param {AddProblem} add */
function checkList(value, rule, path, add) {
  const name = nameKey(path);
  if (!Array.isArray(value)) {
    add(path, "field-type", say(SCHEMA.NO_LIST, { name, example: describeAsList(path, value) }));
    return false;
  }
  if (rule.most && value.length > rule.most) {
    add(path, "field-length", say(SCHEMA.TOO_MANY, { name, most: rule.most }));
    return false;
  }
  return value.map((item, place) => checkItem(item, rule, [...path, place], add)).every(Boolean);
}

/** @param {YamlValue} item @param {FieldRule} rule @param {KeyPath} path @param {AddProblem} add */
function checkItem(item, rule, path, add) {
  if (rule.items) return checkValue(item, rule.items, path, add);
  const name = nameKey(path);
  if (!(item instanceof Map)) {
    const example = describeAsMapping(path, item);
    add(path, "field-type", say(SCHEMA.NO_MAPPING, { name, example }));
    return false;
  }
  if (!checkMapping(item, rule.keys || {}, path, add)) return false;
  const fault = path[0] === "sources" && findOriginFault(item);
  if (fault) add(path, "field-missing", say(SCHEMA.ORIGIN_ADVICE[fault], { 0: name }));
  return !fault;
}

/** What the entry of a source lacks, or "". @param {YamlMapping} source */
function findOriginFault(source) {
  if (source.get("file") && !source.get("sha256")) return "source_hash";
  return ["sha256", "url", "name"].some((key) => source.get(key)) ? "" : "source_empty";
}

/** A key path for people: `sources[2].sha256（来源）`. @param {KeyPath} path */
function nameKey([first, ...rest]) {
  const words = rest.map((part) =>
    (typeof part === "number" ? `[${part + 1}]` : `.${displayValue(part)}`));
  const name = Object.prototype.hasOwnProperty.call(KEY_NAMES, first) ? KEY_NAMES[first] : "";
  return `${first}${words.join("")}${name ? `（${name}）` : ""}`;
}

/** @param {KeyPath} path */
function describeExample(path) {
  const example = path.length < 3 ? KEY_EXAMPLES[path[0]] : null;
  return example ? say(SCHEMA.EXAMPLE, { example: writePair(path, example) }) : "";
}

/** A key with its value, to be copied. @param {KeyPath} path @param {any} value */
function writePair(path, value) {
  return revealInvisible(`${path[0]}: ${writeFlow(value)}`);
}

/** @param {KeyPath} path @param {YamlValue} value */
function describeAsList(path, value) {
  if (path.length === 1 && path[0] === "themes" && typeof value === "string" && value) {
    return `：${writePair(path, splitThemes(value))}`;
  }
  if (value instanceof Map && value.size) return `：${writePair(path, [value])}`;
  return describeExample(path);
}

/** @param {KeyPath} path @param {YamlValue} value */
function describeAsMapping(path, value) {
  if (path[0] !== "sources" || typeof value !== "string" || !value) return describeExample(path);
  const right = { [/^https?:\/\//.test(value) ? "url" : "name"]: value };
  return say(SCHEMA.WRITE_SO, { example: revealInvisible(writeFlow(right)) });
}

/** @param {KeyPath} path */
function describeUnknownKey(path) {
  const name = String(path[path.length - 1]);
  const known = listKeys(path.length === 1 ? "" : String(path[0]));
  const spoken = path.length === 1 ? known.find((key) => KEY_NAMES[key] === name) : "";
  const guess = suggestWord(spoken || findNearest(name, known));
  return say(SCHEMA.UNKNOWN_KEY, { name: displayValue(name), guess, known: known.join("、") });
}

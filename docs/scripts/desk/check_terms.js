"use strict";
// Terms that the vocabulary must know, the case's own id and sources, blocks without a role:
// checks/vocabulary_terms.py, references.py (what needs no library) and role_checks.py.

const TERMS = deskTable("checks.vocabulary_terms");
const REFERENCES = deskTable("checks.references");
const ROLE_CHECKS = deskTable("checks.role_checks");

const KIND_NAMES = VOCABULARY.kinds.map(({ name }) => name);

/** What tells a term that the vocabulary knows, and what is said of another one. */
const TERM_KINDS = /** @type {Record<string, {knows: (word: string) => boolean,
  describe: (word: string) => string}>} */ ({
    kind: { knows: (word) => KIND_NAMES.includes(word), describe: describeKind },
    region: {
      knows: isKnownRegion,
      describe: (region) => say(TERMS.REGION, { region: displayValue(region) }),
    },
    lead_role: { knows: (word) => ROLE_IDS.includes(word), describe: (word) => describeRole(word) },
  });

/** @param {CaseDocument} file @returns {Problem[]} */
function checkTerms(file) {
  const problems = file.front ? [
    ...Object.keys(TERM_KINDS).flatMap((key) => checkTerm(file, key)),
    ...listTexts(file, "themes").flatMap(([place, theme]) =>
      checkTheme(theme, file.locateKey("themes", place))),
    ...checkAllow(file),
  ] : [];
  for (const { role, themes, line } of file.blocks.slice(1)) {
    if (role && !ROLE_IDS.includes(role)) {
      const message = describeRole(role, TERMS.FIXABLE);
      problems.push(makeProblem("unknown-role", [line, 1], message));
    }
    problems.push(...themes.flatMap((theme) => checkTheme(theme, [line, 1])));
  }
  return problems;
}

/** @param {CaseDocument} file @param {string} key @returns {[number, string][]} */
function listTexts(file, key) {
  const value = file.front ? file.front.get(key) : null;
  return !Array.isArray(value) ? [] : value.flatMap((item, place) =>
    (typeof item === "string" ? [/** @type {[number, string]} */ ([place, item])] : []));
}

/** @param {CaseDocument} file @param {string} key */
function checkTerm(file, key) {
  const value = file.getText(key);
  const { knows, describe } = TERM_KINDS[key];
  if (!value || knows(value)) return [];
  const bare = stripQuotes(value);
  const message = knows(bare) ? say(TERMS.QUOTED, { key, value: bare }) : describe(value);
  return [makeProblem(`unknown-${key.replace("lead_", "")}`, file.locateKey(key), message)];
}

/** @param {string} kind */
function describeKind(kind) {
  const named = VOCABULARY.kinds.find(({ aliases }) => aliases.includes(kind));
  const guess = suggestWord(named ? named.name : findNearest(kind, KIND_NAMES));
  return say(TERMS.KIND, { kind: displayValue(kind), guess });
}

/** Whether a region begins with a province or holds a placeholder. @param {string} region */
function isKnownRegion(region) {
  const known = VOCABULARY.regions.flatMap(({ name, aliases }) => [name, ...aliases]);
  const stated = known.some((name) => region.startsWith(name)) || TERMS.PLACEHOLDER.search(region);
  return Boolean(stated) && stripQuotes(region) === region;
}

/** @param {string} role @param {string} [fixable] */
function describeRole(role, fixable = "") {
  const named = VOCABULARY.roles.find(({ name }) => name === role);
  const guess = suggestWord(named ? named.id + fixable : findNearest(role, ROLE_IDS));
  const known = VOCABULARY.roles.map(({ id, name }) => say(TERMS.KNOWN_ROLE, { id, name }));
  return say(TERMS.ROLE, { role: displayValue(role), guess, known: known.join("、") });
}

/** @param {string} theme @param {number[]} place */
function checkTheme(theme, place) {
  const { themes, theme_aliases: aliases } = VOCABULARY;
  const present = Object.prototype.hasOwnProperty.call(aliases, theme) ? aliases[theme] : "";
  if (!present && (themes.includes(theme) || theme === TERMS.NO_THEME)) return [];
  const names = splitThemes(theme);
  const shown = { theme: displayValue(theme) };
  let message;
  if (present) {
    message = say(TERMS.FORMER_THEME, { ...shown, present });
  } else if (names.join() !== theme && names.every((name) => themes.includes(name))) {
    const fixable = WRITTEN.LIST_SIGNS.search(theme) ? TERMS.FIXABLE : "";
    message = say(TERMS.DIVIDED_THEMES, { themes: revealInvisible(names.join(", ")), fixable });
  } else {
    message = say(TERMS.THEME, { ...shown, guess: suggestWord(findNearest(theme, themes)) });
  }
  return [makeProblem("unknown-theme", place, message)];
}

/** @param {CaseDocument} file */
function checkAllow(file) {
  const excusable = [...RULES.values()].filter((rule) => rule.excusable).map(({ id }) => id);
  return file.listMappings("allow").flatMap(([place, item]) => {
    const rule = item.get("rule");
    if (typeof rule !== "string" || !rule || excusable.includes(rule)) return [];
    const message = say(TERMS.EXCUSE, { rule: displayValue(rule), excusable: excusable.join("、") });
    return [makeProblem("allow-unknown", file.locateKey("allow", place), message)];
  });
}

/** The id, the sources and the variants of a case, as far as no file is needed.
 * @param {CaseDocument} file @returns {Problem[]} */
function checkReferences(file) {
  if (!file.front) return [];
  const problems = [];
  const id = file.getText("id");
  const { pattern, most } = FIELDS.id;
  const isId = pattern && pattern.search(id) && id.length <= Number(most);
  if (id && id !== file.stem && !isId) {
    const message = say(REFERENCES.WRONG_ID, { id: displayValue(id), stem: file.stem });
    problems.push(makeProblem("id-mismatch", file.locateKey("id"), message));
  }
  const sources = file.front.get("sources");
  if (sources === undefined || sources === "" || (Array.isArray(sources) && !sources.length)) {
    const place = file.locateKey(sources === undefined ? "title" : "sources");
    problems.push(makeProblem("source-none", place, REFERENCES.NO_SOURCE));
  }
  const variants = file.listMappings("variants").map(([, item]) => item.get("id"));
  for (const { source, line } of file.blocks.slice(1)) {
    if (!source || variants.includes(source)) continue;
    const message = say(REFERENCES.NOT_A_VARIANT, { id: displayValue(source) });
    problems.push(makeProblem("from-unknown", [line, 1], message));
  }
  return problems;
}

/** The role of each block of a file: marked, named by its heading, or that of the block above.
 * @param {PlacedBlock[]} blocks @param {string} kind */
function resolveRoles(blocks, kind) {
  const known = VOCABULARY.kinds.find(({ name }) => name === kind);
  const deepest = Math.max(1, ...blocks.map(({ level }) => level)) + 2;
  const above = new Array(deepest).fill(known ? known.default_role : "");
  return blocks.map(({ level, heading, role }) => {
    if (level === 1) return role;
    const own = role || findHeadingRole(heading || "") || above[level];
    above.fill(own, level + 1);
    return own;
  });
}

/** Blocks that have text, but no role. @param {CaseDocument} file @returns {Problem[]} */
function checkRoles(file) {
  if (!file.front || !file.blocks.length) return [];
  const roles = resolveRoles(file.blocks, file.getText("kind"));
  const examples = VOCABULARY.roles.map(({ id, name }) => say(ROLE_CHECKS.EXAMPLE, { id, name }));
  const message = say(ROLE_CHECKS.NO_ROLE, { examples: examples.join("、") });
  const lines = file.text.split("\n");
  const problems = file.blocks.flatMap(({ text, line }, index) => {
    if (!index || !text || roles[index]) return [];
    const fault = findHeadingFault(lines[line - 1]);
    const isFaulty = fault && fault.rule === "unknown-mark";
    return isFaulty ? [] : [makeProblem("missing-role", [line, 1], message)];
  });
  if (file.blocks[0].text && !file.getText("lead_role") && !roles[0]) {
    problems.push(makeProblem("missing-role", file.locateKey("title"), ROLE_CHECKS.NO_LEAD_ROLE));
  }
  return problems;
}

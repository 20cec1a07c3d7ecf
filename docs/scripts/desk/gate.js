"use strict";
// All checks of one case file that need no library, in the order of its lines: checks/gate.py.
// What needs one is left to the gate: ids that are taken, sources and variants that must be there,
// links to other cases, records of repair, copies of other cases, and addresses once published.

const GATE = deskTable("checks.gate");

const FILE_CHECKS = [checkSchema, checkTerms, checkReferences, checkHeadings, checkLayout,
  checkRoles, checkMarkup, checkCharacters, checkLineEnds, checkPrivate];

/**
 * The findings of a case file; `name` is its file name.
 * @param {string} text @param {string} name
 * @returns {(Problem & {severity: string})[]}
 */
function checkCaseFile(text, name) {
  const file = new CaseDocument(text, name.replace(/\.md$/, ""));
  const found = [...file.problems, ...FILE_CHECKS.flatMap((check) =>
    check(file).slice(0, GATE.MOST_PROBLEMS_PER_CHECK))];
  const kept = applyExcuses(file, found, listExcused(file));
  kept.sort((a, b) => a.line - b.line || a.column - b.column);
  return maskMessages(file, limitProblems(kept)).map((problem) => {
    const rule = RULES.get(problem.rule);
    return { ...problem, severity: problem.severity || (rule ? rule.severity : "error") };
  });
}

/** What the file holds as it is written, then what only its values hold.
 * @param {CaseDocument} file @returns {{found: Private, place: number[], text: string}[]} */
function listPrivate(file) {
  const written = findPrivate(file.text).map((found) => ({
    found, place: file.locate(found.start), text: file.text.slice(found.start, found.end),
  }));
  const seen = new Set(written.map(({ found }) => `${found.rule} ${found.masked}`));
  const hidden = file.listRewritten().flatMap(([place, value]) => findPrivate(value)
    .filter((found) => !seen.has(`${found.rule} ${found.masked}`))
    .map((found) => ({ found, place, text: value.slice(found.start, found.end) })));
  return [...written, ...hidden];
}

/** @param {CaseDocument} file @returns {Problem[]} */
function checkPrivate(file) {
  return listPrivate(file).map(({ found, place }) =>
    makeProblem(found.rule, place, describePrivate(found), found.severity));
}

/** The problems without the private text that their messages quote. @param {CaseDocument} file
 * @param {Problem[]} problems */
function maskMessages(file, problems) {
  if (!problems.some(({ rule }) => RULES.get(rule)?.excusable)) return problems;
  /** Private texts by their first two characters, the longest first.
   * @type {Map<string, Map<string, string>>} */
  const hidden = new Map();
  const secret = listPrivate(file).filter(({ found }) => !PRIVATE_RULES.MARKS.includes(found.rule));
  for (const { found, text } of secret.sort((a, b) => b.text.length - a.text.length)) {
    const begin = text.slice(0, 2);
    hidden.set(begin, (hidden.get(begin) || new Map()).set(text, found.masked));
  }
  return problems.map((problem) => ({ ...problem, message: maskText(problem.message, hidden) }));
}

/** @param {string} message @param {Map<string, Map<string, string>>} hidden */
function maskText(message, hidden) {
  let shown = "";
  for (let at = 0; at < message.length;) {
    const known = [...hidden.get(message.slice(at, at + 2)) || []];
    const found = known.find(([text]) => message.startsWith(text, at));
    shown += found ? found[1] : message[at];
    at += found ? found[0].length : 1;
  }
  return shown;
}

/** The position in `allow` of each rule that is excused with a reason.
 * @param {CaseDocument} file */
function listExcused(file) {
  /** @type {Map<string, number>} */
  const excused = new Map();
  for (const [place, item] of file.listMappings("allow")) {
    const rule = RULES.get(String(item.get("rule")));
    if (rule && rule.excusable && item.get("reason")) excused.set(rule.id, place);
  }
  return excused;
}

/** The problems that nobody has excused, and one for each excuse that is not used.
 * @param {CaseDocument} file @param {Problem[]} problems @param {Map<string, number>} excused */
function applyExcuses(file, problems, excused) {
  const used = new Set();
  const kept = problems.filter(({ rule }) => {
    const cover = [rule, RULES.get(rule)?.excused_with || ""].find((name) => excused.has(name));
    used.add(cover);
    return !cover;
  });
  for (const rule of [...excused.keys()].filter((name) => !used.has(name)).sort()) {
    const place = file.locateKey("allow", Number(excused.get(rule)));
    kept.push(makeProblem("allow-unused", place, say(GATE.EXCUSE_UNUSED, { rule })));
  }
  return kept;
}

/** At most so many problems of each rule; the last one counts the others.
 * @param {Problem[]} problems */
function limitProblems(problems) {
  const most = CHECK_RULES.MOST_FINDINGS_PER_RULE;
  const counts = countEach(problems.map(({ rule }) => rule));
  /** @type {Map<string, number>} */
  const seen = new Map();
  return problems.flatMap((problem) => {
    const number = (seen.get(problem.rule) || 0) + 1;
    seen.set(problem.rule, number);
    const count = (counts.get(problem.rule) || 0) - most;
    if (number < most || count <= 0) return [problem];
    const more = say(CHECK_RULES.MORE_FINDINGS, { count });
    return number === most ? [{ ...problem, message: problem.message + more }] : [];
  });
}

"use strict";
// Evidence for each role of a block, as points: structure/role_evidence.py.

const EVIDENCE = deskTable("structure.role_evidence");
const ASSIGN = deskTable("structure.assign");

/** @typedef {[role: string, why: string, points: number]} RoleReason */

/** The nearest whole number; halves go to the even one, as in Python. @param {number} value */
function roundHalfEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 ? floor + 1 : floor;
}

/** The evidence of a heading for roles. @param {string} heading @returns {RoleReason[]} */
function findHeadingReasons(heading) {
  const text = stripHeading(heading);
  const named = findNamedRoles(heading);
  if (named.size) {
    const label = text.length <= ROLES.LABEL_CHARACTERS;
    const points = label ? EVIDENCE.HEAD_POINTS : EVIDENCE.LONG_HEAD_POINTS;
    const most = Math.max(...named.values());
    return Array.from(named, ([role, length]) =>
      [role, EVIDENCE.NAMED_REASON, points - Number(length < most)]);
  }
  if (opensWithAction(heading)) {
    return [["practice", EVIDENCE.ACTION_REASON, EVIDENCE.ACTION_POINTS]];
  }
  const hinted = text.includes("，") ? [] : VOCABULARY.roles.filter((role) =>
    role.hints.some((hint) => hint.search(text)));
  if (!hinted.length) return [["practice", "多数小节讲做法", EVIDENCE.USUAL_POINTS]];
  return hinted.map((role) => [role.id, "小标题里的词", EVIDENCE.HINT_POINTS]);
}

/** The evidence of a text for roles. @param {string} text @returns {RoleReason[]} */
function findTextReasons(text) {
  const hits = countPhrases(text, 1);
  const total = Math.max(3, Array.from(hits.values()).reduce((sum, count) => sum + count, 0));
  return Array.from(hits)
    .map(([role, count]) => /** @type {RoleReason} */ (
      [role, "正文里的提示语", roundHalfEven(EVIDENCE.TEXT_POINTS * count / total)]))
    .filter(([, , points]) => points);
}

/** For each role the number of its phrases in the beginning of a text.
 * @param {string} text @param {number} [strong] */
function countPhrases(text, strong = EVIDENCE.STRONG_PHRASE_COUNT) {
  const read = text.slice(0, EVIDENCE.READ_PHRASES_CHARACTERS);
  const count = (/** @type {Pattern[]} */ phrases) =>
    phrases.filter((phrase) => phrase.search(read)).length;
  return new Map(VOCABULARY.roles.map((role) =>
    [role.id, count(role.phrases) + strong * count(role.strong)]));
}

/** The role that a text plainly has by its phrases, or "". @param {string} text */
function findPlainRole(text) {
  const counts = Array.from(countPhrases(text)).sort((a, b) => b[1] - a[1]);
  const [[first, most], [, second]] = counts;
  return most >= ASSIGN.PLAIN_PHRASES && most >= 2 * second ? first : "";
}

/** The evidence of being the first or the last of at least three sections.
 * @param {number} index @param {number} count @returns {RoleReason[]} */
function findPlaceReasons(index, count) {
  if (count < 3) return [];
  /** @type {[string, number][]} */
  const points = Object.entries(index === 0 ? EVIDENCE.FIRST_POINTS
    : index === count - 1 ? EVIDENCE.LAST_POINTS : {});
  const why = index === 0 ? "开头的一节" : "末尾的一节";
  return points.map(([role, own]) => [role, why, own]);
}

/** Points for a role after another one. @param {string} before @param {string} after
 * @param {boolean} alike */
function scoreStep(before, after, alike) {
  const step = ROLE_IDS.indexOf(after) - ROLE_IDS.indexOf(before);
  if (step === 0) return alike ? EVIDENCE.ALIKE_POINTS : 1;
  return step === 1 ? 2 : step > 1 ? 1 : -1;
}

/** The sum of the points of each role. @param {RoleReason[]} reasons */
function sumPoints(reasons) {
  const scores = new Map(ROLE_IDS.map((role) => [role, 0]));
  for (const [role, , points] of reasons) scores.set(role, (scores.get(role) || 0) + points);
  return scores;
}

/**
 * The roles of all sections with the highest sum of points for sections and steps (Viterbi).
 * @param {Map<string, number>[]} scores
 * @param {boolean[]} alike for each section whether its heading is built like the one before
 */
function findBestPath(scores, alike) {
  if (!scores.length) return [];
  const at = (/** @type {Map<string, number>} */ map, /** @type {string} */ role) =>
    map.get(role) || 0;
  let best = scores[0];
  const steps = scores.slice(1).map((section, place) => {
    const same = alike[place + 1];
    const before = best;
    const back = new Map(ROLE_IDS.map((role) =>
      [role, bestOf(ROLE_IDS, (from) => at(before, from) + scoreStep(from, role, same))]));
    best = new Map(ROLE_IDS.map((role) => {
      const from = back.get(role) || "";
      return [role, at(section, role) + at(before, from) + scoreStep(from, role, same)];
    }));
    return back;
  });
  const path = [bestOf(ROLE_IDS, (role) => at(best, role))];
  for (const back of steps.reverse()) path.push(back.get(path[path.length - 1]) || "");
  return path.reverse();
}

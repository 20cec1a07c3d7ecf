"use strict";
// The order of hits.
//
// Where cases have all words of a query, a case's score is
//
//   the title's + the best item's + a fifth of the second best item's + a ninth of the third's,
//
// and an item's score is the sum over the words of
//
//   how rare the word is × (5 in the heading, 1 for each time in the text, up to 3),
//
// up to doubled where the item has more of the words. What is shown first is then ordered by the
// texts (closeness.js). Where no case has all words, they are ranked by the parts of the query that
// they have (nearest.js).

/**
 * The weights of the ranking. What the formulas say themselves is not here: how rare a word is
 * (makeWord), the doubling of items (rateItems).
 * tests/javascript/ranking.test.mjs asserts the orders they make.
 */
const WEIGHTS = Object.freeze({
  // A title says what the whole case is about. One word in it outranks the most that the word can
  // earn in items, (5 + 3) × 2 × (1 + 1/5 + 1/9) = 21.
  title: 30,
  // A heading says what an item is about, which outranks any number of mentions in a text.
  heading: 5,
  // Repetition means more about the subject; beyond this it only means a longer text.
  mostTimes: 3,
  // A case is as good as its best passage. Others show that it was no passing remark; they are
  // divided, so that many weak items do not outrank a good one.
  itemDivisors: [1, 5, 9],
});

/**
 * A word of a query, and what it finds in the library.
 * @typedef {object} Word
 * @property {string[]} texts that stand for it, folded: its own, then those that it may spell
 * @property {boolean} excludes
 * @property {boolean} exact
 * @property {boolean} isSpelled its texts but the first are what it may spell
 * @property {Places} places where one of the texts stands
 * @property {Uint8Array} holds 1 for each case that has it
 * @property {number} cases how many have it
 * @property {number} weight how rare it is, in nats
 */

/**
 * @param {{excludes: boolean, exact: boolean, isSpelled?: boolean}} typed
 * @param {string[]} texts @param {Places} places @param {CaseTable} cases @returns {Word}
 */
function makeWord({ excludes, exact, isSpelled = false }, texts, places, cases) {
  const holds = new Uint8Array(cases.count);
  for (const unit of places.units) holds[cases.caseOf[cases.itemOf(unit)]] = 1;
  const count = holds.reduce((sum, each) => sum + each, 0);
  const weight = Math.log(1 + cases.count / (1 + count));
  return { texts, excludes, exact, isSpelled, places, holds, cases: count, weight };
}

/**
 * What items and titles have of the words. The heading of a case's first item is the title.
 * @typedef {object} Ratings
 * @property {Uint8Array} present how many of the words each item has
 * @property {Float32Array} score of each item
 * @property {Float32Array} title score of each case's title
 */

/** @param {Word[]} words @param {CaseTable} cases @returns {Ratings} */
function rateItems(words, cases) {
  const present = new Uint8Array(cases.items);
  const score = new Float32Array(cases.items);
  const title = new Float32Array(cases.count);
  for (const { places, weight } of words) {
    const seen = new Uint8Array(cases.items);
    places.units.forEach((unit, i) => {
      const item = cases.itemOf(unit);
      const n = cases.caseOf[item];
      const isHeading = cases.isHeading(unit);
      if (isHeading && item === cases.starts[n]) title[n] += WEIGHTS.title * weight;
      else {
        const times = Math.min(places.times[i], WEIGHTS.mostTimes);
        score[item] += weight * (isHeading ? WEIGHTS.heading : times);
        present[item] += 1 - seen[item];
        seen[item] = 1;
      }
    });
  }
  present.forEach((count, item) => {
    if (count) score[item] *= 1 + count / words.length;
  });
  return { present, score, title };
}

/**
 * A case that was found.
 * @typedef {object} Hit
 * @property {number} n number of the case
 * @property {number} score
 */

/** @param {number} n @param {Ratings} ratings @param {CaseTable} cases */
function scoreCase(n, ratings, cases) {
  const best = ratings.score.slice(cases.starts[n], cases.starts[n + 1]).sort().reverse();
  return WEIGHTS.itemDivisors.reduce(
    (sum, divisor, i) => sum + (best[i] || 0) / divisor, ratings.title[n],
  );
}

/** @param {Hit} a @param {Hit} b */
function compareHits(a, b) {
  return b.score - a.score || a.n - b.n;
}

/**
 * Hits, the best first, and what their items have.
 * @typedef {object} Ranked
 * @property {Hit[]} hits
 * @property {Ratings} ratings
 */

/**
 * The cases that have all words and none that is excluded.
 * @param {Word[]} words @param {CaseTable} cases @returns {Ranked}
 */
function rankMatches(words, cases) {
  const wanted = words.filter((word) => !word.excludes);
  const ratings = rateItems(wanted, cases);
  if (!wanted.length) ratings.present.fill(1);
  /** @type {Hit[]} */
  const hits = [];
  for (let n = 0; n < cases.count; n++) {
    if (!words.every((word) => Boolean(word.holds[n]) !== word.excludes)) continue;
    hits.push({ n, score: scoreCase(n, ratings, cases) });
  }
  return { hits: hits.sort(compareHits), ratings };
}

/**
 * Ratings in which only items of the hits are present.
 * @param {Hit[]} hits @param {Ratings} ratings @param {CaseTable} cases @returns {Ratings}
 */
function restrictTo(hits, ratings, cases) {
  const present = new Uint8Array(cases.items);
  for (const { n } of hits) {
    const [start, end] = [cases.starts[n], cases.starts[n + 1]];
    present.set(ratings.present.subarray(start, end), start);
  }
  return { ...ratings, present };
}

"use strict";
// The order of cases that have no word of a query as it was typed, but parts of it.
//
// A part is a pair of neighboring characters of the query, a number or a word in Latin letters. The
// score of a case is
//
//   what its best item has + 0.3 × what the whole case has + 0.5 × what its title has,
//
// each the sum of the weights of the parts there: how rare a part is, times how likely it is a
// word.
// In the best item a heading counts 1.5 times, and parts that follow each other in the query as
// well as in a unit count half as much again: "两张" and "张皮" say more together.

const NEAREST = Object.freeze({
  heading: 1.5,
  wholeCase: 0.3,
  title: 0.5,
  neighbors: 0.5,
  // What is further from the query than this share of the best score is left out.
  share: 0.5,
  most: 50, // cases
});

/** How likely a pair of characters means what the reader means. */
const TRUST = Object.freeze({
  word: 1, // of the dictionary
  alone: 0.8, // neither character belongs to such a word: a name, or a new word
  chance: 0.2, // the end of a word and the beginning of the next one
});

/**
 * A part of a query, and what it finds.
 * @typedef {object} Part
 * @property {string} text as it was typed
 * @property {string[]} texts that stand for it
 * @property {number} start place in the query
 * @property {number} trust
 * @property {Places} places
 * @property {number} weight
 */

/**
 * @param {{text: string, texts: string[], start: number, trust: number}} typed
 * @param {Places} places @param {CaseTable} cases @returns {Part}
 */
function makePart(typed, places, cases) {
  const items = new Set(places.units.map((unit) => cases.itemOf(unit))).size;
  const weight = typed.trust * Math.log(1 + cases.items / (1 + items));
  return { ...typed, places, weight };
}

/** What items, titles and whole cases have of the parts of a query. */
class PartRatings {
  /** @param {CaseTable} cases */
  constructor(cases) {
    this.cases = cases;
    this.present = new Uint8Array(cases.items);
    this.score = new Float32Array(cases.items);
    this.title = new Float32Array(cases.count);
    this.whole = new Float32Array(cases.count);
  }

  /** @param {Part} part */
  add({ places, weight }) {
    const counted = new Map(); // what each item and, as -1 - n, case n already has of the part
    const count = (/** @type {Float32Array} */ sums, /** @type {number} */ at,
      /** @type {number} */ key, /** @type {number} */ value) => {
      const before = counted.get(key) || 0;
      if (value <= before) return;
      sums[at] += value - before;
      counted.set(key, value);
    };
    for (const unit of places.units) {
      const item = this.cases.itemOf(unit);
      const n = this.cases.caseOf[item];
      const isHeading = this.cases.isHeading(unit);
      count(this.whole, n, -1 - n, weight);
      if (isHeading && item === this.cases.starts[n]) this.title[n] += weight;
      else {
        if (!counted.has(item)) this.present[item]++;
        count(this.score, item, item, weight * (isHeading ? NEAREST.heading : 1));
      }
    }
  }

  /**
   * What two parts add in units that have both.
   * @param {Part} one @param {Part} next
   */
  addNeighbors(one, next) {
    for (const unit of intersectPlaces(one.places, next.places).units) {
      this.score[this.cases.itemOf(unit)] += NEAREST.neighbors * Math.min(one.weight, next.weight);
    }
  }

  /** @param {number} n */
  scoreOf(n) {
    let best = 0;
    for (let item = this.cases.starts[n]; item < this.cases.starts[n + 1]; item++) {
      best = Math.max(best, this.score[item]);
    }
    return best + NEAREST.wholeCase * this.whole[n] + NEAREST.title * this.title[n];
  }
}

/**
 * The cases that come closest to a query.
 * @param {Part[]} parts in the order of the query
 * @param {Word[]} words of the query, whose exclusions apply
 * @param {CaseTable} cases @returns {Ranked}
 */
function rankNearest(parts, words, cases) {
  const ratings = new PartRatings(cases);
  parts.forEach((part, i) => {
    ratings.add(part);
    const next = parts[i + 1];
    if (next && next.start === part.start + 1) ratings.addNeighbors(part, next);
  });
  /** @type {Hit[]} */
  const hits = [];
  for (let n = 0; n < cases.count; n++) {
    if (!ratings.whole[n] || words.some((word) => word.excludes && word.holds[n])) continue;
    hits.push({ n, score: ratings.scoreOf(n) });
  }
  hits.sort(compareHits);
  const near = hits.filter(({ score }) => score >= hits[0].score * NEAREST.share)
    .slice(0, NEAREST.most);
  const { present, score, title } = ratings;
  return { hits: near, ratings: restrictTo(near, { present, score, title }, cases) };
}

/**
 * What several rankings have together.
 * @param {Ranked[]} ranked of different cases @param {CaseTable} cases
 */
function mergeRanked(ranked, cases) {
  const ratings = rateItems([], cases);
  for (const each of ranked) {
    each.ratings.present.forEach((present, item) => {
      ratings.present[item] = Math.max(ratings.present[item], present);
    });
  }
  return { all: ranked.flatMap((each) => each.hits), ratings };
}

"use strict";
// The order of the hits that are shown first, by what their best items say: how close together the
// words stand, whether in the order of the query, and whether an item about them asks or answers.

const CLOSENESS = Object.freeze({
  together: 0.5, // all words at one place, with nothing between them
  inOrder: 0.2, // as they were typed
  // A heading says what an item is about; readers look for problems and what was done.
  askedHeading: 0.25,
  wished: 0.25, // a role that the query asks for
});
const ASKED_ROLES = ["problem", "cause", "practice", "suggestion"];
const MOST_PLACES = 20; // of a word in a text that are looked at

/** The places of a text in another. @param {string} text @param {string} word */
function placesIn(text, word) {
  const places = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (places.push(at) >= MOST_PLACES) break;
  }
  return places;
}

/**
 * How close together words stand in a text: 1 where nothing is between them, 0 where one is missing
 * or there is only one; a bit more where they stand in their order.
 * @param {string} text @param {string[][]} words the texts that each stands for
 */
function measureCloseness(text, words) {
  const places = words.map((texts) => texts.flatMap((each) =>
    placesIn(text, each).map((start) => ({ start, end: start + each.length }))));
  if (words.length < 2 || places.some((some) => !some.length)) return 0;
  let best = 0;
  for (const first of places[0]) {
    let { start, end } = first;
    let size = end - start;
    let inOrder = true;
    let last = first;
    for (const some of places.slice(1)) {
      const distance = (/** @type {Span} */ span) => Math.abs(span.start - last.end);
      const next = some.reduce((a, b) => (distance(b) < distance(a) ? b : a));
      inOrder = inOrder && next.start >= last.end;
      size += next.end - next.start;
      [start, end] = [Math.min(start, next.start), Math.max(end, next.end)];
      last = next;
    }
    const close = CLOSENESS.together * Math.min(1, size / (end - start));
    best = Math.max(best, close + (inOrder ? CLOSENESS.inOrder : 0));
  }
  return best;
}

/**
 * What an item's text and role add to the score of its case.
 * @param {ItemText} item @param {string[][]} words @param {string[]} wishes roles
 */
function measureItem(item, words, wishes) {
  const text = `${item.foldedHeading}\n${item.foldedText}`;
  const named = words.some((texts) => texts.some((each) => item.foldedHeading.includes(each)));
  const isAsked = named && ASKED_ROLES.includes(item.role);
  return measureCloseness(text, words)
    + (isAsked ? CLOSENESS.askedHeading : 0)
    + (wishes.includes(item.role) ? CLOSENESS.wished : 0);
}

/**
 * Hits with their texts in the order of their scores, raised by what the texts say.
 * @param {ShownHit[]} shown @param {string[][]} words @param {string[]} wishes roles
 * @returns {ShownHit[]}
 */
function orderByTexts(shown, words, wishes) {
  const scores = new Map(shown.map((each) => {
    const { piece, items, hit } = each;
    const known = items.slice(0, 3).map((item) => piece.items.get(item));
    const added = known.map((item) => (item ? measureItem(item, words, wishes) : 0));
    return [each, hit.score * (1 + Math.max(0, ...added))];
  }));
  const scoreOf = (/** @type {ShownHit} */ each) => scores.get(each) || 0;
  return shown.slice().sort((a, b) => scoreOf(b) - scoreOf(a) || compareHits(a.hit, b.hit));
}

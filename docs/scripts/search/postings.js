"use strict";
// Lists of postings joined: pairs to runs, places of both or of either.

const MOST_TIMES = 255; // that a text is counted in a unit

/**
 * Where several pairs follow each other: the one that two share is the same in both.
 * @param {Postings[]} lists
 */
function chainPostings(lists) {
  return lists.slice(1).reduce(chainTwo, lists[0]);
}

/** @param {Postings} one @param {Postings} next @returns {Postings} */
function chainTwo(one, next) {
  /** @type {number[]} */
  const units = [];
  /** @type {number[]} */
  const right = [];
  let i = 0;
  let j = 0;
  while (i < one.units.length && j < next.units.length) {
    const unit = one.units[i];
    if (unit < next.units[j]) i++;
    else if (unit > next.units[j]) j++;
    else {
      const end = endOfUnit(next.units, j);
      for (; one.units[i] === unit; i++) {
        for (let k = j; k < end; k++) {
          if (one.right[i] !== next.left[k]) continue;
          units.push(unit);
          right.push(next.right[k]);
        }
      }
      j = end;
    }
  }
  return { units, left: [], right };
}

/**
 * Where the places in the unit of one end.
 * @param {ArrayLike<number>} units @param {number} start
 */
function endOfUnit(units, start) {
  let end = start;
  while (units[end] === units[start]) end++;
  return end;
}

/**
 * Distinct units, ascending, and how often a text stands in each (MOST_TIMES: or more).
 * @typedef {object} Places
 * @property {number[]} units
 * @property {number[]} times
 */

/**
 * @param {ArrayLike<number>} units ascending, one for each time
 * @returns {Places}
 */
function countUnits(units) {
  /** @type {Places} */
  const counted = { units: [], times: [] };
  for (let start = 0; start < units.length;) {
    const end = endOfUnit(units, start);
    counted.units.push(units[start]);
    counted.times.push(Math.min(MOST_TIMES, end - start));
    start = end;
  }
  return counted;
}

/**
 * The units that both have, with the lower of their times.
 * @param {Places} one @param {Places} other
 */
function intersectPlaces(one, other) {
  return mergePlaces(one, other, (left, right) => Math.min(left, right));
}

/**
 * The units that either has, with the higher of their times.
 * @param {Places} one @param {Places} other
 */
function unitePlaces(one, other) {
  return mergePlaces(one, other, (left, right) => Math.max(left, right));
}

/**
 * @param {Places} one @param {Places} other
 * @param {(left: number, right: number) => number} combine times, 0 for a unit to leave out
 * @returns {Places}
 */
function mergePlaces(one, other, combine) {
  /** @type {Places} */
  const merged = { units: [], times: [] };
  let i = 0;
  let j = 0;
  while (i < one.units.length || j < other.units.length) {
    const left = i < one.units.length ? one.units[i] : Infinity;
    const right = j < other.units.length ? other.units[j] : Infinity;
    const times = combine(left <= right ? one.times[i] : 0, right <= left ? other.times[j] : 0);
    if (times) {
      merged.units.push(Math.min(left, right));
      merged.times.push(times);
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return merged;
}

/** @param {ArrayLike<number>[]} arrays @returns all their numbers, ascending */
function sortTogether(arrays) {
  const all = new Int32Array(arrays.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of arrays) {
    all.set(each, at);
    at += each.length;
  }
  return all.sort();
}

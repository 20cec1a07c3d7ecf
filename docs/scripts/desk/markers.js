"use strict";
// Markers that open a heading (一、 （一） 1. 第一篇) and their numbers: structure/markers.py.

const MARKERS = deskTable("structure.markers");
const NUMERALS = deskTable("text.numerals");

/** @typedef {{family: string, number: number, length: number}} Marker */

/** The marker that opens a text. @param {string} text @returns {Marker | null} */
function readMarker(text) {
  if (!MARKERS.OPENS.match(text)) return null;
  for (const [family, pattern] of MARKERS.FAMILIES) {
    const found = pattern.match(text);
    const number = found ? readMarkerNumber(found.groups.n) : 0;
    if (number) return { family, number, length: found[0].length };
  }
  return null;
}

/** A number in Chinese, Arabic or circled figures; 0 for none. @param {string} text */
function readMarkerNumber(text) {
  if (/^\p{Nd}+$/u.test(text)) return Number(text.normalize("NFKC"));
  const known = MARKERS.CIRCLED[text] || MARKERS.TURNS[text];
  if (known) return known;
  const hasUnit = Array.from(text).some((character) => character in NUMERALS.UNITS);
  return readNumeral(hasUnit ? text : text.slice(-1));
}

/** The value of a Chinese number: 十二 is 12, 二〇二三 is 2023. @param {string} text */
function readNumeral(text) {
  const characters = Array.from(text);
  if (!characters.some((character) => character in NUMERALS.UNITS)) {
    return characters.reduce((value, each) => 10 * value + (NUMERALS.DIGITS[each] || 0), 0);
  }
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of characters) {
    const unit = NUMERALS.UNITS[character] || 0;
    if (!unit) {
      digit = NUMERALS.DIGITS[character] || 0;
    } else if (unit < NUMERALS.UNITS["万"]) {
      section += (digit || 1) * unit;
      digit = 0;
    } else {
      total += (section + digit) * unit;
      section = digit = 0;
    }
  }
  return total + section + digit;
}

/**
 * Whether a number continues `last` in its family.
 * @param {number} number @param {number} last @param {string} family
 */
function continuesNumber(number, last, family) {
  const most = family === MARKERS.TURN_FAMILY ? Object.keys(MARKERS.TURNS).length : 2;
  return number > last && number - last <= most;
}

/** Markers in a paragraph after a sentence. @param {string} text @returns {[number, Marker][]} */
function findGluedMarkers(text) {
  /** @type {[number, Marker][]} */
  const found = [];
  for (const place of MARKERS.ANYWHERE.all(text)) {
    const marker = readMarker(text.slice(place.index, place.index + 12));
    if (marker) found.push([place.index, marker]);
  }
  return found;
}

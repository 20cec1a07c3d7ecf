"use strict";
// Provinces, cities and counties by name: structure/places.py, and the region of a write-up.
// Python looks for words of its dictionary in the title; here the short names that it knows count.

const PLACE_WORDS = deskTable("structure.places");

/** @typedef {{province: string, city: string, name: string}} Place */

/** The places of each name, and of each without 市, 县 and the like. @type {Map<string, Place[]>} */
const PLACE_NAMES = new Map();
for (const [province, city, counties] of VOCABULARY.places) {
  for (const name of [city, ...counties.split(" ")].filter(Boolean)) {
    const short = PLACE_WORDS.SHORT.match(name);
    for (const known of new Set([name, short ? short.groups.name : name])) {
      PLACE_NAMES.set(known, [...PLACE_NAMES.get(known) || [], { province, city, name }]);
    }
  }
}
/** The short names of the provinces: 湖南, 内蒙古. */
const PROVINCES = [...new Set(VOCABULARY.places.map(([province]) =>
  province.slice(0, "内黑".includes(province[0]) ? 3 : 2)))];

/**
 * The longest name of a place that begins at a position of a title, or "".
 * @param {string} title @param {number} position
 * @param {boolean} inside whether the name of a larger place ends there
 */
function readPlaceName(title, position, inside) {
  if (!inside && !PLACE_WORDS.BEFORE.search(title.slice(0, position))) return "";
  for (let length = PLACE_WORDS.LONGEST_NAME; length > 1; length--) {
    const name = title.slice(position, position + length);
    if (name.length < length || !PLACE_NAMES.has(name)) continue;
    const isCity = "市县".includes(name[name.length - 1]);
    const no = isCity ? PLACE_WORDS.NO_CITY_AFTER : PLACE_WORDS.NO_PLACE_AFTER;
    if (!no.match(title, position + length)) return name;
  }
  return "";
}

/** Whether a name opens with a place. @param {string} name */
function startsWithPlace(name) {
  return readPlaceName(name, 0, false) !== "" || PROVINCES.some((each) => name.startsWith(each));
}

/** The city or county that a title names, after its province and city, or "".
 * @param {string} title @param {string} province */
function findPlace(title, province) {
  /** @type {Place[]} */
  const found = [];
  const inside = new Set();
  for (const name of PROVINCES) {
    for (let at = title.indexOf(name); at >= 0; at = title.indexOf(name, at + 1)) {
      inside.add(at + name.length + Number(title[at + name.length] === "省"));
    }
  }
  for (let position = 0; position < title.length;) {
    const name = readPlaceName(title, position, inside.has(position));
    const last = found[found.length - 1];
    const known = PROVINCES.includes(name) ? [] : (PLACE_NAMES.get(name) || []).filter((place) =>
      (!province || place.province === province) && (!last || last.city === place.city)
      && (inside.has(position) || isPlainPlace(name, place)));
    position += name.length || 1;
    if (new Set(known.map((place) => `${place.province} ${place.city}`)).size !== 1) continue;
    const cities = known.filter((place) => place.name === place.city);
    const same = cities.length ? cities : known;
    if (same.length === 1) found.push(same[0]);
    inside.add(position);
  }
  if (!found.length) return "";
  const place = bestOf(found, ({ name, city }) => Number(name !== city));
  return [...new Set([place.province, place.city, place.name])].join("");
}

/** Whether a name can only be that of a place. @param {string} name @param {Place} place */
function isPlainPlace(name, place) {
  if (name === place.name || VOCABULARY.place_words.includes(name)) return true;
  return place.name === place.city && !PLACE_WORDS.WORDS.includes(name);
}

/**
 * The region that title or organ name, with its province, else a placeholder, or "".
 * @param {string} title @param {string} organ @param {string} text
 */
function findRegion(title, organ, text) {
  const named = `${title}\n${organ}`;
  const isNamed = (/** @type {string} */ word) =>
    new Pattern(`${word}(?!州|[\u4e00-\u9fff]{1,3}族自治)`).search(named);
  const region = VOCABULARY.regions.find(({ name, aliases }) => [name, ...aliases].some(isNamed));
  const province = region ? region.name : "";
  const place = findPlace(named, province) || province;
  if (place) return place;
  const found = METADATA.PLACEHOLDER_REGION.search(named) || METADATA.UNKNOWN_CITY.match(organ)
    || METADATA.PLACEHOLDER_AREA.search(text.slice(0, METADATA.OPENING_CHARACTERS));
  return found ? found[0] : "";
}

"use strict";
// A copy of a text in which every way of writing a number is the plain one; places are kept:
// checks/private/folded_copy.py.

const FOLDED = deskTable("checks.private.folded_copy");

/** @typedef {{start: number, end: number, text: string}} Replacement */
/** @typedef {{before: [number, number], after: [number, number]}[]} FoldingPass */

/** The plain form of a character that has one of the same length. @param {string} character */
function foldCharacter(character) {
  const code = Number(character.codePointAt(0));
  const isLow = code < 0x2fff || (code >= 0xfe00 && code < 0xfe10);
  const invisible = isLow || code === 0xfeff || (code >= 0xe0000 && code < 0xe0200);
  if (FOLDED.DASHES.includes(character)) return "-";
  if (FOLDED.MIDDLE_DOTS.includes(character)) return "·";
  if (FOLDED.STARS.includes(character)) return "★";
  if (FOLDED.LINE_ENDS.includes(character)) return "\n";
  if ("\t\n".includes(character)) return character;
  if (invisible && /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]$/u.test(character)) return FOLDED.INVISIBLE;
  if ("\u115f\u1160\u3164\uffa0".includes(character)) return FOLDED.INVISIBLE;
  const isWide = code > 0xff00 && code < 0xff5f;
  if (isWide || (code >= 0x1d400 && code < 0x1d800)) return character.normalize("NFKC");
  return code >= 0xa0 && code < 0x3001 && /^\p{Zs}$/u.test(character) ? " " : character;
}

class FoldedCopy {
  /** @param {string} source */
  constructor(source) {
    /** @type {FoldingPass[]} */
    this.passes = [];
    this.text = source;
    if (/^[{[]/.test(source)) this.rewrite(FOLDED.JSON_ESCAPE, decodeJsonEscape);
    if (source.includes("&")) {
      this.rewrite(FOLDED.ENTITY, (found) => decodeEntities(found[0]));
    }
    if (source.includes("%")) this.apply(this.listEscapes());
    if (source.includes("](")) this.rewrite(FOLDED.FIGURES_LINK, keepLinkText);
    // Characters of ASCII and the usual Chinese ones are plain.
    this.rewrite(new Pattern("[^\\t\\n -~\\u3001-\\u303f\\u4e00-\\u9fff]"),
      (found) => foldCharacter(found[0]));
    this.rewrite(FOLDED.FORMATS, (found) => (found.groups.break === undefined ? "" : " "));
    if (this.text.includes("*")) this.apply(listEmphasis(this.text));
    this.text = FOLDED.HAN_NUMBER.replace(this.text, foldHanDigits);
    this.text = FOLDED.ADDRESS.replace(this.text, blankPath);
    this.text = FOLDED.HASH.replace(this.text, blankText);
  }

  /** The range of the source that became a range. @param {number} start @param {number} end */
  locate(start, end) {
    let [first, last] = [start, end - 1];
    for (const pass of [...this.passes].reverse()) {
      [first] = locateBefore(pass, first);
      last = locateBefore(pass, last)[1] - 1;
    }
    return [first, last + 1];
  }

  /** @param {Pattern} pattern @param {(found: Match) => string} make */
  rewrite(pattern, make) {
    /** @type {Replacement[]} */
    const replacements = [];
    for (const found of pattern.all(this.text)) {
      const text = make(found);
      if (text !== found[0]) replacements.push({ start: found.index, end: endOf(found), text });
    }
    this.apply(replacements);
  }

  /** @param {Replacement[]} replacements */
  apply(replacements) {
    /** @type {FoldingPass} */
    const pass = [];
    const pieces = [];
    let done = 0;
    let shift = 0;
    for (const { start, end, text } of replacements) {
      pieces.push(this.text.slice(done, start), text);
      pass.push({ before: [start, end], after: [start + shift, start + shift + text.length] });
      shift += text.length - (end - start);
      done = end;
    }
    if (!pieces.length) return;
    this.text = pieces.join("") + this.text.slice(done);
    this.passes.push(pass);
  }

  listEscapes() {
    /** @type {Replacement[]} */
    const found = [];
    for (const address of FOLDED.ADDRESS.all(this.text)) {
      for (const escape of FOLDED.ESCAPE.all(address[0])) {
        const start = address.index + escape.index;
        const text = String.fromCharCode(parseInt(escape[1], 16));
        found.push({ start, end: start + escape[0].length, text });
      }
    }
    return found;
  }
}

/** The range that became the character at a place. @param {FoldingPass} pass
 * @param {number} place */
function locateBefore(pass, place) {
  let [low, high] = [0, pass.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pass[middle].after[0] <= place) low = middle + 1;
    else high = middle;
  }
  if (!low) return [place, place + 1];
  const { before, after } = pass[low - 1];
  if (place < after[1]) return before;
  const start = place - after[1] + before[1];
  return [start, start + 1];
}

/** Pairs of equally long runs of `*` in a line. @param {string} text @returns {Replacement[]} */
function listEmphasis(text) {
  /** @type {Replacement[]} */
  const found = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const runs = Array.from(line.matchAll(/(?<!\*)\*{1,3}(?!\*)/g));
    const counts = countEach(runs.map((run) => run[0].length));
    for (const run of runs) {
      const place = Number(run.index);
      const end = place + run[0].length;
      const isMask = run[0].length > 2 && /^\d$/.test(line[place - 1]) && /^\d$/.test(line[end]);
      if ((counts.get(run[0].length) || 0) < 2 || isMask) continue;
      found.push({ start: start + place, end: start + end, text: "" });
    }
    start += line.length + 1;
  }
  return found;
}

/** @param {Match} found */
function decodeJsonEscape({ groups }) {
  return groups.code ? String.fromCharCode(parseInt(groups.code, 16)) : "\n";
}

/** The text of a link on figures, unless its address may hold a number. @param {Match} found */
function keepLinkText(found) {
  return (found[2].match(/\d/g) || []).length > 6 ? found[0] : found[1];
}

/** An address with its path blanked. @param {string} address */
function blankPath(address) {
  if (!/^(?:http|www)/i.test(address)) return address;
  const mark = address.indexOf("?");
  const path = mark < 0 ? address.length : mark + 1;
  return " ".repeat(path) + address.slice(path).replace(/[&#]/g, " ");
}

/** @param {string} found */
function blankText(found) {
  return " ".repeat(found.length);
}

/** @param {string} found */
function foldHanDigits(found) {
  const characters = Array.from(found);
  const han = characters.filter((character) => character in FOLDED.HAN_DIGITS);
  if (han.length < FOLDED.FEWEST_HAN_DIGITS || found.includes("○○")) return found;
  return characters.map((character) => FOLDED.HAN_DIGITS[character] || character).join("");
}

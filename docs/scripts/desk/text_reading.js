"use strict";
// Bytes of a text file as lines, in the encodings of Chinese write-ups: reading/encoding.py.

const ENCODING = deskTable("reading.encoding");

/** Something that a person can mend, in one Chinese sentence. */
class DeskError extends Error {}

/** @typedef {{text: string, encoding: string, replaced: number}} Decoded */

const BYTE_ORDER_MARKS = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16-le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16-be", bytes: [0xfe, 0xff] },
];

/** @param {Uint8Array} bytes @param {string} encoding @returns {Decoded} */
function decodeAs(bytes, encoding) {
  const label = encoding.replace("utf-16-", "utf-16").replace("hkscs", "");
  const text = new TextDecoder(label).decode(bytes);
  return { text, encoding, replaced: countPiece(text, "\ufffd") };
}

/** Lines of UTF-8 and of GB18030 in one file. @param {Uint8Array} bytes @returns {Decoded} */
function decodeMixed(bytes) {
  const lines = [];
  for (let start = 0; start <= bytes.length;) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    const utf8 = decodeAs(line, "utf-8").text;
    lines.push(utf8.includes("\ufffd") ? decodeAs(line, "gb18030").text : utf8);
    start = end + 1;
  }
  const text = lines.join("\n");
  return { text, encoding: "utf-8+gb18030", replaced: countPiece(text, "\ufffd") };
}

/** @type {Set<string> | undefined} */
let expectedCharacters;

/** The frequent characters: level 1 of GB 2312 and of Big5, their marks, and ASCII. */
function listExpected() {
  if (expectedCharacters) return expectedCharacters;
  /** @type {number[]} */
  const gb = [];
  for (const [first, last] of [[0xa1, 0xa1], [0xa3, 0xa3], [0xb0, 0xd7]]) {
    for (let lead = first; lead <= last; lead++) {
      for (let trail = 0xa1; trail < 0xff; trail++) gb.push(lead, trail);
    }
  }
  /** @type {number[]} */
  const big5 = [];
  for (let lead = 0xa4; lead < 0xc7; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      if (trail < 0x7f || trail > 0xa0) big5.push(lead, trail);
    }
  }
  const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, n) => n + 32));
  const known = decodeAs(Uint8Array.from(gb), "gbk").text
    + decodeAs(Uint8Array.from(big5), "big5").text;
  expectedCharacters = new Set(`${known.replace(/\ufffd/g, "")}${ascii}\t\r\n\u3000\u2014`);
  return expectedCharacters;
}

/** The share of expected characters, less what could not be decoded. @param {Decoded} decoded */
function scoreDecoded({ text, replaced }) {
  const expected = listExpected();
  let score = -3 * replaced;
  let length = 0;
  for (const character of text) {
    length++;
    if (expected.has(character)) score += 1;
    else if (character >= "\ue000" && character <= "\uf8ff") score -= 2;
  }
  return length ? score / length : 0;
}

/** The text of a file. Throws DeskError for what is no text. @param {Uint8Array} bytes */
function decodeText(bytes) {
  if (!bytes.some((byte) => byte > 32)) throw new DeskError(ENCODING.EMPTY_FILE);
  const mark = BYTE_ORDER_MARKS.find((each) => each.bytes.every((byte, n) => bytes[n] === byte));
  if (mark) {
    const encoding = mark.encoding.replace(/-[lb]e$/, "");
    return refuseBinary({ ...decodeAs(bytes, mark.encoding), encoding });
  }
  const utf8 = decodeAs(bytes, "utf-8");
  const controls = ENCODING.CONTROL.search(utf8.text) || ENCODING.WORD_CONTROL.search(utf8.text);
  if (!utf8.replaced && !controls) return utf8;
  const sample = bytes.subarray(0, ENCODING.SAMPLE);
  const ways = ["gb18030", "utf-8", "", "big5hkscs",
    ...bytes.length % 2 ? [] : ["utf-16-le", "utf-16-be"]];
  const read = (/** @type {string} */ way, /** @type {Uint8Array} */ from) =>
    (way ? decodeAs(from, way) : decodeMixed(from));
  const scores = new Map(ways.map((way) => [way, scoreDecoded(read(way, sample))]));
  const best = bestOf(ways, (way) => scores.get(way) || 0);
  if ((scores.get(best) || 0) < ENCODING.LOWEST_SCORE) throw new DeskError(ENCODING.NO_ENCODING);
  return refuseBinary(read(best, bytes));
}

/** @param {Decoded} decoded */
function refuseBinary(decoded) {
  const { text } = decoded;
  const count = (/** @type {Pattern} */ pattern) => Array.from(pattern.all(text)).length;
  if (count(ENCODING.CONTROL) > Math.max(1, ENCODING.MOST_CONTROLS * text.length)
    || count(ENCODING.WORD_CONTROL) > ENCODING.MOST_WORD_CONTROLS * text.length) {
    throw new DeskError(ENCODING.NO_TEXT);
  }
  return decoded;
}

/** The lines of a text, without the signs that none shows. @param {string} text
 * @returns {TextLine[]} */
function readTextLines(text) {
  const shown = text.replace(/^\ufeff/, "").replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replace(/\u00a0/g, " ").replace(/[\u200b\u2060\ufeff]/g, "");
  return shown.split("\n").map((line) => ({ text: line }));
}

// Bits, numbers, and what raw deflate compressed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import { golomb, wordsOf, wordsOfBytes } from "./files_of_index.mjs";
import { scripts } from "./scripts.mjs";

const { BitReader, inflate, readJson, readNumbers, readText } = scripts;

test("the example of the specification: 5 of order 0", () => {
  assert.equal(golomb(5, 0), "00101");
  assert.equal(new BitReader(wordsOf("00101")).number(0), 5);
});

test("numbers of every order and length follow each other", () => {
  const numbers = [0, 1, 2, 5, 100, 16383, 16384, 65535, 2 ** 22, 3, 2 ** 30, 0];
  for (let order = 0; order < 16; order++) {
    const bits = new BitReader(wordsOf(numbers.map((number) => golomb(number, order)).join("")));
    assert.deepEqual(numbers.map(() => bits.number(order)), numbers, `order ${order}`);
  }
});

test("the end of a file that is cut off is noticed", () => {
  assert.throws(() => new BitReader(wordsOf("0".repeat(60))).number(0), /damaged/);
  const bits = new BitReader(wordsOf("1".repeat(15)));
  for (let i = 0; i < 15; i++) assert.equal(bits.number(0), 0);
  assert.throws(() => bits.number(0), /damaged/);
});

const TEXT = JSON.stringify({ text: "党建引领，".repeat(200), rows: [...Array(999).keys()] });
const STRATEGIES = {
  "codes of its own": {},
  "fixed codes": { strategy: constants.Z_FIXED },
  "stored bytes": { level: 0 },
  "no matches": { strategy: constants.Z_HUFFMAN_ONLY },
  "several blocks": { memLevel: 1 },
};

for (const [name, options] of Object.entries(STRATEGIES)) {
  test(`deflated with ${name}`, () => {
    const words = wordsOfBytes(deflateRawSync(Buffer.from(TEXT), options));
    assert.deepEqual(readJson(words), JSON.parse(TEXT));
  });
}

for (const [name, options] of Object.entries(STRATEGIES)) {
  test(`a file that is cut off never passes for a whole one: ${name}`, () => {
    const bytes = Buffer.from(TEXT.slice(0, 500));
    const words = wordsOfBytes(deflateRawSync(bytes, options));
    for (let end = 0; end < words.length - 1; end++) { // the last word may be filling
      assert.throws(() => inflate(new BitReader(words.slice(0, end))), /damaged/, `${end} words`);
    }
  });
}

test("every byte comes through", () => {
  const bytes = Buffer.from([...Array(256).keys(), ...Array(300).fill(7)]);
  const words = wordsOfBytes(deflateRawSync(bytes));
  assert.deepEqual(inflate(new BitReader(words)), [...bytes]);
});

test("a text may end in half a surrogate pair", () => {
  const text = "𠮷野\0\ud842";
  const words = wordsOfBytes(deflateRawSync(Buffer.from(text, "utf16le")));
  assert.equal(readText(words), text);
});

test("a column of numbers has a character for each", () => {
  assert.deepEqual(readNumbers("01A"), [0, 1, 17]);
  const [low, high] = ["\ud7ff", "\ue000"]; // what lies between them is no character
  assert.equal(readNumbers(high)[0], readNumbers(low)[0] + 1);
});

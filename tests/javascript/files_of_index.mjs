// Writes files of the index by the words of scripts/casebook/search/FORMAT.md.

const WORD_BITS = 15;

/** The words of a file from its bits, a string of 0 and 1. */
export function wordsOf(bits) {
  const padded = bits.padEnd(Math.ceil(bits.length / WORD_BITS) * WORD_BITS, "0");
  const words = padded.match(new RegExp(`.{${WORD_BITS}}`, "g")) || [];
  return words.map((word) => String.fromCharCode(0x4e00 + parseInt(reverse(word), 2))).join("");
}

/** The words of a file from bytes. */
export function wordsOfBytes(bytes) {
  return wordsOf([...bytes].map((byte) => reverse(byte.toString(2).padStart(8, "0"))).join(""));
}

/** The bits of a number in an exponential Golomb code. */
export function golomb(number, order = 0) {
  const binary = (number + 2 ** order).toString(2);
  const low = reverse(binary.slice(1));
  return `${"0".repeat(low.length - order)}1${low}`;
}

function reverse(text) {
  return [...text].reverse().join("");
}

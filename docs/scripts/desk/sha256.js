"use strict";
// SHA-256 (FIPS 180-4): browsers have it only for pages from https, a folder or this machine.

/** The first bits of the fractional part of a root of each of the first primes.
 * @param {number} count @param {number} root 2 or 3 @returns {number[]} */
function primeRoots(count, root) {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p)) primes.push(n);
  return primes.map((p) => {
    const value = root === 2 ? Math.sqrt(p) : Math.cbrt(p);
    return ((value - Math.floor(value)) * 2 ** 32) | 0;
  });
}

const SHA_START = primeRoots(8, 2);
const SHA_ROUNDS = primeRoots(64, 3);

/** @param {number} word @param {number} by */
function rotateRight(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** Bytes with a one bit, zeros, and their length in bits. @param {Uint8Array} bytes */
function padMessage(bytes) {
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  return view;
}

/** The words of a block, and those that follow from them. @param {DataView} view
 * @param {number} start */
function expandBlock(view, start) {
  const words = new Int32Array(64);
  for (let i = 0; i < 64; i++) {
    if (i < 16) {
      words[i] = view.getInt32(start + 4 * i);
      continue;
    }
    const [a, b] = [words[i - 15], words[i - 2]];
    const low = rotateRight(a, 7) ^ rotateRight(a, 18) ^ (a >>> 3);
    const high = rotateRight(b, 17) ^ rotateRight(b, 19) ^ (b >>> 10);
    words[i] = words[i - 16] + low + words[i - 7] + high;
  }
  return words;
}

/** The SHA-256 of bytes, in hex. @param {Uint8Array} bytes */
function sha256(bytes) {
  const view = padMessage(bytes);
  const state = Int32Array.from(SHA_START);
  for (let start = 0; start < view.byteLength; start += 64) {
    const words = expandBlock(view, start);
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const first = (h + one + ((e & f) ^ (~e & g)) + SHA_ROUNDS[i] + words[i]) | 0;
      const two = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const second = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The SHA-256 of a text in UTF-8, in hex. @param {string} text */
function sha256OfText(text) {
  return sha256(new TextEncoder().encode(text));
}

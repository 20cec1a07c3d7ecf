"use strict";
// The files of the index: their bits, the numbers and the compressed JSON in them, and how they are
// loaded. scripts/casebook/search/FORMAT.md specifies them.

const FIRST_WORD = 0x4e00; // the character of a word of fifteen zero bits
const WORD_BITS = 15;

/** Reads bits from a string of words, the lowest bit of each word first. */
class BitReader {
  /** @param {string} words */
  constructor(words) {
    this.words = words;
    this.position = 0; // of the next word
    this.held = 0; // bits that are read from `words` and not yet taken
    this.count = 0; // of the held bits
  }

  fill() {
    // `number` looks up to a word ahead of the bits that it takes.
    if (this.position > this.words.length) throw new Error("index file is damaged");
    this.held |= (this.words.charCodeAt(this.position++) - FIRST_WORD) << this.count;
    this.count += WORD_BITS;
  }

  /** The next bits as a number. @param {number} width at most fifteen */
  take(width) {
    if (this.count < width) this.fill();
    const value = this.held & ((1 << width) - 1);
    this.held >>>= width;
    this.count -= width;
    return value;
  }

  /** Skips to the beginning of the next byte. */
  align() {
    const past = (this.position * WORD_BITS - this.count) % 8;
    if (past) this.take(8 - past);
  }

  /** The next number, in an exponential Golomb code. @param {number} order */
  number(order) {
    while (this.count <= WORD_BITS) this.fill();
    const zeros = 31 - Math.clz32(this.held & -this.held);
    const width = zeros + order;
    if (zeros < 0 || zeros + 1 + width > this.count) return this.longNumber(order);
    const low = (this.held >>> (zeros + 1)) & ((1 << width) - 1);
    this.held >>>= zeros + 1 + width;
    this.count -= zeros + 1 + width;
    return low + (1 << width) - (1 << order);
  }

  /** A number whose code is longer than the held bits. @param {number} order */
  longNumber(order) {
    let zeros = 0;
    while (!this.take(1)) if (++zeros > 30) throw new Error("index file is damaged");
    const width = zeros + order;
    let low = 0;
    for (let at = 0; at < width; at += WORD_BITS) {
      low += this.take(Math.min(WORD_BITS, width - at)) * 2 ** at;
    }
    return low + 2 ** width - 2 ** order;
  }
}

// --- raw deflate (RFC 1951); browsers before 2022 have no decompressor of their own

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83,
  99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5,
  5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
  1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST_CODE = 15; // bits
const END_OF_BLOCK = 256;

/**
 * A canonical Huffman code.
 * @typedef {object} HuffmanCode
 * @property {number[]} counts how many codes have each length
 * @property {number[]} symbols in the order of their codes
 */

/**
 * @param {number[]} lengths of the code of each symbol, 0 for none
 * @returns {HuffmanCode}
 */
function huffmanCode(lengths) {
  /** @type {number[]} */
  const counts = new Array(LONGEST_CODE + 1).fill(0);
  lengths.forEach((length) => counts[length]++);
  counts[0] = 0;
  const used = lengths.map((length, symbol) => ({ length, symbol })).filter((each) => each.length);
  used.sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  return { counts, symbols: used.map((each) => each.symbol) };
}

/** The next symbol. @param {BitReader} bits @param {HuffmanCode} code */
function readSymbol(bits, { counts, symbols }) {
  let value = 0;
  let first = 0; // code of the current length
  let index = 0; // of its symbol
  for (let length = 1; length < counts.length; length++) {
    value |= bits.take(1);
    if (value - counts[length] < first) return symbols[index + value - first];
    index += counts[length];
    first = (first + counts[length]) << 1;
    value <<= 1;
  }
  throw new Error("index file is damaged");
}

/** The codes of literals and distances that a block without codes of its own uses. */
function fixedCodes() {
  const lengths = [[144, 8], [112, 9], [24, 7], [8, 8]];
  const literals = lengths.flatMap(([count, length]) => new Array(count).fill(length));
  return [huffmanCode(literals), huffmanCode(new Array(30).fill(5))];
}

/** The codes of literals and distances of a block. @param {BitReader} bits */
function readCodes(bits) {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const own = new Array(19).fill(0);
  const count = bits.take(4) + 4;
  for (let i = 0; i < count; i++) own[CODE_ORDER[i]] = bits.take(3);
  const lengths = readLengths(bits, huffmanCode(own), literals + distances);
  return [huffmanCode(lengths.slice(0, literals)), huffmanCode(lengths.slice(literals))];
}

/**
 * Lengths of codes, which are themselves coded: 16 repeats the last one, 17 and 18 zeros.
 * @param {BitReader} bits @param {HuffmanCode} code @param {number} count
 */
function readLengths(bits, code, count) {
  /** @type {number[]} */
  const lengths = [];
  const repeat = (/** @type {number} */ length, /** @type {number} */ times) => {
    for (let i = 0; i < times; i++) lengths.push(length);
  };
  while (lengths.length < count) {
    const next = readSymbol(bits, code);
    if (next < 16) lengths.push(next);
    else if (next === 16) repeat(lengths[lengths.length - 1], 3 + bits.take(2));
    else repeat(0, next === 17 ? 3 + bits.take(3) : 11 + bits.take(7));
  }
  return lengths;
}

/**
 * The bytes that were compressed. Throws where the file ends before they do.
 * @param {BitReader} bits at the beginning of a byte
 * @param {number} [most] bytes; a block that would make more is damaged
 */
function inflate(bits, most = Infinity) {
  /** @type {number[]} */
  const bytes = [];
  let last = 0;
  while (!last) {
    last = bits.take(1);
    const type = bits.take(2);
    if (type === 0) copyStored(bits, bytes);
    else inflateBlock(bits, bytes, type === 1 ? fixedCodes() : readCodes(bits), most);
  }
  if (bits.position > bits.words.length) throw new Error("index file is damaged");
  return bytes;
}

/** @param {BitReader} bits @param {number[]} bytes */
function copyStored(bits, bytes) {
  bits.align();
  const length = bits.take(8) | (bits.take(8) << 8);
  bits.take(8); // the length again, inverted
  bits.take(8);
  for (let i = 0; i < length; i++) bytes.push(bits.take(8));
}

/** @param {BitReader} bits @param {number[]} bytes @param {HuffmanCode[]} codes
 * @param {number} most */
function inflateBlock(bits, bytes, [literals, distances], most) {
  for (;;) {
    if (bytes.length > most) throw new Error("index file is damaged");
    const value = readSymbol(bits, literals);
    if (value === END_OF_BLOCK) return;
    if (value < END_OF_BLOCK) {
      bytes.push(value);
      continue;
    }
    const length = LENGTHS[value - 257] + bits.take(LENGTH_BITS[value - 257]);
    const place = readSymbol(bits, distances);
    const distance = DISTANCES[place] + bits.take(Math.max(0, (place >> 1) - 1));
    for (let i = 0; i < length; i++) bytes.push(bytes[bytes.length - distance]);
  }
}

// --- JSON and columns of numbers

/** The content of a file of compressed JSON. @param {string} words */
function readJson(words) {
  const bytes = inflate(new BitReader(words));
  return JSON.parse(new TextDecoder().decode(new Uint8Array(bytes)));
}

/**
 * Numbers that are written as one character each, without the halves of surrogate pairs.
 * @param {string} text
 */
function readNumbers(text) {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) || 0;
    return (code < 0xd800 ? code : code - 0x800) - 0x30;
  });
}

// --- loading: each file is a script that calls `cbs` with its name and its words. A browser lets
// no page fetch data from a folder, but it runs scripts from there

/** Promises by key. One that fails is forgotten, so that the next call tries again. */
class PromiseCache {
  constructor() {
    /** @type {Map<string, Promise<any>>} */
    this.promises = new Map();
  }

  /**
   * What was promised for a key, else what `make` promises now.
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  get(key, make) {
    const known = this.promises.get(key);
    if (known) return known;
    const made = make();
    this.promises.set(key, made);
    made.catch(() => this.promises.delete(key));
    return made;
  }
}

/** The files of an index; each is loaded once. */
class IndexFiles {
  /** @param {(name: string) => Promise<string>} load promises the words of a file */
  constructor(load) {
    this.load = load;
    this.cache = new PromiseCache();
  }

  /** @param {string} name */
  words(name) {
    return this.cache.get(name, () => this.load(name));
  }

  /** The content of a file of compressed JSON. @param {string} name */
  async json(name) {
    return readJson(await this.words(name));
  }
}

/**
 * A function that loads files as scripts.
 * @param {string} folder its address, which ends with a slash
 */
function scriptLoader(folder) {
  /** @type {Map<string, (words: string) => void>} */
  const waiting = new Map();
  // Every file of the index calls this name.
  Object.assign(window, {
    cbs(/** @type {string} */ name, /** @type {string} */ words) {
      waiting.get(name)?.(words);
    },
  });
  /** @param {string} name @returns {Promise<string>} */
  function load(name) {
    return new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `${folder}${name}.js`;
      // "load" comes after the file's call, or without one where the file is damaged.
      for (const event of ["load", "error"]) {
        script.addEventListener(event, () => {
          script.remove();
          waiting.delete(name);
          reject(new Error(`cannot load ${name}`));
        });
      }
      document.head.append(script);
    });
  }
  return load;
}

"use strict";
// Columns of facets: bits in an adaptive binary range code, as LZMA's.
// scripts/casebook/search/FORMAT.md specifies them.

class RangeDecoder {
  /** @param {BitReader} bits at the first of its bytes */
  constructor(bits) {
    this.bits = bits;
    this.range = 0xffffffff;
    this.code = 0;
    for (let i = 0; i < 4; i++) this.code = this.code * 256 + bits.take(8);
  }

  /** @param {Uint16Array} odds @param {number} at */
  bit(odds, at) {
    const bound = (this.range >>> 11) * odds[at];
    const bit = this.code < bound ? 0 : 1;
    if (bit) {
      this.code -= bound;
      this.range -= bound;
      odds[at] -= odds[at] >> 4;
    } else {
      this.range = bound;
      odds[at] += (2048 - odds[at]) >> 4;
    }
    while (this.range < 0x1000000) {
      this.range *= 256;
      this.code = this.code * 256 + this.bits.take(8);
    }
    return bit;
  }
}

/** @param {number} size */
function evenOdds(size) {
  return new Uint16Array(size).fill(1024);
}

/**
 * The next column: `count` numbers below `most`.
 * @param {RangeDecoder} decoder @param {number} count @param {number} most
 */
function readColumn(decoder, count, most) {
  const depth = Math.max(1, 32 - Math.clz32(most - 1));
  const same = evenOdds(4 * most);
  /** @type {Uint16Array[]} */
  const trees = [];
  const numbers = new Uint16Array(count);
  let before = 0;
  let run = 0;
  for (let i = 0; i < count; i++) {
    if (decoder.bit(same, 4 * before + run)) {
      const context = most <= 16 ? before : 0;
      const tree = (trees[context] = trees[context] || evenOdds(1 << depth));
      let node = 1;
      while (node < 1 << depth) node = 2 * node + decoder.bit(tree, node);
      before = node - (1 << depth);
      run = 0;
    } else run = Math.min(run + 1, 3);
    numbers[i] = before;
  }
  return numbers;
}

/**
 * The columns of a file.
 * @param {string} words @param {(name: string) => number} sizeOf how many numbers a column has
 * @returns {{name: string, values: string[], numbers: Uint16Array}[]}
 */
function readColumns(words, sizeOf) {
  const bits = new BitReader(words);
  /** @type {Record<string, string[]>} */
  const values = readJson(bits);
  bits.align();
  const decoder = new RangeDecoder(bits);
  return Object.entries(values).map(([name, own]) => (
    { name, values: own, numbers: readColumn(decoder, sizeOf(name), own.length) }
  ));
}

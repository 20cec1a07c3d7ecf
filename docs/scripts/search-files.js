// Reads the files of the search index: bits, compressed JSON, lists of postings, texts.
// The files are specified in scripts/casebook/search/FORMAT.md.
(function (root) {
  "use strict";

  var FIRST = 0x4e00; // the character of a word of fifteen zero bits
  var BITS = 15;
  var SECOND_ORDER = 6; // of the second character of a list

  // --- bits

  // Reads words of fifteen bits, the lowest bit first.
  function Bits(words) {
    this.words = words;
    this.at = 0;
    this.held = 0;
    this.count = 0;
  }
  Bits.prototype.fill = function () {
    this.held |= (this.words.charCodeAt(this.at++) - FIRST) << this.count;
    this.count += BITS;
  };
  // The next bits as a number; at most fifteen.
  Bits.prototype.take = function (width) {
    if (this.count < width) this.fill();
    var value = this.held & ((1 << width) - 1);
    this.held >>>= width;
    this.count -= width;
    return value;
  };
  // Goes on to where a byte begins.
  Bits.prototype.align = function () {
    var past = (this.at * BITS - this.count) % 8;
    if (past) this.take(8 - past);
  };
  // An exponential Golomb code: zeros, a one, then the number's bits below its highest.
  Bits.prototype.number = function (order) {
    while (this.count <= BITS) this.fill();
    var zeros = 31 - Math.clz32(this.held & -this.held);
    var width = zeros + order;
    if (zeros < 0 || zeros + 1 + width > this.count) return this.long(order);
    var low = (this.held >>> (zeros + 1)) & ((1 << width) - 1);
    this.held >>>= zeros + 1 + width;
    this.count -= zeros + 1 + width;
    return low + (1 << width) - (1 << order);
  };
  // A code that does not lie within the bits at hand.
  Bits.prototype.long = function (order) {
    var zeros = 0;
    while (!this.take(1)) if (++zeros > 30) throw new Error("index file is damaged");
    var width = zeros + order;
    var low = 0;
    for (var at = 0; at < width; at += BITS) low += this.take(Math.min(BITS, width - at)) * Math.pow(2, at);
    return low + Math.pow(2, width) - Math.pow(2, order);
  };

  // --- raw deflate (RFC 1951); browsers before 2022 have no decompressor of their own

  var LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83,
    99, 115, 131, 163, 195, 227, 258];
  var LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5,
    5, 0];
  var DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
    1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  var CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  // A canonical Huffman code: how many codes of each length, symbols in the order of their codes.
  function huffman(lengths) {
    var counts = new Array(16).fill(0);
    lengths.forEach(function (length) { counts[length]++; });
    counts[0] = 0;
    var symbols = [];
    for (var length = 1; length < 16; length++) {
      lengths.forEach(function (own, symbol) { if (own === length) symbols.push(symbol); });
    }
    return { counts: counts, symbols: symbols };
  }

  function symbol(bits, code) {
    var value = 0;
    var first = 0;
    var index = 0;
    for (var length = 1; length < 16; length++) {
      value |= bits.take(1);
      var count = code.counts[length] || 0;
      if (value - count < first) return code.symbols[index + value - first];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new Error("index file is damaged");
  }

  function fixedCodes() {
    var lengths = [];
    for (var i = 0; i < 288; i++) lengths.push(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    return [huffman(lengths), huffman(new Array(30).fill(5))];
  }

  function readCodes(bits) {
    var literals = bits.take(5) + 257;
    var distances = bits.take(5) + 1;
    var own = new Array(19).fill(0);
    for (var i = bits.take(4) + 4, at = 0; i > 0; i--) own[CODE_ORDER[at++]] = bits.take(3);
    var code = huffman(own);
    var lengths = [];
    while (lengths.length < literals + distances) {
      var next = symbol(bits, code);
      var repeated = next < 16 ? next : next === 16 ? lengths[lengths.length - 1] : 0;
      var times = next < 16 ? 1 : next === 16 ? 3 + bits.take(2) : next === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      while (times-- > 0) lengths.push(repeated);
    }
    return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))];
  }

  function inflate(bits) {
    var out = [];
    var last = 0;
    while (!last) {
      last = bits.take(1);
      var type = bits.take(2);
      if (type === 0) stored(bits, out);
      else coded(bits, out, type === 1 ? fixedCodes() : readCodes(bits));
    }
    return out;
  }

  function stored(bits, out) {
    bits.align();
    var length = bits.take(8) | (bits.take(8) << 8);
    bits.take(8);
    bits.take(8);
    while (length-- > 0) out.push(bits.take(8));
  }

  function coded(bits, out, codes) {
    for (;;) {
      var value = symbol(bits, codes[0]);
      if (value === 256) return;
      if (value < 256) {
        out.push(value);
        continue;
      }
      var length = LENGTHS[value - 257] + bits.take(LENGTH_BITS[value - 257]);
      var place = symbol(bits, codes[1]);
      var from = out.length - DISTANCES[place] - bits.take(Math.max(0, (place >> 1) - 1));
      while (length-- > 0) out.push(out[from++]);
    }
  }

  // Compressed JSON.
  function json(words) {
    return JSON.parse(new TextDecoder().decode(new Uint8Array(inflate(new Bits(words)))));
  }

  // A compressed text in UTF-16; no decoder, which would not let half a surrogate pair through.
  function textOf(words) {
    var bytes = inflate(new Bits(words));
    var text = "";
    for (var at = 0; at < bytes.length; at += 2) text += String.fromCharCode(bytes[at] | (bytes[at + 1] << 8));
    return text;
  }

  // Numbers that stand as a character each, without the halves of pairs.
  function numbers(text) {
    return Array.from(text, function (character) {
      var code = character.codePointAt(0);
      return (code < 0xd800 ? code : code - 0x800) - 48;
    });
  }

  // --- lists of postings

  // The postings that come next; `units` is the number of all units.
  function postings(bits, count, units, paired) {
    var order = 31 - Math.clz32(Math.max(1, Math.floor(units / 2 / count)));
    var list = { unit: new Int32Array(count), left: null, right: null };
    if (paired) {
      list.left = new Uint16Array(count);
      list.right = new Uint16Array(count);
    }
    for (var i = 0, last = 0; i < count; i++) {
      last = list.unit[i] = last + bits.number(order);
      if (!paired) continue;
      var both = bits.number(0); // two ordinals by Cantor's pairing: sum * (sum + 1) / 2 + right
      var sum = Math.floor((Math.sqrt(8 * both + 1) - 1) / 2);
      list.right[i] = both - sum * (sum + 1) / 2;
      list.left[i] = sum - list.right[i];
    }
    return list;
  }

  // Calls `found(first, second, list)` for the lists of a shard, up to a key.
  function eachList(words, units, last, found) {
    var bits = new Bits(words);
    var entries = [];
    var first = 0;
    var second = 0;
    for (var left = bits.number(0); left > 0; left--) {
      var gap = bits.number(0);
      first += gap;
      second = (gap ? 0 : second) + bits.number(SECOND_ORDER);
      entries.push({ first: first, second: second, count: bits.number(0) + 1 });
    }
    for (var i = 0; i < entries.length; i++) {
      var entry = entries[i];
      if (entry.first * 65536 + entry.second > last) return;
      found(entry.first, entry.second, postings(bits, entry.count, units, entry.second > 0));
    }
  }

  root.CasebookFiles = {
    Bits: Bits, inflate: inflate, json: json, numbers: numbers, eachList: eachList, textOf: textOf,
  };
  if (typeof module !== "undefined") module.exports = root.CasebookFiles;
})(typeof window === "undefined" ? globalThis : window);

// Reads the search index: folding, bits, lists, queries. Makes no page; search.js does.
// The files are specified in scripts/casebook/search/FORMAT.md.
(function (root) {
  "use strict";

  var FIRST = 0x4e00; // the character of a word of fifteen zero bits
  var BITS = 15;
  var LONG = 4; // characters from which on a word does without its most frequent pairs
  var READINGS = 4; // ways to cut Latin letters into syllables that are tried
  var SOUNDS = 20; // Chinese words that are tried for one cut
  var VERIFIED = 10; // hits compared with the text where a word holds a mark
  var FACETS = ["role", "theme", "kind", "region", "organ", "year"];
  var OF_ITEMS = { role: true, theme: true };
  var ASKING = /怎么样?|怎样|如何|为什么|为何|哪些|什么|吗|呢/g;

  // --- bits

  // Reads words of fifteen bits, the lowest bit first.
  function Bits(words, at) {
    this.words = words;
    this.at = at || 0;
    this.held = 0;
    this.count = 0;
  }
  // The next bits as a number; at most fifteen.
  Bits.prototype.take = function (width) {
    if (this.count < width) {
      this.held |= (this.words.charCodeAt(this.at++) - FIRST) << this.count;
      this.count += BITS;
    }
    var value = this.held & ((1 << width) - 1);
    this.held >>>= width;
    this.count -= width;
    return value;
  };
  // An exponential Golomb code: zeros, a one, then the number's bits below its highest.
  Bits.prototype.number = function (order) {
    var zeros = 0;
    while (!this.take(1)) if (++zeros > 30) throw new Error("index file is damaged");
    var width = zeros + order;
    var low = width <= BITS ? this.take(width) : this.take(BITS) | (this.take(width - BITS) << BITS);
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
      var count = code.counts[length];
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
    bits.take((8 - ((bits.at * BITS - bits.count) % 8)) % 8);
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

  function json(words) {
    return JSON.parse(new TextDecoder().decode(new Uint8Array(inflate(new Bits(words)))));
  }

  // Numbers that stand as a character each, without the halves of pairs.
  function numbers(text) {
    return Array.from(text, function (character) {
      var code = character.codePointAt(0);
      return (code < 0xd800 ? code : code - 0x800) - 48;
    });
  }

  // A case's text: frequent characters are one byte, the others two, 255 stands before UTF-16.
  function decoded(bytes, alphabet) {
    var text = "";
    for (var i = 0; i < bytes.length; i++) {
      var byte = bytes[i];
      if (byte < 200) text += alphabet[byte];
      else if (byte < 255) text += alphabet[200 + ((byte - 200) << 8) + bytes[++i]];
      else text += String.fromCharCode((bytes[++i] << 8) | bytes[++i]);
    }
    return text;
  }

  // --- folding: one code unit at a time, so that places stay

  function plain(character) {
    var folded = character.normalize("NFKC").toLowerCase();
    return folded.length === 1 ? folded : character;
  }

  function fold(text, forms) {
    var folded = "";
    for (var i = 0; i < text.length; i++) folded += (forms && forms[text[i]]) || plain(text[i]);
    return folded;
  }

  // "黨党東东" as {黨: 党, 東: 东}
  function pairs(text) {
    var forms = Object.create(null);
    for (var i = 0; i < text.length; i += 2) forms[text[i]] = text[i + 1];
    return forms;
  }

  // --- queries: words are all required, "…" is one word whatever it holds, -word excludes

  function readQuery(query) {
    var found = query.match(/-?["“][^"”]+["”]|\S+/g) || [];
    return found.map(function (word) {
      var excludes = word.length > 1 && word[0] === "-";
      var rest = word.slice(excludes ? 1 : 0);
      return { text: rest.replace(/["“”]/g, "").trim(), excludes: excludes, exact: /^["“]/.test(rest) };
    }).filter(function (word) { return word.text; });
  }

  // --- the index

  // `load(name)` promises the words of a file; each file is loaded once.
  function Index(load) {
    var files = {};
    this.load = function (name) {
      return (files[name] = files[name] || load(name));
    };
    this.shards = {};
    this.ready = null;
    this.forms = null; // of traditional script, once a query needed it
  }

  Index.prototype.open = function () {
    var self = this;
    this.ready = this.ready || this.load("meta").then(function (words) {
      var meta = json(words);
      self.meta = meta;
      self.breaks = new Set(meta.breaks);
      self.large = new Set(meta.large);
      self.syllables = new Set(meta.syllables.split(" "));
      self.firsts = keysOf(numbers(meta.left), numbers(meta.right));
      self.starts = [0];
      meta.cases = numbers(meta.cases);
      meta.cases.forEach(function (items, n) { self.starts.push(self.starts[n] + items); });
      self.items = self.starts[meta.cases.length];
    });
    return this.ready;
  };

  // Keys from the gaps of their first code units and the second ones, or those one's gaps.
  function keysOf(left, right) {
    var first = 0;
    var second = 0;
    return left.map(function (gap, i) {
      first += gap;
      second = gap ? right[i] : second + right[i];
      return first * 65536 + second;
    });
  }

  // The number of the last shard that begins at or before a key; -1 where all begin behind it.
  Index.prototype.shardOf = function (key) {
    var low = 0;
    var high = this.firsts.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (this.firsts[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  // A shard: its words and, by key, where a list begins and how many postings it has.
  Index.prototype.shard = function (number) {
    this.shards[number] = this.shards[number] || this.load("p" + number).then(function (words) {
      var bits = new Bits(words);
      var count = bits.number(0);
      var rows = { left: [], right: [], counts: [], sizes: [] };
      for (var i = 0; i < count; i++) {
        rows.left.push(bits.number(0));
        rows.right.push(bits.number(6));
        rows.counts.push(bits.number(2));
        rows.sizes.push(bits.number(1));
      }
      var lists = new Map();
      var at = bits.at;
      keysOf(rows.left, rows.right).forEach(function (key, i) {
        lists.set(key, { at: at, count: rows.counts[i] });
        at += rows.sizes[i];
      });
      return { words: words, lists: lists };
    });
    return this.shards[number];
  };

  // The postings of a key: units, and the numbers of both characters in the unit; null without any.
  Index.prototype.list = function (key) {
    var self = this;
    var number = this.shardOf(key);
    if (number < 0) return Promise.resolve(null);
    return this.shard(number).then(function (shard) {
      return shard.lists.has(key) ? self.postings(shard, key) : null;
    });
  };

  Index.prototype.postings = function (shard, key) {
    var list = shard.lists.get(key);
    var bits = new Bits(shard.words, list.at);
    var mean = Math.max(1, Math.floor(this.items / list.count));
    var order = 31 - Math.clz32(mean);
    var numbered = key >= 65536;
    var unit = new Int32Array(list.count);
    var left = numbered && new Int32Array(list.count);
    var right = numbered && new Int32Array(list.count);
    for (var i = 0, last = 0; i < list.count; i++) {
      last = unit[i] = last + bits.number(order);
      if (numbered) {
        left[i] = bits.number(0);
        right[i] = bits.number(0);
      }
    }
    return { unit: unit, left: left, right: right };
  };

  // The units with a character: its own list, else those of all pairs that begin with it.
  Index.prototype.character = function (code) {
    var self = this;
    return this.list(code).then(function (own) {
      if (own) return own;
      var shards = [];
      var last = self.shardOf(code * 65536 + 65535);
      for (var n = Math.max(0, self.shardOf(code * 65536)); n <= last; n++) shards.push(self.shard(n));
      return Promise.all(shards).then(function (loaded) {
        var units = [];
        loaded.forEach(function (shard) {
          shard.lists.forEach(function (_, key) {
            if (Math.floor(key / 65536) === code) units.push(self.postings(shard, key).unit);
          });
        });
        return units.length ? { unit: merged(units) } : null;
      });
    });
  };

  function merged(arrays) {
    var size = arrays.reduce(function (sum, each) { return sum + each.length; }, 0);
    var all = new Int32Array(size);
    var at = 0;
    arrays.forEach(function (each) {
      all.set(each, at);
      at += each.length;
    });
    return all.sort();
  }

  // Postings of pairs that follow each other: the number of the shared character is the same.
  function chained(lists) {
    var found = { unit: lists[0].unit, right: lists[0].right };
    lists.slice(1).forEach(function (next) {
      var unit = [];
      var right = [];
      for (var i = 0, j = 0; i < found.unit.length && j < next.unit.length;) {
        var here = found.unit[i];
        if (here < next.unit[j]) i++;
        else if (here > next.unit[j]) j++;
        else {
          for (; i < found.unit.length && found.unit[i] === here; i++) {
            for (var k = j; k < next.unit.length && next.unit[k] === here; k++) {
              if (found.right[i] === next.left[k]) {
                unit.push(here);
                right.push(next.right[k]);
              }
            }
          }
          while (j < next.unit.length && next.unit[j] === here) j++;
        }
      }
      found = { unit: unit, right: right };
    });
    return found;
  }

  // Runs of a text between breaks.
  Index.prototype.runs = function (text) {
    var runs = [""];
    for (var i = 0; i < text.length; i++) {
      if (text[i] <= " " || this.breaks.has(text[i])) runs.push("");
      else runs[runs.length - 1] += text[i];
    }
    return runs.filter(Boolean);
  };

  function key(text, at) {
    return text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1);
  }

  // Sorted units that hold a run, one entry for each time; empty where none does.
  Index.prototype.run = function (text) {
    var self = this;
    if (text.length === 1) {
      return this.character(text.charCodeAt(0)).then(function (found) { return [found ? found.unit : []]; });
    }
    var wanted = [[]];
    for (var i = 0; i + 1 < text.length; i++) {
      if (text.length > LONG && this.large.has(key(text, i))) wanted.push([]);
      else wanted[wanted.length - 1].push(this.list(key(text, i)));
    }
    wanted = wanted.filter(function (part) { return part.length; });
    return Promise.all(wanted.map(function (part) { return Promise.all(part); })).then(function (parts) {
      return parts.map(function (lists) { return lists.every(Boolean) ? chained(lists).unit : []; });
    }).then(function (units) {
      return units.length ? units : self.run(text.slice(0, LONG));
    });
  };

  // How often a text stands in the head and in the body of each item (255 means as often or more).
  Index.prototype.text = function (text) {
    var self = this;
    return Promise.all(this.runs(text).map(function (run) { return self.run(run); })).then(function (found) {
      var parts = [].concat.apply([], found);
      var counts = new Uint8Array(2 * self.items);
      parts.forEach(function (units, part) {
        var own = part ? new Uint8Array(2 * self.items) : counts;
        for (var i = 0; i < units.length; i++) if (own[units[i]] < 255) own[units[i]]++;
        if (part) for (var u = 0; u < counts.length; u++) counts[u] = Math.min(counts[u], own[u]);
      });
      return counts;
    });
  };

  // --- pinyin

  // Ways to read Latin letters as syllables, the shortest first.
  Index.prototype.cuts = function (letters) {
    var self = this;
    var ways = [[[]]];
    for (var end = 1; end <= letters.length; end++) {
      var found = [];
      for (var start = Math.max(0, end - 6); start < end; start++) {
        var last = letters.slice(start, end);
        if (!self.syllables.has(last)) continue;
        ways[start].forEach(function (way) { found.push(way.concat(last)); });
      }
      found.sort(function (a, b) { return a.length - b.length; });
      ways.push(found.slice(0, READINGS));
    }
    return ways[letters.length].filter(function (way) { return way.length > 1; });
  };

  // The Chinese words of the library that two or more syllables may spell, likeliest first.
  Index.prototype.spelled = function (letters) {
    var self = this;
    if (!/^[a-z]{3,}$/.test(letters)) return Promise.resolve([]);
    return Promise.all(this.cuts(letters).map(function (way) {
      return Promise.all(way.slice(0, -1).map(function (syllable) {
        return self.load("y-" + syllable).then(json);
      })).then(function (tables) {
        return tables.reduce(function (words, table, i) {
          return joined(words, table[way[i + 1]] || "", i === 0);
        }, []);
      });
    })).then(function (found) { return [].concat.apply([], found); });
  };

  // Words lengthened by the pairs that begin with their last character.
  function joined(words, text, first) {
    var longer = first ? text.match(/[^]{2}/g) || [] : [];
    words.forEach(function (word) {
      for (var i = 0; i < text.length; i += 2) {
        if (text[i] === word[word.length - 1]) longer.push(word + text[i + 1]);
      }
    });
    return longer.slice(0, SOUNDS);
  }

  // --- matching

  function some(counts) {
    for (var i = 0; i < counts.length; i++) if (counts[i]) return true;
    return false;
  }

  // What of the library a word finds: {texts to mark, counts by unit}.
  Index.prototype.word = function (word) {
    var self = this;
    var text = fold(word.text, this.forms);
    var own = this.text(text).then(function (counts) { return { texts: [text], counts: counts }; });
    if (word.exact) return own;
    return Promise.all([own, this.spelled(text)]).then(function (both) {
      return Promise.all(both[1].map(function (each) { return self.text(each); })).then(function (all) {
        return all.reduce(function (found, counts, i) {
          if (!some(counts)) return found;
          for (var u = 0; u < counts.length; u++) found.counts[u] = Math.max(found.counts[u], counts[u]);
          return { texts: found.texts.concat(both[1][i]), counts: found.counts };
        }, both[0]);
      });
    });
  };

  // The words with what they find; where one finds nothing, its characters may be traditional.
  Index.prototype.words = function (words) {
    var self = this;
    return Promise.all(words.map(function (word) { return self.word(word); })).then(function (found) {
      var missing = found.some(function (each) { return !some(each.counts); });
      if (missing && !self.forms) {
        return self.load("folds").then(function (file) {
          self.forms = pairs(json(file));
          return self.words(words);
        });
      }
      return found.map(function (each, i) {
        return Object.assign(each, { excludes: words[i].excludes, exact: words[i].exact });
      });
    });
  };

  // Pairs of characters of a question, as words; frequent ones and those that ask say nothing.
  Index.prototype.parts = function (words) {
    var self = this;
    var texts = new Set();
    words.forEach(function (word) {
      self.runs(fold(word.text, self.forms).replace(ASKING, " ")).forEach(function (run) {
        for (var i = 0; i + 1 < run.length; i++) {
          if (!self.large.has(key(run, i))) texts.add(run.slice(i, i + 2));
        }
      });
    });
    return Promise.all(Array.from(texts, function (text) {
      return self.text(text).then(function (counts) { return { texts: [text], counts: counts }; });
    })).then(function (found) { return found.filter(function (each) { return some(each.counts); }); });
  };

  // In how many cases a word stands, and so what it weighs.
  Index.prototype.weigh = function (word) {
    var cases = this.meta.cases.length;
    var found = 0;
    for (var n = 0; n < cases; n++) if (this.has(n, word.counts)) found++;
    word.cases = found;
    word.weight = Math.log(1 + cases / (1 + found));
    return word;
  };

  Index.prototype.has = function (n, counts) {
    for (var item = this.starts[n]; item < this.starts[n + 1]; item++) {
      if (counts[item] || counts[this.items + item]) return true;
    }
    return false;
  };

  // The items of a case that have any of the words, with scores; the first item's head is the title.
  Index.prototype.hit = function (n, words) {
    var first = this.starts[n];
    var hit = { n: n, items: [], score: 0 };
    for (var item = first; item < this.starts[n + 1]; item++) {
      var score = 0;
      var present = 0;
      for (var w = 0; w < words.length; w++) {
        var head = item > first ? words[w].counts[item] : 0;
        var body = words[w].counts[this.items + item];
        if (head || body) present++;
        score += words[w].weight * ((head ? 5 : 0) + Math.min(body, 3));
      }
      if (present) hit.items.push({ item: item, score: score * (1 + present / words.length) });
    }
    hit.items.sort(function (a, b) { return b.score - a.score || a.item - b.item; });
    words.forEach(function (word) { if (word.counts[first]) hit.score += 30 * word.weight; });
    hit.items.slice(0, 3).forEach(function (each, i) { hit.score += each.score / (1 + 4 * i); });
    return hit;
  };

  Index.prototype.matches = function (words) {
    var self = this;
    var wanted = words.filter(function (word) { return !word.excludes; }).map(this.weigh, this);
    var hits = [];
    for (var n = 0; n < this.meta.cases.length; n++) {
      var fits = words.every(function (word) { return self.has(n, word.counts) !== Boolean(word.excludes); });
      if (fits) hits.push(wanted.length ? this.hit(n, wanted) : this.whole(n));
    }
    return hits;
  };

  Index.prototype.whole = function (n) {
    var items = [];
    for (var item = this.starts[n]; item < this.starts[n + 1]; item++) items.push({ item: item, score: 0 });
    return { n: n, items: items, score: 0 };
  };

  // The cases that come closest to a question: half of what the best one has of it, or more.
  Index.prototype.nearest = function (parts, words) {
    var self = this;
    parts.forEach(this.weigh, this);
    var hits = [];
    for (var n = 0; n < this.meta.cases.length; n++) {
      if (words.some(function (word) { return word.excludes && self.has(n, word.counts); })) continue;
      var present = parts.filter(function (part) { return self.has(n, part.counts); });
      if (present.length < 2) continue;
      var hit = this.hit(n, parts);
      hit.score = present.reduce(function (sum, part) { return sum + part.weight; }, 0)
        + this.together(hit, parts);
      hits.push(hit);
    }
    var best = hits.reduce(function (most, hit) { return Math.max(most, hit.score); }, 0);
    return hits.filter(function (hit) { return hit.score >= best / 2; });
  };

  // What the best item has of neighboring pairs: "两张" and "张皮" together say more than alone.
  Index.prototype.together = function (hit, parts) {
    var self = this;
    return hit.items.reduce(function (most, each) {
      var sum = 0;
      for (var i = 0; i + 1 < parts.length; i++) {
        var here = parts[i].counts[self.items + each.item] || parts[i].counts[each.item];
        var next = parts[i + 1].counts[self.items + each.item] || parts[i + 1].counts[each.item];
        if (here && next && parts[i].texts[0][1] === parts[i + 1].texts[0][0]) {
          sum += Math.min(parts[i].weight, parts[i + 1].weight);
        }
      }
      return Math.max(most, sum);
    }, 0);
  };

  // --- facets

  // A column: {values, of}: the value's number of each case or item.
  Index.prototype.column = function (name) {
    var self = this;
    this.columns = this.columns || {};
    this.columns[name] = this.columns[name] || this.load(name).then(function (words) {
      var read = json(words);
      var of = new Uint32Array(OF_ITEMS[name] ? self.items : self.meta.cases.length);
      var times = numbers(read[2]);
      var at = 0;
      numbers(read[1]).forEach(function (value, run) { of.fill(value, at, (at += times[run])); });
      return { values: read[0].map(function (value) { return value.split("\n"); }), of: of };
    });
    return this.columns[name];
  };

  // Keeps the hits that fit the state, and counts for each facet the cases that each value would
  // leave. A case fits where one of its items fits all facets of items.
  function filtered(hits, columns, state) {
    var counts = {};
    var names = FACETS.filter(function (name) { return columns[name]; });
    names.forEach(function (name) { counts[name] = Object.create(null); });
    var kept = hits.map(function (hit) {
      var values = function (name, at) { return columns[name].values[columns[name].of[at]]; };
      var fits = function (name, at) { return !state[name] || values(name, at).includes(state[name]); };
      var ofCase = names.filter(function (name) { return !OF_ITEMS[name]; });
      var ofItem = names.filter(function (name) { return OF_ITEMS[name]; });
      var wrong = ofCase.filter(function (name) { return !fits(name, hit.n); });
      var items = hit.items.filter(function (each) {
        return ofItem.every(function (name) { return fits(name, each.item); });
      });
      var asked = ofItem.some(function (name) { return state[name]; });
      var good = items.length > 0 || !asked;
      ofCase.forEach(function (name) {
        if (good && !wrong.some(function (other) { return other !== name; })) count(counts[name], values(name, hit.n));
      });
      ofItem.forEach(function (name) {
        if (wrong.length) return;
        var rest = hit.items.filter(function (each) {
          return ofItem.every(function (other) { return other === name || fits(other, each.item); });
        });
        count(counts[name], [].concat.apply([], rest.map(function (each) { return values(name, each.item); })));
      });
      return good && !wrong.length ? Object.assign({}, hit, { items: items }) : null;
    }).filter(Boolean);
    return { hits: kept, counts: counts };
  }

  function count(counts, values) {
    new Set(values).forEach(function (value) {
      if (value) counts[value] = (counts[value] || 0) + 1;
    });
  }

  // --- searching

  // A case's text: {id, facts, items: [{anchor, role, heading, text, head, body}]}, head and body folded.
  Index.prototype.record = function (n) {
    var self = this;
    this.records = this.records || {};
    this.records[n] = this.records[n] || this.load("t" + n).then(function (words) {
      var row = JSON.parse(decoded(inflate(new Bits(words)), self.meta.alphabet));
      var forms = pairs(row[2]);
      return {
        id: row[0], facts: row[1],
        items: row[3].map(function (item) {
          return {
            anchor: item[0], role: item[1], heading: item[2], text: item[3],
            head: fold(item[2], forms), body: fold(item[3], forms),
          };
        }),
      };
    });
    return this.records[n];
  };

  // Hits whose text really has the words that hold a mark, which the lists know nothing of.
  Index.prototype.verified = function (hits, words) {
    var self = this;
    var marked = words.filter(function (word) { return !word.excludes && self.runs(word.texts[0]).join("") !== word.texts[0]; });
    if (!marked.length) return Promise.resolve(hits);
    return Promise.all(hits.slice(0, VERIFIED).map(function (hit) {
      return self.record(hit.n).then(function (record) {
        return marked.every(function (word) {
          return record.items.some(function (item) {
            return item.head.includes(word.texts[0]) || item.body.includes(word.texts[0]);
          });
        });
      });
    })).then(function (good) {
      return hits.filter(function (_, i) { return i >= good.length || good[i]; });
    });
  };

  // Searches: {hits: [{n, score, items: [{item, score}]}], counts, texts, near, sounds, words}.
  // `facets` are the columns to count; those that the state filters by are read anyway.
  Index.prototype.search = function (state, facets) {
    var self = this;
    var asked = readQuery(state.q || "");
    var result = { near: false, texts: [], sounds: [] };
    return this.open().then(function () { return self.words(asked); }).then(function (words) {
      var wanted = words.filter(function (word) { return !word.excludes; });
      result.texts = [].concat.apply([], wanted.map(function (word) { return word.texts; }));
      result.sounds = [].concat.apply([], wanted.map(function (word) { return word.texts.slice(1); }));
      var matches = self.matches(words);
      result.words = wanted.map(function (word) { return { text: word.texts[0], cases: word.cases }; });
      return self.verified(matches, words).then(function (hits) {
        if (hits.length || !wanted.length) return hits;
        return self.parts(asked.filter(function (word) { return !word.excludes && !word.exact; })).then(function (parts) {
          result.texts = parts.map(function (part) { return part.texts[0]; });
          var near = self.nearest(parts, words);
          result.near = near.length > 0;
          return near;
        });
      });
    }).then(function (hits) {
      var names = FACETS.filter(function (name) { return state[name] || (facets || []).includes(name); });
      if (state.sort === "date") names.push("date");
      return Promise.all(names.map(function (name) { return self.column(name); })).then(function (loaded) {
        var columns = {};
        names.forEach(function (name, i) { columns[name] = loaded[i]; });
        var kept = filtered(hits, columns, state);
        var date = columns.date;
        kept.hits.sort(function (a, b) {
          var newer = date ? date.of[b.n] - date.of[a.n] : 0;
          return newer || b.score - a.score || a.n - b.n;
        });
        return Object.assign(result, kept);
      });
    });
  };

  var exported = { Index: Index, Bits: Bits, inflate: inflate, fold: fold, pairs: pairs, readQuery: readQuery };
  if (typeof module !== "undefined") module.exports = exported;
  else root.CasebookIndex = exported;
})(typeof window === "undefined" ? globalThis : window);

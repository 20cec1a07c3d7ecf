// Answers queries from the search index. Makes no page; search.js does, and search-files.js reads
// the files, which are specified in scripts/casebook/search/FORMAT.md.
(function (root) {
  "use strict";

  var files = typeof require === "function" ? require("./search-files.js") : root.CasebookFiles;
  var LONG_RUN = 4; // characters from which on a run does without its most frequent pairs
  var LARGE = 3; // how many times longer than need be a list is that a long run does without
  var MOST = 128; // characters of a run that are looked up
  var WORDS = 32; // words of a query that are read
  var READINGS = 4; // ways to cut Latin letters into syllables that are tried
  var SOUNDS = 20; // Chinese words that are tried for one way
  var SHOWN = 10; // hits that are compared with the text at a time
  var CHECKED = 100; // hits that are compared with the text at most
  var PARTS = 40; // pairs of a question that are looked up
  var FACETS = ["role", "theme", "kind", "region", "organ", "year"];
  var OF_ITEMS = { role: true, theme: true };
  var ASKING = /怎么样?|怎样|如何|为什么|为何|哪些|什么|吗|呢/g;

  // --- folding: one code unit at a time, so that places stay

  var plains = Object.create(null);

  function plain(character) {
    var known = plains[character];
    if (known) return known;
    var folded = character.normalize("NFKC").toLowerCase();
    return (plains[character] = folded.length === 1 ? folded : character);
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
    var found = query.match(/[-－]?["“”＂][^"“”＂]*["“”＂]|[^\s"“”＂]+|["“”＂]/g) || [];
    var words = found.map(function (word) {
      var excludes = word.length > 1 && /^[-－]/.test(word);
      var rest = word.slice(excludes ? 1 : 0);
      return { text: rest.replace(/["“”＂]/g, "").trim(), excludes: excludes, exact: /^["“”＂]/.test(rest) };
    }).filter(function (word) { return word.text; }).slice(0, WORDS);
    return words.length === 1 ? [withSign(words[0])] : words;
  }

  // A number below zero is no exclusion where nothing else is asked for.
  function withSign(word) {
    var number = word.excludes && !word.exact && /^[0-9]/.test(word.text);
    return number ? { text: "-" + word.text, excludes: false, exact: false } : word;
  }

  // --- the index

  // `load(name)` promises the words of a file; each file is loaded once.
  function Index(load) {
    var loaded = {};
    this.load = function (name) {
      return (loaded[name] = loaded[name] || load(name));
    };
    this.kept = {};
    this.ready = null;
    this.forms = null; // of traditional script, once a query needed it
  }

  // What `make` promised for a key before, else what it promises now.
  Index.prototype.once = function (key, make) {
    return (this.kept[key] = this.kept[key] || make.call(this));
  };

  Index.prototype.open = function () {
    return this.once("open", function () {
      var self = this;
      return this.load("meta").then(function (words) {
        var meta = files.json(words);
        self.meta = meta;
        self.breaks = new Set(meta.breaks);
        self.groups = groupsOf(files.numbers(meta.lasts), files.numbers(meta.shards));
        self.alone = new Map();
        self.sizes = files.numbers(meta.sizes);
        var second = files.numbers(meta.second);
        files.numbers(meta.first).forEach(function (first, i) { self.alone.set(key(first, second[i]), i); });
        self.number(files.numbers(meta.cases));
      });
    });
  };

  // Groups of first characters that share shards: the last one, the first shard, how many.
  function groupsOf(gaps, counts) {
    var last = 0;
    var first = 0;
    return gaps.map(function (gap, i) {
      last += gap;
      first += counts[i];
      return { last: last, first: first - counts[i], count: counts[i] };
    });
  }

  // The first item of each case, and the case of each item.
  Index.prototype.number = function (counts) {
    this.cases = counts.length;
    this.starts = new Int32Array(counts.length + 1);
    for (var n = 0; n < counts.length; n++) this.starts[n + 1] = this.starts[n] + counts[n];
    this.items = this.starts[counts.length];
    this.caseOf = new Int32Array(this.items);
    for (n = 0; n < counts.length; n++) this.caseOf.fill(n, this.starts[n], this.starts[n + 1]);
  };

  function key(first, second) {
    return first * 65536 + second;
  }

  Index.prototype.group = function (first) {
    var low = 0;
    var high = this.groups.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (this.groups[middle].last < first) low = middle + 1;
      else high = middle;
    }
    return this.groups[low] || null;
  };

  // The postings of two characters that follow each other; null without any.
  Index.prototype.list = function (first, second) {
    var wanted = key(first, second);
    return this.once(wanted, function () {
      var units = 2 * this.items;
      var group = this.group(first);
      var file = null;
      if (this.alone.has(wanted)) file = "a" + this.alone.get(wanted);
      else if (group) file = "p" + (group.first + second % group.count);
      if (!file) return Promise.resolve(null);
      return this.load(file).then(function (words) {
        var found = null;
        files.eachList(words, units, wanted, function (one, other, list) {
          if (one === first && other === second) found = list;
        });
        return found;
      });
    });
  };

  // The units with a character: a list of its own, else those of all pairs that begin with it.
  Index.prototype.character = function (code) {
    if (this.alone.has(key(code, 0))) return this.list(code, 0);
    return this.once("character" + code, function () {
      var self = this;
      var group = this.group(code);
      var lists = [];
      this.alone.forEach(function (_, each) {
        if (Math.floor(each / 65536) === code) lists.push(self.list(code, each % 65536));
      });
      for (var n = 0; group && n < group.count; n++) lists.push(this.beginning(code, group, n));
      return Promise.all(lists).then(function (found) {
        return { unit: merged([].concat.apply([], found).map(function (list) { return list.unit; })) };
      });
    });
  };

  Index.prototype.beginning = function (code, group, rest) {
    var units = 2 * this.items;
    return this.load("p" + (group.first + rest)).then(function (words) {
      var lists = [];
      files.eachList(words, units, key(code, 65535), function (first, _, list) {
        if (first === code) lists.push(list);
      });
      return lists;
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
    return lists.slice(1).reduce(function (found, next) {
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
      return { unit: unit, right: right };
    }, lists[0]);
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

  Index.prototype.large = function (text, at) {
    var number = this.alone.get(key(text.charCodeAt(at), text.charCodeAt(at + 1)));
    return number !== undefined && this.sizes[number] >= LARGE;
  };

  // Parts of a run, each a list of units, one entry for each time; a short run is one part.
  Index.prototype.run = function (text) {
    var self = this;
    if (text.length === 1) {
      return this.character(text.charCodeAt(0)).then(function (found) { return [found ? found.unit : []]; });
    }
    var wanted = [[]];
    for (var i = 0; i + 1 < Math.min(text.length, MOST); i++) {
      if (text.length > LONG_RUN && this.large(text, i)) wanted.push([]);
      else wanted[wanted.length - 1].push(this.list(text.charCodeAt(i), text.charCodeAt(i + 1)));
    }
    wanted = wanted.filter(function (part) { return part.length; });
    return Promise.all(wanted.map(function (part) { return Promise.all(part); })).then(function (parts) {
      return parts.map(function (lists) { return lists.every(Boolean) ? chained(lists).unit : []; });
    }).then(function (units) {
      return units.length ? units : self.run(text.slice(0, LONG_RUN));
    });
  };

  // Distinct units, and how often each is named (255 means as often or more).
  function counted(units) {
    var found = { unit: [], times: [] };
    var last = -1;
    for (var i = 0; i < units.length; i++) {
      var end = found.unit.length - 1;
      if (units[i] === last) found.times[end] = Math.min(255, found.times[end] + 1);
      else {
        found.unit.push((last = units[i]));
        found.times.push(1);
      }
    }
    return found;
  }

  // Units of both (`all`) or of either, with the lower or the higher of their times.
  function combined(one, other, all) {
    var found = { unit: [], times: [] };
    for (var i = 0, j = 0; i < one.unit.length || j < other.unit.length;) {
      var left = i < one.unit.length ? one.unit[i] : Infinity;
      var right = j < other.unit.length ? other.unit[j] : Infinity;
      if (left === right || !all) found.unit.push(Math.min(left, right));
      if (left === right) found.times.push((all ? Math.min : Math.max)(one.times[i], other.times[j]));
      else if (!all) found.times.push(left < right ? one.times[i] : other.times[j]);
      if (left <= right) i++;
      if (right <= left) j++;
    }
    return found;
  }

  // The units that hold a text, and how often.
  Index.prototype.text = function (text) {
    var self = this;
    return this.once("text" + text, function () {
      return Promise.all(self.runs(text).map(function (run) { return self.run(run); })).then(function (found) {
        var parts = [].concat.apply([], found).map(counted);
        if (!parts.length) return { unit: [], times: [] };
        return parts.reduce(function (one, other) { return combined(one, other, true); });
      });
    });
  };

  // --- pinyin

  var HAN = /[\u3400-\u9fff]/;
  var SPOKEN = /^[a-z']*[a-z][a-z']*$/;

  // The syllables, the characters that each spells, and those that spell a character.
  Index.prototype.sounds = function () {
    return this.once("sounds", function () {
      return this.load("sounds").then(function (words) {
        var sounds = { characters: files.json(words), of: Object.create(null) };
        sounds.syllables = Object.keys(sounds.characters);
        sounds.syllables.forEach(function (syllable) {
          Array.from(sounds.characters[syllable], function (character) {
            (sounds.of[character] = sounds.of[character] || []).push(syllable);
          });
        });
        return sounds;
      });
    });
  };

  // Ways to read Latin letters as syllables, the shortest first; the last one may be its beginning
  // only. An apostrophe divides.
  function cuts(letters, sounds, open) {
    var ways = [[[]]];
    for (var end = 1; end <= letters.length; end++) {
      var found = letters[end - 1] === "'" ? ways[end - 1].slice() : [];
      for (var start = Math.max(0, end - 6); start < end; start++) {
        if (!ways[start].length) continue;
        var part = letters.slice(start, end);
        var whole = sounds.characters[part] !== undefined;
        var begun = !whole && open && end === letters.length
          && sounds.syllables.some(function (syllable) { return syllable.startsWith(part); });
        if (!whole && !begun) continue;
        ways[start].forEach(function (way) { found.push(way.concat({ sound: part, begun: begun })); });
      }
      found.sort(function (a, b) { return shape(a) - shape(b); });
      ways.push(found.slice(0, READINGS));
    }
    var whole = ways[letters.length].filter(function (way) { return !way[way.length - 1].begun; });
    return whole.length ? whole : ways[letters.length];
  }

  // Few syllables come first, and of these ways such as end with a whole one.
  function shape(way) {
    return 2 * way.length + (way.length && way[way.length - 1].begun ? 1 : 0);
  }

  // Ways to read a word as syllables and Chinese characters, of which it holds at least one each
  // or several syllables.
  function ways(word, sounds) {
    var parts = word.match(/[a-z']+|[^a-z']/g) || [];
    var found = parts.reduce(function (all, part, i) {
      var next = HAN.test(part) ? [[{ character: part }]] : SPOKEN.test(part) ? cuts(part, sounds, i === parts.length - 1) : [];
      var longer = [];
      all.forEach(function (way) {
        next.forEach(function (more) { longer.push(way.concat(more)); });
      });
      return longer.slice(0, READINGS);
    }, [[]]);
    return found.filter(function (way) { return way.length > 1; });
  }

  // The Chinese words of the library that a word of Latin letters, or of both, may spell,
  // likeliest first.
  Index.prototype.spelled = function (word) {
    var self = this;
    if (word.length < 3 && !HAN.test(word)) return Promise.resolve([]);
    if (word.length > 60 || !/^[a-z'\u3400-\u9fff]+$/.test(word) || !/[a-z]/.test(word)) return Promise.resolve([]);
    return this.sounds().then(function (sounds) {
      return Promise.all(ways(word, sounds).map(function (way) { return self.words(way, sounds); }));
    }).then(function (found) { return [].concat.apply([], found); });
  };

  // The words that one way to read spells. Where no pair that is kept joins two words, both stand
  // side by side as they are: what the library does not have so finds nothing.
  Index.prototype.words = function (way, sounds) {
    var self = this;
    var steps = way.slice(0, -1).map(function (slot, i) { return self.pairs(slot, way[i + 1], sounds); });
    return Promise.all(steps).then(function (found) {
      var chains = [[], found[0].slice(0, SOUNDS)]; // by the number of the last place
      for (var i = 1; i < found.length; i++) {
        var longer = joined(chains[i], found[i], true);
        chains.push(longer.length ? longer : joined(chains[i - 1], found[i], false));
      }
      return chains[found.length];
    });
  };

  // Words with a pair behind them, `shared`: whose first character is a word's last.
  function joined(words, pairs, shared) {
    var longer = [];
    words.forEach(function (word) {
      pairs.forEach(function (pair) {
        if (!shared) longer.push(word + pair);
        else if (pair[0] === word[word.length - 1]) longer.push(word + pair[1]);
      });
    });
    return longer.slice(0, SOUNDS);
  }

  // Pairs of characters that two places of a word may hold, the most frequent of a sound first.
  Index.prototype.pairs = function (left, right, sounds) {
    var self = this;
    if (left.character && right.character) return Promise.resolve([left.character + right.character]);
    var firsts = left.character ? sounds.of[left.character] || [] : [left.sound];
    return Promise.all(firsts.map(function (syllable) { return self.neighbors(syllable, sounds); })).then(function (tables) {
      return [].concat.apply([], tables).filter(function (row) {
        return !right.sound || (right.begun ? row.next.startsWith(right.sound) : row.next === right.sound);
      }).reduce(function (found, row) { return found.concat(row.pairs); }, []).filter(function (pair) {
        return (!left.character || pair[0] === left.character) && (!right.character || pair[1] === right.character);
      });
    });
  };

  // The syllables that follow one in the library, each with the pairs of characters so spelled.
  Index.prototype.neighbors = function (syllable, sounds) {
    return this.once("neighbors-" + syllable, function () {
      return this.load("y-" + syllable).then(function (words) {
        var rows = []; // "jian党建荐见…": syllables, each with the pairs so spelled
        files.json(words).replace(/([a-z]+)([^a-z]+)/g, function (_, next, pairs) {
          rows.push({ next: next, pairs: pairs.match(/../g) });
        });
        return rows;
      });
    });
  };

  // --- matching

  // A word without the marks around it, unless it is exact.
  Index.prototype.bare = function (text, exact) {
    var first = 0;
    var last = text.length;
    while (!exact && first < last && this.breaks.has(text[first])) first++;
    while (!exact && first < last && this.breaks.has(text[last - 1])) last--;
    return text.slice(first, last);
  };

  // What of the library a word finds: {texts to mark, unit, times}.
  Index.prototype.word = function (word) {
    var self = this;
    var text = this.bare(fold(word.text, this.forms), word.exact);
    var own = this.text(text).then(function (found) { return { texts: [text], unit: found.unit, times: found.times }; });
    if (word.exact) return own;
    return Promise.all([own, this.spelled(text.replace(/[’‘]/g, "'"))]).then(function (both) {
      var others = both[1].filter(function (each, i) { return both[1].indexOf(each) === i; });
      return Promise.all(others.map(function (each) { return self.text(each); })).then(function (all) {
        return all.reduce(function (found, each, i) {
          if (!each.unit.length) return found;
          var units = combined(found, each, false);
          return { texts: found.texts.concat(others[i]), unit: units.unit, times: units.times };
        }, both[0]);
      });
    });
  };

  // The words with what they find. Where one finds nothing, its characters may be traditional, or
  // the words the syllables of one.
  Index.prototype.find = function (words) {
    var self = this;
    return Promise.all(words.map(function (word) { return self.word(word); })).then(function (found) {
      found.forEach(function (each, i) {
        each.excludes = words[i].excludes;
        each.exact = words[i].exact;
      });
      var missing = found.some(function (each) { return !each.unit.length; });
      if (missing && !self.forms && words.some(function (word) { return /[^\x00-\x7f]/.test(word.text); })) {
        return self.load("folds").then(function (file) {
          self.forms = pairs(files.json(file));
          return self.find(words);
        });
      }
      var fewer = missing ? joinedSyllables(words) : words;
      if (fewer.length < words.length) {
        return self.find(fewer).then(function (other) {
          return other.every(function (each) { return each.unit.length; }) ? other : found;
        });
      }
      return found;
    });
  };

  // "dang jian" as one word: neighbors of Latin letters.
  function joinedSyllables(words) {
    return words.reduce(function (all, word) {
      var before = all[all.length - 1];
      var joins = before && [before, word].every(function (each) {
        return !each.exact && !each.excludes && /^[a-z']+$/i.test(each.text);
      });
      if (!joins) return all.concat(word);
      return all.slice(0, -1).concat({ text: before.text + "'" + word.text, excludes: false, exact: false });
    }, []);
  }

  // Pairs of characters of a question, as words; frequent ones and those that ask say nothing.
  Index.prototype.parts = function (words) {
    var self = this;
    var texts = new Set();
    words.forEach(function (word) {
      self.runs(fold(word.text, self.forms).replace(ASKING, " ")).forEach(function (run) {
        for (var i = 0; i + 1 < run.length; i++) {
          if (!self.large(run, i) && texts.size < PARTS) texts.add(run.slice(i, i + 2));
        }
      });
    });
    return Promise.all(Array.from(texts, function (text) {
      return self.text(text).then(function (found) { return { texts: [text], unit: found.unit, times: found.times }; });
    })).then(function (found) { return found.filter(function (each) { return each.unit.length; }); });
  };

  // The cases that hold a word, and so what it weighs.
  Index.prototype.weigh = function (word) {
    word.in = new Uint8Array(this.cases);
    word.cases = 0;
    for (var i = 0; i < word.unit.length; i++) {
      var unit = word.unit[i];
      var n = this.caseOf[unit < this.items ? unit : unit - this.items];
      if (!word.in[n]) word.cases++;
      word.in[n] = 1;
    }
    word.weight = Math.log(1 + this.cases / (1 + word.cases));
    return word;
  };

  // What each item has of the words: {present: how many words, score, title: score by case}. The
  // head of a case's first item is the title.
  Index.prototype.rate = function (words) {
    var self = this;
    var rated = {
      present: new Uint8Array(this.items), score: new Float32Array(this.items), title: new Float32Array(this.cases),
    };
    words.forEach(function (word) {
      var seen = new Uint8Array(self.items);
      for (var i = 0; i < word.unit.length; i++) {
        var head = word.unit[i] < self.items;
        var item = head ? word.unit[i] : word.unit[i] - self.items;
        var n = self.caseOf[item];
        if (head && item === self.starts[n]) rated.title[n] += 30 * word.weight;
        else {
          rated.score[item] += word.weight * (head ? 5 : Math.min(word.times[i], 3));
          if (!seen[item]) rated.present[item]++;
          seen[item] = 1;
        }
      }
    });
    for (var item = 0; item < this.items; item++) rated.score[item] *= 1 + rated.present[item] / words.length;
    return rated;
  };

  // A case's score: the title's, and of its three best items, each less.
  Index.prototype.hit = function (n, rated) {
    var best = [0, 0, 0];
    for (var item = this.starts[n]; item < this.starts[n + 1]; item++) {
      var score = rated.score[item];
      for (var i = 0; i < 3; i++) {
        if (score <= best[i]) continue;
        var less = best[i];
        best[i] = score;
        score = less;
      }
    }
    return { n: n, score: rated.title[n] + best[0] + best[1] / 5 + best[2] / 9 };
  };

  // The cases that hold all words and none that is excluded, as {hits, rated}.
  Index.prototype.matches = function (words) {
    var self = this;
    words.forEach(this.weigh, this);
    var wanted = words.filter(function (word) { return !word.excludes; });
    var rated = this.rate(wanted);
    if (!wanted.length) rated.present.fill(1);
    var hits = [];
    for (var n = 0; n < this.cases; n++) {
      var fits = true;
      for (var w = 0; w < words.length && fits; w++) fits = Boolean(words[w].in[n]) !== words[w].excludes;
      if (fits) hits.push(self.hit(n, rated));
    }
    return { hits: hits.sort(byScore), rated: rated };
  };

  function byScore(a, b) {
    return b.score - a.score || a.n - b.n;
  }

  // The cases that come closest to a question: half of what the best one has of it, or more.
  Index.prototype.nearest = function (parts, words) {
    var self = this;
    parts.forEach(this.weigh, this);
    var rated = this.rate(parts);
    var together = this.together(parts);
    var hits = [];
    for (var n = 0; n < this.cases; n++) {
      if (words.some(function (word) { return word.excludes && word.in[n]; })) continue;
      var present = 0;
      var score = together[n];
      for (var p = 0; p < parts.length; p++) {
        present += parts[p].in[n];
        score += parts[p].in[n] * parts[p].weight;
      }
      if (present > 1) hits.push({ n: n, score: score });
    }
    hits.sort(byScore);
    var enough = hits.length ? hits[0].score / 2 : 0;
    hits = hits.filter(function (hit) { return hit.score >= enough; });
    return { hits: hits, rated: self.only(rated, hits) };
  };

  // What the best item of each case has of neighboring pairs: "两张" and "张皮" together say more
  // than alone.
  Index.prototype.together = function (parts) {
    var of = new Float32Array(2 * this.items);
    var best = new Float32Array(this.cases);
    for (var p = 0; p + 1 < parts.length; p++) {
      if (parts[p].texts[0][1] !== parts[p + 1].texts[0][0]) continue;
      var both = combined(parts[p], parts[p + 1], true).unit;
      for (var i = 0; i < both.length; i++) of[both[i]] += Math.min(parts[p].weight, parts[p + 1].weight);
    }
    for (var unit = 0; unit < of.length; unit++) {
      if (!of[unit]) continue;
      var n = this.caseOf[unit % this.items];
      best[n] = Math.max(best[n], of[unit]);
    }
    return best;
  };

  // Of the items only those of the hits.
  Index.prototype.only = function (rated, hits) {
    var kept = new Uint8Array(this.items);
    for (var i = 0; i < hits.length; i++) {
      for (var item = this.starts[hits[i].n]; item < this.starts[hits[i].n + 1]; item++) kept[item] = rated.present[item];
    }
    return { present: kept, score: rated.score, title: rated.title };
  };

  // --- facets

  // Reads the named facets of the cases of hits into columns: {values, number: of each value, of: by
  // case or item}.
  Index.prototype.facets = function (hits, names) {
    var self = this;
    var kinds = ["f"].concat(names.includes("theme") ? "h" : []);
    var blocks = new Set(hits.map(function (hit) { return Math.floor(hit.n / self.meta.block); }));
    if (!this.columns) {
      this.columns = {};
      FACETS.forEach(function (name) {
        self.columns[name] = { values: [], number: new Map(), of: new Uint16Array(OF_ITEMS[name] ? self.items : self.cases) };
      });
    }
    return Promise.all(Array.from(blocks, function (block) {
      return Promise.all(kinds.map(function (kind) { return self.block(kind, block); }));
    })).then(function () { return self.columns; });
  };

  Index.prototype.block = function (kind, block) {
    var self = this;
    var start = block * this.meta.block;
    return this.once(kind + block, function () {
      return self.load(kind + block).then(function (words) {
        var columns = files.json(words);
        Object.keys(columns).forEach(function (name) {
          var column = self.columns[name];
          var own = columns[name][0].map(function (value) { return numberOf(column, value); });
          var at = OF_ITEMS[name] ? self.starts[start] : start;
          files.numbers(columns[name][1]).forEach(function (number, i) { column.of[at + i] = own[number]; });
        });
      });
    });
  };

  function numberOf(column, value) {
    if (!column.number.has(value)) {
      column.number.set(value, column.values.length);
      column.values.push(value ? value.split("\n") : []);
    }
    return column.number.get(value);
  }

  // For each number of a column's values: whether it fits what the state asks for.
  function fitting(column, wanted) {
    return column.values.map(function (values) { return !wanted || values.includes(wanted); });
  }

  // Keeps the hits that fit the state. A case fits where one of its items fits all facets of items.
  Index.prototype.filtered = function (found, state) {
    var self = this;
    var asked = FACETS.filter(function (name) { return state[name]; });
    if (!asked.length) return Promise.resolve(found.hits);
    return this.facets(found.hits, asked).then(function (columns) {
      var tests = self.tests(columns, state);
      return found.hits.filter(function (hit) {
        return tests.cases.every(function (test) { return test.fits[test.of[hit.n]]; })
          && (!tests.items.length || self.some(hit.n, found.rated, tests.items));
      });
    });
  };

  // The facets that the state asks for, as what is looked up for a case or an item.
  Index.prototype.tests = function (columns, state) {
    var tests = { cases: [], items: [] };
    FACETS.forEach(function (name) {
      if (!state[name]) return;
      tests[OF_ITEMS[name] ? "items" : "cases"].push({
        name: name, of: columns[name].of, fits: fitting(columns[name], state[name]),
      });
    });
    return tests;
  };

  Index.prototype.some = function (n, rated, tests) {
    for (var item = this.starts[n]; item < this.starts[n + 1]; item++) {
      if (rated.present[item] && tests.every(function (test) { return test.fits[test.of[item]]; })) return true;
    }
    return false;
  };

  // For each named facet the cases of `found.all` that each value would leave, the other facets as
  // they are.
  Index.prototype.counts = function (found, state, names) {
    var self = this;
    var needed = names.concat(FACETS.filter(function (name) { return state[name]; }));
    return this.facets(found.all, needed).then(function (columns) {
      var counts = {};
      names.forEach(function (name) {
        var others = Object.assign({}, state);
        others[name] = "";
        counts[name] = self.count(columns[name], OF_ITEMS[name], self.tests(columns, others), found);
      });
      return counts;
    });
  };

  Index.prototype.count = function (column, ofItems, tests, found) {
    var counts = Object.create(null);
    var last = Object.create(null); // the case that a value was counted for last
    var rated = found.rated;
    var add = function (values, n) {
      for (var v = 0; v < values.length; v++) {
        if (last[values[v]] !== n) counts[values[v]] = (counts[values[v]] || 0) + 1;
        last[values[v]] = n;
      }
    };
    var fits = function (list, at) {
      for (var t = 0; t < list.length; t++) if (!list[t].fits[list[t].of[at]]) return false;
      return true;
    };
    for (var h = 0; h < found.all.length; h++) {
      var n = found.all[h].n;
      if (!fits(tests.cases, n)) continue;
      if (!ofItems) {
        if (!tests.items.length || this.some(n, rated, tests.items)) add(column.values[column.of[n]], n);
        continue;
      }
      for (var item = this.starts[n]; item < this.starts[n + 1]; item++) {
        if (rated.present[item] && fits(tests.items, item)) add(column.values[column.of[item]], n);
      }
    }
    return counts;
  };

  // The items of a hit that fit the state, as {item, score}, the best first.
  Index.prototype.itemsOf = function (found, n, state) {
    var tests = this.columns ? this.tests(this.columns, state).items : [];
    var items = [];
    for (var item = this.starts[n]; item < this.starts[n + 1]; item++) {
      var at = item;
      if (!found.rated.present[item]) continue;
      if (tests.every(function (test) { return test.fits[test.of[at]]; })) items.push({ item: item, score: found.rated.score[item] });
    }
    return items.sort(function (a, b) { return b.score - a.score || a.item - b.item; });
  };

  // --- texts

  // Where an item stands: the number of its case, of the piece within the case.
  Index.prototype.pieceOf = function (item) {
    var n = this.caseOf[item];
    return { n: n, number: Math.floor((item - this.starts[n]) / this.meta.piece) };
  };

  // A piece of a case: {id, facts, title, items by number: {anchor, role, heading, text, head, body}};
  // head and body are heading and text folded. `first`: an item of the piece.
  Index.prototype.piece = function (item) {
    var place = this.pieceOf(item);
    var first = this.starts[place.n] + place.number * this.meta.piece;
    return this.once("piece" + first, function () {
      return this.load("t" + place.n + "-" + place.number).then(function (words) {
        return readPiece(files.textOf(words).split("\0"), first);
      });
    });
  };

  function readPiece(fields, first) {
    var forms = pairs(fields[6]);
    var piece = {
      id: fields[0], facts: fields.slice(1, 5), title: { text: fields[5], body: fold(fields[5], forms) }, items: {},
    };
    for (var at = 7; at + 3 < fields.length; at += 4) {
      piece.items[first + (at - 7) / 4] = {
        anchor: fields[at], role: fields[at + 1],
        heading: fields[at + 2], head: fold(fields[at + 2], forms),
        text: fields[at + 3], body: fold(fields[at + 3], forms),
      };
    }
    return piece;
  }

  // Compares hits with the text where the lists do not say all: whether a word's marks stand there,
  // or the pairs that a long run did without. Hits without the words go where the word is exact or
  // a run was cut, and else to the end. Goes on while it finds such, up to CHECKED hits; what is not
  // compared stays where most of the others were right.
  Index.prototype.verified = function (found, words) {
    var self = this;
    var doubted = words.filter(function (word) { return !word.excludes && self.doubtful(word); });
    var strict = doubted.some(function (word) { return word.exact || !self.marked(word); });
    var good = [];
    var bad = [];
    if (!doubted.length) return Promise.resolve(found.hits);
    function next(at) {
      var some = found.hits.slice(at, at + SHOWN);
      var sure = good.length >= SHOWN && (!bad.length || !strict);
      if (!some.length || sure || at >= (strict ? CHECKED : 2 * SHOWN)) {
        var rest = found.hits.slice(at);
        if (!strict) return Promise.resolve(good.concat(bad, rest));
        return Promise.resolve(good.length >= bad.length ? good.concat(rest) : good);
      }
      return Promise.all(some.map(function (hit) { return self.has(hit.n, doubted, found.rated); })).then(function (has) {
        some.forEach(function (hit, i) { (has[i] ? good : bad).push(hit); });
        return next(at + SHOWN);
      });
    }
    return next(0);
  };

  // Whether a word holds marks, which the lists know nothing of.
  Index.prototype.marked = function (word) {
    return this.runs(word.texts[0]).join("") !== word.texts[0];
  };

  Index.prototype.doubtful = function (word) {
    var self = this;
    return this.marked(word) || this.runs(word.texts[0]).some(function (run) {
      if (run.length > MOST) return true;
      for (var i = 0; run.length > LONG_RUN && i + 1 < run.length; i++) if (self.large(run, i)) return true;
      return false;
    });
  };

  // Whether the items that the lists name for a case hold all words.
  Index.prototype.has = function (n, words, rated) {
    var pieces = {};
    pieces[this.starts[n]] = this.piece(this.starts[n]);
    for (var item = this.starts[n]; item < this.starts[n + 1]; item++) {
      var first = item - ((item - this.starts[n]) % this.meta.piece);
      if (rated.present[item]) pieces[first] = this.piece(item);
    }
    return Promise.all(Object.keys(pieces).map(function (first) { return pieces[first]; })).then(function (loaded) {
      return words.every(function (word) {
        return loaded.some(function (piece) { return pieceHas(piece, word.texts); });
      });
    });
  };

  function pieceHas(piece, texts) {
    return texts.some(function (text) {
      return piece.title.body.includes(text) || Object.keys(piece.items).some(function (item) {
        return piece.items[item].head.includes(text) || piece.items[item].body.includes(text);
      });
    });
  }

  // --- searching

  // Searches: {hits: [{n, score}], all: without the state's filters, rated, texts, near, sounds, words}.
  Index.prototype.search = function (state) {
    var self = this;
    var asked = readQuery(state.q || "");
    var result = { near: false, texts: [], sounds: [], words: [], asked: asked.length > 0 };
    return this.open().then(function () {
      if (/\S/.test(state.q || "") && !self.runs(fold(state.q)).length) return { hits: [], rated: self.rate([]) };
      return self.answer(asked, result);
    }).then(function (found) {
      result.all = found.hits;
      result.rated = found.rated;
      return self.filtered(found, state);
    }).then(function (hits) {
      result.hits = hits;
      return state.sort === "date" ? self.byDate(result) : result;
    });
  };

  // The cases with all words, or where none has, those that come closest.
  Index.prototype.answer = function (asked, result) {
    var self = this;
    return this.find(asked).then(function (words) {
      words = words.filter(function (word) { return word.excludes || self.runs(word.texts[0]).length; });
      var wanted = words.filter(function (word) { return !word.excludes; });
      result.texts = [].concat.apply([], wanted.map(function (word) { return word.texts; }));
      result.sounds = [].concat.apply([], wanted.map(function (word) { return word.texts.slice(1); }));
      var found = self.matches(words);
      result.words = wanted.map(function (word) { return { text: word.texts[0], cases: word.cases }; });
      return self.verified(found, words).then(function (hits) {
        if (hits.length || !wanted.length) return { hits: hits, rated: self.only(found.rated, hits) };
        var open = asked.filter(function (word) { return !word.excludes && !word.exact; });
        return self.parts(open).then(function (parts) {
          var near = self.nearest(parts, words);
          result.texts = parts.map(function (part) { return part.texts[0]; });
          result.near = near.hits.length > 0;
          return near;
        });
      });
    });
  };

  Index.prototype.byDate = function (result) {
    var self = this;
    return this.once("date", function () {
      return this.load("date").then(function (words) { return files.numbers(files.json(words).date[1]); });
    }).then(function (of) {
      result.hits = result.hits.slice().sort(function (a, b) { return of[b.n] - of[a.n] || byScore(a, b); });
      return result;
    });
  };

  root.CasebookIndex = { Index: Index, fold: fold, pairs: pairs, readQuery: readQuery };
  if (typeof module !== "undefined") module.exports = root.CasebookIndex;
})(typeof window === "undefined" ? globalThis : window);

"use strict";
// What somebody may have meant by how it sounds: words typed in Latin letters, by their initials,
// or with characters that sound alike.

// --- pinyin: Latin letters, alone or among Chinese characters

const MOST_READINGS = 4; // ways to divide letters into syllables that are tried
const MOST_SPELLED = 20; // Chinese words that are tried for one way
const LONGEST_SYLLABLE = 6; // letters
const LONGEST_SPELLED = 60; // characters of a word that may be spelled
const MOST_READ = 2; // readings of a character that is read by its sound
const MOST_CHAINED = 200; // words that sound alike
const HAN = /[\u3400-\u9fff]/;
const SPOKEN = /^[a-z']*[a-z][a-z']*$/;

/**
 * A place of a word: a syllable, of which only the beginning may be typed, or a character.
 * @typedef {object} Slot
 * @property {string} sound "" for a character
 * @property {boolean} begun
 * @property {string} character "" for a syllable
 */

/**
 * The syllables of the library.
 * @typedef {object} Sounds
 * @property {Record<string, string>} characters that each syllable spells
 * @property {string[]} syllables
 * @property {Map<string, string[]>} of the syllables of each character
 */

/**
 * A syllable that follows another one in the library.
 * @typedef {object} Neighbor
 * @property {string} next
 * @property {string[]} pairs of characters that both spell, the most frequent first
 * @property {string[]} rare pairs that both spell too, far less frequent
 * @property {string[]} others words that both spell and no text has
 */

/**
 * Orders ways to read: fewer syllables come first, then a whole last syllable.
 * @param {Slot[]} way
 */
function wayCost(way) {
  return 2 * way.length + (way.length && way[way.length - 1].begun ? 1 : 0);
}

/**
 * Ways to divide letters into syllables, the best first. An apostrophe divides.
 * @param {string} letters @param {Sounds} sounds
 * @param {boolean} open whether the last syllable may be typed in part
 * @returns {Slot[][]}
 */
function divideLetters(letters, sounds, open) {
  /** @type {Slot[][][]} */
  const ways = [[[]]]; // by the number of letters read
  for (let end = 1; end <= letters.length; end++) {
    const found = letters[end - 1] === "'" ? ways[end - 1].slice() : [];
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
      if (!ways[start].length) continue;
      const slot = readSyllable(letters.slice(start, end), sounds, open && end === letters.length);
      if (slot) found.push(...ways[start].map((way) => [...way, slot]));
    }
    found.sort((a, b) => wayCost(a) - wayCost(b));
    ways.push(found.slice(0, MOST_READINGS));
  }
  const all = ways[letters.length];
  const whole = all.filter((way) => !way[way.length - 1].begun);
  return whole.length ? whole : all;
}

/** @param {string} sound @param {Sounds} sounds @param {boolean} open @returns {Slot | null} */
function readSyllable(sound, sounds, open) {
  if (sound in sounds.characters) return { sound, begun: false, character: "" };
  const begun = open && sounds.syllables.some((syllable) => syllable.startsWith(sound));
  return begun ? { sound, begun, character: "" } : null;
}

/**
 * Ways to read a word of letters and Chinese characters that have several places.
 * @param {string} word @param {Sounds} sounds
 */
function readSpelled(word, sounds) {
  const parts = word.match(/[a-z']+|[^a-z']/g) || [];
  /** @type {Slot[][]} */
  let ways = [[]];
  parts.forEach((part, i) => {
    /** @type {Slot[][]} */
    let next = [];
    if (HAN.test(part)) next = [[{ sound: "", begun: false, character: part }]];
    else if (SPOKEN.test(part)) next = divideLetters(part, sounds, i === parts.length - 1);
    ways = ways.flatMap((way) => next.map((more) => [...way, ...more])).slice(0, MOST_READINGS);
  });
  return ways.filter((way) => way.length > 1);
}

/**
 * Words, each followed by a pair whose first character is the word's last.
 * @param {string[]} words @param {string[]} pairs
 */
function chainWords(words, pairs) {
  return words.flatMap((word) =>
    pairs.filter((pair) => pair[0] === word[word.length - 1]).map((pair) => word + pair[1]));
}

/** Finds the words of the library that a spelling may mean. */
class Pinyin {
  /** @param {IndexFiles} files */
  constructor(files) {
    this.files = files;
    this.cache = new PromiseCache();
  }

  /** @returns {Promise<Sounds>} */
  sounds() {
    return this.cache.get("sounds", async () => {
      /** @type {Record<string, string>} */
      const characters = await this.files.json("sounds");
      /** @type {Map<string, string[]>} */
      const of = new Map();
      for (const [syllable, spelled] of Object.entries(characters)) {
        for (const each of spelled) of.set(each, [...(of.get(each) || []), syllable]);
      }
      return { characters, syllables: Object.keys(characters), of };
    });
  }

  /**
   * The Chinese words that a word of Latin letters, or of both scripts, may spell, likeliest first.
   * @param {string} word
   */
  async spell(word) {
    if (word.length < 3 && !HAN.test(word)) return [];
    if (word.length > LONGEST_SPELLED) return [];
    if (!/^[a-z'\u3400-\u9fff]+$/.test(word) || !/[a-z]/.test(word)) return [];
    const sounds = await this.sounds();
    const ways = readSpelled(word, sounds).map((way) => this.words(way, sounds));
    return [...new Set((await Promise.all(ways)).flat())];
  }

  /**
   * The words that one way to read spells. Where no known pair joins two words, they are put
   * side by side; a word that the library does not have finds nothing.
   * @param {Slot[]} way @param {Sounds} sounds
   */
  async words(way, sounds) {
    const steps = way.slice(1).map((slot, i) => this.pairs(way[i], slot, sounds));
    const [first, ...others] = await Promise.all(steps);
    /** @type {string[]} */
    let shorter = []; // words without their last character
    let words = first.slice(0, MOST_SPELLED);
    for (const pairs of others) {
      let longer = chainWords(words, pairs);
      if (!longer.length) longer = shorter.flatMap((word) => pairs.map((pair) => word + pair));
      [shorter, words] = [words, longer.slice(0, MOST_SPELLED)];
    }
    return words;
  }

  /**
   * Pairs of characters that two places of a word may hold, the most frequent of a sound first.
   * @param {Slot} left @param {Slot} right @param {Sounds} sounds
   */
  async pairs(left, right, sounds) {
    if (left.character && right.character) return [left.character + right.character];
    const syllables = left.character ? sounds.of.get(left.character) || [] : [left.sound];
    const tables = await Promise.all(syllables.map((each) => this.neighbors(each)));
    const sound = right.sound;
    return tables.flat()
      .filter(({ next }) => !sound || (right.begun ? next.startsWith(sound) : next === sound))
      .flatMap((neighbor) => neighbor.pairs)
      .filter((pair) => !left.character || pair[0] === left.character)
      .filter((pair) => !right.character || pair[1] === right.character);
  }

  /**
   * The syllables that follow one in the library.
   * @param {string} syllable @returns {Promise<Neighbor[]>}
   */
  neighbors(syllable) {
    return this.cache.get(`y-${syllable}`, async () => {
      /** @type {string} */
      const text = await this.files.json(`y-${syllable}`); // jian党建当建/当件/挡箭…
      return [...text.matchAll(/([a-z]+)([^a-z]*)/g)].map(([, next, lists]) => {
        const [pairs, rare = [], others = []] = lists.split("/")
          .map((each) => each.match(/../g) || []);
        return { next, pairs, rare, others };
      });
    });
  }

  // --- characters that sound alike

  /**
   * The usual readings of a character, of the library or not.
   * @param {string} character @returns {Promise<string[]>}
   */
  async readings(character) {
    /** @type {Record<string, string>} */
    const usual = await this.cache.get("readings", () => this.files.json("readings"));
    return Object.keys(usual).filter((each) => usual[each].includes(character)).slice(0, MOST_READ);
  }

  /** Whether two characters are a word that the library lacks. @param {string} pair */
  async isOtherWord(pair) {
    const [left, right] = await Promise.all([...pair].map((each) => this.readings(each)));
    const tables = await Promise.all(left.map((sound) => this.neighbors(sound)));
    return tables.flat().some(({ next, others }) => right.includes(next) && others.includes(pair));
  }

  /**
   * What may be words of the library and sounds like a Chinese word; those with most of its
   * characters first.
   * @param {string} word
   * @param {(pair: string) => Promise<boolean>} isKnown whether the library has a pair as typed
   */
  async soundAlikes(word, isKnown) {
    const readings = await Promise.all([...word].map((each) => this.readings(each)));
    /** @type {string[][]} */
    let ways = [[]];
    for (const some of readings) {
      ways = ways.flatMap((way) => some.map((sound) => [...way, sound])).slice(0, MOST_READINGS);
    }
    const found = await Promise.all(ways.map((way) => this.spelledAlike(word, way, isKnown)));
    const kept = (/** @type {string} */ text) =>
      [...text].filter((each, i) => each === word[i]).length;
    const others = new Set(found.flat());
    others.delete(word);
    return [...others].sort((a, b) => kept(b) - kept(a));
  }

  /**
   * @param {string} word @param {string[]} sounds one for each character
   * @param {(pair: string) => Promise<boolean>} isKnown
   */
  async spelledAlike(word, sounds, isKnown) {
    const steps = await Promise.all(sounds.slice(1).map(async (sound, i) => {
      const typed = word.slice(i, i + 2);
      const next = (await this.neighbors(sounds[i])).filter((each) => each.next === sound);
      const alike = next.flatMap(({ pairs, rare }) => [...pairs, ...rare]);
      return await isKnown(typed) ? [typed, ...alike] : alike;
    }));
    return steps.slice(1).reduce(
      (words, pairs) => chainWords(words, pairs).slice(0, MOST_CHAINED), steps[0] || [],
    );
  }

  /**
   * Rare words of two syllables that a word in Latin letters spells as well.
   * @param {string} word
   */
  async rareWords(word) {
    if (!SPOKEN.test(word)) return [];
    const ways = readSpelled(word, await this.sounds()).filter((way) => way.length === 2);
    const found = await Promise.all(ways.map(async ([left, right]) =>
      (await this.neighbors(left.sound))
        .filter(({ next }) => (right.begun ? next.startsWith(right.sound) : next === right.sound))
        .flatMap(({ rare }) => rare)));
    return [...new Set(found.flat())];
  }

  /**
   * Phrases of titles and headings by their initials, each with its number of headings.
   * @param {string} letters @returns {Promise<[string, number][]>}
   */
  async phrases(letters) {
    /** @type {Record<string, [string, number][]>} */
    const table = await this.cache.get("initials", () => this.files.json("initials"));
    return new Map(Object.entries(table)).get(letters) || [];
  }
}

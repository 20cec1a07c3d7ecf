"use strict";
// Levels by a walk over the headings, with a stack of the open families: structure/levels.py.

const FREE = CANDIDATES.FREE_FAMILY;
const NAMED = FAMILIES.NAMED_FAMILY;
const INNER = LEVELS.INNER_FAMILY;

class LevelWalk {
  /** @param {Candidate[]} headings @param {boolean[]} withText */
  constructor(headings, withText) {
    this.headings = headings;
    this.withText = withText;
    this.frame = findFrame(headings);
    this.families = headings.map(mergeFamily);
    this.promoteFramed();
    this.demoteInnerNames();
    this.holders = headings.filter((_, index) => this.holdsFree(index)).length;
    this.nextOf = this.linkSequences();
    this.groups = this.countGroups();
    /** @type {string[]} */
    this.stack = [];
    /** @type {Map<string, number>} */
    this.known = new Map();
    /** @type {Map<string, number>} */
    this.named = new Map();
    /** @type {Map<string, number>} */
    this.last = new Map();
    this.section = -1;
    this.outer = 0;
  }

  /** Goes on to a heading, and returns its level. @param {number} index */
  enterLevel(index) {
    const family = this.families[index];
    this.enter(index);
    const level = Math.min(this.stack.length + 1, MODEL.LOWEST_LEVEL);
    const top = this.stack[this.stack.length - 1];
    this.known.set(family, level);
    this.last.set(family, index);
    if (family === NAMED && top === NAMED) {
      this.named.set(stripName(this.headings[index]), level);
      this.section = index;
    } else if (top === FREE) {
      this.outer = index;
    }
    return level;
  }

  promoteFramed() {
    this.families.forEach((family, index) => {
      if (family === FREE && this.isFramed(index)) this.families[index] = NAMED;
    });
  }

  /** Makes names free headings that are inside a section: long ones, ones within a frame. */
  demoteInnerNames() {
    if (!this.frame.size) this.demoteNamedParts();
    const holders = this.headings.some((_, index) => this.holdsFree(index));
    const framed = this.headings.filter((each) => this.frame.has(stripName(each)));
    const roles = new Set(framed.map((each) => each.role));
    let owned = false;
    let holds = false;
    this.headings.forEach(({ text, role }, index) => {
      if (this.families[index] !== NAMED || this.isFramed(index)) {
        owned = false;
        if (this.isFramed(index)) holds = LEVELS.ROLES_WITH_PARTS.includes(role);
        return;
      }
      const long = text.length > LEVELS.SECTION_NAME_CHARACTERS;
      const bare = !this.withText[index];
      if (long && holders && this.families[index + 1] === FREE && bare) {
        this.families[index] = FREE;
        return;
      }
      let inner = long && this.isBetweenFree(index) && !bare && !/^\p{Nd}/u.test(text);
      if (this.frame.size) {
        owned = owned || (index > 0 && !this.withText[index - 1]);
        inner = inner || owned || (holds && long && bare) || roles.has(role);
      }
      if (inner) this.families[index] = FREE;
    });
  }

  /** @param {number} index */
  isBetweenFree(index) {
    return this.families[index - 1] === FREE && this.families[index + 1] === FREE;
  }

  /** Makes names free headings that are right under a free heading without a text. */
  demoteNamedParts() {
    const seen = new Set();
    let owned = false;
    this.headings.forEach(({ role }, index) => {
      if (this.families[index] !== NAMED) {
        owned = false;
        return;
      }
      const above = index > 0 && this.families[index - 1] === FREE;
      const opens = above && !this.withText[index - 1] && FAMILIES.OPENING_ROLES.includes(role);
      const closes = role === "lesson" && index + 1 === this.headings.length;
      owned = (owned || (opens && seen.has(role))) && !closes;
      if (owned) this.families[index] = FREE;
      seen.add(role);
    });
  }

  /** @param {number} index */
  isFramed(index) {
    return this.frame.has(stripName(this.headings[index]));
  }

  /** For each heading the index of the one that continues its numbers, or its own. */
  linkSequences() {
    const links = Array.from(this.headings.keys());
    /** @type {Map<string, number>} */
    const last = new Map();
    this.headings.forEach(({ number, family }, index) => {
      if (!number) return;
      const before = last.get(family);
      if (before !== undefined
        && continuesNumber(number, this.headings[before].number, family)) links[before] = index;
      last.set(family, index);
    });
    return links;
  }

  /** For each free heading the number of free headings in a row with it. */
  countGroups() {
    const sizes = new Array(this.headings.length).fill(0);
    let start = 0;
    for (let index = 0; index <= this.families.length; index++) {
      if (this.families[index] === FREE) continue;
      sizes.fill(index - start, start, index);
      start = index + 1;
    }
    return sizes;
  }

  /** Leaves on the stack what is up to its first such family. @param {string} family */
  cutAfter(family) {
    this.stack.length = this.stack.indexOf(family) + 1;
  }

  /** Updates the stack for a heading. @param {number} index */
  enter(index) {
    const family = this.families[index];
    const { number } = this.headings[index];
    if (family === CANDIDATES.ANNEX_FAMILY) {
      this.stack = [family];
      this.known.clear();
    } else if (family === NAMED && this.isPartOfSection(index)) {
      this.families[index] = FREE;
      this.holders += [index - 1, index].filter((place) => this.holdsFree(place)).length;
      this.enter(index);
    } else if (family === NAMED) {
      this.enterNamed(index);
    } else if (family === FREE && this.stack.includes(INNER) && this.staysInner(index)) {
      this.cutAfter(INNER);
    } else if (this.stack.includes(family) && !this.opensInner(index)) {
      this.cutAfter(family);
    } else if (family === FREE) {
      this.enterFree(index);
    } else if (number > 1 && this.known.has(family)) {
      this.stack = [...this.stack.slice(0, (this.known.get(family) || 2) - 2), family];
    } else {
      this.leaveOpening(index);
      this.stack.push(family);
    }
  }

  /** For a role name: outermost, unless a sequence goes on around it. @param {number} index */
  enterNamed(index) {
    const depth = this.named.get(stripName(this.headings[index])) || 0;
    let around = this.stack.filter((family) => this.goesOn(family, index));
    if (depth > 2 && !around.length) {
      around = this.stack.slice(0, depth - 2).filter((family) => family !== NAMED);
    }
    this.stack = [...around, NAMED];
  }

  /** Whether a name with the role of the open section is among its parts. @param {number} index */
  isPartOfSection(index) {
    if (!this.stack.includes(NAMED) || this.isFramed(index)) return false;
    const { family, role } = this.headings[index];
    if (family === CANDIDATES.BRACKET_FAMILY) return false;
    const below = this.headings[index + 1];
    if (below && below.number === 1 && this.stack.includes(below.family)) return false;
    // Before any named section Python looks at the last heading.
    const section = this.section < 0 ? this.headings.length - 1 : this.section;
    const among = this.stack.includes(FREE) || !this.withText[section];
    return among && role === this.headings[section].role;
  }

  /** For a free heading: under the one before, or next to an unmarked one. @param {number} index */
  enterFree(index) {
    if (this.opensInner(index)) {
      this.stack.push(INNER);
      return;
    }
    if (this.isOnTop(index)) {
      this.stack = [FREE];
      return;
    }
    const following = index + this.groups[index];
    if (following < this.headings.length && this.headings[following].number === 1) {
      const family = this.families[following];
      if (this.stack.includes(family) && !this.goesOn(family, index)) {
        this.stack.length = this.stack.indexOf(family);
        if ([NAMED, FREE].includes(this.stack[this.stack.length - 1])) this.stack.pop();
        this.stack.push(FREE);
        return;
      }
    }
    if (this.stack[this.stack.length - 1] === NAMED && !this.isPart(index)) this.stack.pop();
    this.stack.push(FREE);
  }

  /** Whether a free heading is the first under another free one. @param {number} index */
  opensInner(index) {
    return index > 0 && this.stack[this.stack.length - 1] === FREE && this.holdsFree(index - 1);
  }

  /** Whether a free heading is next to an inner one. @param {number} index */
  staysInner(index) {
    if (this.holdsFree(index) || this.holders > 1) return !this.holdsFree(index);
    const textOf = (/** @type {number} */ place) => this.headings[place].text;
    const inner = [this.outer + 1, index - 1].map(textOf);
    const most = Math.max(...inner.map((other) => countLikeness(textOf(index), other)));
    return countLikeness(textOf(index), textOf(this.outer)) < most + LEVELS.LIKE_OUTER_POINTS;
  }

  /** Whether a free heading without a text is right above another. @param {number} index */
  holdsFree(index) {
    return this.families[index] === FREE && this.families[index + 1] === FREE
      && !this.withText[index];
  }

  /** Whether a free heading is outermost, and all sequences have ended. @param {number} index */
  isOnTop(index) {
    const unmarked = [NAMED, FREE];
    const [first] = this.stack;
    if (!unmarked.includes(first) || (this.known.get(FREE) || 2) > 2) return false;
    const numbered = this.stack.filter((family) => !unmarked.includes(family));
    return numbered.length > 0 && !numbered.some((family) => this.goesOn(family, index));
  }

  /** Whether the free headings here are parts of the name before them. @param {number} index */
  isPart(index) {
    const above = index - 1;
    if (!this.withText[above]) return true;
    if (this.known.get(FREE) === this.known.get(NAMED)) return false;
    const { role } = this.headings[above];
    return (this.groups[index] > 1 || this.frame.size > 0)
      && ["", ...LEVELS.ROLES_WITH_PARTS].includes(role);
  }

  /** Closes a background with a text of its own before 一、. @param {number} index */
  leaveOpening(index) {
    const above = index - 1;
    if (this.stack.length !== 1 || this.stack[0] !== NAMED) return;
    if (!LEVELS.OUTERMOST_FAMILIES.includes(this.families[index])) return;
    const name = stripName(this.headings[above]);
    const opens = LEVELS.OPENING_NAMES.some((/** @type {string} */ end) => name.endsWith(end));
    if (this.withText[above] && opens) this.stack = [];
  }

  /** Whether the sequence of an open family goes on after a heading.
   * @param {string} family @param {number} index */
  goesOn(family, index) {
    const last = this.last.get(family);
    return last !== undefined && this.nextOf[last] > index;
  }
}

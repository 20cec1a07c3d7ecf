"use strict";
// How hits are shown, in the box and on the search page, and the box in the header of every page.

const SITE = new URL("../..", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
const AROUND = 40; // characters of a long sentence shown on each side of a hit
const PAUSE = 120; // milliseconds without a key before a search while typing
const LOAD_FAILED = "查找用的文件没有读到，请刷新页面再试。";

const indexFiles = new IndexFiles(scriptLoader(`${SITE}search/data/`));
const openIndexes = new PromiseCache();

/** The index of this site; it is loaded when somebody searches. */
function openIndex() {
  return openIndexes.get("index", () => SearchIndex.open(indexFiles));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} [children]
 */
function makeElement(name, attributes = {}, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/**
 * Runs something at an event until it has succeeded once, and not while it is under way.
 * @param {EventTarget} target @param {string} event
 * @param {() => Promise<void>} run @param {() => void} fail
 */
function runOnce(target, event, run, fail) {
  let isRunning = false;
  async function handle() {
    if (isRunning) return;
    isRunning = true;
    try {
      await run();
      target.removeEventListener(event, handle);
    } catch (error) {
      console.error(error);
      fail();
    }
    isRunning = false;
  }
  target.addEventListener(event, handle);
}

function makeSearchInput() {
  return makeElement("input", {
    type: "search", id: "cb-search-box", name: "q", value: "", placeholder: "查找问题、成因、做法……",
    "aria-label": "查找", autocomplete: "off", class: "cb-search__input",
  });
}

// --- marks and sentences

/**
 * A part of a text, from `start` to before `end`.
 * @typedef {{start: number, end: number}} Span
 */

/**
 * The first place of one of the words, lengthened by words that overlap or follow it at once.
 * @param {string} folded @param {string[]} words @param {number} from @returns {Span | null}
 */
function findMark(folded, words, from) {
  const spans = words
    .map((word) => ({ start: folded.indexOf(word, from), length: word.length }))
    .filter((span) => span.start >= 0)
    .sort((a, b) => a.start - b.start || b.length - a.length);
  if (!spans.length) return null;
  const mark = { start: spans[0].start, end: spans[0].start + spans[0].length };
  const lengthens = (/** @type {string} */ word) => {
    const at = folded.indexOf(word, mark.start + 1);
    if (at < 0 || at > mark.end || at + word.length <= mark.end) return false;
    mark.end = at + word.length;
    return true;
  };
  while (words.some(lengthens));
  return mark;
}

/**
 * A text with the words marked.
 * @param {string} text @param {string} folded of the same length
 * @param {string[]} words folded
 */
function markWords(text, folded, words) {
  const fragment = document.createDocumentFragment();
  let position = 0;
  for (;;) {
    const mark = findMark(folded, words, position);
    if (!mark) break;
    fragment.append(text.slice(position, mark.start));
    fragment.append(makeElement("mark", {}, [text.slice(mark.start, mark.end)]));
    position = mark.end;
  }
  fragment.append(text.slice(position));
  return fragment;
}

/**
 * The sentence that has most of the words, cut around them where it is long.
 * @param {string} text @param {string} folded @param {string[]} words @returns {Span}
 */
function findSentence(text, folded, words) {
  /** @type {Span & {has: string[]}} */
  let best = { start: 0, end: 0, has: [] };
  for (let start = 0; start < text.length;) {
    const length = text.slice(start).search(/[。！？；\n]/) + 1 || text.length - start;
    const part = folded.slice(start, start + length);
    const has = words.filter((word) => part.includes(word));
    if (has.length > best.has.length) best = { start, end: start + length, has };
    start += length;
  }
  if (!best.has.length) return { start: 0, end: Math.min(text.length, 2 * AROUND) };
  const first = Math.min(...best.has.map((word) => folded.indexOf(word, best.start)));
  return {
    start: Math.max(best.start, first - AROUND),
    end: Math.min(best.end, first + 2 * AROUND),
  };
}

/**
 * The sentence of a text that has most of the words, with these marked.
 * @param {string} text @param {string} folded @param {string[]} words
 */
function makeExcerpt(text, folded, words) {
  const { start, end } = findSentence(text, folded, words);
  return [
    start ? "…" : "",
    markWords(text.slice(start, end), folded.slice(start, end), words),
    end < text.length ? "…" : "",
  ];
}

// --- hits

/**
 * A hit with its items, the best first, and the piece of text that has the best one.
 * @typedef {object} ShownHit
 * @property {Piece} piece
 * @property {number[]} items
 */

/**
 * @param {SearchIndex} index @param {Answer} answer @param {Hit[]} hits @param {State} state
 * @returns {Promise<ShownHit[]>}
 */
function readHits(index, answer, hits, state) {
  return Promise.all(hits.map(async ({ n }) => {
    const items = index.itemsOf(answer, n, state);
    return { items, piece: await index.piece(items.length ? items[0] : index.cases.starts[n]) };
  }));
}

/**
 * The address of a case or of an item, with the words that its page marks again.
 * @param {Piece} piece @param {ItemText | null} item @param {string[]} words
 */
function addressOf(piece, item, words) {
  const query = words.map((word) => (/[\s-]/.test(word) ? `"${word}"` : word)).join(" ");
  const anchor = item && item.anchor ? `#${item.anchor}` : "";
  return `${SITE}cases/${piece.id}.html${query && `?q=${encodeURIComponent(query)}`}${anchor}`;
}

/** @param {SearchIndex} index @param {string} role */
function makeLabel(index, role) {
  if (!role) return "";
  return makeElement("span", { class: `cb-role cb-role--${role}` }, [index.roles[role] || role]);
}

/** How many cases were found. @param {Answer} answer */
function describeCount({ hits, near }) {
  return `${near ? "没有完全相符的，最接近的有" : "找到"} ${hits.length} 个案例`;
}

// --- the box: first hits while somebody types. Arrows choose one, Enter opens it, Escape closes
// the list

const LIVE_HITS = 6;

class HeaderBox {
  /** @param {Element} header */
  constructor(header) {
    this.input = makeSearchInput();
    this.list = makeElement("ul", {
      id: "cb-search-list", role: "listbox", "aria-label": "最相关的案例", class: "cb-live", hidden: "",
    });
    this.status = makeElement("p", { role: "status", "aria-live": "polite", class: "cb-unseen" });
    this.form = makeElement("form", {
      action: `${SITE}search/index.html`, class: "cb-search", role: "search",
    }, [this.input, this.list, this.status]);
    this.timer = 0;
    this.turn = 0; // counts what was asked; earlier answers are not shown
    this.chosen = -1;
    this.describeInput();
    header.append(this.form);
    this.listen();
  }

  describeInput() {
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
  }

  listen() {
    const openEarly = () => openIndex().catch(() => {}); // a failure shows when somebody searches
    this.input.addEventListener("focus", openEarly, { once: true });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.turn++;
      this.choose(-1);
      this.timer = setTimeout(() => this.search(), PAUSE);
    });
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.form.contains(/** @type {Node | null} */ (relatedTarget))) this.close();
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.focusBySlash(event));
  }

  /** @param {KeyboardEvent} event */
  focusBySlash(event) {
    const isTyping = document.activeElement?.matches("input, textarea, select");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== "/" || isTyping || !isPlain) return;
    event.preventDefault();
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.key === "Escape" && !(this.list.hidden && this.isVisuallyHidden())) this.close();
    else if (isArrow && this.list.children.length) this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && this.chosen >= 0) this.openChosen();
    else return;
    event.preventDefault();
  }

  /** @param {number} step beyond either end no hit is chosen */
  move(step) {
    const count = this.list.children.length;
    const next = this.chosen + step;
    if (next >= count) this.choose(-1);
    else this.choose(next < -1 ? count - 1 : next);
  }

  /** @param {number} number of the hit, or -1 */
  choose(number) {
    this.chosen = number;
    [...this.list.children].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === number));
      if (i === number) option.scrollIntoView({ block: "nearest" });
    });
    if (number < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.list.children[number].id);
  }

  openChosen() {
    const link = this.list.children[this.chosen].querySelector("a");
    if (link) location.href = link.href;
  }

  close() {
    this.turn++;
    clearTimeout(this.timer);
    this.showOptions([]);
    this.announce("");
  }

  async search() {
    const mine = ++this.turn;
    const query = this.input.value.trim();
    if (!query) {
      this.close();
      return;
    }
    try {
      const index = await openIndex();
      const answer = await index.search({ q: query });
      if (mine !== this.turn) return;
      const shown = await readHits(index, answer, answer.hits.slice(0, LIVE_HITS), {});
      if (mine === this.turn) this.show(index, answer, shown);
    } catch (error) {
      console.error(error);
      if (mine === this.turn) this.fail();
    }
  }

  /** @param {SearchIndex} index @param {Answer} answer @param {ShownHit[]} shown */
  show(index, answer, shown) {
    this.showOptions(shown.map((each, i) => this.makeOption(index, each, answer.texts, i)));
    const count = describeCount(answer);
    this.announce(shown.length ? `${count}，按上下键选择，按回车查看全部` : "没有找到");
  }

  /** @param {HTMLElement[]} options */
  showOptions(options) {
    this.list.replaceChildren(...options);
    this.choose(-1);
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
  }

  /**
   * @param {SearchIndex} index @param {ShownHit} shown @param {string[]} words @param {number} i
   */
  makeOption(index, { piece, items }, words, i) {
    const item = piece.items.get(items[0]) || null;
    const title = makeElement("b", {}, [markWords(piece.title.text, piece.title.folded, words)]);
    const text = makeElement("span");
    if (item) {
      const excerpt = item.text
        ? makeExcerpt(item.text, item.foldedText, words)
        : makeExcerpt(item.heading, item.foldedHeading, words);
      text.append(makeLabel(index, item.role), ...excerpt);
    }
    const link = { href: addressOf(piece, item, words), tabindex: "-1" };
    const option = { role: "option", id: `cb-live-${i}`, "aria-selected": "false" };
    return makeElement("li", option, [makeElement("a", link, [title, text])]);
  }

  /** Says something to those who hear the page. @param {string} sentence */
  announce(sentence) {
    this.status.className = "cb-unseen";
    this.status.textContent = sentence;
  }

  isVisuallyHidden() {
    return this.status.className === "cb-unseen";
  }

  /** Says to everybody that the index could not be loaded; the next key tries again. */
  fail() {
    this.showOptions([]);
    this.status.replaceChildren(makeElement("b", {}, [LOAD_FAILED]));
    this.status.className = "cb-live";
  }
}

"use strict";
// How hits are shown, in the boxes and on the search page.

const SITE = new URL("../..", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
const AROUND = 40; // characters of a long sentence shown on each side of a hit
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
 * What hits are shown with: an answer, or a group of hits found in another way.
 * @typedef {{ratings: Ratings, alternatives: string[][], wishes: string[]}} Found
 */

/**
 * A hit with its items, the best first, and the piece of text that has the best one.
 * @typedef {object} ShownHit
 * @property {Hit} hit
 * @property {Piece} piece
 * @property {number[]} items
 */

/**
 * Hits with their texts, by which those that are shown together are ordered.
 * @param {SearchIndex} index @param {Found} found @param {Hit[]} hits @param {State} state
 * @returns {Promise<ShownHit[]>}
 */
async function readHits(index, found, hits, state) {
  const shown = await Promise.all(hits.map(async (hit) => {
    const items = index.itemsOf(found, hit.n, state);
    const first = items.length ? items[0] : index.cases.starts[hit.n];
    return { hit, items, piece: await index.piece(first) };
  }));
  return state.sort === "date" ? shown : orderByTexts(shown, found.alternatives, found.wishes);
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

const OPEN_ITEMS = 3; // items of a case that are not folded away

/**
 * A case with its best items. Those in other pieces of its text are read when somebody asks.
 * @param {SearchIndex} index @param {ShownHit} shown @param {string[]} words
 */
function makeCase(index, { piece, items }, words) {
  const open = items.filter((item) => piece.items.has(item)).slice(0, OPEN_ITEMS);
  const rest = items.filter((item) => !open.includes(item));
  const title = markWords(piece.title.text, piece.title.folded, words);
  const link = makeElement("a", { href: addressOf(piece, null, words) }, [title]);
  const facts = piece.facts.filter(Boolean).join("，");
  return makeElement("section", { "data-case": piece.id, class: "cb-hit" }, [
    makeElement("h2", {}, [link]),
    makeElement("p", { class: "cb-list__case" }, [facts]),
    ...open.map((item) => makeItem(index, piece, item, words)),
    ...(rest.length ? [makeRest(index, rest, words)] : []),
  ]);
}

/** @param {SearchIndex} index @param {number[]} items @param {string[]} words */
function makeRest(index, items, words) {
  const summary = makeElement("summary", {}, [`另有 ${items.length} 处`]);
  const details = makeElement("details", { class: "cb-hit__rest" }, [summary]);
  const failed = makeElement("p", { role: "alert" }, [LOAD_FAILED]);
  runOnce(details, "toggle", async () => {
    const pieces = await Promise.all(items.map((item) => index.piece(item)));
    failed.remove();
    details.append(...pieces.map((piece, i) => makeItem(index, piece, items[i], words)));
  }, () => details.append(failed));
  return details;
}

/**
 * @param {SearchIndex} index @param {Piece} piece @param {number} number of the item
 * @param {string[]} words
 */
function makeItem(index, piece, number, words) {
  const item = /** @type {ItemText} */ (piece.items.get(number));
  const isLead = index.cases.starts[index.cases.caseOf[number]] === number;
  const heading = item.heading && !isLead
    ? markWords(item.heading, item.foldedHeading, words) : "正文";
  const link = makeElement("a", { href: addressOf(piece, item, words) }, [heading]);
  const excerpt = makeExcerpt(item.text, item.foldedText, words);
  return makeElement("div", { "data-item": item.anchor || "content" }, [
    makeElement("p", { class: "cb-list__title" }, [makeLabel(index, item.role), " ", link]),
    makeElement("p", { class: "cb-list__text" }, excerpt),
  ]);
}

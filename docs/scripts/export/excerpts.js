"use strict";
// The excerpts that a reader has collected, kept in the browser and in nothing else.

/**
 * A paragraph or a table of a text, as casebook.export.passages has them.
 * @typedef {object} Passage
 * @property {string} kind
 * @property {string} [text]
 * @property {string[][]} [rows]
 */

/**
 * An item, or with the anchor "" a whole case; what is not known is "".
 * @typedef {object} Excerpt
 * @property {string} id of the case
 * @property {string} anchor
 * @property {string} title of the case
 * @property {string} heading
 * @property {string} role name
 * @property {string} organ
 * @property {string} region
 * @property {string} date
 * @property {string} published original publication
 * @property {string} address
 * @property {Passage[]} passages
 */

const EXCERPT_FIELDS = [
  "id", "anchor", "title", "heading", "role", "organ", "region", "date", "published", "address",
];
const STORE_KEY = "casebook-excerpts";
const STORE_FORMAT = 1;

/** @param {unknown} value @returns {value is Passage} */
function isPassage(value) {
  const { kind, text, rows } = /** @type {Passage} */ (value || {});
  if (kind === "table") return Array.isArray(rows) && rows.every((row) => Array.isArray(row));
  return /^(?:text|heading-[1-5])$/.test(kind) && typeof text === "string";
}

/** What was stored may be older, or of another site. @param {any} value @returns {boolean} */
function isExcerpt(value) {
  return Boolean(value) && EXCERPT_FIELDS.every((name) => typeof value[name] === "string")
    && Array.isArray(value.passages) && value.passages.every(isPassage);
}

/** Where texts are stored: localStorage, or the name of the window where that is forbidden. */
class ExcerptStore {
  constructor() {
    this.isLasting = true;
    try {
      localStorage.setItem(`${STORE_KEY}-test`, "");
      localStorage.removeItem(`${STORE_KEY}-test`);
    } catch {
      this.isLasting = false; // a window keeps its name from page to page until it is closed
    }
  }

  /** @returns {Excerpt[]} */
  read() {
    try {
      const stored = this.isLasting ? localStorage.getItem(STORE_KEY) : window.name;
      const { format, excerpts } = JSON.parse(stored || "{}");
      return format === STORE_FORMAT && Array.isArray(excerpts) ? excerpts.filter(isExcerpt) : [];
    } catch {
      return [];
    }
  }

  /** Whether there was room for them. @param {Excerpt[]} excerpts */
  write(excerpts) {
    const stored = JSON.stringify({ format: STORE_FORMAT, excerpts });
    try {
      if (this.isLasting) localStorage.setItem(STORE_KEY, stored);
      else window.name = stored;
    } catch {
      return false;
    }
    showCount(excerpts.length);
    return true;
  }

  /** @param {string} id @param {string} anchor */
  has(id, anchor) {
    return this.read().some((one) => one.id === id && one.anchor === anchor);
  }

  /** Puts an excerpt at the end, in the place of an earlier one. @param {Excerpt} excerpt */
  add(excerpt) {
    const others = this.without(excerpt.id, excerpt.anchor);
    return this.write([...others, excerpt]);
  }

  /** @param {string} id @param {string} anchor */
  remove(id, anchor) {
    return this.write(this.without(id, anchor));
  }

  /** @param {string} id @param {string} anchor */
  without(id, anchor) {
    return this.read().filter((one) => one.id !== id || one.anchor !== anchor);
  }
}

const excerptStore = new ExcerptStore();

const NOT_LASTING = "浏览器不允许保存，摘录只在这个标签页里，关掉就没有了。";
const NO_ROOM = "浏览器存不下了，没有收入；请先到“我的摘录”里导出、移除一些。";

/** The page of the excerpts. */
function excerptsAddress() {
  return new URL("../../excerpts.html", exportScript.src).href;
}

/** Shows in the header how many there are. @param {number} count */
function showCount(count) {
  const header = document.querySelector(".md-header__inner");
  let link = document.querySelector(".cb-kept");
  if (!link && header && count) {
    link = makeNode("a", { class: "cb-kept", href: excerptsAddress() });
    header.append(link);
  }
  if (!link) return;
  link.textContent = `摘录 ${count}`;
  link.setAttribute("aria-label", `摘录 ${count}，打开我的摘录`);
  link.toggleAttribute("hidden", !count);
}

/**
 * A button that puts an excerpt into the store, or takes it out again.
 * @param {string} id @param {string} anchor @param {string} name what it is about
 * @param {() => Excerpt | Promise<Excerpt>} make
 */
function makeKeepButton(id, anchor, name, make) {
  const button = makeButton("收入摘录夹", "", async () => {
    if (excerptStore.has(id, anchor)) excerptStore.remove(id, anchor);
    else await keepExcerpt(make);
    show();
  });
  const show = () => {
    const kept = excerptStore.has(id, anchor);
    button.textContent = kept ? "已收入" : "收入摘录夹";
    button.toggleAttribute("data-kept", kept);
    button.setAttribute("aria-label", `${button.textContent}：${name}`);
  };
  show();
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
  return button;
}

/** @param {() => Excerpt | Promise<Excerpt>} make */
async function keepExcerpt(make) {
  try {
    const kept = excerptStore.add(await make());
    const link = makeNode("a", { href: excerptsAddress() }, ["打开我的摘录"]);
    const count = excerptStore.read().length;
    const lasting = excerptStore.isLasting ? "" : NOT_LASTING;
    if (kept) say(`已收入摘录夹，共 ${count} 条。${lasting}`, link);
    else say(NO_ROOM);
  } catch {
    say("没有取到这一条的正文，请打开案例，在案例页上收入。");
  }
}

showCount(excerptStore.read().length);

"use strict";
// 我的摘录: what was collected, in an order of the reader's own, on its way into a report.

const TITLE_KEY = "casebook-excerpts-title";
const BYTE_ORDER = "\ufeff"; // without it old editors take a text in UTF-8 for one in GBK

class ExcerptsPage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.list = makeNode("ol", { class: "cb-excerpts" });
    this.booklet = makeNode("div", { class: "cb-booklet", "aria-hidden": "true" });
    this.state = makeNode("p", { class: "cb-note", role: "status" });
    this.title = makeNode("input", { type: "text", maxlength: "60", class: "cb-excerpts__title" });
    this.title.value = this.readTitle();
    this.title.addEventListener("input", () => this.keepTitle());
    this.actions = makeNode("div", { class: "cb-tools cb-tools--page" }, [
      makeButton("导出 Word", "", () => saveWordFile(...this.made())),
      makeButton("导出 Markdown", "", () => this.save("md", makeMarkdown)),
      makeButton("导出纯文本", "", () => this.save("txt", (all) => BYTE_ORDER + makePlainText(all))),
      makeButton("打印成册", "", () => print()),
      makeButton("全部移除", "", () => this.clear()),
    ]);
    this.head = makeNode("div", { class: "cb-excerpts__head" }, [
      makeNode("label", {}, ["文件标题 ", this.title]), this.actions,
    ]);
    place.append(this.state, this.head, this.list, this.booklet);
  }

  readTitle() {
    try {
      return localStorage.getItem(TITLE_KEY) || wordTemplates().name;
    } catch {
      return wordTemplates().name;
    }
  }

  keepTitle() {
    try {
      localStorage.setItem(TITLE_KEY, this.title.value);
    } catch {
      // it is asked for again next time
    }
    this.showBooklet(excerptStore.read());
  }

  /** @returns {[string, Passage[]]} */
  made() {
    const title = this.title.value.trim() || wordTemplates().name;
    return [title, makeExcerptDocument(title, excerptStore.read())];
  }

  /** @param {string} ending @param {(passages: Passage[]) => string} write */
  save(ending, write) {
    const [title, passages] = this.made();
    saveFile(title, ending, write(passages), "text/plain;charset=utf-8");
  }

  clear() {
    const before = excerptStore.read();
    excerptStore.write([]);
    this.show();
    say("已全部移除。", makeButton("撤销", "，放回全部摘录", () => {
      excerptStore.write(before);
      this.show();
    }));
  }

  // --- order

  /** @param {number} from @param {number} to */
  move(from, to) {
    const excerpts = excerptStore.read();
    if (to < 0 || to >= excerpts.length) return;
    excerpts.splice(to, 0, ...excerpts.splice(from, 1));
    excerptStore.write(excerpts);
    this.show();
    const way = to < from ? "上移" : "下移";
    const [up, down] = this.list.children[to].querySelectorAll("button");
    const button = to < from ? up : down;
    (button.disabled ? (button === up ? down : up) : button).focus();
    say(`已${way}，现在是第 ${to + 1} 条，共 ${excerpts.length} 条。`);
  }

  /** @param {number} at */
  remove(at) {
    const excerpts = excerptStore.read();
    const [gone] = excerpts.splice(at, 1);
    excerptStore.write(excerpts);
    this.show();
    const next = this.list.children[Math.min(at, excerpts.length - 1)];
    /** @type {HTMLElement} */ (next?.querySelector("button:last-of-type") || this.title).focus();
    say(`已移除“${shorten(nameExcerpt(gone), 20)}”。`);
  }

  // --- what is shown

  show() {
    const excerpts = excerptStore.read();
    const lasting = excerptStore.isLasting ? "" : NOT_LASTING;
    this.state.textContent = (excerpts.length
      ? `共 ${excerpts.length} 条。` : "还没有摘录。") + lasting;
    this.head.hidden = !excerpts.length;
    this.list.replaceChildren(...excerpts.map((one, at) => this.makeEntry(one, at)));
    this.showBooklet(excerpts);
  }

  /** @param {Excerpt} excerpt @param {number} at */
  makeEntry(excerpt, at) {
    const name = nameExcerpt(excerpt);
    const short = `：${shorten(name, 20)}`;
    const up = makeButton("上移", short, () => this.move(at, at - 1));
    const down = makeButton("下移", short, () => this.move(at, at + 1));
    up.disabled = at === 0;
    down.disabled = at === excerptStore.read().length - 1;
    const anchor = excerpt.anchor ? `#${encodeURIComponent(excerpt.anchor)}` : "";
    const href = new URL(`cases/${encodeURIComponent(excerpt.id)}.html${anchor}`, location.href);
    const entry = makeNode("li", {}, [
      makeNode("p", { class: "cb-list__title" }, [
        makeNode("a", { href: href.href }, [shorten(name, 60)]),
      ]),
      makeNode("p", { class: "cb-list__text" }, [
        excerpt.heading ? shorten(passagesStart(excerpt), 110) : "",
      ]),
      makeNode("p", { class: "cb-list__case" }, [describeOrigin(excerpt)]),
      makeNode("div", { class: "cb-tools" }, [
        up, down, makeButton("移除", short, () => this.remove(at)),
      ]),
    ]);
    entry.addEventListener("keydown", (event) => {
      const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : 0;
      if (!step) return;
      event.preventDefault();
      this.move(at, at + step);
    });
    return entry;
  }

  /** The pages to print. @param {Excerpt[]} excerpts */
  showBooklet(excerpts) {
    const title = this.title.value.trim() || wordTemplates().name;
    const passages = makeExcerptDocument(title, excerpts);
    this.booklet.replaceChildren(...passages.map((passage) => {
      if (passage.rows) return makePaperTable(passage.rows);
      return makeNode("p", { class: `cb-paper--${passage.kind}` }, [passage.text || ""]);
    }));
  }
}

/** @param {string[][]} rows */
function makePaperTable(rows) {
  const made = rows.map((row) => makeNode("tr", {}, row.map((cell) => makeNode("td", {}, [cell]))));
  return makeNode("table", { class: "cb-table" }, made);
}

/** @param {Excerpt} excerpt */
function nameExcerpt(excerpt) {
  return excerpt.heading || passagesStart(excerpt);
}

/** @param {Excerpt} excerpt */
function passagesStart({ passages }) {
  return passages.filter(({ kind }) => kind === "text").map(({ text }) => text).join("");
}

/** @param {string} text @param {number} most */
function shorten(text, most) {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function startExcerpts() {
  const place = document.getElementById("cb-excerpts");
  if (!place) return;
  const page = new ExcerptsPage(place);
  page.show();
  addEventListener("storage", () => page.show());
  addEventListener("pageshow", () => page.show());
}

startExcerpts();

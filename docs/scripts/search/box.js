"use strict";
// A box that shows the first hits while somebody types, in the header and on the home page. Arrows
// choose one, Enter opens it, Escape closes the list.

const PAUSE = 120; // milliseconds without a key before a search while typing
const LIVE_HITS = 6;
const NOTHING = "没有找到。可以换一个说法、少用几个词。";

/** @param {Record<string, string>} [more] attributes */
function makeSearchInput(more) {
  return makeElement("input", {
    type: "search", id: "cb-search-box", name: "q", value: "", placeholder: "查找问题、成因、做法……",
    "aria-label": "查找", autocomplete: "off", class: "cb-search__input",
    ...more,
  });
}

/** The form of the header. @param {HTMLInputElement} input */
function makeHeaderForm(input) {
  const attributes = { action: `${SITE}search/index.html`, class: "cb-search", role: "search" };
  return makeElement("form", attributes, [input]);
}

class LiveBox {
  /** @param {HTMLFormElement} form @param {HTMLInputElement} input of the form */
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.isCombobox = input.getAttribute("role") === "combobox";
    this.list = makeElement("ul", {
      id: `${input.id}-list`, role: "listbox", "aria-label": "最相关的案例",
    });
    this.said = makeElement("p", { class: "cb-live__said", "aria-hidden": "true" });
    this.panel = makeElement("div", { class: "cb-live", hidden: "" }, [this.said, this.list]);
    this.status = makeElement("p", { role: "status", "aria-live": "polite", class: "cb-unseen" });
    this.form.append(this.panel, this.status);
    this.timer = 0;
    this.turn = 0; // counts what was asked; earlier answers are not shown
    this.chosen = -1;
    this.describeInput();
    this.listen();
  }

  describeInput() {
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    if (this.isCombobox) this.input.setAttribute("aria-expanded", "false");
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
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.key === "Escape" && !(this.panel.hidden && this.isVisuallyHidden())) this.close();
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
      const near = answer.hits.length || mine !== this.turn ? null
        : await new Loosening(index, answer, { q: query }).run();
      if (mine !== this.turn) return;
      const found = near?.groups[0] || answer;
      const shown = await readHits(index, found, found.hits.slice(0, LIVE_HITS), {});
      if (mine === this.turn) this.show(index, found, shown, near);
    } catch (error) {
      console.error(error);
      if (mine === this.turn) this.fail();
    }
  }

  /**
   * @param {SearchIndex} index @param {Answer | NearGroup} found @param {ShownHit[]} shown
   * @param {Loosening | null} near where nothing has the words as they were typed
   */
  show(index, found, shown, near) {
    this.showOptions(shown.map((each, i) => this.makeOption(index, each, found.texts, i)));
    const how = "按上下键选择，按回车查看全部";
    const [group] = near ? near.groups : [];
    this.said.textContent = group ? `${group.said}（${group.hits.length}）` : "";
    if (near && !group) this.say(NOTHING);
    else if (group) this.announce(`${this.said.textContent}，${how}`);
    else this.announce(`找到 ${found.hits.length} 个案例，${how}`);
  }

  /** @param {HTMLElement[]} options */
  showOptions(options) {
    this.list.replaceChildren(...options);
    this.choose(-1);
    this.panel.hidden = !options.length;
    if (this.isCombobox) this.input.setAttribute("aria-expanded", String(options.length > 0));
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
    const option = { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false" };
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

  /** Says something to everybody in the place of hits. @param {string} sentence */
  say(sentence) {
    this.status.replaceChildren(makeElement("b", {}, [sentence]));
    this.status.className = "cb-live";
  }

  /** Says to everybody that the index could not be loaded; the next key tries again. */
  fail() {
    this.showOptions([]);
    this.say(LOAD_FAILED);
  }
}

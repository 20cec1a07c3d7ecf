"use strict";
// The box in the header of every page: first hits while somebody types. Arrows choose one, Enter
// opens it, Escape closes the list.

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

"use strict";
// The search page, whose whole state is in its address (q, sort and the filters), and what each
// page gets of the search.

const FIRST_HITS = 10; // cases shown at once
const MORE_HITS = 20; // cases shown with each "再显示一些"
const LATE_FACET_DELAY = 1000; // milliseconds after which facets of items are counted anyway

/**
 * An answer, and what it answers.
 * @typedef {object} Shown
 * @property {SearchIndex} index
 * @property {Answer} answer
 * @property {State} state
 * @property {number} turn
 */

/**
 * What was seen of the hits before somebody went to a case.
 * @returns {{hits: number, top: number}}
 */
function readPlace() {
  const { hits = FIRST_HITS, top = 0 } = history.state || {};
  return { hits, top };
}

class SearchPage {
  /**
   * @param {HTMLElement} place for the form
   * @param {HTMLElement} status @param {HTMLElement} hits
   */
  constructor(place, status, hits) {
    this.status = status;
    this.hits = hits;
    this.turn = 0; // counts what was asked; earlier answers are not shown
    this.timer = 0;
    this.input = makeSearchInput();
    this.form = makeElement("form", { role: "search", class: "cb-search cb-search--page" }, [
      this.input,
    ]);
    this.filters = new FilterRow((state) => this.go({ ...state, q: this.input.value }));
    this.offers = makeElement("nav", { id: "cb-search-offers", "aria-label": "也可以", hidden: "" });
    place.append(this.form, this.filters.row, this.filters.chosen);
    status.after(this.offers);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go({ ...readState(), q: this.input.value });
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.wait();
      const go = () => this.go({ ...readState(), q: this.input.value }, true);
      this.timer = setTimeout(go, PAUSE);
    });
    addEventListener("popstate", () => {
      clearTimeout(this.timer);
      this.input.value = String(readState().q);
      this.search();
    });
    history.scrollRestoration = "manual";
    addEventListener("pagehide", () => this.keepPlace());
    this.hits.addEventListener("click", () => this.keepPlace());
  }

  /** @param {State} state @param {boolean} [replaces] the last entry of the history */
  go(state, replaces) {
    clearTimeout(this.timer);
    if (!replaces) this.keepPlace();
    history[replaces ? "replaceState" : "pushState"](null, "", addressFor(state));
    this.search();
  }

  /** Keeps in the history how many hits are shown, and how far down. */
  keepPlace() {
    const hits = this.hits.querySelectorAll(":scope > [data-case]").length;
    history.replaceState({ hits: Math.max(hits, FIRST_HITS), top: scrollY }, "");
  }

  // --- searching

  /** Says that what is shown does not answer what was asked. Returns the turn of the answer. */
  wait() {
    this.hits.removeAttribute("data-ready");
    this.status.textContent = "正在查找……";
    return ++this.turn;
  }

  /** Answers what the address asks. */
  async search() {
    const turn = this.wait();
    const state = readState();
    if (document.activeElement !== this.input) this.input.value = String(state.q);
    this.filters.show(state, {});
    try {
      const index = await openIndex();
      const answer = await index.search(state);
      if (turn === this.turn) await this.show({ index, answer, state, turn });
    } catch (error) {
      console.error(error);
      this.sayFailed(turn);
    }
  }

  /** Says that a file could not be loaded. @param {number} turn in which it was wanted */
  sayFailed(turn) {
    if (turn === this.turn) this.status.textContent = LOAD_FAILED;
  }

  /** @param {Shown} shown */
  async show(shown) {
    const { index, answer, state, turn } = shown;
    const { hits, top } = readPlace();
    this.hits.replaceChildren();
    this.showOffers([]);
    this.filters.show(state, index.roles);
    this.filters.prepare(state, index.roles);
    await this.showHits(shown, 0, hits);
    const near = await new Loosening(index, answer, state).run();
    if (turn !== this.turn) return;
    await this.showNear(shown, near);
    const others = answer.all.length ? {} : mergeRanked(near.ranked, index.cases);
    const counted = { ...shown, answer: { ...answer, ...others } };
    if (turn !== this.turn) return;
    await this.countFacets(counted, FACETS.filter((name) => !ITEM_FACETS.includes(name)));
    if (turn !== this.turn) return;
    this.hits.setAttribute("data-ready", "");
    if (top) scrollTo(0, top);
    await this.countItemFacets(counted);
  }

  // --- facets

  /**
   * Counts the facets whose files are the largest, when somebody goes to them. Without these files
   * the hits are right all the same.
   * @param {Shown} shown
   */
  async countItemFacets(shown) {
    await this.waitForFacetUse();
    for (const name of ITEM_FACETS) {
      if (shown.turn !== this.turn) return;
      try {
        await this.countFacets(shown, [name]);
      } catch (error) {
        console.error(error);
      }
    }
  }

  /** Waits until somebody goes to the facets, or for a while. @returns {Promise<void>} */
  waitForFacetUse() {
    const uses = ["pointerover", "focusin"];
    const { row } = this.filters;
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        for (const use of uses) row.removeEventListener(use, finish);
        resolve();
      };
      const timer = setTimeout(finish, LATE_FACET_DELAY);
      for (const use of uses) row.addEventListener(use, finish);
    });
  }

  /** @param {Shown} shown @param {string[]} names */
  async countFacets({ index, answer, state, turn }, names) {
    const counts = await index.counts(answer, state, names);
    if (turn !== this.turn) return;
    for (const name of names) {
      this.filters.fill(name, counts[name], valuesIn(state, name), index.roles);
    }
  }

  // --- hits

  /**
   * Shows some of the hits, in the place of the button that asks for them.
   * @param {Shown} shown @param {number} from @param {number} to
   */
  async showHits(shown, from, to) {
    const { index, answer, state, turn } = shown;
    const read = await this.readInTurns(shown, answer, from, to);
    if (turn !== this.turn) return;
    this.hits.querySelector(":scope > button")?.remove();
    const made = read.map((each) => makeCase(index, each, answer.texts));
    const last = this.hits.querySelector(":scope > [data-near]");
    for (const each of made) this.hits.insertBefore(each, last);
    if (answer.hits.length > to) this.hits.insertBefore(this.makeMoreButton(shown, to), last);
    if (answer.hits.length) this.status.textContent = describeCount(answer);
    this.hits.setAttribute("data-count", String(answer.hits.length));
    if (!from && !answer.hits.length) this.describeNothing(state);
  }

  /**
   * Hits in the order in which they were or would be shown a part at a time.
   * @param {Shown} shown @param {Answer | NearGroup} found @param {number} from @param {number} to
   */
  async readInTurns({ index, state }, found, from, to) {
    const read = [];
    for (let at = from; at < Math.min(to, found.hits.length);) {
      const end = Math.min(to, at < FIRST_HITS ? FIRST_HITS : at + MORE_HITS);
      read.push(...await readHits(index, found, found.hits.slice(at, end), state));
      at = end;
    }
    return read;
  }

  /** @param {Shown} shown @param {number} from */
  makeMoreButton(shown, from) {
    const button = makeElement("button", { type: "button", class: "md-button" }, ["再显示一些"]);
    runOnce(button, "click", async () => {
      await this.showHits(shown, from, from + MORE_HITS);
      if (shown.turn === this.turn) this.hits.children[from].querySelector("a")?.focus();
    }, () => this.sayFailed(shown.turn));
    return button;
  }

  // --- what was found in another way

  /** @param {Shown} shown @param {Loosening} near */
  async showNear(shown, near) {
    const { index, answer, state, turn } = shown;
    for (const group of near.groups) {
      const read = await this.readInTurns(shown, group, 0, FIRST_HITS);
      if (turn !== this.turn) return;
      this.hits.append(this.makeGroup(index, group, read, state));
    }
    const [first] = near.groups;
    if (!answer.hits.length && first) this.status.textContent = describeNear(first);
    const offers = near.offers.map(({ label, state: other }) => this.makeWay(label, other));
    this.showOffers([...offers, ...(answer.hits.length ? [] : this.makeWays(answer, state))]);
  }

  /**
   * @param {SearchIndex} index @param {NearGroup} group @param {ShownHit[]} read
   * @param {State} state
   */
  makeGroup(index, group, read, state) {
    const said = makeElement("p", { class: "cb-near__said" }, [
      `${group.said}（${group.hits.length}）`,
    ]);
    if (group.how === "synonyms") {
      said.append(" ", this.makeWay("不用同义词", { ...state, syn: "0" }));
    }
    const section = makeElement("section", {
      "data-near": group.how, class: "cb-near", "aria-label": group.said,
    }, [said, ...read.map((each) => makeCase(index, each, group.texts))]);
    const rest = group.hits.slice(read.length);
    if (rest.length) section.append(this.makeRestButton(index, group, rest, state));
    return section;
  }

  /**
   * @param {SearchIndex} index @param {NearGroup} group @param {Hit[]} rest @param {State} state
   */
  makeRestButton(index, group, rest, state) {
    const button = makeElement("button", { type: "button", class: "md-button" }, ["再显示一些"]);
    runOnce(button, "click", async () => {
      const read = await readHits(index, group, rest.slice(0, MORE_HITS), state);
      const made = read.map((each) => makeCase(index, each, group.texts));
      const left = rest.slice(MORE_HITS);
      button.replaceWith(...made,
        ...(left.length ? [this.makeRestButton(index, group, left, state)] : []));
      made[0].querySelector("a")?.focus();
    }, () => this.sayFailed(this.turn));
    return button;
  }

  /** @param {State} state */
  describeNothing(state) {
    const advice = isFiltered(state) ? "，或者去掉筛选条件。" : "。";
    this.status.textContent = `没有找到。可以换一个说法、少用几个词${advice}`;
  }

  /** @param {HTMLElement[]} ways */
  showOffers(ways) {
    this.offers.replaceChildren(...ways.flatMap((way) => [way, " "]));
    this.offers.hidden = !ways.length;
  }

  /**
   * Links that relax the search: without the filters, with one of the words alone.
   * @param {Answer} answer @param {State} state
   */
  makeWays({ words }, state) {
    const ways = [];
    if (isFiltered(state)) ways.push(this.makeWay("去掉筛选条件", withoutFilters(state)));
    for (const { text, cases } of words.length > 1 ? words : []) {
      if (cases) ways.push(this.makeWay(`只查“${text}”（${cases}）`, { q: text }));
    }
    return ways;
  }

  /** @param {string} text @param {State} state */
  makeWay(text, state) {
    const link = makeElement("a", { href: addressFor(state) }, [text]);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.input.value = String(state.q || "");
      this.go(state);
    });
    return link;
  }
}

/** How many cases were found. @param {Answer} answer */
function describeCount({ hits, sounds }) {
  const how = sounds.length ? `（按读音“${sounds.slice(0, 2).join("”“")}”）` : "";
  return `找到 ${hits.length} 个案例${how}`;
}

/** @param {NearGroup} group */
function describeNear({ how, hits }) {
  const near = how === "parts" ? "没有完全相符的，最接近的有" : "没有完全相符的，相近的有";
  return `${near} ${hits.length} 个案例`;
}

// --- what each page gets: its own form, or the box in the header and, on a case's page, marks on
// the words that led there

const MOST_MARKED = 500; // texts on a case's page

/** Marks the words of a query in an article. @param {Element} article @param {string} query */
function markArticle(article, query) {
  const words = readQuery(query).map((word) => fold(word.text));
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const nodes = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const folded = fold(node.data);
    if (words.some((word) => folded.includes(word))) nodes.push(node);
  }
  for (const node of nodes.slice(0, MOST_MARKED)) {
    node.replaceWith(markWords(node.data, fold(node.data), words));
  }
}

/** Opens the box of the header by "/". @param {KeyboardEvent} event */
function focusBySlash(event) {
  const isTyping = document.activeElement?.matches("input, textarea, select");
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key !== "/" || isTyping || !isPlain) return;
  event.preventDefault();
  document.getElementById("cb-search-box")?.focus();
}

/** The boxes in the header and on the home page. */
function startBoxes() {
  const header = document.querySelector(".md-header__inner");
  if (header) {
    const input = makeSearchInput({ role: "combobox" });
    const form = makeHeaderForm(input);
    header.append(form);
    new LiveBox(form, input);
    document.addEventListener("keydown", focusBySlash);
  }
  const home = /** @type {HTMLFormElement | null} */ (document.querySelector(".cb-search--home"));
  const input = home?.querySelector("input");
  if (home && input) {
    input.id = "cb-home-box";
    new LiveBox(home, input);
  }
}

function startSearch() {
  const [form, status, hits] = ["form", "state", "hits"].map(
    (name) => document.getElementById(`cb-search-${name}`),
  );
  if (form && status && hits) {
    const page = new SearchPage(form, status, hits);
    page.search();
    page.input.focus();
    return;
  }
  startBoxes();
  const article = document.querySelector(".cb-case");
  const query = new URLSearchParams(location.search).get("q");
  if (article && query) markArticle(article, query);
}

startSearch();

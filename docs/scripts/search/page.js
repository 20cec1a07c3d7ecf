"use strict";
// The search page, whose whole state is in its address (q, sort and the facets), and what each page
// gets of the search.

const FIRST_HITS = 10; // cases shown at once
const MORE_HITS = 20; // cases shown with each "再显示一些"
const OPEN_ITEMS = 3; // items of a case that are not folded away
const LATE_FACET = "theme"; // counted when somebody goes to the facets: its files are the largest
const LATE_FACET_DELAY = 1000; // milliseconds after which it is counted anyway

/** @type {Record<string, string>} */
const FACET_LABELS = {
  role: "角色", theme: "主题", kind: "文种", region: "地区", organ: "单位", year: "年份",
};

/** @returns {State} */
function readState() {
  const given = new URLSearchParams(location.search);
  const names = ["q", ...FACETS, "sort"];
  const state = Object.fromEntries(names.map((name) => [name, given.get(name) || ""]));
  for (const name of ["theme", "kind", "region"]) {
    state[name] = findPresentName(name, state[name]);
  }
  return state;
}

/** A link may be older than the name of a term. @param {string} facet @param {string} value */
function findPresentName(facet, value) {
  const place = document.getElementById("cb-search-form");
  const known = JSON.parse(place?.dataset.formerNames || "{}")[facet];
  /** @type {Map<string, string>} */
  const names = new Map(Object.entries(known || {}));
  if (facet !== "region" || names.has(value)) return names.get(value) || value;
  const [alias] = [...names.keys()].filter((name) => value.startsWith(name))
    .sort((a, b) => b.length - a.length);
  const [name, rest] = [names.get(alias) || "", value.slice(alias?.length)];
  const isPlace = new RegExp(`^${place?.dataset.placeInRegion || "$"}`).test(rest);
  return name && isPlace && !value.startsWith(name) ? name + rest : value;
}

/** @param {State} state */
function addressFor(state) {
  const given = Object.entries(state).filter(([, value]) => value);
  return location.pathname + (given.length ? `?${new URLSearchParams(given)}` : "");
}

/** @param {State} state */
function isFiltered(state) {
  return FACETS.some((name) => state[name]);
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
    this.facets = new Map(FACETS.map((name) => [
      name, makeElement("select", { "aria-label": FACET_LABELS[name], hidden: "" }),
    ]));
    this.sort = makeElement("select", { "aria-label": "排序" }, [
      makeElement("option", { value: "" }, ["按相关度"]),
      makeElement("option", { value: "date" }, ["按日期，新的在前"]),
    ]);
    this.row = makeElement("div", { class: "cb-facets" }, [...this.facets.values(), this.sort]);
    place.append(this.form, this.row);
    this.listen();
  }

  listen() {
    this.facets.forEach((select, name) => {
      select.addEventListener("change", () => this.change(name, select.value));
    });
    this.sort.addEventListener("change", () => this.change("sort", this.sort.value));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change("q", this.input.value);
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.wait();
      this.timer = setTimeout(() => this.change("q", this.input.value, true), PAUSE);
    });
    addEventListener("popstate", () => {
      clearTimeout(this.timer);
      this.input.value = readState().q;
      this.search();
    });
  }

  /**
   * Changes one value of the state, and the query to what stands in the box.
   * @param {string} name @param {string} value
   * @param {boolean} [replaces] the last entry of the history
   */
  change(name, value, replaces) {
    this.go({ ...readState(), q: this.input.value, [name]: value }, replaces);
  }

  /** @param {State} state @param {boolean} [replaces] */
  go(state, replaces) {
    clearTimeout(this.timer);
    history[replaces ? "replaceState" : "pushState"](null, "", addressFor(state));
    this.search();
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
    const mine = this.wait();
    const state = readState();
    if (document.activeElement !== this.input) this.input.value = state.q;
    this.sort.value = state.sort;
    try {
      const index = await openIndex();
      const answer = await index.search(state);
      if (mine === this.turn) await this.show({ index, answer, state, turn: mine });
    } catch (error) {
      console.error(error);
      this.sayFailed(mine);
    }
  }

  /** Says that a file could not be loaded. @param {number} turn in which it was wanted */
  sayFailed(turn) {
    if (turn === this.turn) this.status.textContent = LOAD_FAILED;
  }

  /**
   * An answer, and what it answers.
   * @typedef {object} Shown
   * @property {SearchIndex} index
   * @property {Answer} answer
   * @property {State} state
   * @property {number} turn
   */

  /** @param {Shown} shown */
  async show(shown) {
    this.hits.replaceChildren();
    await this.showHits(shown, 0, FIRST_HITS);
    if (shown.turn !== this.turn) return;
    await this.countFacets(shown, FACETS.filter((name) => name !== LATE_FACET));
    if (shown.turn !== this.turn) return;
    this.hits.setAttribute("data-ready", "");
    await this.countLateFacet(shown);
  }

  /** Without the files of the late facet the hits are right all the same. @param {Shown} shown */
  async countLateFacet(shown) {
    await this.waitForFacetUse();
    if (shown.turn !== this.turn) return;
    try {
      await this.countFacets(shown, [LATE_FACET]);
    } catch (error) {
      console.error(error);
    }
  }

  /** Waits until somebody goes to the facets, or for a while. @returns {Promise<void>} */
  waitForFacetUse() {
    const uses = ["pointerover", "focusin"];
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        for (const use of uses) this.row.removeEventListener(use, finish);
        resolve();
      };
      const timer = setTimeout(finish, LATE_FACET_DELAY);
      for (const use of uses) this.row.addEventListener(use, finish);
    });
  }

  // --- facets

  /** @param {Shown} shown @param {string[]} names */
  async countFacets({ index, answer, state, turn }, names) {
    const counts = await index.counts(answer, state, names);
    if (turn !== this.turn) return;
    for (const name of names) this.fillFacet(index, name, counts[name], state[name]);
  }

  /**
   * @param {SearchIndex} index @param {string} name @param {Record<string, number>} counts by value
   * @param {string} chosen value, or ""
   */
  fillFacet(index, name, counts, chosen) {
    const select = /** @type {HTMLSelectElement} */ (this.facets.get(name));
    const values = Object.keys(counts).sort((a, b) => (
      name === "year" ? b.localeCompare(a) : counts[b] - counts[a] || a.localeCompare(b)
    ));
    if (chosen && !counts[chosen]) values.push(chosen);
    const options = values.map((value) => {
      const text = name === "role" ? index.roles[value] || value : value;
      return makeElement("option", { value }, [`${text}（${counts[value] || 0}）`]);
    });
    const any = makeElement("option", { value: "" }, [`${FACET_LABELS[name]}：全部`]);
    select.replaceChildren(any, ...options);
    select.value = chosen;
    select.hidden = !values.length;
  }

  // --- hits

  /**
   * Shows some of the hits, in the place of the button that asks for them.
   * @param {Shown} shown @param {number} from @param {number} to
   */
  async showHits(shown, from, to) {
    const { index, answer, state, turn } = shown;
    const read = await readHits(index, answer, answer.hits.slice(from, to), state);
    if (turn !== this.turn) return;
    this.hits.querySelector(":scope > button")?.remove();
    this.hits.append(...read.map((each) => this.makeCase(index, each, answer.texts)));
    if (answer.hits.length > to) this.hits.append(this.makeMoreButton(shown, to));
    this.describe(answer, state);
    this.hits.setAttribute("data-count", String(answer.hits.length));
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

  /**
   * A case with its best items. Those in other pieces of its text are read when somebody asks.
   * @param {SearchIndex} index @param {ShownHit} shown @param {string[]} words
   */
  makeCase(index, { piece, items }, words) {
    const open = items.filter((item) => piece.items.has(item)).slice(0, OPEN_ITEMS);
    const rest = items.filter((item) => !open.includes(item));
    const title = markWords(piece.title.text, piece.title.folded, words);
    const link = makeElement("a", { href: addressOf(piece, null, words) }, [title]);
    const facts = piece.facts.filter(Boolean).join("，");
    return makeElement("section", { "data-case": piece.id, class: "cb-hit" }, [
      makeElement("h2", {}, [link]),
      makeElement("p", { class: "cb-list__case" }, [facts]),
      ...open.map((item) => this.makeItem(index, piece, item, words)),
      ...(rest.length ? [this.makeRest(index, rest, words)] : []),
    ]);
  }

  /** @param {SearchIndex} index @param {number[]} items @param {string[]} words */
  makeRest(index, items, words) {
    const summary = makeElement("summary", {}, [`另有 ${items.length} 处`]);
    const details = makeElement("details", { class: "cb-hit__rest" }, [summary]);
    const failed = makeElement("p", { role: "alert" }, [LOAD_FAILED]);
    runOnce(details, "toggle", async () => {
      const pieces = await Promise.all(items.map((item) => index.piece(item)));
      failed.remove();
      details.append(...pieces.map((piece, i) => this.makeItem(index, piece, items[i], words)));
    }, () => details.append(failed));
    return details;
  }

  /**
   * @param {SearchIndex} index @param {Piece} piece @param {number} number of the item
   * @param {string[]} words
   */
  makeItem(index, piece, number, words) {
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

  // --- what was found

  /** @param {Answer} answer @param {State} state */
  describe(answer, state) {
    const sounds = answer.sounds.length ? `（按读音“${answer.sounds.join("”“")}”）` : "";
    if (answer.hits.length) {
      this.status.textContent = describeCount(answer) + sounds;
      return;
    }
    const advice = isFiltered(state) ? "，或者去掉筛选条件。" : "。";
    this.status.replaceChildren(`没有找到。可以换一个说法、少用几个词${advice}`);
    for (const way of this.makeWays(answer, state)) this.status.append(" ", way);
  }

  /**
   * Links that relax the search: without the facets, with one of the words alone.
   * @param {Answer} answer @param {State} state
   */
  makeWays({ words }, state) {
    const ways = [];
    if (isFiltered(state)) ways.push(this.makeWay("去掉筛选条件", { q: state.q, sort: state.sort }));
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
      this.go(state);
    });
    return link;
  }
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
  const header = document.querySelector(".md-header__inner");
  if (header) new HeaderBox(header);
  const article = document.querySelector(".cb-case");
  const query = new URLSearchParams(location.search).get("q");
  if (article && query) markArticle(article, query);
}

startSearch();

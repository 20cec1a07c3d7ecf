"use strict";
// The filters of the search page: a list for each facet, what is chosen, dates, outcomes with
// figures, and the order.

const MONTH = /^[0-9]{4}(-[0-9]{2})?$/;

/** @returns {State} */
function readState() {
  const given = new URLSearchParams(location.search);
  /** @type {State} */
  const state = {};
  for (const name of ["q", "sort", "near", "syn"]) state[name] = given.get(name) || "";
  for (const name of FILTERS) state[name] = given.getAll(name).filter(Boolean);
  for (const name of DATE_FILTERS) {
    const date = given.get(name) || "";
    state[name] = MONTH.test(date) ? [date] : [];
  }
  for (const name of ["theme", "kind", "region"]) {
    state[name] = valuesIn(state, name).map((value) => findPresentName(name, value));
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
  const given = Object.keys(state).flatMap((name) =>
    valuesIn(state, name).filter(Boolean).map((value) => [name, value]));
  return location.pathname + (given.length ? `?${new URLSearchParams(given)}` : "");
}

/** The state without its filters. @param {State} state @returns {State} */
function withoutFilters({ q, sort, near, syn }) {
  return { q, sort, near, syn };
}

class FilterRow {
  /** @param {(state: State) => void} go shows what a state asks for */
  constructor(go) {
    this.go = go;
    this.facets = new Map(FACETS.map((name) => [
      name, makeElement("select", { "aria-label": FACET_LABELS[name], hidden: "" }),
    ]));
    this.sort = makeElement("select", { "aria-label": "排序" }, [
      makeElement("option", { value: "" }, ["按相关度"]),
      makeElement("option", { value: "date" }, ["按日期，新的在前"]),
    ]);
    this.dates = DATE_FILTERS.map((name) => makeElement("input", {
      "aria-label": name === "from" ? "从哪年哪月" : "到哪年哪月", size: "10", inputmode: "numeric",
      placeholder: name === "from" ? "从 2021-03" : "到 2024", maxlength: "7",
    }));
    this.has = makeElement("input", { type: "checkbox" });
    const has = makeElement("label", {}, [this.has, " 成效有数据"]);
    this.row = makeElement("div", { class: "cb-facets" }, [
      ...this.facets.values(), ...this.dates, has, this.sort,
    ]);
    this.chosen = makeElement("div", { class: "cb-chosen", hidden: "" });
    this.listen();
  }

  listen() {
    this.facets.forEach((select, name) => {
      select.addEventListener("change", () => this.choose(name, select.value));
    });
    this.sort.addEventListener("change", () => this.set("sort", this.sort.value));
    this.has.addEventListener("change", () => this.set("has", this.has.checked ? ["data"] : []));
    this.dates.forEach((input, i) => {
      input.addEventListener("change", () => {
        const date = input.value.trim().replace(/[年./]/, "-").replace(/[-月]*$/, "")
          .replace(/-([0-9])$/, "-0$1");
        this.set(DATE_FILTERS[i], MONTH.test(date) ? [date] : []);
      });
    });
  }

  /** @param {string} name @param {string | string[]} value */
  set(name, value) {
    this.go({ ...readState(), [name]: value });
  }

  /** Adds a value to those chosen; "" takes all back. @param {string} name @param {string} value */
  choose(name, value) {
    const others = valuesIn(readState(), name).filter((each) => each !== value);
    this.set(name, value ? [...others, value] : []);
  }

  /** Shows what a state has chosen. @param {State} state @param {Record<string, string>} roles */
  show(state, roles) {
    this.sort.value = String(state.sort || "");
    this.has.checked = valuesIn(state, "has").length > 0;
    this.dates.forEach((input, i) => {
      input.value = valuesIn(state, DATE_FILTERS[i])[0] || "";
    });
    const many = FACETS.filter((name) => valuesIn(state, name).length > 1);
    this.chosen.replaceChildren(...many.flatMap((name) =>
      valuesIn(state, name).map((value) => this.makeChip(state, name, value, roles))));
    this.chosen.hidden = !many.length;
  }

  /**
   * @param {State} state @param {string} name @param {string} value
   * @param {Record<string, string>} roles
   */
  makeChip(state, name, value, roles) {
    const text = (name === "role" && roles[value]) || value;
    const label = `去掉${FACET_LABELS[name]}：${text}`;
    const chip = makeElement("button", { type: "button", "aria-label": label }, [`${text} ×`]);
    const rest = valuesIn(state, name).filter((each) => each !== value);
    chip.addEventListener("click", () => this.set(name, rest));
    return chip;
  }

  /**
   * Shows the facets that are counted late in their place, with what is chosen.
   * @param {State} state @param {Record<string, string>} roles
   */
  prepare(state, roles) {
    for (const name of ITEM_FACETS) {
      const options = valuesIn(state, name).map((value) =>
        makeElement("option", { value }, [(name === "role" && roles[value]) || value]));
      this.putOptions(name, options, valuesIn(state, name));
      /** @type {HTMLSelectElement} */ (this.facets.get(name)).hidden = false;
    }
  }

  /** @param {string} name @param {HTMLElement[]} options @param {string[]} chosen values */
  putOptions(name, options, chosen) {
    const select = /** @type {HTMLSelectElement} */ (this.facets.get(name));
    const any = makeElement("option", { value: "" }, [`${FACET_LABELS[name]}：全部`]);
    select.replaceChildren(any, ...options);
    select.value = chosen[chosen.length - 1] || "";
    select.hidden = !options.length;
  }

  /**
   * @param {string} name of a facet @param {Record<string, number>} counts by value
   * @param {string[]} chosen values @param {Record<string, string>} roles
   */
  fill(name, counts, chosen, roles) {
    const values = Object.keys(counts).sort((a, b) => (
      name === "year" ? compareTexts(b, a) : counts[b] - counts[a] || a.localeCompare(b)
    ));
    values.push(...chosen.filter((value) => !counts[value]));
    const options = values.map((value) => {
      const text = (name === "role" && roles[value]) || value;
      const sign = chosen.length && !chosen.includes(value) ? "＋ " : "";
      return makeElement("option", { value }, [`${sign}${text}（${counts[value] || 0}）`]);
    });
    this.putOptions(name, options, chosen);
  }
}

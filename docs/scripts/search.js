// The search box in the header of every page, and the search page itself.
// Plain text is compared character by character, so any run of characters is found; the data come
// as a script (search/data.js), which also loads where the site is a folder.
(function () {
  "use strict";

  var base = new URL("..", document.currentScript.src).href;
  var FIRST = 20; // cases shown at once
  var ENOUGH = 0.5; // share of a question's character pairs that a near hit has
  var AROUND = 44; // characters shown around a hit
  var FACETS = [
    ["role", "角色"],
    ["kind", "文种"],
    ["region", "地区"],
    ["organ", "单位"],
    ["year", "年份"],
  ];

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null) made.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) {
      made.append(child);
    });
    return made;
  }

  function box(id, value) {
    return element("input", {
      type: "search", id: id, name: "q", value: value, placeholder: "查找问题、成因、做法……",
      "aria-label": "查找", autocomplete: "off", class: "cb-search__input",
    });
  }

  function addHeaderBox() {
    var header = document.querySelector(".md-header__inner");
    if (!header || document.getElementById("cb-search-form")) return;
    var form = element("form", {
      action: base + "search/index.html", class: "cb-search", role: "search",
    }, [box("cb-search-box", "")]);
    header.append(form);
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        form.querySelector("input").focus();
      }
    });
  }

  // Queries: words are all required, "…" is one word whatever it holds, -word excludes.
  function readQuery(query, fold) {
    var found = query.match(/-?["“][^"”]+["”]|\S+/g) || [];
    return found.map(function (word) {
      var excludes = word.length > 1 && word[0] === "-";
      var text = fold(word.slice(excludes ? 1 : 0).replace(/["“”]/g, ""));
      return { text: text, excludes: excludes };
    }).filter(function (word) { return word.text; });
  }

  function makeFold(pairs) {
    var simplified = {};
    var all = Array.from(pairs);
    for (var i = 0; i < all.length; i += 2) simplified[all[i]] = all[i + 1];
    return function (text) {
      return Array.from(text, function (character) {
        var plain = character.normalize("NFKC").toLowerCase();
        if (plain.length !== character.length) plain = character;
        return simplified[plain] || plain;
      }).join("");
    };
  }

  function prepare(data, fold) {
    return data.cases.map(function (one) {
      return {
        id: one[0], title: one[1], folded: fold(one[1]),
        kind: one[2], region: one[3], organ: one[4], year: one[5],
        items: one[6].map(function (item) {
          return {
            anchor: item[0], role: item[1], heading: item[2], text: item[3],
            head: fold(item[2]), body: fold(item[3]),
          };
        }),
      };
    });
  }

  // The items of a case that have any of the words, best first; null where the case is no hit.
  function search(one, words, state) {
    var missing = words.some(function (word) {
      var has = one.folded.includes(word.text) || one.items.some(function (item) {
        return item.head.includes(word.text) || item.body.includes(word.text);
      });
      return has === word.excludes;
    });
    if (missing) return null;
    for (var i = 1; i < FACETS.length; i++) {
      var name = FACETS[i][0];
      if (state[name] && one[name] !== state[name]) return null;
    }
    var wanted = words.filter(function (word) { return !word.excludes; });
    var items = one.items.map(function (item) {
      return { item: item, score: score(item, wanted) };
    }).filter(function (hit) {
      return (hit.score > 0 || !wanted.length) && (!state.role || hit.item.role === state.role);
    }).sort(function (a, b) { return b.score - a.score; });
    var inTitle = wanted.filter(function (word) { return one.folded.includes(word.text); }).length;
    if (!items.length && (state.role || !inTitle)) return null;
    return { one: one, items: items, score: 20 * inTitle + (items.length ? items[0].score : 0) };
  }

  // Where nothing has every word: pairs of characters, and the cases that have most of them.
  function loosely(cases, words, state) {
    var pairs = new Set();
    words.forEach(function (word) {
      for (var i = 0; i + 1 < word.text.length; i++) pairs.add(word.text.slice(i, i + 2));
    });
    var grams = Array.from(pairs, function (text) { return { text: text, excludes: false }; });
    var hits = cases.map(function (one) {
      var present = grams.filter(function (gram) { return search(one, [gram], state); });
      return { one: one, present: present };
    }).filter(function (each) {
      return each.present.length >= Math.max(2, grams.length * ENOUGH);
    }).map(function (each) {
      var hit = search(each.one, each.present, state) || { one: each.one, items: [] };
      hit.score = each.present.length;
      return hit;
    });
    return { hits: hits, words: grams };
  }

  function score(item, words) {
    var total = 0;
    var present = 0;
    words.forEach(function (word) {
      var inHead = item.head.includes(word.text);
      var times = item.body.split(word.text).length - 1;
      if (inHead || times) present++;
      total += (inHead ? 5 : 0) + Math.min(times, 3);
    });
    return total + (words.length > 1 && present === words.length ? 10 : 0);
  }

  // The text with the words marked; both strings have the same length, so positions agree.
  function marked(text, folded, words) {
    var fragment = document.createDocumentFragment();
    var position = 0;
    while (position < text.length) {
      var next = null;
      words.forEach(function (word) {
        var at = folded.indexOf(word.text, position);
        if (at >= 0 && (!next || at < next.at)) next = { at: at, end: at + word.text.length };
      });
      if (!next) break;
      fragment.append(text.slice(position, next.at));
      fragment.append(element("mark", {}, [text.slice(next.at, next.end)]));
      position = next.end;
    }
    fragment.append(text.slice(position));
    return fragment;
  }

  function excerpt(item, words) {
    var at = -1;
    words.forEach(function (word) {
      var found = item.body.indexOf(word.text);
      if (found >= 0 && (at < 0 || found < at)) at = found;
    });
    var start = Math.max(0, at - AROUND);
    var end = Math.min(item.text.length, Math.max(at, 0) + 2 * AROUND);
    return element("p", { class: "cb-list__text" }, [
      start ? "…" : "",
      marked(item.text.slice(start, end), item.body.slice(start, end), words),
      end < item.text.length ? "…" : "",
    ]);
  }

  function start(data) {
    var fold = makeFold(data.folds);
    var cases = prepare(data, fold);
    var form = document.getElementById("cb-search-form");
    var status = document.getElementById("cb-search-state");
    var hits = document.getElementById("cb-search-hits");
    var input = box("cb-search-box", "");
    var selects = {};

    function read() {
      var given = new URLSearchParams(location.search);
      var state = { q: given.get("q") || "", sort: given.get("sort") || "" };
      FACETS.forEach(function (facet) { state[facet[0]] = given.get(facet[0]) || ""; });
      return state;
    }

    function write(state, replace) {
      var query = new URLSearchParams();
      Object.keys(state).forEach(function (key) { if (state[key]) query.set(key, state[key]); });
      var address = location.pathname + (query.toString() ? "?" + query : "");
      history[replace ? "replaceState" : "pushState"](null, "", address);
      show();
    }

    function counts(name, words, state) {
      var without = Object.assign({}, state);
      without[name] = "";
      var found = {};
      cases.forEach(function (one) {
        var hit = search(one, words, without);
        if (!hit) return;
        var values = name === "role"
          ? new Set(hit.items.map(function (each) { return each.item.role; }))
          : new Set([one[name]]);
        values.forEach(function (value) { if (value) found[value] = (found[value] || 0) + 1; });
      });
      return found;
    }

    function fillFacet(facet, words, state) {
      var select = selects[facet[0]];
      var found = counts(facet[0], words, state);
      select.replaceChildren(element("option", { value: "" }, [facet[1] + "：全部"]));
      Object.keys(found).sort(function (a, b) { return found[b] - found[a]; }).forEach(function (value) {
        var name = facet[0] === "role" ? data.roles[value] || value : value;
        select.append(element("option", { value: value }, [name + "（" + found[value] + "）"]));
      });
      select.value = state[facet[0]];
      select.hidden = !Object.keys(found).length && !state[facet[0]];
    }

    function caseElement(hit, words) {
      var facts = [hit.one.kind, hit.one.region, hit.one.organ, hit.one.year].filter(Boolean);
      var address = base + "cases/" + hit.one.id + ".html";
      return element("section", { "data-case": hit.one.id, class: "cb-hit" }, [
        element("h2", {}, [
          element("a", { href: address }, [marked(hit.one.title, hit.one.folded, words)]),
        ]),
        element("p", { class: "cb-list__case" }, [facts.join("，")]),
      ].concat(hit.items.slice(0, 5).map(function (each) {
        return itemElement(each.item, address, words);
      })));
    }

    function itemElement(item, address, words) {
      var label = item.role
        ? element("span", { class: "cb-role cb-role--" + item.role }, [data.roles[item.role] || ""])
        : "";
      var target = item.anchor ? address + "#" + item.anchor : address;
      var heading = item.heading ? marked(item.heading, item.head, words) : "正文";
      return element("div", { "data-item": item.anchor || "content" }, [
        element("p", { class: "cb-list__title" }, [
          label, " ", element("a", { href: target }, [heading]),
        ]),
        excerpt(item, words),
      ]);
    }

    function show() {
      var state = read();
      var words = readQuery(state.q, fold);
      var wanted = words.filter(function (word) { return !word.excludes; });
      if (document.activeElement !== input) input.value = state.q;
      FACETS.forEach(function (facet) { fillFacet(facet, words, state); });
      var found = cases.map(function (one) { return search(one, words, state); }).filter(Boolean);
      var near = !found.length && wanted.length > 0;
      if (near) {
        var loose = loosely(cases, wanted, state);
        found = loose.hits;
        wanted = loose.words;
      }
      found.sort(function (a, b) {
        var newer = a.one.year < b.one.year ? 1 : a.one.year > b.one.year ? -1 : 0;
        return state.sort === "date" ? newer : b.score - a.score;
      });
      render(found, wanted, state, FIRST, near);
    }

    function render(found, words, state, limit, near) {
      hits.replaceChildren.apply(hits, found.slice(0, limit).map(function (hit) {
        return caseElement(hit, words);
      }));
      if (found.length > limit) {
        var more = element("button", { type: "button", class: "md-button" }, ["再显示一些"]);
        more.addEventListener("click", function () { render(found, words, state, limit + FIRST, near); });
        hits.append(more);
      }
      status.textContent = found.length
        ? (near ? "没有完全相符的，最接近的有 " : "找到 ") + found.length + " 个案例"
        : "没有找到。可以换一个说法、少用几个词" + (filtered(state) ? "，或者去掉筛选条件。" : "。");
      hits.setAttribute("data-count", found.length);
      hits.setAttribute("data-ready", "");
    }

    function filtered(state) {
      return FACETS.some(function (facet) { return state[facet[0]]; });
    }

    var row = element("div", { class: "cb-facets" });
    FACETS.forEach(function (facet) {
      var select = element("select", { "aria-label": facet[1] });
      selects[facet[0]] = select;
      select.addEventListener("change", function () {
        var state = read();
        state[facet[0]] = select.value;
        write(state);
      });
      row.append(select);
    });
    var inner = element("form", { role: "search", class: "cb-search cb-search--page" }, [input]);
    inner.addEventListener("submit", function (event) {
      event.preventDefault();
      var state = read();
      state.q = input.value;
      write(state);
    });
    input.addEventListener("input", function () {
      var state = read();
      state.q = input.value;
      write(state, true);
    });
    form.append(inner, row);
    addEventListener("popstate", show);
    show();
    input.focus();
  }

  addHeaderBox();
  if (document.getElementById("cb-search-hits")) {
    window.casebookSearch = start;
    document.head.append(element("script", { src: base + "search/data.js" }));
  }
})();

// The search box in the header of every page, the search page, and the marks on a case's page.
// What is found comes from search-index.js.
(function () {
  "use strict";

  var base = new URL("..", document.currentScript.src).href;
  var library = window.CasebookIndex;
  var FIRST = 10; // cases shown at once
  var MORE = 20; // cases shown with each "再显示一些"
  var OPEN = 3; // items of a case that are not folded away
  var LIVE = 6; // hits under the box in the header
  var PAUSE = 120; // milliseconds without a key before a search while typing
  var AROUND = 40; // characters of a long sentence shown around a hit
  var MARKS = 500; // places marked on a case's page
  var FACETS = [
    ["role", "角色"],
    ["theme", "主题"],
    ["kind", "文种"],
    ["region", "地区"],
    ["organ", "单位"],
    ["year", "年份"],
  ];

  var LAST = "theme"; // its counts follow when somebody goes to the facets: its files are the largest
  var LATER = 1000; // milliseconds after which they follow anyway

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

  // Files of the index are scripts, which a browser loads from a folder too.
  var waiting = {};
  window.cbs = function (name, words) {
    waiting[name](words);
  };

  function load(name) {
    return new Promise(function (resolve, reject) {
      waiting[name] = resolve;
      var script = element("script", { src: base + "search/data/" + name + ".js" });
      script.addEventListener("error", function () { reject(new Error("cannot load " + name)); });
      document.head.append(script);
    });
  }

  var index = new library.Index(load);

  function box(id, value) {
    return element("input", {
      type: "search", id: id, name: "q", value: value, placeholder: "查找问题、成因、做法……",
      "aria-label": "查找", autocomplete: "off", class: "cb-search__input",
    });
  }

  // --- marks and sentences

  // The text with the words marked; both strings have the same length, so places agree.
  function marked(text, folded, words) {
    var fragment = document.createDocumentFragment();
    var position = 0;
    while (position < text.length) {
      var next = null;
      words.forEach(function (word) {
        var at = folded.indexOf(word, position);
        if (at < 0) return;
        var end = at + word.length;
        if (!next || at < next.at || (at === next.at && end > next.end)) next = { at: at, end: end };
      });
      if (!next) break;
      for (var grown = true; grown;) grown = grow(next, folded, words);
      fragment.append(text.slice(position, next.at));
      fragment.append(element("mark", {}, [text.slice(next.at, next.end)]));
      position = next.end;
    }
    fragment.append(text.slice(position));
    return fragment;
  }

  // Lengthens a mark by a word that begins in it or right behind it.
  function grow(mark, folded, words) {
    return words.some(function (word) {
      var at = folded.indexOf(word, mark.at + 1);
      if (at < 0 || at > mark.end || at + word.length <= mark.end) return false;
      mark.end = at + word.length;
      return true;
    });
  }

  // The sentence that has most of the words, cut around them where it is long.
  function sentence(item, words) {
    var best = null;
    for (var start = 0; start < item.text.length;) {
      var end = start + (item.text.slice(start).search(/[。！？；\n]/) + 1 || item.text.length - start);
      var part = item.body.slice(start, end);
      var has = words.filter(function (word) { return part.includes(word); });
      if (!best || has.length > best.has.length) best = { start: start, end: end, has: has };
      start = end;
    }
    if (!best || !best.has.length) return { start: 0, end: Math.min(item.text.length, 2 * AROUND) };
    var places = best.has.map(function (word) { return item.body.indexOf(word, best.start); });
    var first = Math.min.apply(null, places);
    return {
      start: Math.max(best.start, first - AROUND),
      end: Math.min(best.end, first + 2 * AROUND),
    };
  }

  function excerpt(item, words) {
    var shown = sentence(item, words);
    return [
      shown.start ? "…" : "",
      marked(item.text.slice(shown.start, shown.end), item.body.slice(shown.start, shown.end), words),
      shown.end < item.text.length ? "…" : "",
    ];
  }

  // The address of an item, with the words that its page marks again.
  function addressOf(piece, item, words) {
    var query = words.map(function (word) { return /[\s-]/.test(word) ? '"' + word + '"' : word; }).join(" ");
    return base + "cases/" + piece.id + ".html" + (query ? "?q=" + encodeURIComponent(query) : "")
      + (item && item.anchor ? "#" + item.anchor : "");
  }

  function label(role) {
    return role ? element("span", { class: "cb-role cb-role--" + role }, [index.meta.roles[role] || role]) : "";
  }

  // Each hit with its items, the best first, and the piece of text that has the best one.
  function hitsToShow(found, hits, state) {
    return Promise.all(hits.map(function (hit) {
      var items = index.itemsOf(found, hit.n, state);
      return index.piece(items.length ? items[0].item : index.starts[hit.n]).then(function (piece) {
        return { hit: hit, items: items, piece: piece };
      });
    }));
  }

  // --- the box in the header

  function addHeaderBox() {
    var header = document.querySelector(".md-header__inner");
    if (!header || document.getElementById("cb-search-form")) return;
    var input = box("cb-search-box", "");
    var list = element("ul", { id: "cb-search-list", role: "listbox", "aria-label": "最相关的案例", class: "cb-live", hidden: "" });
    var status = element("p", { role: "status", "aria-live": "polite", class: "cb-unseen" });
    header.append(element("form", {
      action: base + "search/index.html", class: "cb-search", role: "search",
    }, [input, list, status]));
    suggest(input, list, status);
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
      }
    });
  }

  // First hits while typing: arrows choose, Enter opens, Escape closes.
  function suggest(input, list, status) {
    var timer = 0;
    var turn = 0;
    var active = -1;

    [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id],
      ["aria-expanded", "false"]].forEach(function (pair) {
      input.setAttribute(pair[0], pair[1]);
    });

    function close() {
      turn++;
      clearTimeout(timer);
      list.hidden = true;
      list.replaceChildren();
      choose(-1);
      input.setAttribute("aria-expanded", "false");
    }

    function choose(number) {
      active = number;
      Array.from(list.children).forEach(function (option, i) {
        option.setAttribute("aria-selected", String(i === number));
        if (i === number) option.scrollIntoView({ block: "nearest" });
      });
      if (number < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[number].id);
    }

    function search() {
      var mine = ++turn;
      var query = input.value.trim();
      if (!query) return close();
      index.search({ q: query }).then(function (found) {
        if (mine !== turn) return null;
        return hitsToShow(found, found.hits.slice(0, LIVE), {}).then(function (shown) {
          if (mine === turn) show(found, shown);
        });
      });
    }

    function show(found, shown) {
      list.replaceChildren.apply(list, shown.map(function (each, i) { return option(each, found.texts, i); }));
      choose(-1);
      list.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(shown.length > 0));
      status.textContent = found.hits.length
        ? (found.near ? "没有完全相符的，最接近的有 " : "找到 ") + found.hits.length + " 个案例，按上下键选择，按回车查看全部"
        : "没有找到";
    }

    function option(each, words, i) {
      var item = each.items.length ? each.piece.items[each.items[0].item] : null;
      var link = element("a", { href: addressOf(each.piece, item, words), tabindex: "-1" }, [
        element("b", {}, [marked(each.piece.title.text, each.piece.title.body, words)]),
        element("span", {}, item ? [label(item.role)].concat(excerpt(item.text ? item : titled(item), words)) : []),
      ]);
      return element("li", { role: "option", id: "cb-live-" + i, "aria-selected": "false" }, [link]);
    }

    input.addEventListener("focus", function () { index.open(); }, { once: true });
    input.addEventListener("input", function () {
      clearTimeout(timer);
      turn++;
      timer = setTimeout(search, PAUSE);
    });
    input.addEventListener("keydown", function (event) {
      var count = list.children.length;
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
        event.preventDefault();
        var next = active + (event.key === "ArrowDown" ? 1 : -1);
        choose(next >= count ? -1 : next < -1 ? count - 1 : next);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.href = list.children[active].querySelector("a").href;
      }
    });
    input.form.addEventListener("focusout", function (event) {
      if (!input.form.contains(event.relatedTarget)) close();
    });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
  }

  // An item that is all heading, as text to show.
  function titled(item) {
    return { text: item.heading, body: item.head };
  }

  // --- the search page

  function start(form, status, hits) {
    var input = box("cb-search-box", "");
    var selects = {};
    var turn = 0;
    var timer = 0;

    function read() {
      var given = new URLSearchParams(location.search);
      var state = { q: given.get("q") || "" };
      FACETS.forEach(function (facet) { state[facet[0]] = given.get(facet[0]) || ""; });
      state.sort = given.get("sort") || "";
      return state;
    }

    function addressFor(state) {
      var query = new URLSearchParams();
      Object.keys(state).forEach(function (key) { if (state[key]) query.set(key, state[key]); });
      return location.pathname + (query.toString() ? "?" + query : "");
    }

    function write(state, replace) {
      history[replace ? "replaceState" : "pushState"](null, "", addressFor(state));
      show();
    }

    function change(name, value, replace) {
      var state = read();
      state[name] = value;
      write(state, replace);
    }

    function fillFacet(facet, counts, state) {
      var name = facet[0];
      var select = selects[name];
      var values = Object.keys(counts).sort(function (a, b) {
        if (name === "year") return b.localeCompare(a);
        return counts[b] - counts[a] || a.localeCompare(b);
      });
      if (state[name] && !counts[state[name]]) values.push(state[name]);
      select.replaceChildren(element("option", { value: "" }, [facet[1] + "：全部"]));
      values.forEach(function (value) {
        var shown = name === "role" ? index.meta.roles[value] || value : value;
        select.append(element("option", { value: value }, [shown + "（" + (counts[value] || 0) + "）"]));
      });
      select.value = state[name];
      select.hidden = !values.length;
    }

    // What the text at hand has of a case's items; the others are read when somebody asks for them.
    function caseElement(each, words) {
      var at = each.items.filter(function (one) { return each.piece.items[one.item]; }).slice(0, OPEN);
      var rest = each.items.filter(function (one) { return !at.includes(one); });
      return element("section", { "data-case": each.piece.id, class: "cb-hit" }, [
        element("h2", {}, [
          element("a", { href: addressOf(each.piece, null, words) }, [marked(each.piece.title.text, each.piece.title.body, words)]),
        ]),
        element("p", { class: "cb-list__case" }, [each.piece.facts.filter(Boolean).join("，")]),
      ].concat(at.map(function (one) { return itemElement(each.piece, one.item, words); }), rest.length ? [restElement(rest, words)] : []));
    }

    function restElement(rest, words) {
      var details = element("details", { class: "cb-hit__rest" }, [element("summary", {}, ["另有 " + rest.length + " 处"])]);
      details.addEventListener("toggle", function () {
        Promise.all(rest.map(function (one) { return index.piece(one.item); })).then(function (pieces) {
          pieces.forEach(function (piece, i) { details.append(itemElement(piece, rest[i].item, words)); });
        });
      }, { once: true });
      return details;
    }

    function itemElement(piece, number, words) {
      var item = piece.items[number];
      var lead = index.starts[index.caseOf[number]] === number;
      var heading = item.heading && !lead ? marked(item.heading, item.head, words) : "正文";
      return element("div", { "data-item": item.anchor || "content" }, [
        element("p", { class: "cb-list__title" }, [
          label(item.role), " ", element("a", { href: addressOf(piece, item, words) }, [heading]),
        ]),
        element("p", { class: "cb-list__text" }, excerpt(item, words)),
      ]);
    }

    // What is shown no longer answers what was asked.
    function pending() {
      hits.removeAttribute("data-ready");
      status.textContent = "正在查找……";
      return ++turn;
    }

    function show() {
      var mine = pending();
      var state = read();
      if (document.activeElement !== input) input.value = state.q;
      selects.sort.value = state.sort;
      index.search(state).then(function (found) {
        if (mine !== turn) return null;
        hits.replaceChildren();
        return render(found, state, 0, FIRST, mine).then(function () {
          return countFacets(found, state, FACETS.filter(function (facet) { return facet[0] !== LAST; }), mine);
        }).then(function () {
          if (mine !== turn) return null;
          hits.setAttribute("data-ready", "");
          return interest();
        }).then(function () {
          if (mine !== turn) return null;
          return countFacets(found, state, FACETS.filter(function (facet) { return facet[0] === LAST; }), mine);
        });
      }).catch(function (error) {
        status.textContent = "查找用的文件没有读到，请刷新页面再试。";
        throw error;
      });
    }

    // When somebody goes to the facets, or after a while.
    function interest() {
      return new Promise(function (resolve) {
        ["pointerover", "focusin"].forEach(function (name) { row.addEventListener(name, resolve, { once: true }); });
        setTimeout(resolve, LATER);
      });
    }

    function countFacets(found, state, facets, mine) {
      return index.counts(found, state, facets.map(function (facet) { return facet[0]; })).then(function (counts) {
        if (mine === turn) facets.forEach(function (facet) { fillFacet(facet, counts[facet[0]], state); });
      });
    }

    function render(found, state, from, to, mine) {
      var shown = found.hits.slice(from, to);
      return hitsToShow(found, shown, state).then(function (read) {
        if (mine !== turn) return;
        read.forEach(function (each) { hits.append(caseElement(each, found.texts)); });
        if (found.hits.length > to) hits.append(moreButton(found, state, to, mine));
        say(found, state);
        hits.setAttribute("data-count", found.hits.length);
      });
    }

    function moreButton(found, state, to, mine) {
      var more = element("button", { type: "button", class: "md-button" }, ["再显示一些"]);
      more.addEventListener("click", function () {
        more.remove();
        render(found, state, to, to + MORE, mine).then(function () { hits.children[to].querySelector("a").focus(); });
      });
      return more;
    }

    function say(found, state) {
      var count = found.hits.length;
      var sounds = found.sounds.length ? "（按读音“" + found.sounds.join("”“") + "”）" : "";
      if (count) {
        status.textContent = (found.near ? "没有完全相符的，最接近的有 " : "找到 ") + count + " 个案例" + sounds;
        return;
      }
      status.replaceChildren("没有找到。可以换一个说法、少用几个词" + (filtered(state) ? "，或者去掉筛选条件。" : "。"));
      ways(found, state).forEach(function (way) { status.append(" ", way); });
    }

    // Links that relax the search: without the filters, with one of the words alone.
    function ways(found, state) {
      var links = [];
      if (filtered(state)) links.push(way("去掉筛选条件", { q: state.q, sort: state.sort }));
      if (found.words.length > 1) {
        found.words.filter(function (word) { return word.cases; }).forEach(function (word) {
          links.push(way("只查“" + word.text + "”（" + word.cases + "）", { q: word.text }));
        });
      }
      return links;
    }

    function way(text, state) {
      var link = element("a", { href: addressFor(state) }, [text]);
      link.addEventListener("click", function (event) {
        event.preventDefault();
        write(state);
      });
      return link;
    }

    function filtered(state) {
      return FACETS.some(function (facet) { return state[facet[0]]; });
    }

    var row = element("div", { class: "cb-facets" });
    FACETS.forEach(function (facet) {
      selects[facet[0]] = element("select", { "aria-label": facet[1], hidden: "" });
      row.append(selects[facet[0]]);
    });
    selects.sort = element("select", { "aria-label": "排序" }, [
      element("option", { value: "" }, ["按相关度"]),
      element("option", { value: "date" }, ["按日期，新的在前"]),
    ]);
    row.append(selects.sort);
    Object.keys(selects).forEach(function (name) {
      selects[name].addEventListener("change", function () { change(name, selects[name].value); });
    });
    var inner = element("form", { role: "search", class: "cb-search cb-search--page" }, [input]);
    inner.addEventListener("submit", function (event) {
      event.preventDefault();
      clearTimeout(timer);
      change("q", input.value);
    });
    input.addEventListener("input", function () {
      clearTimeout(timer);
      pending();
      timer = setTimeout(function () { change("q", input.value, true); }, PAUSE);
    });
    form.append(inner, row);
    addEventListener("popstate", function () {
      input.value = read().q;
      show();
    });
    show();
    input.focus();
  }

  // --- marks on a case's page: the words come in its address

  function markPage(article, query) {
    var words = library.readQuery(query).map(function (word) { return library.fold(word.text); });
    var walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    var nodes = [];
    while (walker.nextNode()) {
      var folded = library.fold(walker.currentNode.data);
      if (words.some(function (word) { return folded.includes(word); })) nodes.push([walker.currentNode, folded]);
    }
    nodes.slice(0, MARKS).forEach(function (pair) {
      pair[0].replaceWith(marked(pair[0].data, pair[1], words));
    });
  }

  function begin() {
    addHeaderBox();
    var form = document.getElementById("cb-search-form");
    var article = document.querySelector(".cb-case");
    var query = new URLSearchParams(location.search).get("q");
    if (form) start(form, document.getElementById("cb-search-state"), document.getElementById("cb-search-hits"));
    else if (article && query) markPage(article, query);
  }

  begin();
})();

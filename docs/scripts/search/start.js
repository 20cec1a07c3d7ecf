"use strict";
// What each page gets of the search: its own form, or the box in the header and, on a case's page,
// marks on the words that led there.

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

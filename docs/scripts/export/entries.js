"use strict";
// A button for each entry of a list, of a theme's page and of what was found. The text is on the
// page of its case, which is loaded unseen when somebody presses the button.

const ENTRIES = ".cb-list > li, .cb-answers > li, [data-item]";
const ITEM_ADDRESS = /\/cases\/([a-z0-9-]+)\.html(?:\?[^#]*)?#([A-Za-z0-9-]+)$/;
const LONGEST_WAIT = 20000; // milliseconds

/**
 * What a case's page says of an item.
 * @param {string} address @returns {Promise<Excerpt>}
 */
function fetchExcerpt(address) {
  return new Promise((resolve, reject) => {
    const frame = makeNode("iframe", { // with a size: Firefox computes no styles in a hidden one
      src: address, class: "cb-unseen", "aria-hidden": "true", tabindex: "-1", title: "案例",
    });
    /** @param {MessageEvent} event */
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow || !isExcerpt(data?.casebookExcerpt)) return;
      stop();
      resolve(data.casebookExcerpt);
    };
    const stop = () => {
      removeEventListener("message", hear);
      clearTimeout(timer);
      frame.remove();
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(address));
    }, LONGEST_WAIT);
    addEventListener("message", hear);
    document.body.append(frame);
  });
}

/** @param {Element} entry */
function addEntryButton(entry) {
  const link = /** @type {HTMLAnchorElement | null} */ (entry.querySelector("a[href*='#']"));
  const found = link && ITEM_ADDRESS.exec(link.href);
  if (!link || !found || entry.querySelector(".cb-tool")) return;
  const [, id, anchor] = found;
  const name = (link.textContent || "").trim().slice(0, 20);
  const page = link.href.split(/[?#]/)[0];
  const button = makeKeepButton(id, anchor, name, () => fetchExcerpt(`${page}#${anchor}`));
  entry.append(makeNode("div", { class: "cb-tools" }, [button]));
}

function addEntryButtons() {
  for (const entry of document.querySelectorAll(ENTRIES)) addEntryButton(entry);
}

addEntryButtons();
const hitsPlace = document.getElementById("cb-search-hits");
if (hitsPlace) {
  new MutationObserver(addEntryButtons).observe(hitsPlace, { childList: true, subtree: true });
}

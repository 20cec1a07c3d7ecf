"use strict";
// Copying: buttons, and what a selection of a case's text gives to other programs.

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Paragraphs without colors and fonts. @param {Passage[]} passages */
function passagesAsHtml(passages) {
  return passages.map(({ kind, text, rows }) => {
    const lines = rows ? rows.map((row) => row.join("\u3000")) : [text || ""];
    const isHeading = kind.startsWith("heading");
    return lines.map(escapeHtml)
      .map((line) => `<p>${isHeading ? `<strong>${line}</strong>` : line}</p>`).join("");
  }).join("");
}

/** @param {Passage[]} passages */
function passagesAsText(passages) {
  return passages.map(({ text, rows }) =>
    (rows ? rows.map((row) => row.join("\t")).join("\n") : text)).join("\n");
}

/**
 * Puts a text, and the same with paragraphs, into the clipboard; an old way, but it works from a
 * folder, and for both at once.
 * @param {string} text @param {string} html @returns {boolean} whether it worked
 */
function putIntoClipboard(text, html = "") {
  const focused = document.activeElement;
  const field = makeNode("textarea", { "aria-hidden": "true", class: "cb-unseen" });
  field.value = text;
  document.body.append(field);
  field.select();
  /** @param {ClipboardEvent} event */
  const put = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
    if (html) event.clipboardData?.setData("text/html", html);
  };
  document.addEventListener("copy", put, true);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, true);
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}

/** @param {boolean} done @param {string} what */
function sayCopied(done, what) {
  say(done ? `已复制${what}` : "浏览器不允许复制，请选中文字再复制。");
}

/**
 * What of a selection lies within an element.
 * @param {Range} selected @param {Element} element
 */
function cutRange(selected, element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  if (selected.compareBoundaryPoints(Range.START_TO_START, range) > 0) {
    range.setStart(selected.startContainer, selected.startOffset);
  }
  if (selected.compareBoundaryPoints(Range.END_TO_END, range) < 0) {
    range.setEnd(selected.endContainer, selected.endOffset);
  }
  return range;
}

/**
 * Gives of a selection the words of a case, without what stands beside them.
 * @param {ClipboardEvent} event @param {Element} article
 */
function copySelection(event, article) {
  const selection = getSelection();
  const data = event.clipboardData;
  if (!selection || selection.isCollapsed || !selection.rangeCount || !data) return;
  const selected = selection.getRangeAt(0);
  const focused = document.activeElement;
  if (!selected.intersectsNode(article) || focused?.matches("input, textarea")) return;
  const range = cutRange(selected, article);
  const common = range.commonAncestorContainer;
  const inside = common instanceof Element ? common : common.parentElement;
  if (inside?.closest("pre")) {
    data.setData("text/plain", selection.toString());
  } else {
    const passages = readPassages(range.cloneContents().childNodes);
    if (!passages.length) return;
    const alone = passages.length === 1 && passages[0].kind === "text";
    data.setData("text/plain", passagesAsText(passages));
    const html = alone ? escapeHtml(passages[0].text || "") : passagesAsHtml(passages);
    data.setData("text/html", html);
  }
  event.preventDefault();
}

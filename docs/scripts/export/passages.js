"use strict";
// The text of elements as passages; casebook.export.passages does the same with HTML.

const BLOCK_TAGS = new Set(["p", "li", "blockquote", "ul", "ol", "hr", "br"]);
const OTHER_BLOCKS = new Set([
  "div", "dl", "dt", "dd", "section", "article", "details", "summary", "nav",
]);
const HEADING_TAG = /^h[1-6]$/;

/** What stands on a case's page beside the words of the case. */
const NOT_TEXT = ".cb-role, .cb-evidence, .cb-chips, .cb-tools, .cb-note, .cb-otherwise, "
  + ".cb-responses, "
  + ".headerlink, button, script, style";

const SOFT_BREAK = /[ \t\r\n\u00a0\u3000]*\n[ \t\r\n\u00a0\u3000]*/g;
const LATIN_BREAK = /([!-~])[ \t\r\n\u00a0\u3000]*\n[ \t\r\n\u00a0\u3000]*(?=[!-~])/g;
const EDGES = /^[ \t\r\n\u00a0\u3000]+|[ \t\r\n\u00a0\u3000]+$/g;

/**
 * A text on one line: a soft break is a space only between Latin characters.
 * @param {string} text
 */
function cleanText(text) {
  const joined = text.replace(EDGES, "").replace(LATIN_BREAK, "$1 ").replace(SOFT_BREAK, "");
  return joined.replace(/[ \t\r\u00a0]+/g, " ");
}

class PassageReader {
  constructor() {
    /** @type {Passage[]} */
    this.passages = [];
    this.text = "";
    this.mark = "";
    this.isCode = false;
    /** @type {number[]} items of an ordered list so far; -1 in one of signs */
    this.lists = [];
    /** @type {string[][] | null} */
    this.rows = null;
  }

  /** @param {Iterable<Node>} nodes */
  readAll(nodes) {
    for (const node of nodes) this.read(node);
  }

  /** @param {Node} node */
  read(node) {
    if (node.nodeType === Node.TEXT_NODE) this.text += node.nodeValue;
    if (!(node instanceof Element) || node.matches(NOT_TEXT)) return;
    const name = node.localName;
    if (HEADING_TAG.test(name)) {
      this.readHeading(node, Number(name[1]));
      return;
    }
    this.open(name);
    this.readAll(node.childNodes);
    this.close(name);
  }

  /** @param {Element} heading @param {number} level */
  readHeading(heading, level) {
    this.endParagraph();
    const text = headingText(heading);
    if (text) this.passages.push({ kind: `heading-${Math.min(5, Math.max(1, level - 1))}`, text });
  }

  /** @param {string} name */
  open(name) {
    if (name === "td" || name === "th") this.text = "";
    else if (this.rows) {
      if (name === "tr") this.rows.push([]);
      if (BLOCK_TAGS.has(name)) this.text += "\n";
    } else if (BLOCK_TAGS.has(name) || OTHER_BLOCKS.has(name) || name === "pre") {
      this.endParagraph();
      this.openBlock(name);
    } else if (name === "table") {
      this.endParagraph();
      this.rows = [];
    }
  }

  /** @param {string} name */
  openBlock(name) {
    if (name === "ul" || name === "ol") this.lists.push(name === "ol" ? 0 : -1);
    else if (name === "li" && this.lists.length) {
      const last = this.lists.length - 1;
      if (this.lists[last] >= 0) this.lists[last] += 1;
      this.mark = this.lists[last] < 0 ? "• " : `${this.lists[last]}. `;
    }
    this.isCode = name === "pre";
  }

  /** @param {string} name */
  close(name) {
    if (this.rows) {
      const cell = name === "td" || name === "th";
      if (cell && this.rows.length) this.rows[this.rows.length - 1].push(cleanText(this.text));
      else if (name === "table") this.endTable(this.rows);
    } else if (BLOCK_TAGS.has(name) || OTHER_BLOCKS.has(name) || name === "pre") {
      this.endParagraph();
      if (name === "ul" || name === "ol") this.lists.pop();
    }
  }

  /** @param {string[][]} rows */
  endTable(rows) {
    this.rows = null;
    this.text = "";
    const filled = rows.filter((row) => row.length);
    if (filled.length) this.passages.push({ kind: "table", rows: filled });
  }

  endParagraph() {
    const lines = this.isCode ? this.text.split("\n") : [this.text];
    for (const line of lines.map(cleanText).filter(Boolean)) {
      this.passages.push({ kind: "text", text: this.mark + line });
      this.mark = "";
    }
    this.text = "";
    this.isCode = false;
  }
}

/** @param {Iterable<Node>} nodes @returns {Passage[]} */
function readPassages(nodes) {
  const reader = new PassageReader();
  reader.readAll(nodes);
  reader.endParagraph();
  return reader.passages;
}

/** The words of a heading. @param {Element} heading */
function headingText(heading) {
  const copy = /** @type {Element} */ (heading.cloneNode(true));
  for (const beside of copy.querySelectorAll(NOT_TEXT)) beside.remove();
  return cleanText(copy.textContent || "");
}

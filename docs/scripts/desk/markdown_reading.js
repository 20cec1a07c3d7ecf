"use strict";
// The lines of a Markdown file with what its marks say as facts: reading/markdown_text.py and
// front_matter_lines.py.

const FRONT_LINES = deskTable("reading.front_matter_lines");
const FENCE_LINE = /^ {0,3}(`{3,}|~{3,})/;
const LIST_ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+(\S.*)?|$)/;
const RULE_LINE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const TABLE_BORDER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The lines of a file, and what was left out. Throws DeskError for a case file.
 * @param {string} source */
function readMarkdownLines(source) {
  const text = source.replace(/\r\n/g, "\n").replace(/^\ufeff/, "");
  if (text.length > MARKDOWN.MOST_CHARACTERS) throw new DeskError(MARKDOWN.TOO_LARGE);
  const [head, body] = readMarkdownHead(text);
  if (!head.length && !MARKDOWN.STRUCTURE.search(body)) {
    return { lines: readTextLines(source), remarks: [] };
  }
  const reader = new MarkdownReader(body.split("\n"));
  const title = reader.lines.find(({ facts }) => facts.level === 1);
  const own = head.filter((line) => !(line.facts.level && title && title.text === line.text));
  const remarks = reader.images ? [say(MARKDOWN.IMAGES, { count: reader.images })] : [];
  return { lines: numberParagraphs([...own, ...reader.lines, ...reader.notes]), remarks };
}

/** Counts the paragraphs; a table is one. @param {WordLine[]} lines */
function numberParagraphs(lines) {
  let number = 0;
  let table = 0;
  return lines.map((line) => {
    if (line.facts.origin === "outside") return line;
    const own = line.facts.cell ? line.facts.cell[0] : 0;
    if (line.text && (!own || own !== table)) number++;
    table = own;
    return { ...line, facts: { ...line.facts, paragraph: number } };
  });
}

/** The lines of front matter, none if a file has none, and the text after it.
 * @param {string} text @returns {[WordLine[], string]} */
function readMarkdownHead(text) {
  const found = FRONT_LINES.BLOCK.match(text.slice(0, FRONT_LINES.LONGEST_BLOCK));
  const keys = found && found[1] ? loadYaml(found[1].replace(/\n$/, "")) : null;
  if (!found || !(keys instanceof Map)) return [[], text];
  const isCase = keys.has("id") && keys.has("title")
    && FRONT_LINES.OF_CASES.some((/** @type {string} */ key) => keys.has(key));
  if (isCase) throw new DeskError(say(FRONT_LINES.IS_CASE, { id: String(keys.get("id")) }));
  /** @type {WordLine[][]} */
  const [titles, facts, others] = [[], [], []];
  for (const [key, value] of keys) {
    const shown = describeValue(value, 2).split(/\s+/).filter(Boolean).join(" ");
    const name = key.toLowerCase();
    const label = FRONT_LINES.LABELS[name];
    if (!shown) continue;
    if (FRONT_LINES.TITLES.includes(name)) titles.push(markdownLine(shown, { level: 1 }));
    else if (label) facts.push(markdownLine(`${label}：${shown}`, {}));
    else others.push(markdownLine(`${key}: ${shown}`, { origin: "outside" }));
  }
  return [[...titles, ...facts, ...others], text.slice(endOf(found))];
}

/** A value in one line. @param {YamlValue} value @param {number} depth @returns {string} */
function describeValue(value, depth) {
  if (typeof value === "string") return value;
  if (!depth) return "";
  const parts = Array.isArray(value) ? value.map((item) => describeValue(item, depth - 1))
    : [...value].map(([key, item]) => `${key}: ${describeValue(item, depth - 1)}`);
  return parts.join("、");
}

/** @param {string} text @param {Partial<LineFacts>} facts @returns {WordLine} */
function markdownLine(text, facts) {
  return { text, certain: true, facts: { ...NO_FACTS, origin: "markdown", ...facts } };
}

/** Goes through the lines once; paragraphs end where blocks do. */
class MarkdownReader {
  /** @param {string[]} source */
  constructor(source) {
    this.source = source;
    /** @type {WordLine[]} */
    this.lines = [];
    /** @type {WordLine[]} */
    this.notes = [];
    this.images = 0;
    this.tables = 0;
    /** @type {string[]} */
    this.open = []; // the lines of the paragraph
    this.label = "";
    this.note = "";
    /** @type {{indent: number, number: number, mark: string}[]} */
    this.lists = [];
    this.listStart = 0;
    this.anchors = 0;
    this.quoted = false;
    for (let place = 0; place < source.length;) place = this.readLine(place);
    this.flush();
    this.closeLists();
  }

  /** Reads a block, or a line of one; the place after it. @param {number} place */
  readLine(place) {
    const line = this.source[place];
    const fence = FENCE_LINE.exec(line);
    if (fence) return this.readFence(place, fence[1]);
    if (!line.trim()) {
      this.flush();
      return place + 1;
    }
    if (this.readUnderline(line)) return place + 1;
    if (RULE_LINE.test(line)) {
      this.flush();
      return place + 1;
    }
    const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line);
    if (heading) {
      this.flush();
      this.closeLists();
      const text = (heading[2] || "").replace(/(?:^|[ \t])#+[ \t]*$/, "");
      this.write(text, heading[1].length);
      return place + 1;
    }
    if (this.isTable(place)) return this.readTable(place);
    if (/^ {0,3}<(?:!--|\/?[A-Za-z][^<>:@]{0,300}>)/.test(line) && !this.open.length) {
      return this.readHtml(place);
    }
    this.readText(line);
    return place + 1;
  }

  /** @param {string} line */
  readText(line) {
    const note = /^\[\^([^[\]\s]{1,60})\]:[ \t]*(.*)$/.exec(line);
    const quote = /^ {0,3}>[ ]?(.*)$/.exec(line);
    if (note) {
      this.flush();
      this.note = note[1];
      this.open.push(note[2]);
    } else if (quote) {
      if (!this.quoted) this.flush();
      this.addLine(quote[1]);
      this.quoted = true;
    } else if (!this.readItem(line)) {
      const isIndented = /^(?: {4}|\t)/.test(line) && !this.open.length && !this.lists.length;
      if (isIndented) this.readIndented(line);
      else if (!/^ {0,3}\[[^[\]^]{1,200}\]:[ \t]*\S+/.test(line) || this.open.length) {
        if (this.lists.length && !this.open.length && !/^[ \t]/.test(line)) this.closeLists();
        this.addLine(line);
      }
    }
  }

  /** A line of a paragraph; two blanks or a backslash at its end end it. @param {string} line */
  addLine(line) {
    const text = line.trim();
    const breaks = / {2,}$/.test(line) || /(?:^|[^\\])\\$/.test(line);
    this.open.push(breaks ? text.replace(/\\$/, "") : text);
    if (breaks) this.flush();
  }

  /** Indented prose is a paragraph, code stays as it is. @param {string} line */
  readIndented(line) {
    const shown = /[\u4e00-\u9fff]/.test(line) ? [line.trim()] : ["```", line.trim(), "```"];
    this.lines.push(...shown.map((each) => markdownLine(each, {})));
  }

  /** Whether a line is underlined, as a heading is. @param {string} line */
  readUnderline(line) {
    const found = /^ {0,3}(=+|-+)[ \t]*$/.exec(line);
    if (!found || !this.open.length || this.quoted || this.label) return false;
    const text = this.open.join("\n").trim();
    const isLong = text.length > MARKDOWN.LONGEST_HEADING;
    if (isLong || SENTENCE_ENDS.FULL_STOPS.includes(text[text.length - 1])) {
      this.flush();
    } else {
      this.open = [];
      this.write(text, found[1][0] === "=" ? 1 : 2);
    }
    return true;
  }

  /** Whether a line is an item of a list, which it then opens. @param {string} line */
  readItem(line) {
    const found = LIST_ITEM.exec(line);
    if (!found) return false;
    const [, blanks, sign, text] = found;
    const number = parseInt(sign, 10);
    const inParagraph = this.open.length && !this.lists.length;
    if (inParagraph && (!text || (number && number !== 1))) return false;
    const indent = blanks.replace(/\t/g, "    ").length;
    if (indent > 3 && !this.lists.length) return false;
    this.flush();
    if (!this.lists.length) {
      this.listStart = this.lines.length;
      this.anchors = 0;
    }
    while (this.lists.length && this.lists[this.lists.length - 1].indent > indent) this.lists.pop();
    const mark = Number.isNaN(number) ? MODEL.BULLET : sign.slice(-1);
    let last = this.lists[this.lists.length - 1];
    if (!last || last.indent < indent || last.mark !== mark) {
      if (last && last.indent === indent) this.lists.pop();
      last = { indent, number, mark };
      this.lists.push(last);
    } else {
      last.number++;
    }
    this.label = mark === MODEL.BULLET ? mark : `${last.number}${mark}`;
    if (text) this.addLine(text);
    return true;
  }

  /** A list of links to places of the text itself is a contents list, with its heading. */
  closeLists() {
    const items = this.lines.length - this.listStart;
    if (this.lists.length && items > 1 && this.anchors >= items) {
      const before = this.lines[this.listStart - 1];
      const first = before && MARKDOWN.CONTENTS.fullmatch(before.text) ? 1 : 0;
      for (const line of this.lines.slice(this.listStart - first)) {
        line.facts = { ...line.facts, origin: "outside" };
      }
    }
    this.lists = [];
  }

  /** Ends the paragraph that is open, if any. */
  flush() {
    const source = this.open.join("\n");
    this.open = [];
    this.quoted = false;
    if (!source.trim()) return;
    const { text, bold, images, anchors } = readInline(source);
    this.images += images;
    this.anchors += anchors;
    for (const piece of text.split("\f")) {
      for (const [level, part] of splitTightHeadings(piece)) {
        for (const paragraph of splitPasted(part)) this.add(paragraph, level, bold);
      }
    }
    this.note = "";
  }

  /** A heading. @param {string} source @param {number} level */
  write(source, level) {
    const { text, images } = readInline(source);
    this.images += images;
    this.add(text.replace(/\f/g, " "), level, false);
  }

  /** @param {string} source @param {number} level @param {boolean} bold */
  add(source, level, bold) {
    const joined = SOFT_BREAKS.BREAK.replace(source, "").replace(/[ \t\r\n]+/g, " ");
    let text = stripCharacters(joined, " \u3000");
    if (!text) return;
    const { label } = this;
    this.label = "";
    if (label && label !== MODEL.BULLET) {
      text = `${label}${label.endsWith(".") && /^\p{Nd}/u.test(text) ? " " : ""}${text}`;
    }
    const isContents = text[0] === "[" && MARKDOWN.CONTENTS.fullmatch(text);
    const origin = this.note ? "note" : isContents ? "outside" : "markdown";
    const facts = { level, bold: bold && !level, label, origin };
    const shown = this.note ? `[${this.note}] ${text}` : text;
    (this.note ? this.notes : this.lines).push(markdownLine(shown, facts));
    this.note = "";
  }

  /** @param {number} place @param {string} fence */
  readFence(place, fence) {
    this.flush();
    let end = place + 1;
    const isEnd = (/** @type {string} */ line) =>
      line.trim().startsWith(fence) && !line.trim().replace(/[`~]/g, "");
    while (end < this.source.length && !isEnd(this.source[end])) end++;
    const code = this.source.slice(place, end);
    code[0] = code[0].trim();
    this.lines.push(...[...code, fence].map((line) => markdownLine(line, {})));
    return end + 1;
  }

  /** The text of a block of tags. @param {number} place */
  readHtml(place) {
    let end = place;
    while (end < this.source.length && this.source[end].trim()) end++;
    const source = this.source.slice(place, end).join("\n").replace(/<!--[^]*?(?:-->|$)/g, "");
    const text = source.replace(/<(?:br|\/?(?:p|div|li|tr|h[1-6]))\b[^<>]{0,500}>/gi, "\n")
      .replace(/<\/?[A-Za-z][^<>]{0,500}>/g, "");
    for (const line of decodeEntities(text).split("\n")) this.add(line, 0, false);
    return end;
  }

  /** @param {number} place */
  isTable(place) {
    const [head, border] = [this.source[place], this.source[place + 1] || ""];
    const isBorder = head.includes("|") && border.includes("-") && border.includes("|")
      && border.length < 2000 && TABLE_BORDER.test(border);
    return isBorder && splitCells(head).length === splitCells(border).length;
  }

  /** @param {number} place */
  readTable(place) {
    this.flush();
    this.closeLists();
    let end = place + 2;
    while (end < this.source.length && this.source[end].trim()) end++;
    const width = splitCells(this.source[place]).length;
    const rows = [this.source[place], ...this.source.slice(place + 2, end)].map((row) => {
      const cells = splitCells(row).slice(0, width);
      return cells.map((cell) => [markdownLine(readInline(cell).text.trim(), {})]);
    });
    this.tables++;
    const facts = { ...NO_FACTS, origin: "markdown" };
    this.lines.push(...layOutTable({ rows, number: this.tables, facts }));
    return end;
  }
}

/** The cells of a row; an escaped bar is none. @param {string} row */
function splitCells(row) {
  const bare = row.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

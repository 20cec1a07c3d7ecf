"use strict";
// The paragraphs and tables of a Word file in their order, as lines with facts:
// reading/word/docx_text.py, docx_breaks.py, docx_tables.py and reading/forms.py.

const BREAKS = deskTable("reading.word.docx_breaks");
const WORD_TABLES = deskTable("reading.word.docx_tables");
const WORD_TEXT = deskTable("reading.word.docx_text");
const FORMS = deskTable("reading.forms");

/**
 * @typedef {{text: string, certain: boolean, facts: LineFacts}} WordLine
 * @typedef {{number: number, facts: LineFacts, rows: WordBlock[][][]}} Grid
 * @typedef {WordLine | Grid} WordBlock
 * @typedef {{pieces: Letters[], label: [string, string]}} Carried what a paragraph whose mark is
 *   gone gives to the next one
 */

/** The lines of a paragraph: one, where soft breaks only set it. @param {string} text */
function splitBreaks(text) {
  const lines = text.split(PAGE_BREAK).flatMap(splitPage);
  const shown = lines.filter((line) => stripCharacters(line, BREAKS.BLANKS));
  return shown.length ? shown : [""];
}

/** @param {string} text @returns {string[]} */
function splitPage(text) {
  const lines = text.split(LINE_BREAK).filter((line) => stripCharacters(line, BREAKS.BLANKS));
  const isEnded = (/** @type {string} */ line) => {
    const bare = stripEnd(line, BREAKS.BLANKS + SENTENCE_ENDS.CLOSING_MARKS);
    return SENTENCE_ENDS.ANY_SENTENCE_ENDS.includes(bare.slice(-1));
  };
  const ended = lines.slice(0, -1).filter(isEnded).length;
  if (lines.length > BREAKS.FEWEST_BREAKS && 2 * ended >= lines.length - 1) return lines;
  const parts = [];
  let start = 0;
  for (let place = 1; place < lines.length; place++) {
    if (!dividesLines(lines[place - 1], lines[place])) continue;
    parts.push(joinBroken(lines.slice(start, place)));
    start = place;
  }
  return [...parts, joinBroken(lines.slice(start))];
}

/** Whether one of two lines is a numbered one of its own. @param {string} before
 * @param {string} after */
function dividesLines(before, after) {
  const heading = stripCharacters(before, BREAKS.BLANKS);
  if (BREAKS.MARKER.match(stripCharacters(after, BREAKS.BLANKS))) return true;
  const alone = heading.length <= BREAKS.LONGEST_HEADING
    && !BREAKS.CLAUSE_ENDS.includes(heading.slice(-1));
  return alone && BREAKS.MARKER.match(heading) !== null;
}

/** The lines of a row as one. @param {string[]} lines */
function joinBroken(lines) {
  let joined = lines[0] || "";
  for (const line of lines.slice(1).map((each) => stripCharacters(each, " \t"))) {
    joined = stripEnd(joined, " \t");
    const isWide = BREAKS.WIDE.match(joined.slice(-1)) && BREAKS.WIDE.match(line);
    joined += (isWide ? "" : " ") + line;
  }
  return joined;
}

/** The lines of blocks. @param {WordBlock[]} blocks @returns {WordLine[]} */
function layOut(blocks) {
  return blocks.flatMap((block) => ("rows" in block ? layOutTable(block) : [block]));
}

/** A line a row, unless the table only sets out a page. @param {Grid} grid @returns {WordLine[]} */
function layOutTable({ rows, number, facts }) {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const isSmall = width <= WORD_TABLES.MOST_COLUMNS
    && width * rows.length <= WORD_TABLES.MOST_CELLS;
  const cells = isSmall ? rows.map((row) => row.map(flattenCell)) : [];
  const isLong = (/** @type {WordLine[]} */ cell) =>
    cell.reduce((sum, { text }) => sum + text.length, 0) > FORMS.MOST_CELL_CHARACTERS;
  if (!isSmall || width < 2 || rows.length < 2 || cells.some((row) => row.some(isLong))) {
    return rows.flatMap((row) => row.flatMap(layOut));
  }
  return cells.flatMap((row, place) => {
    const texts = row.map(cellText);
    while (texts.length < width) texts.push("");
    const placed = { ...facts, cell: [number, place + 1, 0] };
    const line = { text: `| ${texts.join(" | ")} |`, certain: true, facts: placed };
    const border = { text: `|${" --- |".repeat(width)}`, certain: true, facts: placed };
    return place ? [line] : [line, border];
  });
}

/** @param {WordBlock[]} cell @returns {WordLine[]} */
function flattenCell(cell) {
  return cell.flatMap((block) => ("rows" in block
    ? block.rows.flatMap((row) => row.flatMap(flattenCell)) : [block]));
}

/** The text of a cell in one line. @param {WordLine[]} cell */
function cellText(cell) {
  return cell.map(({ text }) => text.trim()).filter(Boolean).join(" ").replace(/\|/g, "\\|");
}

class TextReader {
  /** @param {WordStyles} styles @param {Numbering} numbering @param {RunReader} runs */
  constructor(styles, numbering, runs) {
    this.styles = styles;
    this.numbering = numbering;
    this.runs = runs;
    this.hasTitle = false;
    this.paragraphs = 0;
    this.tables = 0;
    this.origin = "text";
  }

  /** The lines of a story; its fields are its own. @param {Element} story
   * @param {string} origin */
  readStory(story, origin) {
    const { fields } = this.runs;
    const before = this.origin;
    this.runs.fields = new OpenFields(story);
    this.origin = origin;
    const lines = markContentsHeading(layOut(this.readBlocks(story)));
    this.origin = before;
    this.runs.fields = fields;
    return lines;
  }

  /** @param {Element} parent */
  readBlocks(parent) {
    /** @type {WordBlock[]} */
    const blocks = [];
    const carried = this.readInto(parent, blocks, { pieces: [], label: ["", ""] });
    if (carried.pieces.length) {
      const text = carried.pieces.map((piece) => piece.text).join("");
      blocks.push(...this.makeLines(text, carried.label, NO_FACTS));
    }
    return blocks;
  }

  /** @param {Element} parent @param {WordBlock[]} blocks @param {Carried} carried
   * @returns {Carried} */
  readInto(parent, blocks, carried) {
    for (const child of childrenOf(parent)) {
      const tag = tagOf(child);
      if (tag === "w:p") {
        const [found, rest] = this.readParagraph(child, carried);
        blocks.push(...found);
        carried = rest;
      } else if (tag === "w:tbl") {
        blocks.push(this.readTable(child));
      } else if (tag === "w:altChunk") {
        this.runs.tally.embedded++;
      } else if (tag === "mc:AlternateContent") {
        const branch = chosenBranch(child);
        if (branch) carried = this.readInto(branch, blocks, carried);
      } else if (!HIDDEN_TAGS.has(tag) && child.firstElementChild) {
        const before = this.origin;
        if (tag === "w:sdt" && isContentsControl(child)) this.origin = "outside";
        carried = this.readInto(child, blocks, carried);
        this.origin = before;
      }
    }
    return carried;
  }

  /** @param {Element} table @returns {Grid} */
  readTable(table) {
    this.tables++;
    const number = this.tables;
    const facts = { ...NO_FACTS, paragraph: this.paragraphs + 1, origin: this.origin };
    const rows = listWrapped(table, "w:tr").filter((row) => {
      const form = findChild(row, "trPr");
      return !form || !(findChild(form, "del") || isOn(findChild(form, "hidden")));
    });
    return { number, facts, rows: rows.map((row) => this.readRow(row)) };
  }

  /** @param {Element} row */
  readRow(row) {
    const form = findChild(row, "trPr");
    const empty = (/** @type {number} */ count) =>
      Array.from({ length: Math.max(0, Math.min(count, WORD_TABLES.MOST_COLUMNS)) }, () =>
        /** @type {WordBlock[]} */ ([]));
    const cells = listWrapped(row, "w:tc").flatMap((cell) => {
      const properties = findChild(cell, "tcPr");
      if (properties && findChild(properties, "cellDel")) return [];
      const own = continuesCell(properties) ? [] : this.readBlocks(cell);
      return [own, ...empty(toInteger(valueAt(properties, "gridSpan"), 1) - 1)];
    });
    return [...empty(toInteger(valueAt(form, "gridBefore"), 0)), ...cells,
      ...empty(toInteger(valueAt(form, "gridAfter"), 0))];
  }

  /** The lines of a paragraph and of its boxes, or what it hands on to the next one.
   * @param {Element} paragraph @param {Carried} carried @returns {[WordBlock[], Carried]} */
  readParagraph(paragraph, carried) {
    const form = findChild(paragraph, "pPr");
    const style = this.styles.paragraph(valueAt(form, "pStyle"));
    const content = this.runs.read(paragraph, style);
    const { removed, hidden } = readMark(form);
    const shows = content.pieces.length > 0;
    for (const piece of content.pieces) carried.pieces.push(piece);
    content.pieces = carried.pieces;
    if (removed || (hidden && content.hides && !shows)) return [this.readBoxes(content), carried];
    const label = carried.label[0] ? carried.label : this.count(form, style);
    if (hidden && shows) return [this.readBoxes(content), { pieces: content.pieces, label }];
    this.paragraphs++;
    const text = content.pieces.map((piece) => piece.text).join("");
    const lines = this.makeLines(text, label, this.readFacts(form, style, content));
    return [[...lines, ...this.readBoxes(content)], { pieces: [], label: ["", ""] }];
  }

  /** @param {Element | null} form @param {ParagraphStyle} style @returns {[string, string]} */
  count(form, style) {
    const [numId, level] = this.numbering.placeOf(form, style);
    return numId ? this.numbering.label(numId, level) : ["", ""];
  }

  /** @param {Element | null} form @param {ParagraphStyle} style @param {Content} content
   * @returns {LineFacts} */
  readFacts(form, style, content) {
    const [size, bold] = mainLook(content.pieces);
    const shown = content.pieces.filter(({ text }) => text.trim());
    const isContents = style.isContents
      || (shown.length > 0 && shown.every(({ outside }) => outside));
    const alignment = valueAt(form, "jc");
    return {
      ...NO_FACTS, paragraph: this.paragraphs, size, bold,
      centered: alignment ? alignment === "center" : style.centered,
      level: isContents ? 0 : this.readLevel(form, style),
      origin: isContents ? "outside" : this.origin,
    };
  }

  /** The title is above all headings. @param {Element | null} form
   * @param {ParagraphStyle} style */
  readLevel(form, style) {
    if (style.isTitle) return 1;
    const level = outlineLevel(form) ?? style.level;
    return level ? level + Number(this.hasTitle) : 0;
  }

  /** @param {string} text @param {[string, string]} label @param {LineFacts} facts
   * @returns {WordLine[]} */
  makeLines(text, [name, suffix], facts) {
    const texts = /[\n\f]/.test(text) ? splitBreaks(text) : [text];
    const isLabelled = name && texts[0].trim();
    if (isLabelled) texts[0] = joinLabel(name, suffix, texts[0].replace(/^[ \t\u3000]+/, ""));
    return texts.map((each, place) => ({
      text: each,
      certain: place + 1 === texts.length,
      facts: isLabelled && !place ? { ...facts, label: name } : facts,
    }));
  }

  /** The lines of text boxes, after the paragraph that they are anchored in.
   * @param {Content} content @returns {WordLine[]} */
  readBoxes(content) {
    const origin = this.origin === "text" ? "box" : this.origin;
    const lines = content.boxes.flatMap((box) => (typeof box === "string"
      ? [{ text: box, certain: true, facts: { ...NO_FACTS, origin } }]
      : this.readStory(box, origin)));
    return lines.filter(({ text }) => text.trim());
  }
}

/** Rows of a table or cells of a row, also within controls. @param {Element} parent
 * @param {string} tag @returns {Element[]} */
function listWrapped(parent, tag) {
  return childrenOf(parent).flatMap((child) => {
    const own = tagOf(child);
    if (own === tag) return [child];
    return HIDDEN_TAGS.has(own) || !child.firstElementChild ? [] : listWrapped(child, tag);
  });
}

/** Whether a cell belongs to the one above or before it. @param {Element | null} properties */
function continuesCell(properties) {
  return (properties ? childrenOf(properties) : []).some((each) =>
    ["w:vMerge", "w:hMerge"].includes(tagOf(each))
    && attributeOf(each, "val", "continue") !== "restart");
}

/** Whether the end of a paragraph is gone, and whether it is hidden.
 * @param {Element | null} form */
function readMark(form) {
  const mark = findChild(form, "rPr");
  const frame = findChild(form, "framePr");
  const isDropCap = frame !== null && attributeOf(frame, "dropCap", "none") !== "none";
  if (!mark) return { removed: isDropCap, hidden: false };
  const removed = findChild(mark, "del") || findChild(mark, "moveFrom");
  const hidden = readLook(mark).hidden || isOn(findChild(mark, "specVanish"));
  return { removed: Boolean(removed) || isDropCap, hidden: Boolean(hidden) };
}

/** Whether a content control holds a table of contents. @param {Element} control */
function isContentsControl(control) {
  const found = findChild(control, "sdtPr/docPartObj/docPartGallery");
  return attributeOf(found, "val").toLowerCase().includes("table of contents");
}

/** A line 目录 that no style names is outside the text before a table of contents.
 * @param {WordLine[]} lines */
function markContentsHeading(lines) {
  let after = "text";
  for (let place = lines.length - 1; place >= 0; place--) {
    const { text, facts } = lines[place];
    const bare = text.replace(/\s+/g, "");
    if (after === "outside" && WORD_TEXT.CONTENTS_HEADING.fullmatch(bare)) {
      lines[place] = { ...lines[place], facts: { ...facts, origin: "outside" } };
    }
    if (bare) after = lines[place].facts.origin;
  }
  return lines;
}

"use strict";
// The text of a paragraph of Word as it is shown, with how its letters look:
// reading/word/docx_runs.py.

const RUNS = deskTable("reading.word.docx_runs");
const LINE_BREAK = "\n";
const PAGE_BREAK = "\f";
const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

/**
 * @typedef {{text: string, look: RunStyle, outside: boolean}} Letters letters that look alike
 * @typedef {{pieces: Letters[], boxes: (Element | string)[], hides: boolean}} Content
 * @typedef {{style: ParagraphStyle, look: RunStyle, font: string}} RunPlace
 * @typedef {(element: Element, place: RunPlace) => void} RunHandler
 * @typedef {{pictures: number, embedded: number, hidden: number, notes: Map<string, string>,
 *   marks: Map<string, number>}} Tally
 */

class RunReader {
  /** @param {WordStyles} styles @param {Tally} tally @param {Record<string, string>} noteForms */
  constructor(styles, tally, noteForms) {
    this.styles = styles;
    this.tally = tally;
    this.noteForms = noteForms;
    this.fields = new OpenFields();
    /** @type {Content} */
    this.content = { pieces: [], boxes: [], hides: false };
    this.handlers = this.makeHandlers();
  }

  /** The content of a paragraph of a style. @param {Element} paragraph
   * @param {ParagraphStyle} style */
  read(paragraph, style) {
    this.content = { pieces: [], boxes: [], hides: false };
    const look = shownLook(NO_LOOK, NO_LOOK, style.look, this.styles.base);
    this.walk(paragraph, { style, look, font: "" });
    return this.content;
  }

  /** Elements that stand for a sign. @returns {Record<string, RunHandler>} */
  makeSignHandlers() {
    const add = this.add.bind(this);
    return {
      "w:tab": (_, place) => add("\t", place),
      "w:ptab": (_, place) => add("\t", place),
      "w:cr": (_, place) => add(LINE_BREAK, place),
      "w:noBreakHyphen": (_, place) => add("-", place),
      "w:br": (element, place) => {
        const isLine = attributeOf(element, "type", "textWrapping") === "textWrapping";
        add(isLine ? LINE_BREAK : PAGE_BREAK, place);
      },
      "w:sym": (element, place) => {
        const code = parseInt(attributeOf(element, "char"), 16);
        if (!Number.isNaN(code)) add(readSymbolSign(attributeOf(element, "font"), code), place);
      },
    };
  }

  /** What is done with an element; the content of any other is read.
   * @returns {Map<string, RunHandler>} */
  makeHandlers() {
    const picture = () => { this.tally.pictures++; };
    const reference = this.readReference.bind(this);
    const add = this.add.bind(this);
    return new Map(Object.entries({
      ...this.makeSignHandlers(),
      "w:r": this.readRun.bind(this),
      "w:t": this.readText.bind(this),
      "w:lastRenderedPageBreak": () => {},
      "w:fldChar": (mark, place) => add(this.fields.turn(mark), place),
      "w:instrText": (code) => this.fields.addCode(code.textContent || ""),
      "w:fldSimple": (element, place) => {
        this.fields.begin(attributeOf(element, "instr") || " ");
        this.walk(element, place);
        this.fields.end();
      },
      "w:footnoteReference": reference,
      "w:endnoteReference": reference,
      "w:txbxContent": (box) => { this.content.boxes.push(box); },
      "v:textpath": (art) => { this.content.boxes.push(art.getAttribute("string") || ""); },
      "pic:pic": picture,
      "v:imagedata": picture,
      [WORD_NAMES.CHART]: picture,
      [WORD_NAMES.DIAGRAM]: picture,
      "mc:AlternateContent": (element, place) => {
        const branch = chosenBranch(element);
        if (branch) this.walk(branch, place);
      },
      "w:sdt": (element, place) => {
        if (!findChild(element, "sdtPr/showingPlcHdr")) this.walk(element, place);
      },
      "m:oMath": (math, place) => add(equationText(math), place),
    }));
  }

  /** @param {Element} element @param {RunPlace} place */
  walk(element, place) {
    for (const child of childrenOf(element)) {
      const tag = tagOf(child);
      const handler = this.handlers.get(tag);
      if (handler) handler(child, place);
      else if (!HIDDEN_TAGS.has(tag) && child.firstElementChild) this.walk(child, place);
    }
  }

  /** @param {Element} run @param {RunPlace} place */
  readRun(run, place) {
    const form = findChild(run, "rPr");
    if (!form) {
      this.walk(run, place);
      return;
    }
    const character = this.styles.character(valueAt(form, "rStyle"));
    const look = shownLook(readLook(form), character, place.style.look, this.styles.base);
    const fonts = findChild(form, "rFonts");
    const font = attributeOf(fonts, "ascii", attributeOf(fonts, "hAnsi"));
    this.walk(run, { style: place.style, look, font });
  }

  /** Takes shown text; hidden text is only counted. @param {string} text
   * @param {RunPlace} place */
  add(text, place) {
    if (!text || this.fields.inCode) return;
    if (place.look.hidden) {
      this.content.hides = true;
      this.tally.hidden += Number(text.trim() !== "");
      return;
    }
    this.content.pieces.push({ text, look: place.look, outside: this.fields.inContents });
  }

  /** @param {Element} element @param {RunPlace} place */
  readText(element, place) {
    let text = element.firstElementChild ? "" : element.textContent || "";
    if (element.getAttributeNS(XML_NAMESPACE, "space") !== "preserve") {
      text = stripCharacters(text, " \t\r\n");
    }
    text = SYMBOLS.PRIVATE.replace(text, (/** @type {string} */ sign) =>
      readSymbolSign(place.font, sign.charCodeAt(0)));
    this.add(text.replace(/\r\n?/g, LINE_BREAK), place);
  }

  /** The mark of a note, such as [1]; the note is read after the text, once.
   * @param {Element} element @param {RunPlace} place */
  readReference(element, place) {
    if (place.look.hidden || this.fields.inCode) return;
    const kind = element.localName.replace("Reference", "");
    const key = `${kind} ${attributeOf(element, "id")}`;
    const follows = attributeOf(element, "customMarkFollows", "0");
    if (!this.tally.notes.has(key)) {
      const isCustom = !["0", "false", "off"].includes(follows);
      this.tally.notes.set(key, isCustom ? "" : this.nextMark(kind));
    }
    this.add(this.tally.notes.get(key) || "", place);
  }

  /** @param {string} kind */
  nextMark(kind) {
    const number = (this.tally.marks.get(kind) || 0) + 1;
    this.tally.marks.set(kind, number);
    const shown = formatNumber(number, this.noteForms[kind]);
    return /^[ -~]*$/.test(shown) ? `[${shown}]` : shown;
  }
}

/** Size and boldness of most of the letters.
 * @param {Letters[]} pieces @returns {[number, boolean]} */
function mainLook(pieces) {
  /** @type {Map<number, number>} */
  const sizes = new Map();
  let bold = 0;
  for (const { text, look } of pieces) {
    const letters = text.replace(/ /g, "").length;
    const size = look.size || 0;
    sizes.set(size, (sizes.get(size) || 0) + letters);
    bold += look.bold ? letters : -letters;
  }
  const most = sizes.size ? bestOf([...sizes.keys()], (size) => sizes.get(size) || 0) : 0;
  return [most, bold > 0];
}

/** How a document counts its notes. @param {Element | null} settings @param {Element} body
 * @returns {Record<string, string>} */
function readNoteForms(settings, body) {
  const forms = { ...RUNS.NOTE_FORMS };
  for (const kind of Object.keys(forms)) {
    const path = `${kind}Pr/numFmt`;
    const shown = findChild(body, `sectPr/${path}`) || findChild(settings, path);
    if (shown) forms[kind] = attributeOf(shown, "val", forms[kind]);
  }
  return forms;
}

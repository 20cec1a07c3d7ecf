"use strict";
// What the styles of a Word file say: level, size, bold, hidden, list, along `basedOn`:
// reading/word/docx_styles.py.

const STYLES = deskTable("reading.word.docx_styles");

/**
 * How letters look; null where a style does not say it.
 * @typedef {{size: number | null, bold: boolean | null, hidden: boolean | null}} RunStyle
 * @typedef {{level: number, isTitle: boolean, isContents: boolean, centered: boolean,
 *   look: RunStyle, numId: string, listLevel: number, listers: string[]}} ParagraphStyle
 */

/** @type {RunStyle} */
const NO_LOOK = Object.freeze({ size: null, bold: null, hidden: null });

/** What run properties say themselves. @param {Element | null} form @returns {RunStyle} */
function readLook(form) {
  if (!form) return NO_LOOK;
  const size = toInteger(valueAt(form, "sz"), 0) / 2;
  return {
    size: size || null, bold: isOn(findChild(form, "b")), hidden: isOn(findChild(form, "vanish")),
  };
}

/** The nearest style wins. @param {RunStyle[]} looks @returns {RunStyle} */
function mergeLooks(looks) {
  const first = (/** @type {"size" | "bold" | "hidden"} */ key) =>
    looks.map((look) => look[key]).find((value) => value !== null);
  return /** @type {RunStyle} */ ({
    size: first("size") ?? null, bold: first("bold") ?? null, hidden: first("hidden") ?? null,
  });
}

/** How a run looks in the end: bold and hidden of its two styles cancel out.
 * @param {RunStyle} direct @param {RunStyle} character @param {RunStyle} paragraph
 * @param {RunStyle} base @returns {RunStyle} */
function shownLook(direct, character, paragraph, base) {
  const toggled = (/** @type {"bold" | "hidden"} */ key) =>
    Boolean(character[key]) !== Boolean(paragraph[key] ?? base[key]);
  return {
    size: direct.size || character.size || paragraph.size || base.size || STYLES.DEFAULT_SIZE,
    bold: direct.bold ?? toggled("bold"),
    hidden: direct.hidden ?? toggled("hidden"),
  };
}

/** The heading level in paragraph properties: 0 for body text, null for nothing.
 * @param {Element | null} form */
function outlineLevel(form) {
  const outline = valueAt(form, "outlineLvl");
  if (!outline) return null;
  const level = toInteger(outline, STYLES.BODY_LEVEL);
  return level >= 0 && level < STYLES.BODY_LEVEL ? level + 1 : 0;
}

class WordStyles {
  /** @param {Element | null} root */
  constructor(root) {
    const styles = root ? childrenOf(root).filter((each) => tagOf(each) === "w:style") : [];
    this.styles = new Map(styles.map((each) => [attributeOf(each, "styleId"), each]));
    const byDefault = styles.find((each) => attributeOf(each, "type") === "paragraph"
      && ["1", "true", "on"].includes(attributeOf(each, "default", "0").toLowerCase()));
    this.usual = byDefault ? attributeOf(byDefault, "styleId") : "";
    this.base = readLook(findChild(root, "docDefaults/rPrDefault/rPr"));
    /** @type {Map<string, ParagraphStyle>} */
    this.paragraphs = new Map();
    /** @type {Map<string, RunStyle>} */
    this.characters = new Map();
  }

  /** A style and those that it is based on. @param {string} id @returns {[string, Element][]} */
  chain(id) {
    /** @type {Map<string, Element>} */
    const links = new Map();
    let next = this.styles.get(id);
    for (let name = id; next && !links.has(name) && links.size < STYLES.MOST_BASES;) {
      links.set(name, next);
      name = valueAt(next, "basedOn");
      next = this.styles.get(name);
    }
    return [...links];
  }

  /** Whether a paragraph of the body has the style of titles. @param {Element} body */
  hasTitle(body) {
    const used = new Set(findBelow(body, "pStyle").map((each) => attributeOf(each, "val")));
    return [...used].some((id) => this.paragraph(id).isTitle);
  }

  /** The list that a list style names. @param {string} id */
  numberingOf(id) {
    return valueAt(this.styles.get(id) || null, "pPr/numPr/numId");
  }

  /** @param {string} id */
  character(id) {
    let look = this.characters.get(id);
    if (!look) {
      look = mergeLooks(this.chain(id).map(([, each]) => readLook(findChild(each, "rPr"))));
      this.characters.set(id, look);
    }
    return look;
  }

  /** The style of that id, or the document's default one. @param {string} id */
  paragraph(id) {
    let style = this.paragraphs.get(id);
    if (!style) {
      style = this.readParagraph(id);
      this.paragraphs.set(id, style);
    }
    return style;
  }

  /** @param {string} id @returns {ParagraphStyle} */
  readParagraph(id) {
    const links = this.chain(this.styles.has(id) ? id : this.usual);
    const names = links.length ? links.map(([key, each]) => valueAt(each, "name") || key) : [id];
    const forms = links.map(([, each]) => findChild(each, "pPr"));
    const first = (/** @type {string} */ path) =>
      forms.map((form) => valueAt(form, path)).find(Boolean) || "";
    const lister = forms.findIndex((form) => valueAt(form, "numPr/numId"));
    return {
      level: findStyleLevel(names, forms),
      isTitle: STYLES.TITLE_STYLES.includes(names[0].toLowerCase()),
      isContents: Boolean(STYLES.CONTENTS_STYLE.fullmatch(names[0])),
      centered: first("jc") === "center",
      look: mergeLooks(links.map(([, each]) => readLook(findChild(each, "rPr")))),
      numId: lister < 0 ? "" : valueAt(forms[lister], "numPr/numId"),
      listLevel: toInteger(first("numPr/ilvl"), -1),
      listers: links.slice(0, lister + 1).map(([key]) => key),
    };
  }
}

/** The heading level by the nearest style that has one, by outline or by name.
 * @param {string[]} names @param {(Element | null)[]} forms @returns {number} */
function findStyleLevel(names, forms) {
  for (let place = 0; place < names.length; place++) {
    const outline = outlineLevel(forms[place] || null);
    if (outline !== null) return outline;
    const heading = STYLES.HEADING.fullmatch(names[place]);
    if (heading) return Number(heading[1]);
    const numbered = STYLES.NUMBERED_LEVEL.search(names[place]);
    if (numbered) return readNumeral(numbered[1] || numbered[2]);
  }
  return 0;
}

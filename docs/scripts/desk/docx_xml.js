"use strict";
// The parts of a Word file as trees, and what its elements are called: reading/word/safe_xml.py,
// docx_names.py and docx_package.py. The browser's parser loads nothing.

const XML = deskTable("reading.word.safe_xml");
const WORD_NAMES = deskTable("reading.word.docx_names");
const WORD_PACKAGE = deskTable("reading.word.docx_package");

/** Prefixes by namespace. @type {Map<string, string>} */
const XML_PREFIXES = new Map();
for (const [prefix, address] of Object.entries(XML.KNOWN_PREFIXES)) {
  XML_PREFIXES.set(address, prefix);
}
const WORD_NAMESPACE = XML.KNOWN_PREFIXES.w;

/** The name of an element with the usual prefix of its namespace: w:p. @param {Element} element */
function tagOf(element) {
  const prefix = XML_PREFIXES.get(element.namespaceURI || "");
  return `${prefix ? `${prefix}:` : `{${element.namespaceURI}}`}${element.localName}`;
}

const HIDDEN_TAGS = new Set(WORD_NAMES.NOT_SHOWN.map((/** @type {string} */ name) =>
  `w:${name.slice(name.indexOf("}") + 1)}`));

/** The children that are elements. @param {Element} element */
function childrenOf(element) {
  const found = [];
  for (let each = element.firstElementChild; each; each = each.nextElementSibling) found.push(each);
  return found;
}

/** The first child of a name, or the one at the end of a path of names.
 * @param {Element | null} element @param {string} path of names, w: where they have no prefix
 * @returns {Element | null} */
function findChild(element, path) {
  let found = element;
  for (const name of path.split("/")) {
    const tag = name.includes(":") ? name : `w:${name}`;
    let each = found ? found.firstElementChild : null;
    while (each && tagOf(each) !== tag) each = each.nextElementSibling;
    found = each;
  }
  return found;
}

/** All elements of a name below another. @param {Element} element @param {string} name */
function findBelow(element, name) {
  return Array.from(element.getElementsByTagNameNS(WORD_NAMESPACE, name));
}

/** An attribute of Word. @param {Element | null} element @param {string} name
 * @param {string} [otherwise] */
function attributeOf(element, name, otherwise = "") {
  const value = element ? element.getAttributeNS(WORD_NAMESPACE, name) : null;
  return value === null ? otherwise : value;
}

/** The value of a child. @param {Element | null} element @param {string} path
 * @param {string} [otherwise] */
function valueAt(element, path, otherwise = "") {
  const child = findChild(element, path);
  return child ? attributeOf(child, "val", otherwise) : otherwise;
}

/** @param {string} text @param {number} otherwise */
function toInteger(text, otherwise) {
  return /^\s*[-+]?\d+\s*$/.test(text) ? parseInt(text, 10) : otherwise;
}

/** What an on/off property says; null where it is not there. @param {Element | null} element */
function isOn(element) {
  return element && !WORD_NAMES.OFF.includes(attributeOf(element, "val", "1").toLowerCase());
}

/** The rendering to read: the first choice, else the fallback with text.
 * @param {Element} alternate */
function chosenBranch(alternate) {
  const hasText = (/** @type {Element} */ each) => findBelow(each, "t").length > 0
    || each.getElementsByTagNameNS(XML.KNOWN_PREFIXES.v, "textpath").length > 0;
  const choice = findChild(alternate, "mc:Choice");
  const fallback = findChild(alternate, "mc:Fallback");
  if (!choice || (fallback && !hasText(choice) && hasText(fallback))) return fallback;
  return choice;
}

/** The root of a part. Throws DeskError where it is no XML, too large, or nests too deep.
 * @param {Uint8Array} bytes */
function parsePart(bytes) {
  const mark = BYTE_ORDER_MARKS.find((each) => each.bytes.every((byte, n) => bytes[n] === byte));
  const raw = decodeAs(bytes, mark ? mark.encoding : "utf-8").text;
  if (bytes.length > XML.MOST_BYTES || countPiece(raw, "<") > XML.MOST_TAGS) {
    throw new DeskError(XML.TOO_LARGE);
  }
  if (raw.includes("<!DOCTYPE")) throw new DeskError(XML.DOCTYPE);
  const text = raw.replace(/^\s*<\?xml[^>]*\?>/, "")
    .replace(/(=\s*["'])http:\/\/purl\.oclc\.org\/ooxml\/(\w+)\//g,
      "$1http://schemas.openxmlformats.org/$2/2006/");
  refuseDepth(text);
  return parseText(text) || parseText(declarePrefixes(text)) || refuseDamaged();
}

/** @param {string} text @returns {Element | null} */
function parseText(text) {
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  return root.getElementsByTagName("parsererror").length || root.localName === "parsererror"
    ? null : root;
}

/** @returns {never} */
function refuseDamaged() {
  throw new DeskError(XML.DAMAGED);
}

/** A text whose root declares the usual prefixes that it forgot. @param {string} text */
function declarePrefixes(text) {
  const root = /<[A-Za-z_][\w.:-]*[^>]*/.exec(text);
  if (!root) return text;
  const names = Object.entries(XML.KNOWN_PREFIXES)
    .filter(([prefix]) => !root[0].includes(`xmlns:${prefix}=`))
    .map(([prefix, address]) => ` xmlns:${prefix}="${address}"`);
  const end = root.index + (/^<[A-Za-z_][\w.:-]*/.exec(root[0]) || [""])[0].length;
  return text.slice(0, end) + names.join("") + text.slice(end);
}

/** Refuses elements within too many others, before a parser recurses. @param {string} text */
function refuseDepth(text) {
  let depth = 0;
  for (const found of text.matchAll(/<(\/?)[A-Za-z_][^>]*?(\/?)>/g)) {
    if (found[2]) continue;
    depth += found[1] ? -1 : 1;
    if (depth > XML.MOST_DEPTH) throw new DeskError(say(XML.TOO_DEEP, { most: XML.MOST_DEPTH }));
  }
}

/** The parts of a document by name, and the name of the main one. */
class WordPackage {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.archive = new ZipArchive(bytes);
    /** @type {Map<string, Element | null>} */
    this.parts = new Map();
    this.main = this.findMain();
  }

  /** The root of a part, null where there is none. @param {string} name */
  read(name) {
    let root = this.parts.get(name);
    if (root === undefined) {
      const bytes = this.archive.read(name);
      root = bytes ? parsePart(bytes) : null;
      this.parts.set(name, root);
    }
    return root;
  }

  /** Where the main part is: by relation, by content type, by custom. */
  findMain() {
    const related = this.findTarget("_rels/.rels", "officeDocument");
    const types = this.read("[Content_Types].xml");
    const typed = (types ? childrenOf(types) : [])
      .filter((each) => WORD_NAMES.MAIN_TYPE.search(each.getAttribute("ContentType") || ""))
      .map((each) => each.getAttribute("PartName") || "");
    const names = [related, ...typed, "word/document.xml"].filter(Boolean).map(partName);
    const main = names.find((name) => this.read(name));
    if (!main) throw new DeskError(WORD_PACKAGE.NO_TEXT);
    return main;
  }

  /** Where the first relation of a kind leads, "" for none. @param {string} part
   * @param {string} kind */
  findTarget(part, kind) {
    const root = this.read(part);
    const found = (root ? childrenOf(root) : []).find((each) =>
      (each.getAttribute("Type") || "").endsWith(`/${kind}`)
      && each.getAttribute("TargetMode") !== "External");
    return found ? found.getAttribute("Target") || "" : "";
  }

  /** The part that the main one names as its kind, or of that name. @param {string} kind */
  related(kind) {
    const slash = this.main.lastIndexOf("/") + 1;
    const folder = this.main.slice(0, slash);
    const target = this.findTarget(`${folder}_rels/${this.main.slice(slash)}.rels`, kind)
      || `${kind}.xml`;
    return this.read(partName(target.startsWith("/") ? target : joinPath(folder, target)));
  }
}

/** @param {string} folder @param {string} target */
function joinPath(folder, target) {
  /** @type {string[]} */
  const parts = [];
  for (const part of `${folder}${target}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

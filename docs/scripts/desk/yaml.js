"use strict";
// Front matter as texts, lists and mappings, with the place of every key: as much of YAML 1.1 as
// people write. What it cannot read it refuses; it builds nothing that is not written.


/** @typedef {string | YamlList | YamlMapping} YamlValue */
/** @typedef {YamlValue[]} YamlList */
/** @typedef {Map<string, YamlValue>} YamlMapping */
/** @typedef {(string | number)[]} KeyPath */

/** Front matter that cannot be read; `kind` is "syntax", "alias" or "deep", `line` from 0. */
class YamlError extends Error {
  /** @param {string} kind @param {number} line @param {number} column from 0 */
  constructor(kind, line, column) {
    super(kind);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }
}

const YAML_ESCAPES = /** @type {Record<string, string>} */ ({
  0: "\0", a: "\x07", b: "\b", t: "\t", "\t": "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b",
  N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029",
});
const HEX_ESCAPES = /** @type {Record<string, number>} */ ({ x: 2, u: 4, U: 8 });

/** Reads a text once from its beginning; lines and columns count from 0. */
class YamlReader {
  /** @param {string[]} lines */
  constructor(lines) {
    this.lines = lines;
    this.line = 0;
    this.column = 0;
    this.depth = 0;
    this.keyColumn = 0;
    /** The places of keys and items, by path. @type {Map<string, number[]>} */
    this.places = new Map();
    /** Keys that occur twice. @type {{key: string, place: number[], first: number}[]} */
    this.repeated = [];
  }

  /** @returns {never} */
  fail(kind = "syntax", line = this.line, column = this.column) {
    throw new YamlError(kind, line, column);
  }

  get rest() {
    return (this.lines[this.line] || "").slice(this.column);
  }

  /** @param {KeyPath} path */
  note(path, line = this.line, column = this.column) {
    const before = Array.from((this.lines[line] || "").slice(0, column)).length;
    this.places.set(JSON.stringify(path), [line, before]);
  }

  /** Goes to the next line that has content; whether there is one. */
  skipBlank() {
    while (this.line < this.lines.length) {
      const bare = this.rest.trimStart();
      if (bare && !bare.startsWith("#")) {
        this.column += this.rest.length - bare.length;
        if (this.rest && /\t/.test(this.lines[this.line].slice(0, this.column))) this.fail();
        return true;
      }
      this.line++;
      this.column = 0;
    }
    return false;
  }

  /** @template T @param {() => T} read @returns {T} */
  nest(read) {
    this.depth++;
    if (this.depth > CASEFILE.DEEPEST_YAML) this.fail("deep");
    const value = read();
    this.depth--;
    return value;
  }

  /** The whole text. @returns {YamlValue} */
  readDocument() {
    if (!this.skipBlank()) return "";
    const value = this.readBlock([], -1);
    if (this.skipBlank()) this.fail();
    return value;
  }

  /** A value that begins here and stands deeper than its parent. @param {KeyPath} path
   * @param {number} parent the column of the parent @returns {YamlValue} */
  readBlock(path, parent) {
    const { column } = this;
    if (/^-(?:\s|$)/.test(this.rest)) return this.nest(() => this.readItems(path, column));
    if (this.findKeyEnd() >= 0) return this.nest(() => this.readMapping(path, column));
    return this.readInline(path, parent);
  }

  /** @param {KeyPath} path @param {number} indent @returns {YamlList} */
  readItems(path, indent) {
    /** @type {YamlList} */
    const items = [];
    while (this.skipBlank() && this.column === indent && /^-(?:\s|$)/.test(this.rest)) {
      const { line } = this;
      this.column++;
      this.column += this.rest.length - this.rest.trimStart().length;
      const own = [...path, items.length];
      if (!this.rest || this.rest.startsWith("#")) {
        this.line++;
        this.column = 0;
        const deeper = this.skipBlank() && this.column > indent;
        if (deeper) this.note(own);
        else this.note(own, line, indent);
        items.push(deeper ? this.readBlock(own, indent) : "");
      } else {
        this.note(own);
        items.push(this.readBlock(own, indent));
      }
    }
    this.refuseDeeper(indent);
    return items;
  }

  /** @param {KeyPath} path @param {number} indent @returns {YamlMapping} */
  readMapping(path, indent) {
    /** @type {YamlMapping} */
    const mapping = new Map();
    while (this.skipBlank() && this.column === indent) {
      if (indent && /^-(?:\s|$)/.test(this.rest)) break;
      const end = this.findKeyEnd();
      if (end < 0) this.fail();
      const key = this.takeKey(end);
      const own = [...path, key];
      const first = mapping.has(key) ? this.places.get(JSON.stringify(own)) : undefined;
      const place = [this.line, this.keyColumn];
      if (first) this.repeated.push({ key, place, first: first[0] });
      this.note(own, place[0], place[1]);
      mapping.set(key, this.readValue(own, indent));
    }
    this.refuseDeeper(indent);
    return mapping;
  }

  /** @param {number} indent */
  refuseDeeper(indent) {
    if (this.skipBlank() && this.column > indent) this.fail();
  }

  /** The length of the key that begins here, with what may stand after it; -1 if there is none. */
  findKeyEnd() {
    const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=:(?:\s|$))/.exec(this.rest);
    if (quoted) return quoted[0].length;
    if (/^["'[{]/.test(this.rest)) return -1;
    const colon = /:(?:\s|$)/.exec(this.rest);
    const comment = /\s#/.exec(this.rest);
    return colon && !(comment && comment.index < colon.index) ? colon.index : -1;
  }

  /** @param {number} length */
  takeKey(length) {
    this.keyColumn = this.column;
    const text = this.rest.slice(0, length).trim();
    if (/^[&*!]/.test(text)) this.fail("alias");
    if (/^(?:[?]\s|[?]$|[%@`|>])/.test(text)) this.fail();
    this.column += length + 1;
    if (!/^["']/.test(text)) return text;
    const inner = new YamlReader([text]);
    return inner.readQuoted(text[0]);
  }

  /** What follows the colon of a key. @param {KeyPath} path @param {number} indent
   * @returns {YamlValue} */
  readValue(path, indent) {
    this.column += this.rest.length - this.rest.trimStart().length;
    if (this.rest && !this.rest.startsWith("#")) return this.readInline(path, indent);
    this.line++;
    this.column = 0;
    if (!this.skipBlank()) return "";
    const isList = /^-(?:\s|$)/.test(this.rest);
    if (this.column > indent || (isList && this.column === indent)) {
      return this.readBlock(path, indent);
    }
    return "";
  }

  /** A value that begins within a line. @param {KeyPath} path @param {number} parent
   * @returns {YamlValue} */
  readInline(path, parent) {
    const [sign] = this.rest;
    if ("&*!".includes(sign)) this.fail("alias");
    if (/^(?:[%@`\]},]|[?:-]\s)/.test(this.rest)) this.fail();
    if (sign === "|" || sign === ">") return this.readLiteral(parent, sign === ">");
    if (sign === "[" || sign === "{") {
      const value = this.nest(() => new YamlFlow(this).readCollection(path));
      this.endLine();
      return value;
    }
    if (sign === '"' || sign === "'") {
      const text = this.readQuoted(sign);
      this.endLine();
      return text;
    }
    return this.readPlain(parent);
  }

  /** After a value nothing but a comment may follow in its line. */
  endLine() {
    if (!/^\s*(?:$|#)/.test(this.rest) || /^#/.test(this.rest)) this.fail();
    this.line++;
    this.column = 0;
  }

  /** A text without quotes; lines that stand deeper go on with it. @param {number} parent */
  readPlain(parent) {
    const parts = [];
    for (;;) {
      const comment = /(?:^|\s+)#.*$/.exec(this.rest);
      const text = (comment ? this.rest.slice(0, comment.index) : this.rest).trim();
      const colon = /:(?:\s|$)/.exec(text);
      if (colon) this.fail("syntax", this.line, this.column + colon.index);
      parts.push(text);
      this.line++;
      this.column = 0;
      if (comment || !this.rest.trim() || !this.skipBlank() || this.column <= parent) break;
    }
    return parts.join(" ");
  }

  /** A text in lines of its own. @param {number} parent @param {boolean} folds */
  readLiteral(parent, folds) {
    const keep = /^.[-+\d]*/.exec(this.rest);
    this.column += keep ? keep[0].length : 1;
    this.endLine();
    const lines = [];
    let indent = 0;
    for (; this.line < this.lines.length; this.line++) {
      const line = this.lines[this.line];
      const own = line.length - line.trimStart().length;
      if (line.trim() && own <= parent) break;
      indent = indent || (line.trim() ? own : 0);
      lines.push(line.slice(indent));
    }
    const text = lines.join("\n").replace(/\n+$/, "");
    const end = keep && keep[0].includes("-") ? "" : "\n";
    return (folds ? text.replace(/([^\n])\n(?=[^\n ])/g, "$1 ") : text) + (text ? end : "");
  }

  /** A text in quotes, which may go on in the next lines. @param {string} quote */
  readQuoted(quote) {
    let text = "";
    const start = [this.line, this.column];
    this.column++;
    for (;;) {
      const character = this.rest[0];
      if (character === undefined) {
        this.line++;
        this.column = 0;
        if (this.line >= this.lines.length) this.fail("syntax", start[0], start[1]);
        this.column += this.rest.length - this.rest.trimStart().length;
        text = `${text.trimEnd()} `;
      } else if (quote === "'" && this.rest.startsWith("''")) {
        text += "'";
        this.column += 2;
      } else if (character === quote) {
        this.column++;
        return text;
      } else if (quote === '"' && character === "\\") {
        text += this.readEscape();
      } else {
        const plain = /^[^"'\\]+/.exec(this.rest);
        text += plain ? plain[0] : character;
        this.column += plain ? plain[0].length : 1;
      }
    }
  }

  readEscape() {
    const letter = this.rest[1];
    const digits = HEX_ESCAPES[letter];
    if (digits) {
      const code = this.rest.slice(2, 2 + digits);
      if (!/^[0-9A-Fa-f]+$/.test(code) || code.length < digits) this.fail();
      if (parseInt(code, 16) > 0x10ffff) this.fail();
      this.column += 2 + digits;
      return String.fromCodePoint(parseInt(code, 16));
    }
    if (letter === undefined) this.fail();
    const known = letter in YAML_ESCAPES ? YAML_ESCAPES[letter] : letter;
    if (!(letter in YAML_ESCAPES) && !'"\\/ '.includes(letter)) this.fail();
    this.column += 2;
    return known;
  }
}

/** Lists and mappings in brackets, for a reader that stands before them. */
class YamlFlow {
  /** @param {YamlReader} reader */
  constructor(reader) {
    this.reader = reader;
  }

  /** Skips blanks, comments and line ends. */
  skip() {
    const { reader } = this;
    if (!reader.skipBlank()) reader.fail("syntax", reader.lines.length - 1, 0);
  }

  /** @param {KeyPath} path @returns {YamlValue} */
  readCollection(path) {
    const { reader } = this;
    const isList = reader.rest[0] === "[";
    const close = isList ? "]" : "}";
    reader.column++;
    /** @type {YamlList} */
    const items = [];
    /** @type {YamlMapping} */
    const mapping = new Map();
    for (;;) {
      this.skip();
      if (reader.rest[0] === close) break;
      if (isList) {
        reader.note([...path, items.length]);
        items.push(this.readItem([...path, items.length]));
      } else {
        this.readPair(path, mapping);
      }
      this.skip();
      if (reader.rest[0] === close) break;
      if (reader.rest[0] !== ",") reader.fail();
      reader.column++;
    }
    reader.column++;
    return isList ? items : mapping;
  }

  /** An item of a list, which may be a single pair. @param {KeyPath} path @returns {YamlValue} */
  readItem(path) {
    const { reader } = this;
    const [line, column] = [reader.line, reader.column];
    const value = this.readNode(path);
    if (!/^\s*:(?:\s|$|[,[\]{}])/.test(reader.rest) || typeof value !== "string") return value;
    [reader.line, reader.column] = [line, column];
    /** @type {YamlMapping} */
    const mapping = new Map();
    this.readPair(path, mapping);
    return mapping;
  }

  /** @param {KeyPath} path @param {YamlMapping} mapping */
  readPair(path, mapping) {
    const { reader } = this;
    const place = [reader.line, reader.column];
    const key = this.readNode([]);
    if (typeof key !== "string") return reader.fail();
    const own = [...path, key];
    const first = mapping.has(key) ? reader.places.get(JSON.stringify(own)) : undefined;
    if (first) reader.repeated.push({ key, place, first: first[0] });
    reader.note(own, place[0], place[1]);
    this.skip();
    if (reader.rest[0] !== ":") {
      mapping.set(key, "");
      return undefined;
    }
    reader.column++;
    this.skip();
    mapping.set(key, /^[,\]}]/.test(reader.rest) ? "" : this.readNode(own));
    return undefined;
  }

  /** @param {KeyPath} path @returns {YamlValue} */
  readNode(path) {
    const { reader } = this;
    const [sign] = reader.rest;
    if (sign === "[" || sign === "{") return reader.nest(() => this.readCollection(path));
    if (sign === '"' || sign === "'") return reader.readQuoted(sign);
    if ("&*!".includes(sign)) reader.fail("alias");
    if (/^(?:[%@`|>,\]}]|[?:-](?:\s|$))/.test(reader.rest)) reader.fail();
    const found = /^(?:[^,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<!\s)#)+/.exec(reader.rest);
    if (!found) return reader.fail();
    reader.column += found[0].length;
    return found[0].trim();
  }
}

"use strict";
// A case as the text of its file, and plain text as Markdown: library/casefile.py and markup.py.

const MARKUP = deskTable("library.markup");
const CASEFILE = deskTable("library.casefile");

/**
 * @typedef {{level: number, heading: string | null, role: string, text: string, anchor?: string,
 *   themes?: string[]}} CaseBlock the text is Markdown
 * @typedef {Record<string, string | number>} Entry
 * @typedef {{id: string, title: string, blocks: CaseBlock[], kind: string, organ: string,
 *   region: string, date: string, themes: string[], sources: Entry[], variants: Entry[],
 *   contributor: string, allow: Entry[]}} DeskCase `blocks[0]` is the lead
 */

/** @param {string} line */
function isTableRow(line) {
  return line.length > 1 && line[0] === "|" && line[line.length - 1] === "|";
}

/** Plain paragraphs, one a line, as Markdown that renders to these characters.
 * @param {string} text */
function toMarkdown(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  /** @type {string[]} */
  const parts = [];
  let inTable = false;
  lines.forEach((line, index) => {
    const opens = isTableRow(line) && Boolean(MARKUP.TABLE_DASHES.match(lines[index + 1] || ""));
    inTable = isTableRow(line) && (inTable || opens);
    const row = inTable ? line.split("\\|").map(escapeMarkdown).join("\\|") : escapeMarkdown(line);
    parts.push(...inTable && !opens ? [row] : ["", row]);
  });
  return parts.slice(1).join("\n");
}

/** @param {string} line @returns {string} */
function escapeMarkdown(line) {
  const inline = MARKUP.INLINE.replace(line.replace(/&/g, "&amp;").replace(/</g, "&lt;"), "\\$&");
  return MARKUP.NUMBER.replace(MARKUP.LINE_START.replace(inline, "\\$&"), "$1\\$2");
}

/** Whether YAML reads a text as itself where it is not in quotes. @param {string} text
 * @param {boolean} inFlow whether it is within braces or brackets */
function isPlainScalar(text, inFlow) {
  if (!text || /^(?:---|\.\.\.)|^[?:#,[\]{}&*!|>'"%@`]|^-(?:\s|$)/.test(text)) return false;
  if (/^\s|\s$|:\s|\s#|:$/.test(text)) return false;
  if (/^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i.test(text)) return false;
  if (/^[-+.]?\d[\d_.:]*(?:e[-+]?\d+)?$|^0[xob][\da-f_]+$/i.test(text)) return false;
  if (/^\d{4}-\d\d?-\d\d?|^[-+]?\.(?:inf|nan)$/i.test(text)) return false;
  return !(inFlow && /[,?[\]{}:]/.test(text));
}

/** A text as a YAML scalar. @param {string | number} value @param {boolean} [inFlow] */
function writeYamlScalar(value, inFlow = false) {
  const text = String(value).replace(/\p{Cc}+/gu, " ");
  const plain = typeof value === "number" || isPlainScalar(text, inFlow);
  return plain ? text : `'${text.replace(/'/g, "''")}'`;
}

/** A mapping in one line. @param {Entry} entry */
function writeYamlEntry(entry) {
  const values = Object.entries(entry).filter(([, value]) => value !== "");
  return `{${values.map(([key, value]) => `${key}: ${writeYamlScalar(value, true)}`).join(", ")}}`;
}

/** @param {string} key @param {any} value */
function writeYamlField(key, value) {
  if (!Array.isArray(value)) return `${key}: ${writeYamlScalar(value)}`;
  if (value.some((item) => typeof item === "object")) {
    return [`${key}:`, ...value.map((item) => `- ${writeYamlEntry(item)}`)].join("\n");
  }
  return `${key}: [${value.map((item) => writeYamlScalar(item, true)).join(", ")}]`;
}

/** The mark after a heading. @param {CaseBlock} block */
function writeMarks({ role, anchor, themes }) {
  const tokens = [role ? `.${role}` : "", anchor ? `#${anchor}` : "",
    themes && themes.length ? `theme=${themes.join(",")}` : ""].filter(Boolean);
  return tokens.length ? `{${tokens.join(" ")}}` : "";
}

/** The canonical text of a case file. @param {DeskCase} own */
function writeCaseFile(own) {
  /** @type {Record<string, any>} */
  const values = { ...own, lead_role: own.blocks[0].role };
  const known = Object.keys(DESK_DATA.fields);
  const written = known.filter((key) => CASEFILE.ALWAYS_WRITTEN.includes(key)
    || (values[key] && values[key].length));
  const front = written.map((key) => writeYamlField(key, values[key]));
  const body = own.blocks.flatMap((block) => {
    const hashes = "#".repeat(Math.min(block.level, MODEL.LOWEST_LEVEL));
    const heading = [hashes, block.heading || "", writeMarks(block)].filter(Boolean).join(" ");
    return [...block.level > 1 ? [heading] : [], ...block.text ? [block.text] : []];
  }).join("\n\n");
  return `---\n${front.join("\n")}\n---\n${body ? `\n${body}\n` : ""}`;
}

/**
 * The case that a write-up becomes: texts as Markdown, anchors given.
 * @param {WriteUp} writeUp
 * @param {Partial<DeskCase>} given what a person filled in
 * @param {(id: string) => boolean} [isTaken]
 * @returns {DeskCase}
 */
function makeCase(writeUp, given, isTaken = () => false) {
  const title = given.title || writeUp.title;
  const plain = writeUp.blocks.flatMap(({ level, heading, text }) =>
    [level > 1 ? heading : "", text].filter(Boolean)).join("\n");
  /** @type {Set<string>} */
  const taken = new Set();
  const blocks = writeUp.blocks.map((block, position) => {
    const written = { ...block, text: toMarkdown(block.text), anchor: "" };
    if (!position) return { ...written, heading: title };
    written.anchor = makeAnchor(written, position, taken);
    taken.add(written.anchor);
    return written;
  });
  return {
    kind: writeUp.kind, organ: writeUp.organ, region: writeUp.region, date: writeUp.date,
    themes: [], sources: [], variants: [], contributor: "", allow: [],
    blocks, ...given, title, id: given.id || makeCaseId(title, plain, isTaken),
  };
}

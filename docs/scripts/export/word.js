"use strict";
// Passages as a Word file, between the strings of casebook.export.word_parts (templates.js), as
// casebook.export.word_file does it.

/**
 * @typedef {object} WordTemplates
 * @property {Record<string, string>} parts that are the same in all files
 * @property {[string, string]} document
 * @property {[string, string]} properties
 * @property {Record<string, [string, string]>} kinds
 * @property {[string, string]} next a title that opens a page
 * @property {string} line
 * @property {[string, string]} table
 * @property {string} column
 * @property {number} width
 * @property {[string, string]} grid
 * @property {[string, string]} row
 * @property {[string, string]} cell
 * @property {string} name of a document of excerpts
 */

/** What XML cannot have: controls, and halves of pairs; whole pairs stay. */
const NO_XML = // eslint-disable-next-line no-control-regex
  /[\ud800-\udbff][\udc00-\udfff]|[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/g;
const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** @returns {WordTemplates} */
function wordTemplates() {
  return /** @type {any} */ (self).casebookTemplates;
}

/** @param {string} text */
function escapeXml(text) {
  const clean = text.replace(NO_XML, (found) => (found.length === 2 ? found : ""));
  return clean.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** @param {string[]} cells @param {string} width */
function makeRow(cells, width) {
  const { kinds, cell: [opening, end], row } = wordTemplates();
  const [before, after] = kinds.cell;
  const inner = cells.map((cell) =>
    opening.replace("{}", width) + before + escapeXml(cell) + after + end);
  return row[0] + inner.join("") + row[1];
}

/** @param {string[][]} rows */
function makeTable(rows) {
  const { table, grid, column, width } = wordTemplates();
  const filled = fillRows(rows);
  const count = filled[0].length;
  const each = String(Math.floor(width / count));
  const columns = grid[0] + column.replace("{}", each).repeat(count) + grid[1];
  return table[0] + columns + filled.map((row) => makeRow(row, each)).join("") + table[1];
}

/** @param {Passage[]} passages */
function makeBody(passages) {
  const { kinds, next, line } = wordTemplates();
  const parts = passages.map((passage, i) => {
    if (passage.rows) return makeTable(passage.rows) + kinds.cell.join("");
    const [before, after] = i && passage.kind === "title" ? next : kinds[passage.kind];
    return before + (passage.text || "").split("\n").map(escapeXml).join(line) + after;
  });
  return parts.join("");
}

/** The parts of the file by their names. @param {Passage[]} passages */
function makeParts(passages) {
  const { parts, properties, document: whole } = wordTemplates();
  const titled = passages.find((passage) => passage.kind === "title");
  const title = escapeXml(titled ? onOneLine(titled) : "");
  return {
    ...parts,
    "docProps/core.xml": properties[0] + title + properties[1],
    "word/document.xml": whole[0] + makeBody(passages) + whole[1],
  };
}

/** @param {Passage[]} passages */
function makeWordFile(passages) {
  return makeZip(Object.entries(makeParts(passages)));
}

/**
 * Hands a file to the reader.
 * @param {string} title @param {string} ending @param {BlobPart} content @param {string} type
 */
function saveFile(title, ending, content, type) {
  const name = title.replace(/[<>:"/\\|?*\x00-\x1f\x7f]/g, "_").slice(0, 80) || "_"; // eslint-disable-line
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = makeNode("a", { href: address, download: `${name}.${ending}`, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** @param {string} title @param {Passage[]} passages */
function saveWordFile(title, passages) {
  saveFile(title, "docx", makeWordFile(passages), WORD_TYPE);
}

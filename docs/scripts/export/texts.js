"use strict";
// Passages as Markdown and as plain text; casebook.export.text_files makes the same.

/** The level of a heading, 0 for other passages. @param {Passage} passage */
function headingLevel({ kind }) {
  if (kind === "title") return 1;
  return kind.startsWith("heading-") ? Number(kind.slice("heading-".length)) + 1 : 0;
}

/** One line as Markdown that shows exactly these characters. @param {string} line */
function escapeMarkdown(line) {
  const inline = line.trim().replace(/&/g, "&amp;").replace(/</g, "&lt;")
    .replace(/[\\`*_[\]]/g, "\\$&");
  return inline.replace(/^[#>+-]/, "\\$&").replace(/^(\d+)([.)])(?=\s)/, "$1\\$2");
}

/** All rows as long as the longest. @param {string[][]} rows */
function fillRows(rows) {
  const count = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(count - row.length).fill("")]);
}

/** @param {string[][]} rows */
function tableAsMarkdown(rows) {
  const escaped = fillRows(rows).map((row) => {
    const cells = row.map((cell) => escapeMarkdown(cell).replace(/\|/g, "\\|"));
    return `| ${cells.join(" | ")} |`;
  });
  const dashes = `|${" --- |".repeat(fillRows(rows)[0].length)}`;
  return [escaped[0], dashes, ...escaped.slice(1)].join("\n");
}

/** The text of a passage on one line. @param {Passage} passage */
function onOneLine(passage) {
  return (passage.text || "").replace(/\n/g, "");
}

/** @param {Passage[]} passages */
function makeMarkdown(passages) {
  const parts = passages.map((passage) => {
    if (passage.rows) return tableAsMarkdown(passage.rows);
    const level = headingLevel(passage);
    const text = escapeMarkdown(onOneLine(passage));
    return level ? `${"#".repeat(level)} ${text}` : text;
  });
  return `${parts.join("\n\n")}\n`;
}

/** @param {Passage[]} passages */
function makePlainText(passages) {
  /** @type {string[]} */
  const lines = [];
  for (const passage of passages) {
    if (headingLevel(passage) && lines.length && lines[lines.length - 1]) lines.push("");
    if (passage.rows) lines.push(...passage.rows.map((row) => row.join("\t")));
    else lines.push(onOneLine(passage));
    if (passage.kind === "title" || passage.kind === "source") lines.push("");
  }
  return `${lines.join("\n").replace(/\n+$/, "")}\n`;
}

"use strict";
/*
 * The engine of the page 在线整理. It touches no page, loads nothing, keeps nothing; every call is
 * synchronous and takes time linear in its text.
 *
 * scripts/casebook/site/desk_data.py says in which order its scripts run, and makes the tables that
 * they read first.
 *
 *   Desk.readFile(name, bytes)   the lines of a .txt, .md or .docx: { form, encoding, lines,
 *                                replaced, remarks }; `bytes` is a Uint8Array. Throws DeskError,
 *                                whose message is one Chinese sentence to show.
 *   Desk.readText(text)          the lines of a pasted text.
 *   Desk.structure(lines)        the write-ups in it, in order; none for an empty text. A write-up
 *                                has title, kind, organ, region, date ("" where it says nothing),
 *                                notACase ("" or 通知, 法规 …) and blocks: level, heading (null for
 *                                an item without one), role ("" where unsure), text (plain, one
 *                                paragraph a line). blocks[0] is the title with the lead.
 *   Desk.makeCase(writeUp, given, isTaken)
 *                                the case it becomes: texts as Markdown, anchors and id given.
 *                                `given` overrides: title, kind, organ, region, date, themes,
 *                                sources ([{ name }] or [{ url }] or [{ name, sha256 }]),
 *                                contributor, id. `isTaken` says whether the library has an id.
 *                                Roles and headings: change writeUp.blocks before, or case.blocks.
 *   Desk.writeCase(case)         the text of its file; its name is `${case.id}.md`.
 *   Desk.checkFile(text, name)   the findings of the gate on the text of a case file, in the order
 *                                of the lines: { rule, severity ("error", "warning"), line, column
 *                                (from 1), message }. What needs the library is not looked for.
 *   Desk.sha256(bytes)           in hex, as `sources` has it.
 *   Desk.vocabulary              roles [{ id, name, description }], kinds [{ name }], regions
 *                                [{ name }], themes [name].
 */
const Desk = Object.freeze({
  readFile: readDeskFile,
  readText: readTextLines,
  structure: structureLines,
  makeCase,
  writeCase: writeCaseFile,
  checkFile: checkCaseFile,
  sha256,
  vocabulary: VOCABULARY,
});

const READERS = deskTable("reading.readers");

/**
 * The lines of a file. Throws DeskError for one that cannot be read.
 * @param {string} name @param {Uint8Array} bytes
 */
function readDeskFile(name, bytes) {
  if (bytes.length > READERS.SIZE_LIMIT) {
    throw new DeskError(say(READERS.TOO_LARGE, { most: READERS.SIZE_LIMIT / READERS.MEGABYTE }));
  }
  const isWord = isZipFile(bytes) || /\.(?:docx|docm|doc|wps)$/i.test(name);
  const read = isWord ? { form: "docx", encoding: "utf-8", replaced: 0, ...readDocx(bytes) }
    : readTextFile(bytes, /\.(?:md|markdown)$/i.test(name));
  const shown = read.lines.some((line) => line.text.trim());
  if (!shown) throw new DeskError(ENCODING.WITHOUT_TEXT);
  return read;
}

/** Whether bytes begin as those of an archive. @param {Uint8Array} bytes */
function isZipFile(bytes) {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** @param {Uint8Array} bytes @param {boolean} isMarkdown */
function readTextFile(bytes, isMarkdown) {
  const { text, encoding, replaced } = decodeText(bytes);
  const read = isMarkdown ? { form: "markdown", ...readMarkdownLines(text) }
    : { form: "text", lines: readTextLines(text), remarks: /** @type {string[]} */ ([]) };
  return { encoding, replaced, ...read };
}

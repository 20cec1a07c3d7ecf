"use strict";
// The reader of Word files (.docx): reading/word/docx.py. Embedded documents are counted, not read.

const DOCX = deskTable("reading.word.docx");

/**
 * The lines of a Word file, and what was left out. Throws DeskError for whatever is wrong.
 * @param {Uint8Array} bytes
 * @returns {{lines: WordLine[], remarks: string[]}}
 */
function readDocx(bytes) {
  const isOld = [0xd0, 0xcf, 0x11, 0xe0].every((byte, place) => bytes[place] === byte);
  if (isOld) throw new DeskError(isLockedWord(bytes) ? DOCX.LOCKED : DOCX.OLD_WORD);
  const parts = new WordPackage(bytes);
  const body = findChild(parts.read(parts.main), "body");
  if (!body) throw new DeskError(WORD_PACKAGE.NO_TEXT);
  if (findBelow(body, "p").length > DOCX.MOST_PARAGRAPHS) {
    throw new DeskError(say(DOCX.TOO_LONG, { most: DOCX.MOST_PARAGRAPHS }));
  }
  const styles = new WordStyles(parts.related("styles"));
  /** @type {Tally} */
  const tally = { pictures: 0, embedded: 0, hidden: 0, notes: new Map(), marks: new Map() };
  const runs = new RunReader(styles, tally, readNoteForms(parts.related("settings"), body));
  const reader = new TextReader(styles, new Numbering(parts.related("numbering"), styles), runs);
  reader.hasTitle = styles.hasTitle(body);
  const lines = [...reader.readStory(body, "text"), ...readNotes(parts, reader, tally)];
  tally.embedded += findBelow(body, "subDoc").length;
  if (tally.embedded && !lines.some(({ text }) => text.trim())) {
    throw new DeskError(DOCX.ONLY_EMBEDDED);
  }
  return { lines, remarks: listRemarks(body, tally) };
}

/** Whether an old file is one with a password. @param {Uint8Array} bytes */
function isLockedWord(bytes) {
  return new TextDecoder("utf-16le").decode(bytes).includes("EncryptedPackage");
}

/** The notes that the text refers to, in its order, footnotes first. @param {WordPackage} parts
 * @param {TextReader} reader @param {Tally} tally */
function readNotes(parts, reader, tally) {
  return ["footnote", "endnote"].flatMap((kind) => {
    const part = parts.related(`${kind}s`);
    const notes = new Map((part ? childrenOf(part) : []).map((each) =>
      [`${kind} ${attributeOf(each, "id")}`, each]));
    return [...tally.notes].flatMap(([key, mark]) => {
      const note = notes.get(key);
      const lines = note ? reader.readStory(note, "note") : [];
      return lines.filter(({ text }) => text.trim()).map((line, place) =>
        (mark && !place ? { ...line, text: `${mark} ${line.text.trimStart()}` } : line));
    });
  });
}

/** @param {Element} body @param {Tally} tally */
function listRemarks(body, { pictures, hidden, embedded }) {
  const isTracked = ["ins", "del", "moveFrom"].some((name) => findBelow(body, name).length);
  return [
    pictures && say(DOCX.PICTURES, { count: pictures }),
    hidden && say(DOCX.HIDDEN, { count: hidden }),
    isTracked && DOCX.TRACKED,
    embedded && say(DOCX.EMBEDDED, { count: embedded }),
  ].filter(Boolean);
}

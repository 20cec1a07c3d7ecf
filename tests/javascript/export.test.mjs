// Excerpts as files: the same XML, Markdown and text as tests/export/test_documents.py expects.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { scripts } from "./export_scripts.mjs";

const { crc32, fillCitation, makeBody, makeCaseDocument, makeExcerptDocument } = scripts;
const { makeMarkdown, makeParts, makePlainText, makeZip } = scripts;

const read = (name) =>
  readFileSync(new URL(`../data/export/${name}`, import.meta.url), "utf8");
const { title, excerpts } = JSON.parse(read("excerpts.json"));
const passages = makeExcerptDocument(title, excerpts);

test("excerpts are written as in the golden files", () => {
  assert.equal(makeBody(passages), read("excerpts.xml").replace(/\n/g, ""));
  assert.equal(makeMarkdown(passages), read("excerpts.md"));
  assert.equal(makePlainText(passages), read("excerpts.txt"));
});

test("a case has its title in lines, its signature and its source", () => {
  const whole = { ...excerpts[0], passages: [{ kind: "text", text: "正文" }] };
  assert.deepEqual(makeCaseDocument(whole, "甲\n乙").map(({ text }) => text), [
    "甲\n乙", "正文", "某县残联", "2024年3月18日",
    `来源：${whole.published}；收录于 ${whole.address}`,
  ]);
});

test("the title of a file is on one line", () => {
  const parts = makeParts([{ kind: "title", text: "甲\n乙<" }]);
  assert.ok(parts["docProps/core.xml"].includes(">甲乙&lt;<"));
  assert.ok(parts["word/document.xml"].includes("甲</w:t><w:br/>"));
});

test("what XML cannot have is left out, and nothing else", () => {
  const body = makeBody([{ kind: "text", text: "𠮷\ud842a\udfb7\u0000\ufffe😀\t" }]);
  assert.ok(body.includes(">𠮷a😀\t<"));
});

test("the checksum is that of the standard", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("a zip file has its members stored, with a directory at its end", () => {
  const bytes = Buffer.from(makeZip([["a.xml", "甲"], ["乙.xml", ""]]));
  assert.equal(bytes.readUInt32LE(0), 0x04034b50);
  assert.equal(bytes.toString("utf8", 30, 38), "a.xml甲");
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  assert.equal(bytes.readUInt16LE(end + 10), 2);
  assert.equal(bytes.readUInt32LE(bytes.readUInt32LE(end + 16)), 0x02014b50);
  assert.deepEqual(makeZip([["a", "b"]]), makeZip([["a", "b"]]));
});

const GBT = "某局. 题{item}[EB/OL]. (2024){accessed}. {address}.";
const BIBTEX = [
  "@misc{a", "  title = {{题{item}}}", "  url = {{address}}", "  urldate = {{accessed}}\n}",
].join(",\n");
const DAY = /^\d{4}-\d\d-\d\d$/;

test("a citation names the item, the reader's day and the address", () => {
  const [, day] = fillCitation(GBT, excerpts[0]).match(/\[([\d-]+)\]/);
  assert.match(day, DAY);
  assert.equal(fillCitation(GBT, excerpts[0]),
    `某局. 题：第“（一）把清单列出来”条[EB/OL]. (2024)[${day}]. ${excerpts[0].address}.`);
  assert.ok(fillCitation(BIBTEX, excerpts[0]).includes(`url = {${excerpts[0].address}}`));
});

test("a citation without an address has no gap, and braces stay balanced", () => {
  const hostile = { ...excerpts[1], anchor: "k1", heading: "a}{b" };
  assert.match(fillCitation(GBT, hostile), /题：第“a\)\(b”条\[EB\/OL\]\. \(2024\)\[[\d-]+\]\.$/);
  const entry = fillCitation(BIBTEX, hostile);
  assert.ok(!entry.includes("url ="));
  assert.equal(entry.split("{").length, entry.split("}").length);
});

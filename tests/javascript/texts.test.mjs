// Which hits stay when they are compared with the texts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { CaseTable, Texts } = scripts;

const BREAKS = new Set("、，");
const RIGHT = "考核、评价";

/** Texts of a library of cases with one item each; `lists` without any pair but "很长". */
function makeTexts(texts) {
  const table = new CaseTable(texts.map(() => 1));
  const lists = { breaks: BREAKS, isIncomplete: (run) => run.startsWith("很长") };
  const made = new Texts({}, { piece: 16 }, table, lists);
  made.compared = 0;
  made.piece = async (item) => {
    made.compared++;
    const heading = { heading: "", foldedHeading: "", text: "", foldedText: texts[item] };
    return { title: { text: "", folded: "" }, items: new Map([[item, heading]]) };
  };
  return made;
}

/** The numbers of the hits that stay, in their order, and how many were compared. */
async function verify(texts, word) {
  const made = makeTexts(texts);
  const hits = texts.map((_, n) => ({ n, score: texts.length - n }));
  const ratings = { present: texts.map(() => 0) };
  const words = [{ texts: [word.text], exact: false, excludes: false, ...word }];
  const kept = await made.verify({ hits, ratings }, words);
  return [kept.map((hit) => hit.n), made.compared];
}

const repeat = (count, text) => Array(count).fill(text);
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

test("a word that the lists know needs no text", async () => {
  assert.deepEqual(await verify(["考核", "评价"], { text: "考核" }), [[0, 1], 0]);
  assert.deepEqual(await verify(["考核"], { text: RIGHT, excludes: true }), [[0], 0]);
});

test("hits without the marks of a word go to the end", async () => {
  assert.deepEqual(await verify(["考核评价", RIGHT, "考核，评价"], { text: RIGHT }), [[1, 0, 2], 3]);
});

test("hits without an exact word go", async () => {
  assert.deepEqual(await verify(["考核评价", RIGHT], { text: RIGHT, exact: true }), [[1], 2]);
});

test("hits without a run that was looked up in part go", async () => {
  assert.deepEqual(await verify(["很长的", "很短的"], { text: "很长的" }), [[0], 2]);
});

test("after ten right hits the rest is taken for right", async () => {
  const texts = repeat(25, RIGHT);
  assert.deepEqual(await verify(texts, { text: RIGHT, exact: true }), [range(0, 25), 10]);
});

test("where some of ten are wrong, a hundred are compared", async () => {
  const mostlyRight = ["考核评价", ...repeat(119, RIGHT)];
  assert.deepEqual(await verify(mostlyRight, { text: RIGHT, exact: true }), [range(1, 120), 100]);
  const mostlyWrong = [RIGHT, ...repeat(119, "考核评价")];
  assert.deepEqual(await verify(mostlyWrong, { text: RIGHT, exact: true }), [[0], 100]);
});

test("for marks alone no more than twenty are compared", async () => {
  const [kept, compared] = await verify(repeat(30, "考核评价"), { text: RIGHT });
  assert.deepEqual([kept.length, compared], [30, 20]);
});

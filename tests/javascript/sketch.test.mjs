// The sketch of a text, as Python makes it, and how alike two texts are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { golomb, wordsOf } from "./files_of_index.mjs";
import { scripts } from "./scripts.mjs";
import { sketchScripts } from "./sketch_scripts.mjs";

const {
  ComparisonFolding, SKETCH_HASHES, compareFolded, hashForSketch, readScriptPairs, readSketch,
} = sketchScripts;
const GOLDEN = new URL("../data/dedupe/sketches.json", import.meta.url);
const FORMS = "關关於于機机黨党況况彙汇報报資资優优龜龟縣县針针對对無无問问題题請请庫库擔担員员";
const folding = new ComparisonFolding(readScriptPairs(FORMS));
const shown = (codes) => String.fromCodePoint(...codes);

for (const { text, folded, sketch } of JSON.parse(readFileSync(GOLDEN, "utf8"))) {
  test(`the sketch of ${JSON.stringify(text.slice(0, 20))}`, () => {
    const codes = folding.fold(text);
    assert.equal(shown(codes), folded);
    assert.deepEqual([...hashForSketch(codes).slice(0, SKETCH_HASHES)], sketch);
  });
}

test("a sketch is read as it was written: number, order, gaps less one", () => {
  const bits = golomb(3, 6) + golomb(2, 3) + golomb(0, 2) + golomb(6, 2) + golomb(0, 2);
  assert.deepEqual([...readSketch(new scripts.BitReader(wordsOf(bits)))], [0, 7, 8]);
});

const WHOLE = folding.fold(
  "县里聘请沿库村民担任巡查员，每座水库每周巡查三次，情况当天上传，汛期前组织了演练，暴雨前转移了群众。");

test("a text is wholly like itself", () => {
  const { similarity, textInCase, caseInText } = compareFolded(WHOLE, WHOLE);
  assert.deepEqual([similarity, textInCase, caseInText], [100, 100, 100]);
});

test("half of a text is in it, and the whole is not in the half", () => {
  const half = WHOLE.slice(0, WHOLE.length / 2);
  const { similarity, textInCase, caseInText } = compareFolded(half, WHOLE);
  assert.ok(similarity > 65 && similarity < 67, similarity);
  assert.equal(textInCase, 100);
  assert.ok(caseInText > 48 && caseInText <= 50, caseInText);
});

test("other texts have less than half in common, and no run", () => {
  const other = folding.fold(
    "学校把食堂的账目每月贴在墙上，家长轮流陪餐，意见箱每周开一次，浪费少了一半。");
  const { similarity, textInCase } = compareFolded(other, WHOLE);
  assert.ok(similarity < 40, similarity);
  assert.equal(textInCase, 0);
});

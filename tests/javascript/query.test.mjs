// What somebody typed, as words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { fold, joinSyllables, readForms, readQuery, splitJoined, splitRuns, trimBreaks } = scripts;

const word = (text, kind = {}) => ({ text, excludes: false, exact: false, others: [], ...kind });
const QUERIES = [
  ["", []],
  ["  ", []],
  ["党建", [word("党建")]],
  ["考核　干部", [word("考核"), word("干部")]],
  ['"两张皮 问题"', [word("两张皮 问题", { exact: true })]],
  ["“考核”", [word("考核", { exact: true })]],
  ["＂考核＂干部", [word("考核", { exact: true }), word("干部")]],
  ["党建 -调研", [word("党建"), word("调研", { excludes: true })]],
  ["党建 －“调研 报告”", [word("党建"), word("调研 报告", { excludes: true, exact: true })]],
  ["-调研", [word("调研", { excludes: true })]],
  ["-5℃", [word("-5℃")]],
  ["降到 -5℃", [word("降到"), word("5℃", { excludes: true })]],
  ["-", [word("-")]],
  ["党建 AND 考核", [word("党建"), word("考核")]],
  ["党建 OR 考核 OR 测评 干部", [word("党建", { others: ["考核", "测评"] }), word("干部")]],
  ["OR", [word("OR")]],
  ["党建 OR", [word("党建"), word("OR")]],
  ["党建 OR -考核", [word("党建"), word("OR"), word("考核", { excludes: true })]],
  ["research or 党建", [word("research"), word("or"), word("党建")]],
  ['"', []],
  ['""', []],
];

for (const [query, words] of QUERIES) {
  test(`the words of ${JSON.stringify(query)}`, () => {
    assert.deepEqual(readQuery(query), words);
  });
}

test("no more than 32 words are read", () => {
  assert.equal(readQuery("词 ".repeat(100)).length, 32);
});

test("folding keeps places: one unit for one", () => {
  const text = "５Ｇ＋ Café ﷺ ½ 𠮷";
  assert.equal(fold(text), "5g+ café ﷺ ½ 𠮷");
  assert.equal(fold(text).length, text.length);
});

test("traditional characters have simplified forms where a table is given", () => {
  assert.equal(fold("黨建ABC", readForms("黨党東东")), "党建abc");
  assert.equal(fold("黨建"), "黨建");
});

test("neighbors in Latin letters are syllables of one word", () => {
  const texts = (query) => joinSyllables(readQuery(query)).map((each) => each.text);
  assert.deepEqual(texts("dang jian 考核 gong zuo"), ["dang'jian", "考核", "gong'zuo"]);
  assert.deepEqual(texts("dang -jian zuo"), ["dang", "jian", "zuo"]);
  assert.deepEqual(texts('dang "jian"'), ["dang", "jian"]);
  assert.deepEqual(texts("g20 hui"), ["g20", "hui"]);
});

test("words that marks join are several, but for what is in quotes", () => {
  const texts = (query) => splitJoined(readQuery(query), new Set("、;")).map((each) => each.text);
  assert.deepEqual(texts("党建、业务+考核/测评；干部"), ["党建", "业务", "考核", "测评", "干部"]);
  assert.deepEqual(texts('"党建、业务"'), ["党建、业务"]);
});

test("runs end at spaces and marks", () => {
  assert.deepEqual(splitRuns("党建，引领 5g\n考核。", new Set("，。")), ["党建", "引领", "5g", "考核"]);
});

test("marks around a word do not count", () => {
  assert.equal(trimBreaks("《党建、要点》", new Set("《》、")), "党建、要点");
  assert.equal(trimBreaks("、、", new Set("、")), "");
});

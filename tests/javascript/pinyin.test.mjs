// Words that are typed as they sound.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { Pinyin, readSpelled } = scripts;

const SOUNDS = {
  an: "安案", dang: "党", jian: "建见", xi: "西", xian: "先县", gong: "工", zuo: "作",
  ju: "", juan: "卷",
};
const NEIGHBORS = {
  an: "jian安建", dang: "jian党建党见/当建/挡箭gong党工", jian: "gong建工见工", gong: "zuo工作juan工卷",
  xi: "an西安", xian: "jian先见", zuo: "",
  ju: "", juan: "",
};
const READINGS = { dang: "党当", jian: "建见件", gong: "工", zuo: "作做", xi: "西" };
const files = {
  json: async (name) =>
    ({ sounds: SOUNDS, readings: READINGS })[name] || NEIGHBORS[name.replace("y-", "")],
};
const spell = (word) => new Pinyin(files).spell(word);

/** The ways to read a word, as text: ~ after what may go on. */
async function ways(word) {
  const sounds = await new Pinyin(files).sounds();
  return readSpelled(word, sounds).map((way) =>
    way.map((slot) => (slot.character || slot.sound) + (slot.begun ? "~" : "")).join(" "));
}

test("letters are divided into known syllables", async () => {
  assert.deepEqual(await ways("dangjian"), ["dang jian"]);
  assert.deepEqual(await ways("xianjian"), ["xian jian", "xi an jian"]);
  assert.deepEqual(await ways("xi'an"), ["xi an"]);
  assert.deepEqual(await ways("hello"), []);
});

test("the last syllable may be typed in part", async () => {
  assert.deepEqual(await ways("dangj"), ["dang j~"]);
  assert.deepEqual(await ways("dangx"), ["dang x~"]);
  assert.deepEqual(await ways("党j"), ["党 j~"]);
  assert.deepEqual(await ways("j党"), []);
});

test("words of the library are spelled, the most frequent first", async () => {
  assert.deepEqual(await spell("dangjian"), ["党建", "党见"]);
  assert.deepEqual(await spell("dangj"), ["党建", "党见"]);
  assert.deepEqual(await spell("党jian"), ["党建", "党见"]);
  assert.deepEqual(await spell("dang建"), ["党建"]);
  assert.deepEqual(await spell("xi'an"), ["西安"]);
});

test("a syllable that the library lacks is not read as the beginning of another one", async () => {
  assert.deepEqual(await spell("gongjua"), ["工卷"]);
  assert.deepEqual(await ways("gongju"), ["gong ju"]);
  assert.deepEqual(await spell("gongju"), []);
});

test("longer words are chained from pairs", async () => {
  assert.deepEqual(await spell("dangjiangongzuo"), ["党建工作", "党见工作"]);
  assert.deepEqual(await spell("xianjiangong"), ["先见工", "西安建工"]);
});

test("pairs that nothing joins stand side by side", async () => {
  assert.deepEqual(await spell("dangjianxi'an"), ["党建西安", "党见西安"]);
});

test("what is no spelling is not looked up", async () => {
  for (const word of ["", "an", "党建", "g20", "dang-jian", "d".repeat(61)]) {
    assert.deepEqual(await spell(word), [], word);
  }
});

test("words that sound alike, those with most of the characters first", async () => {
  const known = async (pair) => pair === "党工";
  const soundAlikes = (word) => new Pinyin(files).soundAlikes(word, known);
  assert.deepEqual(await soundAlikes("党件"), ["党建", "党见", "当建"]);
  assert.deepEqual(await soundAlikes("当件"), ["当建", "党建", "党见"]);
  assert.deepEqual(await soundAlikes("党件工做"), ["党建工作", "党见工作", "当建工作"]);
  assert.deepEqual(await soundAlikes("党工做"), ["党工作"]);
  assert.deepEqual(await soundAlikes("龘"), []);
});

test("rare words of a sound are known beside the frequent ones", async () => {
  assert.deepEqual(await new Pinyin(files).rareWords("dangjian"), ["当建"]);
});

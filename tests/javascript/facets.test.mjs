// What facets leave, and how it is counted.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { scripts } from "./scripts.mjs";

const { CaseTable, Facets, compareHits } = scripts;

// Case 0 has two items, case 1 has one, case 2 has three.
const ROLES = ["cause", "practice", "practice", "", "cause", "cause"];
const THEMES = ["党建\n考核", "考核", "", "党建", "人才", "党建"];
const REGIONS = ["青海省", "", "青海省"];
const DATES = ["2023-05", "", "2022"];
const HITS = [{ n: 0, score: 1 }, { n: 1, score: 3 }, { n: 2, score: 2 }];

let facets;
let ranked;

beforeEach(() => {
  const table = new CaseTable([2, 1, 3]);
  facets = new Facets({ words: () => Promise.reject(new Error("no file")) }, { block: 512 }, table);
  facets.readColumns = async () => {};
  facets.readDates = async () => {};
  facets.dates = DATES;
  const fill = (name, values) => {
    const own = [...new Set(values)];
    facets.columns[name].fill(0, own, values.map((value) => own.indexOf(value)));
  };
  fill("role", ROLES);
  fill("theme", THEMES);
  fill("region", REGIONS);
  ranked = { hits: HITS, ratings: { present: [1, 1, 1, 0, 2, 1] } };
});

const left = async (state) => (await facets.filter(ranked, state)).map((hit) => hit.n);

test("no facet leaves all hits", async () => {
  assert.deepEqual(await left({ q: "考核", region: "" }), [0, 1, 2]);
});

test("a facet of cases", async () => {
  assert.deepEqual(await left({ region: "青海省" }), [0, 2]);
  assert.deepEqual(await left({ region: "江苏省" }), []);
});

test("facets of items must fit one present item", async () => {
  assert.deepEqual(await left({ role: "cause" }), [0, 2]);
  assert.deepEqual(await left({ role: "cause", theme: "考核" }), [0]);
  assert.deepEqual(await left({ role: "", theme: "党建" }), [0, 2]);
  assert.deepEqual(await left({ role: "practice", theme: "党建" }), []);
});

test("of several values of a facet one suffices", async () => {
  assert.deepEqual(await left({ theme: ["考核", "人才"] }), [0, 2]);
  assert.deepEqual(await left({ role: ["cause", "practice"], region: ["青海省"] }), [0, 2]);
  assert.deepEqual(await left({ region: [] }), [0, 1, 2]);
});

test("dates lie between two others, as far as they are known", async () => {
  assert.deepEqual(await left({ from: ["2022-06"] }), [0, 2]);
  assert.deepEqual(await left({ from: "2022", to: "2023-04" }), [2]);
  assert.deepEqual(await left({ to: "2023" }), [0, 2]);
  assert.deepEqual(await left({ from: "2024" }), []);
});

test("a text names facets, and is divided at their names", () => {
  const facts = (text) => facets.findFacts(text).map(({ name, isWhole }) => [name, isWhole]);
  assert.deepEqual(facts("青海"), [["region", true]]);
  assert.deepEqual(facts("海"), []);
  assert.deepEqual(facets.divide("青海省的考核"), ["青海省", "考核"]);
  assert.deepEqual(facets.divide("青海考核"), ["青海", "考核"]);
  assert.deepEqual(facets.divide("考核"), ["考核"]);
});

test("a value counts the cases that it would leave", async () => {
  const names = ["role", "theme", "region"];
  const counts = await facets.count(ranked, { role: "cause" }, names);
  assert.deepEqual({ ...counts.role }, { cause: 2, practice: 2 });
  assert.deepEqual({ ...counts.theme }, { 党建: 2, 考核: 1, 人才: 1 });
  assert.deepEqual({ ...counts.region }, { 青海省: 2 });
});

test("what is counted is what choosing the value leaves", async () => {
  for (const state of [{}, { theme: "党建" }, { region: "青海省", role: "practice" }]) {
    const counts = await facets.count(ranked, state, ["role", "theme", "region"]);
    for (const [name, values] of Object.entries(counts)) {
      for (const [value, count] of Object.entries(values)) {
        assert.equal((await left({ ...state, [name]: value })).length, count, `${name} ${value}`);
      }
    }
  }
});

test("the latest date comes first, and equal dates by score", async () => {
  const sorted = await facets.sortByDate(HITS);
  assert.deepEqual(sorted.map((hit) => hit.n), [0, 2, 1]);
  facets.dates = ["2021", "2021", "2021"];
  assert.deepEqual(await facets.sortByDate(HITS), HITS.slice().sort(compareHits));
});

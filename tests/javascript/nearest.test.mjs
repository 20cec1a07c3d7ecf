// The order of cases that have parts of a query, and of hits by what their texts say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { CaseTable, makePart, measureCloseness, namePartsOf, orderByTexts, rankNearest } = scripts;

/** Where a text stands in cases of a title and texts: {title, texts}. */
function findPlaces(cases, text) {
  const items = cases.flatMap(({ title = "", texts = [] }) =>
    [{ heading: title, text: "" }, ...texts.map((each) => ({ heading: "", text: each }))]);
  const units = [...items.map((each) => each.heading), ...items.map((each) => each.text)];
  const found = units.map((unit, i) => [i, unit.split(text).length - 1]).filter(([, n]) => n);
  return { units: found.map(([i]) => i), times: found.map(([, n]) => n) };
}

/** The numbers of the cases that are near "两张皮的问题", the nearest first. */
function nearest(cases, trust = 1) {
  const table = new CaseTable(cases.map(({ texts = [] }) => 1 + texts.length));
  const parts = ["两张", "张皮", "皮的", "的问", "问题"].map((text, start) =>
    makePart({ text, texts: [text], start, trust }, findPlaces(cases, text), table));
  return rankNearest(parts.filter((part) => part.places.units.length), [], table)
    .hits.map((hit) => hit.n);
}

const other = { texts: ["别的"] };
const ORDERS = [
  ["parts in one item outrank the same parts in two", [
    { texts: ["两张纸", "一张皮"] }, { texts: ["两张皮"] }], [1, 0]],
  ["more parts outrank fewer", [{ texts: ["两张皮的"] }, { texts: ["两张皮的问题"] }], [1, 0]],
  ["a title adds to what items have", [
    { texts: ["两张皮"] }, { title: "两张皮", texts: ["两张皮"] }], [1, 0]],
  ["what has less than half of the best is left out", [
    { texts: ["两张皮的问题"] }, { texts: ["问题"] }], [0]],
  ["what has no part is left out", [{ texts: ["两张皮"] }, other], [0]],
];

for (const [name, cases, expected] of ORDERS) {
  test(name, () => assert.deepEqual(nearest(cases), expected));
}

test("words are closest where nothing is between them, in their order", () => {
  const close = (text) => measureCloseness(text, [["党建"], ["业务", "工作"]]);
  assert.ok(close("党建业务") > close("党建与业务"));
  assert.ok(close("党建与业务") > close("党建，很多别的，业务"));
  assert.ok(close("党建工作") === close("党建业务"));
  assert.ok(close("党建业务") > close("业务党建"));
  assert.equal(close("党建"), 0);
  assert.equal(measureCloseness("党建", [["党建"]]), 0);
});

test("a heading of a problem comes before a passing mention", () => {
  const shown = (n, role, heading, text) => ({
    hit: { n, score: 10 },
    items: [0],
    piece: { items: new Map([[0, { role, foldedHeading: heading, foldedText: text }]]) },
  });
  const hits = [shown(0, "", "别的", "考核"), shown(1, "problem", "考核太松", "")];
  const order = (wishes) => orderByTexts(hits, [["考核"]], wishes).map(({ hit }) => hit.n);
  assert.deepEqual(order([]), [1, 0]);
  hits.push(shown(2, "practice", "考核办法", ""));
  assert.deepEqual(order(["practice"]), [2, 1, 0]);
});

test("parts are named joined where they overlap", () => {
  const part = (text, start, texts = [text]) => ({ text, texts, start });
  const parts = [part("两张", 0), part("张皮", 1), part("问题", 5), part("两层皮", 9, ["两张皮"])];
  assert.deepEqual(namePartsOf(parts), ["两张皮", "问题"]);
});

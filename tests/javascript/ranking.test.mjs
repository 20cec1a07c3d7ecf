// The orders that the weights make. Each case of these tests has items of a heading and a text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { CaseTable, makeWord, rankMatches } = scripts;

/** The places of a text in a library of cases: {title, lead, items: [{heading, text}]}. */
function findPlaces(cases, text) {
  const blocks = cases.flatMap(({ title = "", lead = "", items = [] }) =>
    [{ heading: title, text: lead }, ...items]);
  const units = ["heading", "text"].flatMap((part) => blocks.map((block) => block[part] || ""));
  const times = (unit) => unit.split(text).length - 1;
  const found = units.map((unit, i) => [i, times(unit)]).filter(([, count]) => count);
  return { units: found.map(([i]) => i), times: found.map(([, count]) => count) };
}

/** A library and its words: those of "党建 -调研", one for each. */
function lookUp(cases, query) {
  const table = new CaseTable(cases.map(({ items = [] }) => 1 + items.length));
  const words = query.split(" ").map((typed) => {
    const excludes = typed.startsWith("-");
    const text = typed.replace("-", "");
    return makeWord({ excludes, exact: false }, [text], findPlaces(cases, text), table);
  });
  return { table, words };
}

/** The numbers of the cases that have all words, in the order in which they are shown. */
function order(cases, query) {
  const { table, words } = lookUp(cases, query);
  return rankMatches(words, table).hits.map((hit) => hit.n);
}

const inText = (times, count = 1) => ({
  items: Array.from({ length: count }, () => ({ text: "考核。".repeat(times) })),
});
const inHeading = (count = 1) => ({
  items: Array.from({ length: count }, () => ({ heading: "考核办法" })),
});
const everywhere = { items: [1, 2, 3].map(() => ({ heading: "考核", text: "考核考核考核" })) };

/** An item whose heading, where it has one, and text have the word so many times. */
const item = (heading, times) => ({
  heading: heading ? "考核" : "", text: "考核".repeat(times),
});
const items = (...rows) => ({ items: rows.map(([heading, times]) => item(heading, times)) });

const ORDERS = [
  ["a title outranks all that items can have", [everywhere, { title: "考核" }], [1, 0]],
  ["a title with a text outranks a title", [{ title: "考核" }, { title: "考核", ...inText(1) }],
    [1, 0]],
  ["a heading outranks a text with many mentions", [inText(9), inHeading()], [1, 0]],
  ["a heading outranks two texts with three mentions", [inText(3, 2), inHeading()], [1, 0]],
  ["three mentions outrank one", [inText(1), inText(3)], [1, 0]],
  ["three mentions outrank two", [inText(2), inText(3)], [1, 0]],
  ["more than three mentions count as three", [inText(3), inText(9)], [0, 1]],
  ["a second item counts", [inText(3), inText(3, 2)], [1, 0]],
  ["a third item counts", [inText(3, 2), inText(3, 3)], [1, 0]],
  ["a fourth item does not count", [inText(3, 3), inText(3, 9)], [0, 1]],
  ["two more items outrank no better one", [inText(1, 3), inText(2)], [1, 0]],
  ["a heading is above 4.5", [items([1, 1], [0, 2]), inHeading(3)], [1, 0]],
  ["a heading is below 5.2", [inHeading(3), items([1, 1], [0, 3])], [1, 0]],
  ["the second item has more than a sixth", [items([1, 1]), items([1, 0], [1, 0], [0, 1])], [1, 0]],
  ["the second item has less than two ninths", [items([1, 2], [0, 3], [0, 3]), items([1, 3])],
    [1, 0]],
  ["the third item has more than half of the second's share",
    [items([1, 3], [0, 3]), items([1, 3], [0, 2], [0, 2])], [1, 0]],
  ["the third item has less than 0.6 of the second's share",
    [items([1, 3], [1, 0], [1, 0]), items([1, 3], [1, 3])], [1, 0]],
  ["equal cases keep the order of the library", [inText(1), inText(1)], [0, 1]],
];

for (const [name, cases, expected] of ORDERS) {
  test(name, () => {
    assert.deepEqual(order(cases, "考核"), expected);
  });
}

test("a title is between 28.5 and 30.5", () => {
  const titled = { title: "党建", lead: "考核" };
  const best = { items: [{ heading: "党建考核", text: "党建考核".repeat(3) }] };
  const second = { items: [{ heading: "党建考核", text: `${"党建考核".repeat(2)}党建` }] };
  assert.deepEqual(order([titled, best], "党建 考核"), [1, 0]);
  assert.deepEqual(order([second, titled], "党建 考核"), [1, 0]);
});

test("without words all items of all cases are present", () => {
  const { hits, ratings } = rankMatches([], new CaseTable([2, 1]));
  assert.deepEqual(hits.map((hit) => hit.n), [0, 1]);
  assert.deepEqual([...ratings.present], [1, 1, 1]);
});

test("words count more in one item than more often in two", () => {
  const apart = { items: [{ text: "党建党建" }, { text: "考核考核" }] };
  const together = { items: [{ text: "党建考核" }] };
  assert.deepEqual(order([apart, together], "党建 考核"), [1, 0]);
});

test("a rare word weighs more: its heading outranks a title with a common word", () => {
  const common = Array.from({ length: 14 }, () => ({ lead: "党建" }));
  const cases = [{ title: "党建", lead: "考核" }, { items: [{ heading: "党建考核" }] }, ...common];
  assert.deepEqual(order(cases, "党建 考核"), [1, 0]);
  assert.deepEqual(order(cases.slice(0, 2), "党建 考核"), [0, 1]);
});

test("all words are required, and none that is excluded", () => {
  const cases = [{ title: "党建" }, { title: "党建", lead: "调研" }, { lead: "党建考核" }];
  assert.deepEqual(order(cases, "党建 考核"), [2]);
  assert.deepEqual(order(cases, "党建 -调研"), [0, 2]);
  assert.deepEqual(order(cases, "-调研"), [0, 2]);
});

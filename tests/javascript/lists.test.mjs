// Lists of postings: runs are distinguished from scattered pairs, and places are counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { chainPostings, countUnits, intersectPlaces, unitePlaces } = scripts;

/** The postings of a pair in texts, by the words of the specification. */
function postingsOf(texts, pair) {
  const found = { units: [], left: [], right: [] };
  texts.forEach((text, unit) => {
    const ordinal = (at) => text.slice(0, at).split(text[at]).length - 1;
    for (let at = text.indexOf(pair); at >= 0; at = text.indexOf(pair, at + 1)) {
      found.units.push(unit);
      found.left.push(ordinal(at));
      found.right.push(ordinal(at + 1));
    }
  });
  return found;
}

/** The units that have a run, one for each time. */
function find(texts, run) {
  const pairs = Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2));
  return chainPostings(pairs.map((pair) => postingsOf(texts, pair))).units;
}

test("a run is found where it stands, each time", () => {
  const texts = ["党建促党务", "促党建", "", "党建促党建促"];
  assert.deepEqual(find(texts, "党建促"), [0, 3, 3]);
  assert.deepEqual(find(texts, "建促党建"), [3]);
  assert.deepEqual(find(texts, "党建"), [0, 1, 3, 3]);
});

test("scattered pairs are no run", () => {
  assert.deepEqual(find(["党建促党务"], "促党建"), []);
  assert.deepEqual(find(["建党的党建党"], "党建党的"), []);
});

test("repeated characters chain with their neighbors only", () => {
  assert.deepEqual(find(["试试试"], "试试"), [0, 0]);
  assert.deepEqual(find(["试试试", "试试"], "试试试"), [0]);
});

test("units are counted, up to 255 times", () => {
  assert.deepEqual(countUnits([2, 2, 5]), { units: [2, 5], times: [2, 1] });
  assert.deepEqual(countUnits(new Int32Array(300).fill(7)), { units: [7], times: [255] });
  assert.deepEqual(countUnits([]), { units: [], times: [] });
});

test("places of both and of either", () => {
  const one = { units: [1, 3, 4], times: [2, 1, 5] };
  const other = { units: [0, 3, 4, 9], times: [1, 2, 1, 7] };
  assert.deepEqual(intersectPlaces(one, other), { units: [3, 4], times: [1, 1] });
  assert.deepEqual(unitePlaces(one, other), {
    units: [0, 1, 3, 4, 9], times: [1, 2, 2, 5, 7],
  });
});

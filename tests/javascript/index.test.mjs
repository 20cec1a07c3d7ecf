// What the index says of a hit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { SearchIndex } = scripts;

test("the best items of a hit come first, and equal ones in their order", () => {
  const index = { facets: { itemsOf: () => [4, 5, 6, 7] } };
  const score = [0, 0, 0, 0, 1, 3, 2, 3];
  const items = SearchIndex.prototype.itemsOf.call(index, { ratings: { score } }, 0, {});
  assert.deepEqual(items, [5, 7, 6, 4]);
});

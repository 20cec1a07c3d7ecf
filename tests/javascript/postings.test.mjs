// Shards: which lists they have, and what the lists say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { golomb, wordsOf } from "./files_of_index.mjs";
import { scripts } from "./scripts.mjs";

const { listKey, readGroups, readShard } = scripts;

const UNITS = 64;
const [FIRST, SECOND, THIRD] = [..."一丁丂"].map((character) => character.charCodeAt(0));

/** The order of the gaps between units, by the words of the specification. */
function unitOrder(count) {
  return Math.max(1, Math.floor(UNITS / (2 * count))).toString(2).length - 1;
}

/** The bits of a shard of lists {first, second, postings: [[unit, left, right], …]}. */
function shardOf(lists) {
  const entries = lists.map(({ first, second, postings }, i) => {
    const before = lists[i - 1] || { first: 0, second: 0 };
    const from = first === before.first ? before.second : 0;
    const size = 2 * (postings.length - 1) + Number(second === THIRD); // which is a word
    return golomb(first - before.first) + golomb(second - from, 6) + golomb(size);
  });
  const bodies = lists.flatMap(({ second, postings }) => postings.map(([unit, ...ordinals], i) => {
    const gap = unit - (i ? postings[i - 1][0] : 0);
    const [l, r] = ordinals.map((ordinal, side) =>
      (i && !gap ? ordinal - postings[i - 1][1 + side] - 1 : ordinal));
    const pair = second ? golomb(((l + r) * (l + r + 1)) / 2 + r) : "";
    return golomb(gap, unitOrder(postings.length)) + pair;
  }));
  return wordsOf([golomb(lists.length), ...entries, ...bodies].join(""));
}

const LISTS = [
  { first: FIRST, second: 0, postings: [[2, 0, 0], [40, 0, 0]] },
  { first: FIRST, second: SECOND, postings: [[0, 0, 0], [0, 1, 2], [7, 0, 5], [63, 2047, 2047]] },
  { first: FIRST, second: THIRD, postings: [[5, 3, 1]] },
  { first: THIRD, second: FIRST, postings: [[1, 0, 0], [2, 1, 0], [3, 0, 1], [4, 2, 2]] },
];

function read(last) {
  return [...readShard(shardOf(LISTS), UNITS, last)].map(({ first, second, postings }) => {
    assert.equal(postings.isWord, second === THIRD);
    const rows = Array.from(postings.units, (unit, i) =>
      [unit, postings.left[i] || 0, postings.right[i] || 0]);
    return { first, second, postings: rows };
  });
}

test("lists are read back, with the ordinals of both characters", () => {
  assert.deepEqual(read(listKey(0xffff, 0xffff)), LISTS);
});

test("a shard is read up to a key", () => {
  assert.deepEqual(read(listKey(FIRST, SECOND)), LISTS.slice(0, 2));
  assert.deepEqual(read(listKey(FIRST - 1, THIRD)), []);
});

test("keys ascend with the first, then with the second character", () => {
  assert.ok(listKey(FIRST, 0xffff) < listKey(SECOND, 0));
  assert.ok(listKey(FIRST, SECOND) < listKey(FIRST, THIRD));
});

test("groups have their shards one after the other", () => {
  assert.deepEqual(readGroups([10, 5, 1], [1, 3, 1]), [
    { last: 10, shard: 0, count: 1 },
    { last: 15, shard: 1, count: 3 },
    { last: 16, shard: 4, count: 1 },
  ]);
});

// Files are loaded once, and again after a failure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { scripts } from "./scripts.mjs";

const { IndexFiles, PromiseCache } = scripts;

test("a file is loaded once, also by those who ask at the same time", async () => {
  let calls = 0;
  const files = new IndexFiles(async (name) => `${name} ${++calls}`);
  assert.deepEqual(await Promise.all([files.words("a"), files.words("a")]), ["a 1", "a 1"]);
  assert.equal(await files.words("a"), "a 1");
  assert.equal(await files.words("b"), "b 2");
});

test("a file that is missing at first can be loaded when it is there", async () => {
  const there = new Map();
  const files = new IndexFiles(async (name) => {
    if (!there.has(name)) throw new Error(`cannot load ${name}`);
    return there.get(name);
  });
  await assert.rejects(files.words("meta"), /cannot load meta/);
  await assert.rejects(files.words("meta"), /cannot load meta/);
  there.set("meta", "words");
  assert.equal(await files.words("meta"), "words");
});

test("what was made of a missing file is forgotten too", async () => {
  let calls = 0;
  const cache = new PromiseCache();
  const make = async () => {
    if (++calls === 1) throw new Error("no file");
    return calls;
  };
  await assert.rejects(cache.get("", make));
  assert.equal(await cache.get("", make), 2);
  assert.equal(await cache.get("", make), 2);
});

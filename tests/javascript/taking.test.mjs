// Where a new file is put into the repository, by the address of the forge.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../docs/scripts/desk/taking.js", import.meta.url), "utf8");
const makeForgeAddress = vm.runInThisContext(`${source}\nmakeForgeAddress`);

const CASES = [
  ["https://github.com/a/b/edit/main/cases/", "甲",
    "https://github.com/a/b/new/main/cases?filename=x.md&value=%E7%94%B2"],
  ["https://github.com/a/b/edit/main/cases/", "甲".repeat(1000),
    "https://github.com/a/b/new/main/cases?filename=x.md"],
  ["https://codeberg.org/a/b/_edit/main/cases/", "a&b",
    "https://codeberg.org/a/b/_new/main/cases?filename=x.md&value=a%26b"],
  ["https://gitee.com/a/b/edit/master/cases/", "甲", "https://gitee.com/a/b"],
  ["javascript:alert(1)//github.com/a/b/edit/main/", "甲", ""],
  ["", "甲", ""],
];

for (const [edit, text, address] of CASES) {
  test(`${edit || "no repository"}, ${text.length} characters`, () => {
    assert.equal(makeForgeAddress(edit, "x.md", text), address);
  });
}

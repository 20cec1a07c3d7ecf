// What the linter refuses in docs/scripts: what browsers of 2020 do not know, or not from a folder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ESLint } from "eslint";

const linter = new ESLint();

/** The rules that lines of a script break; "" where they are no JavaScript of 2020 at all. */
async function findings(code, filePath = "docs/scripts/search/sample.js") {
  const [result] = await linter.lintText(`"use strict";\n${code}\n`, { filePath });
  return result.messages.map((message) => message.ruleId || "");
}

const REFUSED = {
  "x.at(-1);": "es-x/no-array-prototype-at",
  'x.replaceAll("a", "b");': "es-x/no-string-prototype-replaceall",
  'Object.hasOwn(x, "a");': "es-x/no-object-hasown",
  "Promise.any([]);": "es-x/no-promise-any",
  "x.findLast((each) => each);": "es-x/no-array-prototype-findlast-findlastindex",
  "x.toSorted();": "es-x/no-array-prototype-tosorted",
  "structuredClone(x);": "no-restricted-globals",
  "x.showModal();": "no-restricted-properties",
  "AbortSignal.timeout(5);": "no-restricted-properties",
  'URL.parse("x");': "no-restricted-properties",
  "CSS.highlights.clear();": "no-restricted-properties",
  "new Intl.Segmenter();": "no-restricted-properties",
  "navigator.share(x);": "no-restricted-properties",
  "document.adoptedStyleSheets = [];": "no-restricted-properties",
  "x.showPopover();": "no-restricted-properties",
  "visualViewport.addEventListener(x);": "no-restricted-globals",
  "new ClipboardItem(x);": "no-restricted-globals",
  "new WeakRef(x);": "no-restricted-globals",
  'x.addEventListener("a", x, { signal: x });': "no-restricted-syntax",
  'addEventListener("a", x, { signal: x });': "no-restricted-syntax",
  'fetch("data.json");': "no-restricted-globals",
  'new Worker("x.js");': "no-restricted-globals",
  'new EventSource("x");': "no-restricted-globals",
  'navigator.sendBeacon("x");': "no-restricted-properties",
  'window.fetch("data.json");': "no-restricted-properties",
  "new self.ClipboardItem(x);": "no-restricted-properties",
  "globalThis.visualViewport;": "no-restricted-properties",
  'import("./data.js");': "no-restricted-syntax",
  "var y = x; y();": "no-var",
  "x ||= 1;": "",
  "x = 1_000;": "",
  "class Y { z = 1; }": "",
  'import "./data.js";': "",
};

for (const [code, rule] of Object.entries(REFUSED)) {
  test(`refused: ${code}`, async () => {
    assert.ok((await findings(code)).includes(rule));
  });
}

test("what browsers of 2020 know is allowed", async () => {
  const code = "x?.flatMap((y) => y ?? [...x]).map(async ({ z }) => z ** 2).filter((y) => y);";
  assert.deepEqual(await findings(code), []);
});

test("functions have at most 40 lines", async () => {
  const long = (lines) => `x(() => {\n${"  x();\n".repeat(lines - 2)}});`;
  assert.deepEqual(await findings(long(40)), []);
  assert.deepEqual(await findings(long(41)), ["max-lines-per-function"]);
});

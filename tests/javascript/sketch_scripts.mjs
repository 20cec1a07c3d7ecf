// The scripts of the page 在线整理 that find alike cases, outside a browser.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import "./scripts.mjs";

const FOLDER = new URL("../../docs/scripts/desk/", import.meta.url);
const sources = ["sketch", "alike_cases"]
  .map((name) => readFileSync(new URL(`${name}.js`, FOLDER), "utf8"));

/** What the scripts declare. */
export const sketchScripts = vm.runInThisContext(`${sources.join("\n")}
({
  AlikeCases, ComparisonFolding, SKETCH_HASHES, compareFolded, hashForSketch, readScriptPairs,
  readSketch,
})`);

// The scripts of the search that make no page, outside a browser.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = new URL("../../", import.meta.url);
const FOR_PAGES = ["shown", "box", "filters", "page"];

/** The names of the scripts in the order in which a page loads them. */
function scriptNames() {
  const template = readFileSync(new URL("docs/overrides/main.html", ROOT), "utf8");
  const [, list] = template.match(/\{%- for name in (\[[^\]]*\]) %\}/);
  return JSON.parse(list);
}

const sources = scriptNames()
  .filter((name) => !FOR_PAGES.includes(name))
  .map((name) => readFileSync(new URL(`docs/scripts/search/${name}.js`, ROOT), "utf8"));

/** What the scripts declare. */
export const scripts = vm.runInThisContext(`${sources.join("\n")}
({
  BitReader, CaseTable, Facets, IndexFiles, Pinyin, PromiseCache, SearchIndex, Texts,
  chainPostings, compareHits, countUnits, fold, inflate, intersectPlaces, joinSyllables, listKey,
  makePart, makeWord, measureCloseness, namePartsOf, orderByTexts, rankMatches, rankNearest,
  readForms, readGroups, readJson, readNumbers, readQuery,
  readShard, readSpelled, readText, splitJoined, splitRuns, trimBreaks, unitePlaces,
})`);

// The scripts that write files of excerpts, outside a browser, with the templates of Python.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = new URL("../../", import.meta.url);
const NAMES = ["origins", "texts", "zip", "word", "citation"];
const PYTHON = [
  "import sys; sys.path.insert(0, 'scripts')",
  "from casebook.export.site_files import render_templates",
  "print(render_templates())",
].join("\n");

/** The Python of the tests: it runs them, or it is the one of the checkout. */
function findPython() {
  const places = [".venv/bin/python", ".venv/Scripts/python.exe"];
  return places.map((place) => new URL(place, ROOT).pathname);
}

function renderTemplates() {
  for (const python of [...findPython(), "python3"]) {
    try {
      const options = { cwd: ROOT.pathname, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
      return execFileSync(python, ["-c", PYTHON], { ...options, maxBuffer: 2 ** 24 });
    } catch {
      // the next one
    }
  }
  throw new Error("no Python makes the templates");
}

const sources = NAMES.map((name) =>
  readFileSync(new URL(`docs/scripts/export/${name}.js`, ROOT), "utf8"));

/** What the scripts declare. */
export const scripts = vm.runInThisContext(`globalThis.self = globalThis;
${renderTemplates()}
${sources.join("\n")}
({ crc32, describeCaseOrigin, fillCitation, makeBody, makeCaseDocument, makeExcerptDocument,
  makeMarkdown, makeParts, makePlainText, makeZip })`);

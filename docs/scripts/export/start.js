"use strict";
// Taking texts along: loads what a page needs of it, and shows how many excerpts are kept.

const exportScript = /** @type {HTMLScriptElement} */ (document.currentScript);

/** @type {Map<string, Promise<void>>} */
const loadedScripts = new Map();

/** Loads a script of this folder once, again after a failure. @param {string} name */
function loadScript(name) {
  const known = loadedScripts.get(name);
  if (known) return known;
  /** @type {Promise<void>} */
  const loading = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`${name}.js`, exportScript.src).href;
    script.async = false; // they run in the order in which they were asked for
    script.onload = () => resolve();
    script.onerror = () => {
      loadedScripts.delete(name);
      reject(new Error(name));
    };
    document.head.append(script);
  });
  loadedScripts.set(name, loading);
  return loading;
}

/** @param {string[]} names */
async function loadScripts(...names) {
  await Promise.all(names.map(loadScript));
}

const KEEPING = ["elements", "excerpts"];
const READING = [...KEEPING, "passages", "origins", "copying"];
const WRITING = ["origins", "texts", "zip", "templates", "word"];

async function startExport() {
  if (document.querySelector(".cb-case")) {
    await loadScripts(...READING, "citation", "case");
    return;
  }
  if (document.getElementById("cb-excerpts")) {
    await loadScripts(...KEEPING, ...WRITING, "page");
    return;
  }
  const hasItems = document.querySelector(".cb-list, .cb-answers, #cb-search-hits");
  if (hasItems) await loadScripts(...KEEPING, "entries");
  else if (hasStored()) await loadScripts(...KEEPING);
}

/** Whether there may be excerpts to count. */
function hasStored() {
  try {
    return localStorage.length > 0;
  } catch {
    return window.name !== ""; // where excerpts are kept then
  }
}

startExport().catch(() => {}); // without them a page is still read

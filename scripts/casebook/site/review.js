"use strict";
// The page of undecided pairs: moves by keyboard, remembers what was chosen, writes the YAML file.
// It has no module and no loader, because it is opened from a folder.

/** @type {HTMLElement[]} */
const reviewPairs = [...document.querySelectorAll("article")];
const reviewFile = document.body.dataset.name || "review.yml";
const MERGE = "merge", DISTINCT = "distinct", LATER = "later";
const CHOICE_KEYS = new Map([["1", MERGE], ["2", DISTINCT], ["3", LATER]]);
let currentPair = 0;

/** @param {HTMLElement} pair */
function radiosOf(pair) {
  return /** @type {HTMLInputElement[]} */ ([...pair.querySelectorAll("input[type=radio]")]);
}

/** @param {HTMLElement} pair */
function reasonOf(pair) {
  return /** @type {HTMLInputElement} */ (pair.querySelector("input[type=text]"));
}

/** @param {HTMLElement} pair */
function decisionOf(pair) {
  const chosen = radiosOf(pair).find((radio) => radio.checked);
  return chosen ? chosen.value : "";
}

/**
 * A JSON string is a YAML string, but for characters that YAML does not allow.
 * @param {string} text
 */
function quoteYaml(text) {
  return JSON.stringify(text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu, " ").trim());
}

function writeReview() {
  const entries = reviewPairs.map((pair) => {
    const fields = {
      a: pair.dataset.a, b: pair.dataset.b, relation: pair.dataset.relation,
      decision: decisionOf(pair), reason: reasonOf(pair).value,
    };
    const lines = Object.entries(fields).map(([key, text]) => `${key}: ${quoteYaml(text || "")}\n`);
    return `- ${lines.join("  ")}`;
  });
  return (document.body.dataset.heading || "") + entries.join("");
}

function storeReview() {
  const chosen = reviewPairs.map((pair) => [decisionOf(pair), reasonOf(pair).value]);
  try {
    localStorage.setItem(document.body.dataset.key || "", JSON.stringify(chosen));
  } catch {
    // A page from a folder may have no storage: then a reload starts again.
  }
}

function recallReview() {
  try {
    const stored = JSON.parse(localStorage.getItem(document.body.dataset.key || "") || "[]");
    reviewPairs.forEach((pair, place) => {
      const [decision, reason] = stored[place] || ["", ""];
      if (!decision && !reason) return;
      reasonOf(pair).value = reason;
      for (const radio of radiosOf(pair)) radio.checked = radio.value === decision;
    });
  } catch {
    // The same, or what is stored is not ours.
  }
}

function showProgress() {
  let decided = 0, lacking = 0;
  for (const pair of reviewPairs) {
    const decision = decisionOf(pair);
    const lacks = decision === DISTINCT && !reasonOf(pair).value.trim();
    pair.dataset.state = lacks ? "lacking" : decision;
    decided += decision ? 1 : 0;
    lacking += lacks ? 1 : 0;
  }
  const progress = /** @type {HTMLElement} */ (document.getElementById("progress"));
  const rest = lacking ? `，${lacking} 对缺理由` : "";
  progress.textContent = `已判定 ${decided}/${reviewPairs.length}${rest}`;
}

function noteChange() {
  showProgress();
  storeReview();
}

/** @param {number} place */
function moveTo(place) {
  currentPair = Math.max(0, Math.min(reviewPairs.length - 1, place));
  for (const [number, pair] of reviewPairs.entries()) {
    pair.classList.toggle("current", number === currentPair);
  }
  reviewPairs[currentPair].focus({ preventScroll: true });
  reviewPairs[currentPair].scrollIntoView({ block: "start" });
}

/** @param {string} decision */
function decide(decision) {
  const pair = reviewPairs[currentPair];
  for (const radio of radiosOf(pair)) radio.checked = radio.value === decision;
  noteChange();
  if (decision !== DISTINCT) {
    moveTo(currentPair + 1);
    return;
  }
  reasonOf(pair).focus({ preventScroll: true });
  reasonOf(pair).scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target instanceof HTMLInputElement ? event.target.type : "";
  if (field === "text") {
    if (event.key === "Enter") moveTo(currentPair + 1);
    if (event.key === "Escape") moveTo(currentPair);
    return;
  }
  const choice = CHOICE_KEYS.get(event.key);
  const arrow = field ? "" : event.key;
  if (choice) decide(choice);
  else if (event.key === "j" || arrow === "ArrowRight") moveTo(currentPair + 1);
  else if (event.key === "k" || arrow === "ArrowLeft") moveTo(currentPair - 1);
  else return;
  event.preventDefault();
}

function saveReview() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([writeReview()], { type: "text/yaml" }));
  link.download = reviewFile;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function copyReview() {
  const field = document.createElement("textarea");
  field.value = writeReview();
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  const button = /** @type {HTMLElement} */ (document.getElementById("copy"));
  button.textContent = copied ? "已复制" : "没能复制，请用下载";
}

const reviewActions = {
  previous: () => moveTo(currentPair - 1),
  next: () => moveTo(currentPair + 1),
  save: saveReview,
  copy: copyReview,
};

for (const [name, action] of Object.entries(reviewActions)) {
  /** @type {HTMLElement} */ (document.getElementById(name)).addEventListener("click", action);
}
for (const [number, pair] of reviewPairs.entries()) {
  pair.addEventListener("input", noteChange);
  pair.addEventListener("focusin", () => {
    if (number === currentPair) return;
    reviewPairs[currentPair].classList.remove("current");
    currentPair = number;
    pair.classList.add("current");
  });
}
document.addEventListener("keydown", onKey);
recallReview();
showProgress();
if (reviewPairs.length) reviewPairs[0].classList.add("current");

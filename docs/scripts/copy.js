"use strict";
// A button in each heading of a case that copies its permanent address, and one per citation.

/** @param {HTMLButtonElement} button */
function showCopied(button) {
  button.dataset.name = "已复制";
  setTimeout(() => {
    button.dataset.name = button.getAttribute("aria-label") || "";
  }, 1500);
}

/** @param {string} text @param {HTMLButtonElement} button */
async function copyText(text, button) {
  try {
    // A folder is no secure context, where the clipboard may be missing.
    await navigator.clipboard.writeText(text);
    showCopied(button);
  } catch {
    copyBySelection(text, button);
  }
}

/** @param {string} text @param {HTMLButtonElement} button */
function copyBySelection(text, button) {
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  document.body.append(field);
  field.select();
  if (document.execCommand("copy")) showCopied(button);
  field.remove();
  button.focus();
}

/** @param {Element} place @param {string} name @param {() => string} text */
function addCopyButton(place, name, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cb-copy";
  button.dataset.name = name; // the style sheet shows it: the heading's text stays as it is
  button.setAttribute("aria-label", name);
  button.addEventListener("click", () => copyText(text(), button));
  place.append(button);
}

for (const heading of document.querySelectorAll(".cb-case .cb-head[id]")) {
  addCopyButton(heading, "复制链接", () => `${location.href.split("#")[0]}#${heading.id}`);
}
for (const citation of document.querySelectorAll(".cb-cite")) {
  const place = citation.querySelector(".cb-cite__name");
  const code = citation.querySelector("code");
  if (place && code) addCopyButton(place, "复制", () => code.textContent || "");
}

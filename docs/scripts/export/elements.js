"use strict";
// Elements of a page, and the line that says what a button has done.

/**
 * An element with attributes and children; texts stay texts.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
function makeNode(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * A button; its name begins with the words that it shows, so that it can be called by voice.
 * @param {string} shown @param {string} rest what a name says beyond that
 * @param {() => unknown} act
 */
function makeButton(shown, rest, act) {
  const button = makeNode("button", { type: "button", class: "cb-tool" }, [shown]);
  if (rest) button.setAttribute("aria-label", shown + rest);
  button.addEventListener("click", act);
  return button;
}

const SAID_FOR = 6000; // milliseconds

// It is there from the beginning: what is said in a new one is not read out.
const saidPlace = makeNode("p", { class: "cb-said", role: "status" });
document.body.append(saidPlace);
let saidTimer = 0;

/** Says something at the lower edge of the page. @param {string} text @param {Node[]} more */
function say(text, ...more) {
  saidPlace.replaceChildren(text, ...more);
  clearTimeout(saidTimer);
  saidTimer = setTimeout(() => saidPlace.replaceChildren(), SAID_FOR);
}

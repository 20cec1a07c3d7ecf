"use strict";
// Fields and buttons of the page 在线整理.

/** @param {string} text @param {() => void} act @param {string} [kind] class */
function makeDeskButton(text, act, kind = "cb-desk__minor") {
  const button = makeElement("button", { type: "button", class: kind }, [text]);
  button.addEventListener("click", act);
  return button;
}

/** @param {string} label @param {HTMLElement} control @param {string} [hint] */
function labelControl(label, control, hint = "") {
  const id = `cb-desk-${control.getAttribute("name")}`;
  control.id = id;
  const notes = hint ? [makeElement("small", { id: `${id}-hint` }, [hint])] : [];
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return makeElement("div", { class: "cb-desk__field" }, [
    makeElement("label", { for: id }, [label]), control, ...notes,
  ]);
}

/**
 * @param {string[][]} choices value and text of each @param {string} chosen
 * @param {Record<string, string>} attributes
 */
function makeChoice(choices, chosen, attributes) {
  const options = choices.map(([value, text]) => makeElement("option", { value }, [text]));
  const select = makeElement("select", attributes, options);
  select.value = chosen;
  return select;
}

/** @param {string} title @param {string} id @param {(Node | string)[]} content */
function makeStep(title, id, content) {
  const heading = makeElement("h2", { id }, [title]);
  return makeElement("section", { "aria-labelledby": id, class: "cb-desk__step" }, [
    heading, ...content,
  ]);
}

/** Moves to what a message is about. @param {HTMLElement | null} element */
function moveToElement(element) {
  if (!element) return;
  const folded = element.closest("details");
  if (folded) folded.open = true;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

"use strict";
// A former address of an item leads to where the item is now; that of a case keeps its anchor.

/** @param {Element | null} place @param {string} selector */
function findMovedAddress(place, selector) {
  const link = place && place.querySelector(selector);
  return link instanceof HTMLAnchorElement ? link.href : "";
}

function followMoved() {
  const hash = window.location.hash;
  const item = findMovedAddress(document.getElementById(hash.slice(1)), "a.cb-moved");
  const whole = findMovedAddress(document.body, "a.cb-moved--whole");
  if (item) window.location.replace(item);
  else if (whole) window.location.replace(whole + hash);
}

window.addEventListener("hashchange", followMoved);
followMoved();

"use strict";
// The list that a reader came from: on the page of a case its neighbors there, and the way back.
// It is kept for this tab only, so that no address of a case says where somebody came from.

const TRAIL_KEY = "casebook-trail";
const LISTED = ".cb-list .cb-list__title a, .cb-answers .cb-answers__title a, "
  + "#cb-search-hits h2 a, #cb-search-hits [data-item] a";

/**
 * A list: its name and address, and the addresses and names of its cases or items in their order.
 * @typedef {{ name: string, href: string, entries: [string, string][] }} Trail
 */

/** @returns {Trail | null} */
function readTrail() {
  try {
    return JSON.parse(sessionStorage.getItem(TRAIL_KEY) || "null");
  } catch {
    return null;
  }
}

/** An address without what only marks words. @param {string} href */
function plainAddress(href) {
  const url = new URL(href, location.href);
  url.search = "";
  return url.href;
}

/** Keeps the list of a link that is followed. @param {Event} event */
function keepTrail(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || !link.matches(LISTED)) return;
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(LISTED)]);
  /** @type {Trail["entries"]} */
  const entries = links.map((each) => [plainAddress(each.href), each.textContent || ""]);
  const name = document.querySelector("h1")?.firstChild?.textContent || document.title;
  try {
    sessionStorage.setItem(TRAIL_KEY, JSON.stringify({ name, href: location.href, entries }));
  } catch {
    // the neighbors are those of the list of all cases then
  }
}

/** @param {string} label @param {string} rel @param {[string, string]} entry */
function makeNeighbor(label, rel, [href, name]) {
  const link = document.createElement("a");
  link.href = href;
  link.rel = rel;
  const small = document.createElement("small");
  small.textContent = label;
  link.append(small, name);
  return link;
}

/** The place of this page in a list, -1 if it is not there. @param {Trail} trail */
function findPlace({ entries }) {
  const here = plainAddress(location.href);
  const exact = entries.findIndex(([href]) => href === here);
  const page = here.split("#")[0];
  return exact < 0 ? entries.findIndex(([href]) => href.split("#")[0] === page) : exact;
}

/** @param {Trail} trail @param {number} place @param {Element} neighbors */
function showNeighbors({ entries }, place, neighbors) {
  for (const old of neighbors.querySelectorAll("[rel]")) old.remove();
  const sides = /** @type {[string, string, number][]} */ ([
    ["列表中上一条", "prev", place - 1], ["列表中下一条", "next", place + 1],
  ]);
  const links = sides.filter(([, , at]) => entries[at])
    .map(([label, rel, at]) => makeNeighbor(label, rel, entries[at]));
  neighbors.prepend(...links);
}

/** @param {Trail} trail @param {Element} crumbs */
function showWayBack({ name, href }, crumbs) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = name;
  const step = document.createElement("li");
  step.append(link);
  while (crumbs.children.length > 1) crumbs.lastElementChild?.remove();
  crumbs.append(step);
}

function showTrail() {
  const neighbors = document.querySelector(".cb-neighbors");
  const crumbs = document.querySelector(".cb-crumbs ol");
  const trail = neighbors || crumbs ? readTrail() : null;
  const place = trail ? findPlace(trail) : -1;
  if (!trail || place < 0) return;
  if (neighbors) showNeighbors(trail, place, neighbors);
  if (crumbs) showWayBack(trail, crumbs);
}

document.addEventListener("click", keepTrail);
document.addEventListener("auxclick", keepTrail);
window.addEventListener("hashchange", showTrail);
showTrail();

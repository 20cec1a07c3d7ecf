"use strict";
// What a person has made of a text so far: the write-ups in it, the blocks of the one that is
// being edited, and the facts about it. Knows no page.

const LONGEST_SPLIT_HEADING = 40; // characters of a paragraph or sentence that becomes a heading
const OWN_SOURCE = "本单位撰写";

/**
 * What is filled in. A source is one of our own, an address, or the name of a paper.
 * @typedef {object} DeskFacts
 * @property {string} title
 * @property {string} kind
 * @property {string} organ
 * @property {string} region
 * @property {string} year
 * @property {string} month
 * @property {string} day
 * @property {string[]} themes
 * @property {"" | "own" | "url" | "name"} sourceKind
 * @property {string} source
 * @property {string} contributor
 * @property {string} aiUse
 * @property {Entry[]} allow what may be published although a rule stops it: rule and reason
 */

/** @returns {DeskFacts} */
function makeEmptyFacts() {
  return {
    title: "", kind: "", organ: "", region: "", year: "", month: "", day: "", themes: [],
    sourceKind: "", source: "", contributor: "", aiUse: "", allow: [],
  };
}

/** A date with the precision that is known. @param {DeskFacts} facts */
function joinDate({ year, month, day }) {
  const parts = [year, month, day].map((part) => part.trim());
  const known = parts.slice(0, parts.includes("") ? parts.indexOf("") : parts.length);
  return known.map((part, at) => (at ? part.padStart(2, "0") : part)).join("-");
}

/** @param {DeskFacts} facts @returns {Entry[]} */
function listSources({ sourceKind, source }) {
  const written = source.trim();
  if (sourceKind === "own") return [{ name: OWN_SOURCE }];
  if (!written || !sourceKind) return [];
  return [sourceKind === "url" ? { url: written } : { name: written }];
}

/** The heading with which a new item opens, and the paragraphs below it. @param {string[]} rest */
function readOpening(rest) {
  const [first, ...others] = rest;
  if (first.length <= LONGEST_SPLIT_HEADING) return { heading: first, text: others };
  const sentence = /^[^。！？]*[。！？]/.exec(first);
  const isHeading = sentence && sentence[0].length <= LONGEST_SPLIT_HEADING && readMarker(first);
  if (!isHeading) return { heading: null, text: rest };
  return { heading: sentence[0], text: [first.slice(sentence[0].length).trim(), ...others] };
}

class DeskDraft {
  constructor() {
    this.text = ""; // as pasted or read
    /** @type {WriteUp[]} */
    this.writeUps = [];
    this.number = 0; // of the write-up that is edited
    /** @type {DeskFacts} */
    this.facts = makeEmptyFacts();
    /** @type {Set<string>} */
    this.touched = new Set(); // facts that a person wrote, which a new text leaves alone
    /** @type {Set<string>} */
    this.takenIds = new Set();
  }

  /** @returns {Block[]} the lead, then sections and items */
  get blocks() {
    return this.writeUps.length ? this.writeUps[this.number].blocks : [];
  }

  /** @param {string} text @param {TextLine[]} lines */
  read(text, lines) {
    this.text = text;
    this.writeUps = text.trim() ? Desk.structure(lines) : [];
    this.choose(0);
  }

  /** Edits another write-up of the text. @param {number} number */
  choose(number) {
    this.number = number;
    const found = this.writeUps[number];
    if (!found) return;
    const [year = "", month = "", day = ""] = found.date.split("-");
    const { title, kind, organ, region } = found;
    const proposed = { title, kind, organ, region, year, month, day };
    for (const [name, value] of Object.entries(proposed)) {
      if (!this.touched.has(name)) Object.assign(this.facts, { [name]: value });
    }
  }

  /** A person wrote a fact. @param {string} name @param {string | string[] | Entry[]} value */
  fill(name, value) {
    this.touched.add(name);
    Object.assign(this.facts, { [name]: value });
  }

  // --- blocks

  /** @param {number} at @param {Partial<Block>} change */
  change(at, change) {
    Object.assign(this.blocks[at], change);
  }

  /** A block becomes text of the one before it, its heading a paragraph. @param {number} at */
  mergeUp(at) {
    const { heading, text } = this.blocks[at];
    const above = this.blocks[at - 1];
    above.text = [above.text, heading, text].filter(Boolean).join("\n");
    this.blocks.splice(at, 1);
  }

  /** A block ends before one of its paragraphs. @param {number} at @param {number} paragraph */
  split(at, paragraph) {
    const block = this.blocks[at];
    const paragraphs = block.text.split("\n");
    const rest = paragraphs.slice(paragraph).filter((line) => line.trim());
    if (!rest.length) return;
    const { heading, text } = readOpening(rest);
    block.text = paragraphs.slice(0, paragraph).join("\n");
    const level = at ? Math.max(block.level, 3) : 2;
    const role = at ? block.role : "";
    this.blocks.splice(at + 1, 0, { level, heading, role, text: text.filter(Boolean).join("\n") });
  }

  // --- the case

  /** Headings and texts, as other texts are compared with them. */
  get plainText() {
    return this.blocks.flatMap(({ level, heading, text }) => [level > 1 ? heading : "", text])
      .filter(Boolean).join("\n");
  }

  /** @returns {DeskCase} */
  makeCase() {
    const { title, kind, organ, region, themes, contributor, aiUse, allow } = this.facts;
    const given = {
      title: title.trim(), kind, organ: organ.trim(), region: region.trim(), themes,
      date: joinDate(this.facts), sources: listSources(this.facts),
      contributor: contributor.trim(), ai_use: aiUse, allow,
    };
    return Desk.makeCase(this.writeUps[this.number], given, (id) => this.takenIds.has(id));
  }

  // --- keeping

  /** What `restore` takes. */
  save() {
    const { text, writeUps, number, facts, touched } = this;
    return JSON.stringify({ text, writeUps, number, facts, touched: [...touched] });
  }

  /** @param {string} saved */
  restore(saved) {
    const { text, writeUps, number, facts, touched } = JSON.parse(saved);
    Object.assign(this, { text, writeUps, number, facts, touched: new Set(touched) });
  }
}

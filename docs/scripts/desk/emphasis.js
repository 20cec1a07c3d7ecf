"use strict";
// Which lines a document's form sets apart from its running text: structure/emphasis.py.

const EMPHASIS = deskTable("structure.emphasis");

/** @param {Paragraph} paragraph */
function formOf({ facts }) {
  return `${facts.size} ${facts.bold} ${facts.centered}`;
}

/**
 * The value with most characters of text.
 * @template T
 * @param {Paragraph[]} paragraphs @param {(paragraph: Paragraph) => T} valueOf
 */
function findUsual(paragraphs, valueOf) {
  /** @type {Map<T, number>} */
  const lengths = new Map();
  for (const each of paragraphs) {
    const value = valueOf(each);
    lengths.set(value, (lengths.get(value) || 0) + each.text.length);
  }
  return bestOf([...lengths.keys()], (value) => lengths.get(value) || 0);
}

/**
 * The indexes of short lines that are larger, bold or centered, as the running text is not.
 * @param {Paragraph[]} paragraphs
 * @returns {Set<number>}
 */
function findEmphasized(paragraphs) {
  const marked = paragraphs.filter((each) => each.facts !== NO_FACTS && !isTableParagraph(each));
  if (!marked.length) return new Set();
  const usualForm = findUsual(marked, formOf);
  const usual = /** @type {Paragraph} */ (marked.find((each) => formOf(each) === usualForm)).facts;
  const found = Array.from(paragraphs.keys()).filter((index) => {
    const { text, facts } = paragraphs[index];
    if (text.length > PARAGRAPHS.HEADING_CHARACTERS || isTableParagraph(paragraphs[index])) {
      return false;
    }
    return (facts.bold && !usual.bold) || (facts.centered && !usual.centered)
      || (usual.size && facts.size >= EMPHASIS.LARGER * usual.size);
  });
  return new Set(found.length <= EMPHASIS.MOST_SET_APART * marked.length ? found : []);
}

/**
 * The level of each line that has a heading style, by its index; none for a lone one.
 * @param {Paragraph[]} paragraphs
 * @returns {Map<number, number>}
 */
function findStyled(paragraphs) {
  /** @type {Map<number, number>} */
  const styled = new Map();
  paragraphs.forEach(({ text, facts }, index) => {
    if (facts.level && text.length <= PARAGRAPHS.HEADING_CHARACTERS) styled.set(index, facts.level);
  });
  return styled.size >= EMPHASIS.FEWEST_STYLED ? styled : new Map();
}

/**
 * First and end of the lines that the form makes the title; null where it says nothing.
 * @param {Paragraph[]} paragraphs @param {number} within
 */
function findTitleLines(paragraphs, within) {
  if (!paragraphs.length) return null;
  const isTop = (/** @type {Paragraph} */ { facts }) => facts.level === 1;
  const first = paragraphs.slice(0, within);
  const styled = Array.from(first.keys()).filter((index) => isTop(first[index]));
  if (styled.length === 1 && !paragraphs.slice(within).some(isTop)) {
    return [styled[0], styled[0] + 1];
  }
  const usual = findUsual(paragraphs, (each) => each.facts.size);
  const sizes = first.map(({ text, facts }) => (EMPHASIS.MASTHEAD.search(text) ? 0 : facts.size));
  const largest = Math.max(...sizes);
  const start = sizes.indexOf(largest);
  let end = start + 1;
  while (end < sizes.length && sizes[end] === largest) end++;
  return usual && largest >= EMPHASIS.LARGER * usual && end - start <= 2 ? [start, end] : null;
}

"use strict";
// Documents of excerpts, and the line that says where each comes from; casebook.export.excerpts
// makes the same.

/** A date as official documents write it: 2023-05-04 is 2023年5月4日. @param {string} date */
function formatDate(date) {
  const parts = date.split("-");
  if (!parts.every((part) => /^\d+$/.test(part))) return date;
  return parts.slice(0, 3).map((part, i) => Number(part) + "年月日"[i]).join("");
}

/** The line below an excerpt: organ, title, date, role, original publication, address.
 * @param {Excerpt} excerpt
 */
function describeOrigin({ id, anchor, title, role, organ, date, published, address }) {
  const dated = date ? `（${formatDate(date)}）` : "";
  return [
    `——${organ ? `${organ}：` : ""}《${title}》${dated}`,
    role,
    published ? `原载 ${published}` : "",
    address || `经验库案例 ${[id, anchor].filter(Boolean).join("#")}`,
  ].filter(Boolean).join("，");
}

/** The line at the end of a whole case. @param {Excerpt} excerpt */
function describeCaseOrigin({ id, published, address }) {
  const here = address || `经验库案例 ${id}`;
  return published ? `来源：${published}；收录于 ${here}` : `来源：${here}`;
}

/** An excerpt with its heading and its source. @param {Excerpt} excerpt @returns {Passage[]} */
function listExcerptPassages(excerpt) {
  const heading = excerpt.heading ? [{ kind: "heading-1", text: excerpt.heading }] : [];
  const source = { kind: "source", text: describeOrigin(excerpt) };
  return [...heading, ...excerpt.passages, source];
}

/** @param {string} title @param {Excerpt[]} excerpts @returns {Passage[]} */
function makeExcerptDocument(title, excerpts) {
  return [{ kind: "title", text: title }, ...excerpts.flatMap(listExcerptPassages)];
}

/**
 * A whole case as a document of its own.
 * @param {Excerpt} whole its headings are those of the case, not moved below its title
 * @param {string} lines its title in lines
 * @returns {Passage[]}
 */
function makeCaseDocument(whole, lines) {
  const signature = [whole.organ, whole.date && formatDate(whole.date)].filter(Boolean);
  return [
    { kind: "title", text: lines },
    ...whole.passages,
    ...signature.map((text) => ({ kind: "signature", text })),
    { kind: "source", text: describeCaseOrigin(whole) },
  ];
}

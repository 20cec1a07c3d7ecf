"use strict";
// Citations: templates of casebook.site.citation, filled with the item, the day and the address.

const BIBTEX_SIGNS = new Map([["{", "("], ["}", ")"], ["\\", "/"], ["%", "\\%"], ["#", "\\#"],
  ["&", "\\&"]]);

/** The reader's day: 2026-11-27. */
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** How a citation names an item: by its heading, or by the first words of its text.
 * @param {Excerpt} excerpt
 */
function nameItem({ anchor, heading, passages }) {
  if (!anchor) return "";
  const first = passages.find((passage) => passage.text);
  const words = heading || `${(first && first.text || "").slice(0, 20)}…`;
  return `：第“${words.replace(/[。：:；;]+$/, "")}”条`;
}

/**
 * A template with what is known; what is not known leaves no gap.
 * @param {string} template @param {Excerpt} excerpt
 */
function fillCitation(template, excerpt) {
  const isBibtex = template.startsWith("@");
  const item = nameItem(excerpt);
  const escaped = item.replace(/[{}\\%#&]/g, (sign) => BIBTEX_SIGNS.get(sign) || "");
  const plain = item.replace(/\{/g, "(").replace(/\}/g, ")");
  const filled = template
    .replace("{item}", () => (isBibtex ? escaped : plain))
    .replace("{accessed}", isBibtex ? today() : `[${today()}]`)
    .replace("{address}", () => excerpt.address);
  if (excerpt.address) return filled;
  const without = filled.replace(/,?\n {2}url = \{\}/, "").replace(/ \.$/, "");
  return isBibtex ? without : without.replace("]. . ", "]. ");
}

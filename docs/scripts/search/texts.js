"use strict";
// The texts of the cases: what is shown of hits, and what hits are compared with.

const COMPARED_AT_ONCE = 10; // hits
const MOST_COMPARED = 100; // hits
const PIECE_FIELDS = 7; // before the first item's
const ITEM_FIELDS = 4;

/**
 * An item of a case, and its texts folded: places in both are the same.
 * @typedef {object} ItemText
 * @property {string} anchor
 * @property {string} role
 * @property {string} heading
 * @property {string} foldedHeading
 * @property {string} text
 * @property {string} foldedText
 */

/**
 * Some neighboring items of a case, by their numbers in the library.
 * @typedef {object} Piece
 * @property {string} id of the case
 * @property {string[]} facts kind, region, organ, date; some are ""
 * @property {{text: string, folded: string}} title
 * @property {Map<number, ItemText>} items
 */

// --- decoding

/**
 * A compressed text in UTF-16; TextDecoder would lose half a surrogate pair.
 * @param {string} words
 */
function readText(words) {
  const bytes = inflate(new BitReader(words));
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    text += String.fromCharCode(bytes[at] | (bytes[at + 1] << 8));
  }
  return text;
}

/**
 * @param {string[]} fields @param {number} first item of the piece
 * @returns {Piece}
 */
function readPiece(fields, first) {
  const [id, kind, region, organ, date, title, written] = fields;
  const forms = readForms(written);
  const items = new Map();
  for (let at = PIECE_FIELDS; at + ITEM_FIELDS <= fields.length; at += ITEM_FIELDS) {
    const [anchor, role, heading, text] = fields.slice(at, at + ITEM_FIELDS);
    const foldedHeading = fold(heading, forms);
    const foldedText = fold(text, forms);
    items.set(first + items.size, { anchor, role, heading, foldedHeading, text, foldedText });
  }
  const facts = [kind, region, organ, date];
  return { id, facts, title: { text: title, folded: fold(title, forms) }, items };
}

/**
 * Whether title, headings or texts of a piece have one of some texts.
 * @param {Piece} piece @param {string[]} texts
 */
function pieceHas({ title, items }, texts) {
  const all = [...items.values()].flatMap((item) => [item.foldedHeading, item.foldedText]);
  return [title.folded, ...all].some((own) => texts.some((text) => own.includes(text)));
}

// --- the texts of a library

class Texts {
  /**
   * @param {IndexFiles} files @param {Meta} meta @param {CaseTable} cases
   * @param {PostingLists} lists
   */
  constructor(files, meta, cases, lists) {
    this.files = files;
    this.cache = new PromiseCache();
    this.pieceSize = meta.piece;
    this.cases = cases;
    this.lists = lists;
  }

  /** The piece that has an item. @param {number} item */
  piece(item) {
    const n = this.cases.caseOf[item];
    const number = Math.floor((item - this.cases.starts[n]) / this.pieceSize);
    return this.cache.get(`${n}-${number}`, async () => {
      const fields = readText(await this.files.words(`t${n}-${number}`)).split("\0");
      return readPiece(fields, this.cases.starts[n] + number * this.pieceSize);
    });
  }

  // --- comparing hits with the texts, where the lists do not say all

  /**
   * The hits that have the words. Hits without them are left out where a word is exact or a run was
   * cut short; otherwise they come last. Hits are compared until COMPARED_AT_ONCE are right; where
   * wrong ones are left out, up to MOST_COMPARED are compared, and the others stay if most of these
   * were right.
   * @param {Ranked} ranked @param {Word[]} words
   */
  async verify({ hits, ratings }, words) {
    const doubted = words.filter((word) => !word.excludes && this.isDoubtful(word));
    if (!doubted.length) return hits;
    const isStrict = doubted.some((word) => word.exact || !this.hasMarks(word));
    const most = isStrict ? MOST_COMPARED : 2 * COMPARED_AT_ONCE;
    /** @type {Hit[]} */
    const right = [];
    /** @type {Hit[]} */
    const wrong = [];
    let at = 0;
    while (at < Math.min(hits.length, most)) {
      if (right.length >= COMPARED_AT_ONCE && !(isStrict && wrong.length)) break;
      const some = hits.slice(at, at + COMPARED_AT_ONCE);
      const has = await Promise.all(some.map((hit) => this.hasAll(hit.n, doubted, ratings)));
      some.forEach((hit, i) => (has[i] ? right : wrong).push(hit));
      at += COMPARED_AT_ONCE;
    }
    const rest = hits.slice(at);
    if (!isStrict) return [...right, ...wrong, ...rest];
    return right.length >= wrong.length ? [...right, ...rest] : right;
  }

  /** Whether a word has marks, which the lists do not know. @param {Word} word */
  hasMarks({ texts: [text] }) {
    return splitRuns(text, this.lists.breaks).join("") !== text;
  }

  /** Whether the lists may find a word where it does not stand. @param {Word} word */
  isDoubtful(word) {
    const runs = splitRuns(word.texts[0], this.lists.breaks);
    return this.hasMarks(word) || runs.some((run) => this.lists.isIncomplete(run));
  }

  /**
   * Whether the items that the lists name for a case have all words.
   * @param {number} n @param {Word[]} words @param {Ratings} ratings
   */
  async hasAll(n, words, { present }) {
    const [start, end] = [this.cases.starts[n], this.cases.starts[n + 1]];
    const pieces = new Set([this.piece(start)]);
    for (let item = start; item < end; item++) if (present[item]) pieces.add(this.piece(item));
    const loaded = await Promise.all(pieces);
    return words.every((word) => loaded.some((piece) => pieceHas(piece, word.texts)));
  }
}

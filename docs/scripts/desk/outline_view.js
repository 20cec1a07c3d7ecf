"use strict";
// The headings of the write-up: which level each has, what its part is about, where it begins.

const DESK_LEVELS = [["2", "章"], ["3", "条"], ["4", "小条"]];
const MOST_TEXT_ROWS = 12;
const CHARACTERS_OF_A_ROW = 40;
const NO_DESK_ROLE = ["", "角色未定"];

class OutlineView {
  /** @param {DeskDraft} draft @param {() => void} noteChange */
  constructor(draft, noteChange) {
    this.draft = draft;
    this.noteChange = noteChange;
    this.list = makeElement("ol", { class: "cb-desk__blocks" });
  }

  /** Shows all blocks again. @param {number} [focused] block that gets the focus */
  show(focused = -1) {
    this.list.replaceChildren(...this.draft.blocks.map((_, at) => this.makeBlock(at)));
    if (focused >= 0) this.moveTo(focused);
  }

  /**
   * Moves to the role of a block, or to a paragraph of its text.
   * @param {number} at @param {number} [paragraph] -1 for none
   */
  moveTo(at, paragraph = -1) {
    const name = paragraph < 0 ? "role" : "text";
    /** @type {HTMLSelectElement | HTMLTextAreaElement | null} */
    const control = this.list.querySelector(`[name="${name}-${at}"]`);
    moveToElement(control);
    if (!(control instanceof HTMLTextAreaElement)) return;
    const lines = control.value.split("\n");
    const start = lines.slice(0, paragraph).reduce((length, line) => length + line.length + 1, 0);
    control.setSelectionRange(start, start + (lines[paragraph] || "").length);
  }

  /** @param {number} at */
  makeBlock(at) {
    const { level, heading, role } = this.draft.blocks[at];
    const roles = [NO_DESK_ROLE, ...Desk.vocabulary.roles.map(({ id, name }) => [id, name])];
    const roleSelect = makeChoice(roles, role, {
      name: `role-${at}`, "aria-label": `角色：${at ? heading || "没有小标题的一条" : "导语"}`,
    });
    const block = makeElement("li", { class: "cb-desk__block", "data-level": String(level) }, [
      makeElement("div", { class: "cb-desk__row" }, [
        ...at ? this.makeHeading(at) : [makeElement("span", { class: "cb-desk__lead" }, ["导语"])],
        roleSelect,
      ]),
      this.makeText(at),
    ]);
    block.dataset.role = role;
    roleSelect.addEventListener("change", () => {
      block.dataset.role = roleSelect.value;
      this.draft.change(at, { role: roleSelect.value });
      this.noteChange();
    });
    return block;
  }

  /** Level and wording of a heading. @param {number} at */
  makeHeading(at) {
    const { level, heading } = this.draft.blocks[at];
    const select = makeChoice(DESK_LEVELS, String(Math.min(level, 4)), {
      name: `level-${at}`, "aria-label": `层级：${heading || "没有小标题的一条"}`,
    });
    select.addEventListener("change", () => {
      this.draft.change(at, { level: Number(select.value) });
      select.closest("li")?.setAttribute("data-level", select.value);
      this.noteChange();
    });
    const input = makeElement("input", {
      type: "text", name: `heading-${at}`, "aria-label": "小标题", placeholder: "没有小标题",
    });
    input.value = heading || "";
    input.addEventListener("input", () => {
      this.draft.change(at, { heading: input.value.trim() || null });
      this.noteChange();
    });
    return [select, input];
  }

  /** The text of a block, folded up: to edit, to divide, to join. @param {number} at */
  makeText(at) {
    const { heading, text } = this.draft.blocks[at];
    const summary = makeElement("summary", {}, [this.describeText(at)]);
    const input = makeElement("textarea", {
      name: `text-${at}`, "aria-label": `正文：${at ? heading || "没有小标题的一条" : "导语"}`,
      rows: String(Math.min(MOST_TEXT_ROWS, 2 + Math.ceil(text.length / CHARACTERS_OF_A_ROW))),
    });
    input.value = text;
    input.addEventListener("input", () => {
      this.draft.change(at, { text: input.value });
      summary.textContent = this.describeText(at);
      this.noteChange();
    });
    const ways = [makeDeskButton("从光标所在段起另成一条", () => this.split(at, input))];
    if (at) ways.push(makeDeskButton(at > 1 ? "并入上一条" : "并入导语", () => this.merge(at)));
    return makeElement("details", {}, [summary, input, makeElement("div", {}, ways)]);
  }

  /** @param {number} at */
  describeText(at) {
    const { text } = this.draft.blocks[at];
    const count = text.split("\n").filter(Boolean).length;
    return count ? `正文 ${count} 段，${text.length} 字` : "没有正文";
  }

  /** A block ends before the paragraph of the cursor. @param {number} at
   * @param {HTMLTextAreaElement} input */
  split(at, input) {
    const paragraph = input.value.slice(0, input.selectionStart).split("\n").length - 1;
    if (!input.value.trim() || (at && !paragraph)) {
      input.focus(); // the block begins here already
      return;
    }
    this.draft.split(at, paragraph);
    this.show(at + 1);
    this.noteChange();
  }

  /** @param {number} at */
  merge(at) {
    this.draft.mergeUp(at);
    this.show(at - 1);
    this.noteChange();
  }
}

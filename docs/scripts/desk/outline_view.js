"use strict";
// The headings of the write-up: which level each has, what its part is about, where it begins.

const DESK_LEVELS = [["2", "章"], ["3", "条"], ["4", "小条"]];
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
    if (focused >= 0) moveToElement(this.control(focused));
  }

  /** What to mend of a block: its role where that is missing. @param {number} at */
  control(at) {
    /** @type {HTMLElement | null} */
    const select = this.list.querySelector(`[name="role-${at}"]`);
    return select;
  }

  /** @param {number} at */
  makeBlock(at) {
    const { level, heading, role, text } = this.draft.blocks[at];
    const roles = [NO_DESK_ROLE, ...Desk.vocabulary.roles.map(({ id, name }) => [id, name])];
    const roleSelect = makeChoice(roles, role, {
      name: `role-${at}`, "aria-label": `角色：${at ? heading || "没有小标题的一条" : "导语"}`,
    });
    const block = makeElement("li", { class: "cb-desk__block", "data-level": String(level) }, [
      makeElement("div", { class: "cb-desk__row" }, [
        ...at ? this.makeHeading(at) : [makeElement("span", { class: "cb-desk__lead" }, ["导语"])],
        roleSelect,
      ]),
      this.makeText(at, text),
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

  /** The paragraphs of a block, folded up. @param {number} at @param {string} text */
  makeText(at, text) {
    const paragraphs = text.split("\n").filter(Boolean);
    const said = paragraphs.length ? `正文 ${paragraphs.length} 段，${text.length} 字` : "没有正文";
    const merge = at ? [makeButton(at > 1 ? "并入上一条" : "并入导语", () => this.merge(at))] : [];
    const parts = paragraphs.map((paragraph, number) => this.makeParagraph(at, paragraph, number));
    return makeElement("details", {}, [makeElement("summary", {}, [said]), ...parts, ...merge]);
  }

  /** @param {number} at @param {string} paragraph @param {number} number */
  makeParagraph(at, paragraph, number) {
    const split = makeButton("从这段起另成一条", () => {
      this.draft.split(at, number);
      this.show(at + 1);
      this.noteChange();
    });
    split.setAttribute("aria-label", `从“${paragraph.slice(0, 12)}”这段起另成一条`);
    const can = number > 0 || at === 0;
    return makeElement("p", {}, [paragraph, ...can ? [" ", split] : []]);
  }

  /** @param {number} at */
  merge(at) {
    this.draft.mergeUp(at);
    this.show(at - 1);
    this.noteChange();
  }
}

"use strict";
// What a case says of itself: title, kind, organ, region, date, source, themes and who brought it.

const SOURCE_KINDS = [["own", "本单位撰写"], ["url", "网址"], ["name", "报刊、书或文件"]];
const AI_USES = ["没有使用", "用来整理格式、校对文字", "用来起草部分内容，已逐条核对",
  "不知道，文章不是我写的"];

class FactsView {
  /** @param {DeskDraft} draft @param {() => void} noteChange */
  constructor(draft, noteChange) {
    this.draft = draft;
    this.noteChange = noteChange;
    this.place = makeElement("div", { class: "cb-desk__facts" });
  }

  show() {
    const kinds = [["", "不清楚"], ...Desk.vocabulary.kinds.map(({ name }) => [name, name])];
    const ai = [["", "请选择"], ...AI_USES.map((use) => [use, use])];
    this.place.replaceChildren(
      this.makeText("title", "标题（必填）", "", "cb-desk__field--wide"),
      this.makeSelect("kind", "文种", kinds),
      this.makeText("organ", "单位", "文章里写明的撰写单位；没写就留空，不要猜。"),
      this.makeRegion(),
      this.makeDate(),
      this.makeSource(),
      this.makeText("contributor", "投稿人", "愿意署名就写，会显示在页面上。"),
      ...DESK_DATA.fields.ai_use ? [this.makeSelect("aiUse", "人工智能", ai)] : [],
      this.makeThemes(),
    );
  }

  /** The control of a field of the case file, where there is one. @param {string} key */
  control(key) {
    const names = new Map([["date", "year"], ["sources", "sourceKind"], ["ai_use", "aiUse"]]);
    const name = names.get(key) || key;
    const named = `[name="${name}"]`;
    /** @type {HTMLElement | null} */
    const chosen = this.place.querySelector(`${named}:checked`);
    return chosen || this.place.querySelector(named);
  }

  /**
   * Writes down what a control says whenever that changes.
   * @template {HTMLInputElement | HTMLSelectElement} T
   * @param {T} control @param {string} event
   */
  listen(control, event) {
    control.addEventListener(event, () => {
      this.draft.fill(control.name, control.value);
      this.noteChange();
    });
    return control;
  }

  /** @param {string} name @param {Record<string, string>} [attributes] */
  makeInput(name, attributes = {}) {
    const input = makeElement("input", { type: "text", name, autocomplete: "off", ...attributes });
    input.value = String(Reflect.get(this.draft.facts, name));
    return this.listen(input, "input");
  }

  /** @param {string} name @param {string} label @param {string} hint @param {string} [kind] */
  makeText(name, label, hint, kind = "") {
    const field = labelControl(label, this.makeInput(name), hint);
    if (kind) field.classList.add(kind);
    return field;
  }

  /** @param {string} name @param {string} label @param {string[][]} choices */
  makeSelect(name, label, choices) {
    const select = makeChoice(choices, String(Reflect.get(this.draft.facts, name)), { name });
    return labelControl(label, this.listen(select, "change"));
  }

  makeRegion() {
    const names = Desk.vocabulary.regions.map(({ name }) => makeElement("option", { value: name }));
    const list = makeElement("datalist", { id: "cb-desk-regions" }, names);
    const input = this.makeInput("region", { list: "cb-desk-regions" });
    const field = labelControl("地区", input, "以省级行政区开头，如 湖南省长沙市；不便写明就写 某县。");
    field.append(list);
    return field;
  }

  makeDate() {
    const parts = [["year", "年", "4"], ["month", "月", "2"], ["day", "日", "2"]];
    const inputs = parts.flatMap(([name, label, size]) => {
      const attributes = { inputmode: "numeric", maxlength: size, size, "aria-label": label };
      return [this.makeInput(name, attributes), label];
    });
    return makeElement("fieldset", { class: "cb-desk__field cb-desk__date" }, [
      makeElement("legend", {}, ["日期"]), makeElement("div", {}, inputs),
      makeElement("small", {}, ["知道多少写多少，月、日可以空着。"]),
    ]);
  }

  makeSource() {
    const written = this.makeInput("source", { "aria-label": "网址或名称" });
    const showWritten = () => {
      const { sourceKind } = this.draft.facts;
      written.hidden = sourceKind !== "url" && sourceKind !== "name";
      written.placeholder = sourceKind === "url" ? "https://…" : "某某日报 2023 年 5 月 4 日";
    };
    const radios = SOURCE_KINDS.map(([value, text]) => {
      const radio = makeElement("input", { type: "radio", name: "sourceKind", value });
      radio.checked = this.draft.facts.sourceKind === value;
      this.listen(radio, "change").addEventListener("change", () => {
        showWritten();
        if (!written.hidden) written.focus();
      });
      return makeElement("label", {}, [radio, text]);
    });
    showWritten();
    return makeElement("fieldset", { class: "cb-desk__field cb-desk__field--wide" }, [
      makeElement("legend", {}, ["来源（必填）"]),
      makeElement("div", { class: "cb-desk__choices" }, radios), written,
    ]);
  }

  makeThemes() {
    const boxes = Desk.vocabulary.themes.map((theme) => {
      const box = makeElement("input", { type: "checkbox", name: "themes", value: theme });
      box.checked = this.draft.facts.themes.includes(theme);
      box.addEventListener("change", () => {
        const others = this.draft.facts.themes.filter((each) => each !== theme);
        this.draft.fill("themes", box.checked ? [...others, theme] : others);
        this.noteChange();
      });
      return makeElement("label", {}, [box, theme]);
    });
    return makeElement("fieldset", { class: "cb-desk__field cb-desk__field--wide" }, [
      makeElement("legend", {}, ["主题（可以不选）"]),
      makeElement("div", { class: "cb-desk__choices" }, boxes),
    ]);
  }
}

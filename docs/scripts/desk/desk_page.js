"use strict";
// The page 在线整理: a text comes in, is looked through, filled up and checked, and goes out as a
// case file. Nothing is sent, and nothing is stored unless somebody asks for it.

const TYPING_PAUSE = 300; // milliseconds without a key before a text is read again
const CHECKING_PAUSE = 150; // milliseconds after a change before it is checked
const COMPARING_PAUSE = 400; // milliseconds after a change of the text before it is compared
const FEWEST_CHARACTERS = 20; // of a text that is read

class DeskPage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.draft = new DeskDraft();
    this.compared = ""; // text that was compared with the library last
    this.timers = new Map();
    const noteChange = () => this.later("check", CHECKING_PAUSE, () => this.check());
    this.outline = new OutlineView(this.draft, noteChange);
    this.facts = new FactsView(this.draft, noteChange);
    this.results = new ResultsView(this.draft, this.outline, this.facts, noteChange);
    this.taking = new TakingView(() => this.write());
    this.keeping = new KeepingView(() => this.draft.save(), (draft) => this.resume(draft));
    this.input = makeElement("textarea", {
      rows: "9", "aria-label": "文章全文", autocomplete: "off", spellcheck: "false",
      placeholder: "把全文粘贴到这里，从标题到落款，不必调整格式",
    });
    this.status = makeElement("p", { role: "status", class: "cb-desk__status" });
    this.parts = makeElement("select", { "aria-label": "整理哪一篇", hidden: "" });
    this.work = this.makeWork();
    place.replaceChildren(makeStep("一、放入文章", "cb_desk_text", [
      this.keeping.offer, this.input, this.makeFileRow(), this.status, this.parts,
    ]), this.work);
    this.listen();
  }

  /** Runs something after a pause, unless it is asked for again.
   * @param {string} name @param {number} pause @param {() => void} run */
  later(name, pause, run) {
    clearTimeout(this.timers.get(name));
    this.timers.set(name, setTimeout(run, pause));
  }

  // --- the page

  /** All that shows once a text is read. */
  makeWork() {
    const note = "角色是程序提议的，不对就改；点开正文可以改字，也可以把一段分成单独的一条。";
    return makeElement("div", { class: "cb-desk__work", hidden: "" }, [
      makeElement("div", { class: "cb-desk__main" }, [
        makeStep("二、核对分段", "cb_desk_outline", [
          makeElement("p", { class: "cb-note" }, [note]), this.outline.list,
        ]),
        makeStep("三、补几项信息", "cb_desk_facts", [this.facts.place]),
      ]),
      makeElement("div", { class: "cb-desk__side" }, [
        makeStep("四、检查", "cb_desk_check", [this.results.summary, this.results.findings]),
        makeStep("五、查重", "cb_desk_alike", [this.results.alike]),
        makeStep("六、取走", "cb_desk_take", [this.taking.place, this.keeping.buttons]),
      ]),
    ]);
  }

  makeFileRow() {
    const file = makeElement("input", {
      type: "file", accept: ".txt,.md,.markdown,.docx", class: "cb-unseen",
    });
    file.addEventListener("change", () => {
      if (file.files && file.files[0]) this.readFile(file.files[0]);
    });
    const choose = makeElement("label", { class: "md-button cb-desk__choose" }, ["选择文件", file]);
    return makeElement("p", { class: "cb-desk__file" }, [
      choose, " 或者把 .txt、.md、.docx 文件拖到这里。",
    ]);
  }

  listen() {
    const read = () => this.readText(this.input.value);
    this.input.addEventListener("input", () => this.later("read", TYPING_PAUSE, read));
    this.parts.addEventListener("change", () => {
      this.draft.choose(Number(this.parts.value));
      this.show([]);
    });
    this.listenForDrops();
  }

  listenForDrops() {
    this.place.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.place.dataset.over = "";
    });
    this.place.addEventListener("dragleave", () => delete this.place.dataset.over);
    this.place.addEventListener("drop", (event) => {
      event.preventDefault();
      delete this.place.dataset.over;
      const [file] = event.dataTransfer ? event.dataTransfer.files : [];
      if (file) this.readFile(file);
    });
  }

  // --- reading

  /** @param {string} text */
  readText(text) {
    if (text === this.draft.text) return;
    const isLong = text.trim().length >= FEWEST_CHARACTERS;
    this.read(isLong ? text : "", isLong ? Desk.readText(text) : [], []);
  }

  /** @param {File} file */
  async readFile(file) {
    this.say("正在读文件……");
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { lines, remarks } = Desk.readFile(file.name, bytes);
      this.input.value = lines.map(({ text }) => text).join("\n");
      this.read(this.input.value, lines, remarks);
    } catch (error) {
      this.sayFault(error);
    }
  }

  /** @param {string} text @param {TextLine[]} lines @param {string[]} remarks of the reader */
  read(text, lines, remarks) {
    try {
      this.draft.read(text, lines);
      this.show(remarks);
    } catch (error) {
      this.sayFault(error);
    }
  }

  /** @param {string} draft that was stored */
  resume(draft) {
    this.draft.restore(draft);
    this.input.value = this.draft.text;
    this.show([]);
  }

  /** @param {unknown} error */
  sayFault(error) {
    if (!(error instanceof DeskError)) console.error(error);
    this.say(error instanceof DeskError ? error.message : "没有读懂这篇文章，请换成纯文本再试。");
    this.work.hidden = true;
  }

  /** @param {string} said */
  say(said) {
    this.status.textContent = said;
  }

  // --- showing

  /** Shows the write-up that is edited. @param {string[]} remarks */
  show(remarks) {
    const { writeUps, number, blocks } = this.draft;
    const found = writeUps[number];
    this.work.hidden = !found;
    this.parts.hidden = writeUps.length < 2;
    this.parts.replaceChildren(...writeUps.map(({ title }, at) =>
      makeElement("option", { value: String(at) }, [`第 ${at + 1} 篇：${title}`])));
    this.parts.value = String(number);
    this.say(found ? this.describe(found, blocks.length - 1, remarks) : "");
    if (!found) return;
    this.outline.show();
    this.facts.show();
    this.check();
  }

  /** @param {WriteUp} found @param {number} headings @param {string[]} remarks */
  describe({ title, notACase }, headings, remarks) {
    const { writeUps } = this.draft;
    const many = writeUps.length > 1 ? `读出 ${writeUps.length} 篇，逐篇整理。现在是` : "读出";
    const other = notACase ? [`看样子是${notACase}，不是经验材料，请确认再交。`] : [];
    return [`${many}“${title}”，分成 ${headings} 条。`, ...other, ...remarks].join("");
  }

  /** The case file as it is now. */
  write() {
    const own = this.draft.makeCase();
    return { name: `${own.id}.md`, text: Desk.writeCase(own) };
  }

  /** Checks the case, and compares it with the library where its text has changed. */
  check() {
    const { name, text } = this.write();
    this.results.showFindings(Desk.checkFile(text, name), text);
    this.taking.show();
    const plain = this.draft.plainText;
    if (plain === this.compared) return;
    this.compared = plain;
    this.later("compare", COMPARING_PAUSE, () => this.compare(plain));
  }

  // --- the library

  openLibrary() {
    return openLibraries.get("alike", () => AlikeCases.open(indexFiles, openIndex));
  }

  /** @param {string} plain */
  async compare(plain) {
    this.results.sayAlike("正在与库里的案例比对……");
    try {
      const library = await this.openLibrary();
      this.draft.takenIds = await library.ids();
      const found = await library.find(plain);
      if (plain !== this.compared) return;
      this.results.showAlike(found, this.draft.facts.title);
      this.taking.show();
    } catch (error) {
      console.error(error);
      this.compared = "";
      this.results.sayAlike("没有读到比对用的文件，这一步请维护者来做。");
    }
  }
}

Object.assign(globalThis, { AlikeCases }); // for tests: the build puts all scripts into a function
const openLibraries = new PromiseCache();
const deskPlace = document.getElementById("cb-desk");
if (deskPlace) new DeskPage(deskPlace);

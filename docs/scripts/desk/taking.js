"use strict";
// The ways out of the page: a file, a form of the forge, the clipboard.

const LONGEST_ADDRESS = 7500; // characters; forges refuse longer ones

/** Where case files are edited in the repository, "" where that is not known. */
const DESK_EDIT_ADDRESS = String(Reflect.get(globalThis, "deskEditAddress") || "");

/** What the form for a new file is called in the addresses of forges that document its values. */
const FORGE_FORMS = new Map([
  ["github.com", "new"], ["gitea.com", "_new"], ["codeberg.org", "_new"],
]);

/**
 * Where a file can be put into the repository: the forge's form for a new one, with the text if the
 * address holds it; the repository itself where the forge documents no such form; "" without one.
 * @param {string} edit address below which case files are edited
 * @param {string} name of the file @param {string} text
 */
function makeForgeAddress(edit, name, text) {
  const found = /^(https:\/\/([^/]+)\/[^/]+\/[^/]+)\/_?edit\/(.*?)\/*$/.exec(edit);
  if (!found) return "";
  const [, repository, host, folder] = found;
  const form = FORGE_FORMS.get(host);
  if (!form) return repository;
  const named = `${repository}/${form}/${folder}?filename=${encodeURIComponent(name)}`;
  const whole = `${named}&value=${encodeURIComponent(text)}`;
  return whole.length <= LONGEST_ADDRESS ? whole : named;
}

/** Saves a text as a file. @param {string} name @param {string} text */
function downloadText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = makeElement("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Whether a text reached the clipboard. @param {string} text @param {HTMLElement} place */
function copyWholeText(text, place) {
  const field = makeElement("textarea", { "aria-hidden": "true", class: "cb-unseen" });
  field.value = text;
  place.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

/** The buttons with which a case leaves the page. */
class TakingView {
  /** @param {() => {name: string, text: string}} write the case file */
  constructor(write) {
    this.write = write;
    this.said = makeElement("p", { role: "status", class: "cb-desk__said" });
    this.preview = makeElement("pre", { class: "cb-desk__preview", tabindex: "0" });
    this.name = makeElement("code");
    this.download = makeDeskButton("下载案例文件", () => this.takeFile(), "md-button md-button--primary");
    this.forge = makeElement("a", { target: "_blank", rel: "noopener", class: "md-button" }, [
      "在仓库里新建文件",
    ]);
    this.forge.addEventListener("click", () => this.noteForge());
    this.copy = makeDeskButton("复制全文", () => this.takeCopy(), "md-button");
    this.place = makeElement("div", { class: "cb-desk__taking" }, [
      makeElement("p", {}, ["文件名 ", this.name, "。提交即表示文章可以公开，你有权提供。"]),
      makeElement("div", { class: "cb-desk__ways" }, [this.download, this.forge, this.copy]),
      this.said,
      makeElement("details", {}, [makeElement("summary", {}, ["看看这个文件"]), this.preview]),
    ]);
  }

  /** Shows the file as it is now. */
  show() {
    const { name, text } = this.write();
    const address = makeForgeAddress(DESK_EDIT_ADDRESS, name, text);
    this.name.textContent = name;
    this.preview.textContent = text;
    this.said.textContent = "";
    this.forge.hidden = !address;
    this.forge.href = address;
  }

  takeFile() {
    const { name, text } = this.write();
    downloadText(name, text);
    this.said.textContent = `已下载 ${name}。交给维护者，或者放进案例库的 cases 文件夹。`;
  }

  takeCopy() {
    const { name, text } = this.write();
    const copied = copyWholeText(text, this.place);
    this.said.textContent = copied
      ? `已复制。可以贴进邮件发给维护者，主题写 ${name}。`
      : "浏览器不允许复制，请打开下面的“看看这个文件”，自己选中复制。";
  }

  /** The page opens by itself; a text that its address has no room for goes by the clipboard. */
  noteForge() {
    if (this.forge.href.includes("&value=")) return;
    const { name, text } = this.write();
    const copied = copyWholeText(text, this.place) ? "全文已复制" : "请先复制全文";
    const paste = this.forge.href.includes("?filename=")
      ? "粘贴到打开的页面里" : `在打开的仓库里进入 cases 文件夹，新建 ${name}，粘贴进去`;
    this.said.textContent = `${copied}，${paste}。`;
  }
}

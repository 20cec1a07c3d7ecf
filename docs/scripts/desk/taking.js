"use strict";
// The ways out of the page: a file, a form of the forge, the clipboard.

const LONGEST_ADDRESS = 7500; // characters; forges refuse longer ones

/** Where case files are edited in the repository, "" where that is not known. */
const DESK_EDIT_ADDRESS = String(Reflect.get(globalThis, "deskEditAddress") || "");

/**
 * The form of the forge for a new file; with the text, if the address holds it. "" where the forge
 * has no such form, or no repository is known.
 * @param {string} edit address below which case files are edited
 * @param {string} name of the file @param {string} text
 */
function makeForgeAddress(edit, name, text) {
  const found = /^(https:\/\/([^/]+)\/[^/]+\/[^/]+)\/edit\/(.*)$/.exec(edit);
  if (!found) return "";
  const [, repository, host, rest] = found;
  const forms = new Map([["github.com", "new"], ["gitea.com", "_new"], ["codeberg.org", "_new"]]);
  const form = forms.get(host);
  if (!form) return "";
  const folder = rest.replace(/\/$/, "");
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
    this.download = makeButton("下载案例文件", () => this.takeFile(), "md-button md-button--primary");
    this.forge = makeElement("a", { target: "_blank", rel: "noopener", class: "md-button" }, [
      "在仓库里新建文件",
    ]);
    this.forge.addEventListener("click", () => this.noteForge());
    this.copy = makeButton("复制全文", () => this.takeCopy(), "md-button");
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

  /** The form opens by itself; a text that its address has no room for goes by the clipboard. */
  noteForge() {
    if (this.forge.href.includes("&value=")) return;
    const copied = copyWholeText(this.write().text, this.place);
    this.said.textContent = copied
      ? "文章太长，网址里放不下：全文已复制，请粘贴到打开的页面里。"
      : "文章太长，网址里放不下：请先复制全文，再粘贴到打开的页面里。";
  }
}

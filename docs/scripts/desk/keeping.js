"use strict";
// A draft that stays in this browser, if somebody asks for it, until somebody removes it.

const DRAFT_KEY = "casebook-desk-draft";

/** What is stored in this browser, or null. @returns {{time: string, draft: string} | null} */
function readStoredDraft() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT_KEY) || "null");
  } catch {
    return null; // a page from a folder may have no storage
  }
}

class KeepingView {
  /** @param {() => string} save the draft @param {(draft: string) => void} resume it */
  constructor(save, resume) {
    this.save = save;
    this.resume = resume;
    const stored = readStoredDraft();
    this.clear = makeDeskButton("清除草稿", () => this.forget());
    this.clear.hidden = !stored;
    this.said = makeElement("span", { role: "status" });
    /** The buttons at the end of the page. */
    this.buttons = makeElement("p", { class: "cb-desk__keeping" }, [
      makeDeskButton("保存草稿", () => this.keep()), this.clear, this.said,
    ]);
    /** What stands above the entry where a draft is stored. */
    this.offer = makeElement("p", { class: "cb-desk__stored", hidden: "" });
    if (stored) this.showOffer(stored);
  }

  /** @param {{time: string, draft: string}} stored */
  showOffer({ time, draft }) {
    const resume = makeDeskButton("接着整理", () => {
      this.offer.hidden = true;
      this.resume(draft);
    });
    const clear = makeDeskButton("清除草稿", () => this.forget());
    this.offer.replaceChildren(`这个浏览器里有 ${time} 保存的草稿。`, resume, clear);
    this.offer.hidden = false;
  }

  keep() {
    const time = new Date().toLocaleString("zh-CN");
    try {
      localStorage.setItem(DRAFT_KEY, JSON.stringify({ time, draft: this.save() }));
      this.said.textContent = "草稿存在这个浏览器里，下次打开本页可以接着整理。";
      this.clear.hidden = false;
    } catch {
      this.said.textContent = "这个浏览器不让存草稿，请下载案例文件。";
    }
  }

  forget() {
    localStorage.removeItem(DRAFT_KEY);
    this.clear.hidden = true;
    this.offer.hidden = true;
    this.said.textContent = "草稿已清除。";
  }
}

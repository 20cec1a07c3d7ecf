"use strict";
// The buttons of a case's page, for the whole case and for each item.

/** The blocks of a case have ids without an underscore, the generator's own have one. */
const OWN_SECTION = ".cb-head[id*=_]";

class CasePage {
  /** @param {HTMLElement} article */
  constructor(article) {
    this.article = article;
    this.facts = article.dataset;
    this.title = cleanText(article.querySelector("h1")?.textContent || "");
  }

  /** The permanent address without what led here; "" where others cannot open it.
   * @param {string} anchor
   */
  address(anchor) {
    const site = document.querySelector("meta[name=casebook-site]")?.getAttribute("content");
    const file = `cases/${this.facts.id}.html`;
    const isShared = /^https?:$/.test(location.protocol);
    const own = isShared ? location.origin + location.pathname : "";
    const page = site ? new URL(file, site.replace(/\/*$/, "/")).href : own;
    return page && anchor ? `${page}#${anchor}` : page;
  }

  /** The elements after a heading, up to the next one that is not below it.
   * @param {Element} heading
   */
  elementsBelow(heading) {
    const found = [];
    let next = heading.nextElementSibling;
    while (next && !this.endsItem(next, heading)) {
      found.push(next);
      next = next.nextElementSibling;
    }
    return found;
  }

  /** @param {Element} element @param {Element} heading */
  endsItem(element, heading) {
    if (element.matches(".cb-neighbors, .cb-print")) return true;
    if (!element.matches(".cb-head")) return false;
    return element.id.includes("_") || element.localName <= heading.localName;
  }

  /** The lead and all blocks. */
  elementsOfText() {
    const first = this.article.querySelector(".cb-lead, .cb-head");
    const found = [];
    for (let next = first; next && !next.matches(OWN_SECTION); next = next.nextElementSibling) {
      found.push(next);
    }
    return found;
  }

  /**
   * An item by its heading, or the whole case.
   * @param {Element | null} heading @returns {Excerpt}
   */
  excerpt(heading) {
    const anchor = heading?.id || "";
    const passages = readPassages(heading ? this.elementsBelow(heading) : this.elementsOfText());
    const level = heading ? Number(heading.localName[1]) : 1;
    const { id = "", organ = "", region = "", date = "", published = "" } = this.facts;
    return {
      id,
      anchor,
      title: this.title,
      heading: heading ? headingText(heading) : this.title,
      role: cleanText(heading?.querySelector(".cb-role")?.textContent || ""),
      organ,
      region,
      date,
      published,
      address: this.address(anchor),
      passages: passages.map((one) => moveHeading(one, 2 - level)),
    };
  }

  // --- what the buttons do

  /** @param {Element | null} heading */
  copyText(heading) {
    const passages = listExcerptPassages(this.excerpt(heading));
    const done = putIntoClipboard(passagesAsText(passages), passagesAsHtml(passages));
    sayCopied(done, heading ? "这一条和出处。" : "全文和出处。");
  }

  /** @param {Element | null} heading */
  copyLink(heading) {
    const shared = this.address(heading?.id || "");
    const local = location.href.split(/[?#]/)[0] + (heading ? `#${heading.id}` : "");
    const done = putIntoClipboard(shared || local);
    sayCopied(done, shared ? "链接。" : "链接。这是本机地址，别人打不开。");
  }

  /** @param {Element | null} heading @param {HTMLElement | null} code */
  copyCitation(heading, code) {
    const template = code?.dataset.template || "";
    const excerpt = this.excerpt(heading);
    const missing = excerpt.address ? "" : "从本机文件夹打开的页面没有网址，引用里没有写。";
    sayCopied(putIntoClipboard(fillCitation(template, excerpt)), `引用格式。${missing}`);
  }

  async saveWord() {
    try {
      await loadScripts(...WRITING);
      const whole = this.excerpt(null);
      const passages = whole.passages.map((one) => moveHeading(one, -1));
      const lines = this.facts.lines || this.title;
      saveWordFile(this.title, makeCaseDocument({ ...whole, passages }, lines));
    } catch {
      say("没有做成 Word 文件，请刷新这一页再试。");
    }
  }

  // --- where they stand

  show() {
    const whole = this.article.querySelector(".cb-tools--case");
    if (whole) {
      if (this.facts.lines) whole.append(makeButton("下载 Word", "", () => this.saveWord()));
      this.fill(whole, null);
      whole.append(makeButton("打印", "这个案例", () => print()));
    }
    for (const heading of this.article.querySelectorAll(".cb-head[id]:not([id*=_])")) {
      const place = heading.nextElementSibling;
      if (place?.matches(".cb-tools")) this.fill(place, heading);
    }
    this.showCitations();
    addEventListener("beforeprint", () => this.showCitations());
    document.addEventListener("copy", (event) => copySelection(event, this.article));
  }

  /** @param {Element} place @param {Element | null} heading */
  fill(place, heading) {
    const about = heading ? headingText(heading) || "这一条" : "整篇";
    const name = about.length > 20 ? `${about.slice(0, 20)}…` : about;
    const code = /** @type {HTMLElement | null} */ (this.article.querySelector(".cb-cite code"));
    const keep = makeKeepButton(
      this.facts.id || "", heading?.id || "", name, () => this.excerpt(heading));
    place.append(
      keep,
      makeButton("复制", `：${name}，连同出处`, () => this.copyText(heading)),
      makeButton("引用", `：${name}，复制引用格式`, () => this.copyCitation(heading, code)),
      makeButton("链接", `：${name}，复制链接`, () => this.copyLink(heading)),
    );
  }

  /** The citations at the foot, and the line for paper, with the address and the day. */
  showCitations() {
    const whole = this.excerpt(null);
    for (const citation of this.article.querySelectorAll(".cb-cite")) {
      const code = /** @type {HTMLElement | null} */ (citation.querySelector("code"));
      if (!code) continue;
      code.textContent = fillCitation(code.dataset.template || "", whole);
      if (citation.querySelector("button")) continue;
      const copy = makeButton("复制", "", () => this.copyCitation(null, code));
      citation.querySelector(".cb-cite__name")?.append(copy);
    }
    const paper = this.article.querySelector(".cb-print") || makeNode("p", { class: "cb-print" });
    paper.textContent = `${describeCaseOrigin(whole)}。打印日期：${formatDate(today())}。`;
    this.article.append(paper);
  }
}

/** @param {Passage} passage @param {number} by levels @returns {Passage} */
function moveHeading(passage, by) {
  if (!passage.kind.startsWith("heading-")) return passage;
  const level = Number(passage.kind.slice("heading-".length)) + by;
  return { ...passage, kind: `heading-${Math.min(5, Math.max(1, level))}` };
}

function startCase() {
  const article = /** @type {HTMLElement | null} */ (document.querySelector(".cb-case"));
  if (!article) return;
  const page = new CasePage(article);
  if (parent !== window) { // a list has asked for one item
    const heading = document.getElementById(location.hash.slice(1));
    parent.postMessage({ casebookExcerpt: page.excerpt(heading) }, "*");
    return;
  }
  page.show();
}

startCase();

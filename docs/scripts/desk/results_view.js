"use strict";
// What the gate says of the case, each sentence linked to its place, and the cases that it repeats.

const OTHER_NUMBERS = "。标题里的数字不同，多半是同一模板的另一篇";
const SEVERITY_NAMES = new Map([["error", "错误"], ["warning", "警告"]]);

/** @typedef {{rule: string, severity: string, line: number, message: string}} DeskFinding */

/**
 * What a line of a case file is about: a field by its key, or a block by its number, and which
 * paragraph of it (-1 for its heading).
 * @param {string} text @param {number} line from 1
 * @returns {{field: string, block: number, paragraph: number}}
 */
function findPlaceOfLine(text, line) {
  const lines = text.split("\n");
  const end = lines.indexOf("---", 1);
  const above = lines.slice(0, line);
  if (line - 1 <= end) {
    const keys = above.map((each) => /^([a-z_]+):/.exec(each)?.[1] || "").filter(Boolean);
    return { field: keys[keys.length - 1] || "title", block: -1, paragraph: -1 };
  }
  let block = 0;
  let paragraph = -1;
  for (const each of above.slice(end + 1)) {
    const isHeading = /^#{2,6}(?: |$)/.test(each);
    block += isHeading ? 1 : 0;
    paragraph = isHeading ? -1 : paragraph + (each ? 1 : 0);
  }
  return { field: "", block, paragraph };
}

/** How a case is alike, in words. @param {AlikeCase} found */
function describeLikeness({ similarity, textInCase, caseInText }) {
  const percent = (/** @type {number} */ share) => `${Math.round(share)} %`;
  const words = [`相似度 ${percent(similarity)}`];
  if (similarity < ALIKE_PERCENT && textInCase >= PART_PERCENT) {
    words.push(`本文的 ${percent(textInCase)} 已在其中`);
  } else if (similarity < ALIKE_PERCENT) {
    words.push(`它的 ${percent(caseInText)} 已在本文里`);
  }
  return words.join("，");
}

/** Whether two titles name other years, numbers or issues. @param {string} a @param {string} b */
function differInNumbers(a, b) {
  const numbers = (/** @type {string} */ title) =>
    (title.normalize("NFKC").match(/[\d〇零一二三四五六七八九十]+/g) || []).join(" ");
  return numbers(a) !== numbers(b);
}

class ResultsView {
  /**
   * @param {DeskDraft} draft @param {OutlineView} outline @param {FactsView} facts
   * @param {() => void} noteChange
   */
  constructor(draft, outline, facts, noteChange) {
    this.draft = draft;
    this.noteChange = noteChange;
    this.outline = outline;
    this.facts = facts;
    this.summary = makeElement("p", { role: "status", class: "cb-desk__verdict" });
    this.findings = makeElement("ul", { class: "cb-desk__findings" });
    this.alike = makeElement("div", { role: "status", class: "cb-desk__alike" });
  }

  /** @param {DeskFinding[]} findings @param {string} text of the case file */
  showFindings(findings, text) {
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const warnings = findings.length - errors;
    this.summary.dataset.verdict = errors ? "error" : "fine";
    this.summary.textContent = errors
      ? `还有 ${errors} 处要改${warnings ? `，另有 ${warnings} 处请看一眼` : ""}。`
      : `检查通过${warnings ? `，有 ${warnings} 处请看一眼` : ""}。`;
    const excuses = this.draft.facts.allow.map((excuse) => this.makeExcuse(excuse));
    const entries = findings.map((finding) => this.makeFinding(finding, text));
    this.findings.replaceChildren(...entries, ...excuses);
  }

  /** @param {DeskFinding} finding @param {string} text */
  makeFinding({ severity, rule, message, line }, text) {
    const { field, block, paragraph } = findPlaceOfLine(text, line);
    const go = makeDeskButton(message, () => {
      if (block >= 0) this.outline.moveTo(block, paragraph);
      else moveToElement(this.facts.control(field));
    }, "cb-desk__finding");
    const label = makeElement("b", {}, [SEVERITY_NAMES.get(severity) || severity]);
    const known = RULES.get(rule);
    const ways = known && known.excusable ? this.offerExcuse(known.excused_with || rule) : [];
    const said = makeElement("div", {}, [go, ...ways]);
    return makeElement("li", { "data-severity": severity, "data-rule": rule }, [label, said]);
  }

  /** A reason for which something may be published all the same. @param {string} rule */
  offerExcuse(rule) {
    const reason = makeElement("input", {
      type: "text", maxlength: "200", "aria-label": "理由", placeholder: "理由，如 对外公布的咨询电话",
      hidden: "",
    });
    const button = makeDeskButton("可以公开，写明理由", () => {
      if (reason.hidden) {
        reason.hidden = false;
        reason.focus();
      } else if (reason.value.trim()) {
        const others = this.draft.facts.allow.filter((excuse) => excuse.rule !== rule);
        this.draft.fill("allow", [...others, { rule, reason: reason.value.trim() }]);
        this.noteChange();
      }
    });
    return [makeElement("div", {}, [reason, button])];
  }

  /** @param {Entry} excuse */
  makeExcuse(excuse) {
    const undo = makeDeskButton("撤回", () => {
      this.draft.fill("allow", this.draft.facts.allow.filter((each) => each !== excuse));
      this.noteChange();
    });
    return makeElement("li", { "data-severity": "excused" }, [
      makeElement("b", {}, ["豁免"]),
      makeElement("div", {}, [`${excuse.rule}：${excuse.reason} `, undo]),
    ]);
  }

  /** @param {string} said instead of cases */
  sayAlike(said) {
    this.alike.textContent = said;
  }

  /** @param {AlikeCase[]} cases @param {string} title */
  showAlike(cases, title) {
    if (!cases.length) {
      this.sayAlike("库里没有几乎相同的案例。");
      return;
    }
    const items = cases.map((found) => {
      const address = `${SITE}cases/${found.id}.html`;
      const link = makeElement("a", { href: address, target: "_blank" }, [found.title]);
      const other = differInNumbers(title, found.title) ? OTHER_NUMBERS : "";
      return makeElement("li", { "data-alike": found.id }, [
        link, makeElement("span", {}, [` ${describeLikeness(found)}${other}`]),
      ]);
    });
    this.alike.replaceChildren(
      makeElement("p", {}, ["库里已有相近的案例。内容一样就不必再交；是修订或另一个版本，请照常提交。"]),
      makeElement("ul", {}, items),
    );
  }
}

"use strict";
// Roles for the blocks of a write-up: first for all sections, then for items: structure/assign.py.

/**
 * @typedef {{level: number, heading: string | null, role: string, text: string}} Block
 * @typedef {{blocks: Block[], reasons: RoleReason[], stated: boolean, role: string}} Section
 */

/**
 * The blocks with their roles; a paragraph that plainly has another role becomes an item.
 * @param {Block[]} blocks
 * @param {string} usual the usual role for the kind of the write-up, or ""
 */
function assignRoles(blocks, usual) {
  const [lead, ...others] = blocks;
  const sections = groupSections(others, usual);
  const scores = sections.map((section) => sumPoints(section.reasons));
  findBestPath(scores, findAlikeSections(sections)).forEach((role, index) => {
    sections[index].role = role;
  });
  return [{ ...lead, role: findLeadRole(lead.text) }, ...sections.flatMap(decideSection)];
}

/** For each section whether its heading is built like the one before. @param {Section[]} all */
function findAlikeSections(all) {
  const shapes = all.map(({ stated, blocks: [head] }) =>
    (stated ? "" : ASSIGN.CLAUSES.replace(head.heading || "", "")));
  return shapes.map((shape, index) => index > 0 && shape !== "" && shape === shapes[index - 1]);
}

/** The role of a lead: the background, unless it is plainly about others. @param {string} text */
function findLeadRole(text) {
  if (!text) return "";
  const plain = findPlainRole(text);
  return plain === "problem" || plain === "lesson" ? plain : "background";
}

/** @param {Block[]} blocks @param {string} usual */
function groupSections(blocks, usual) {
  /** @type {Section[]} */
  const sections = [];
  for (const block of blocks) {
    if (block.level === 2 || !sections.length) {
      sections.push({ blocks: [], reasons: [], stated: false, role: "" });
    }
    sections[sections.length - 1].blocks.push(block);
  }
  sections.forEach((section, index) => {
    const own = findSectionReasons(section, usual);
    section.stated = own.filter(([, why]) => why === EVIDENCE.NAMED_REASON).length === 1;
    section.reasons = [...own, ...findPlaceReasons(index, sections.length)];
  });
  settleRemedies(sections);
  for (const section of sections.slice(findLaterYear(sections))) {
    section.reasons.push(["suggestion", "前文回顾的是更早的年份", EVIDENCE.LATER_YEAR_POINTS]);
    section.stated = true;
  }
  return sections;
}

/** Makes 对策 before 成效 a practice, if no section is named one. @param {Section[]} sections */
function settleRemedies(sections) {
  const named = sections.map(findSectionName);
  if (named.includes("practice")) return;
  sections.slice(0, Math.max(0, named.lastIndexOf("outcome"))).forEach((section, index) => {
    if (named[index] !== "suggestion") return;
    section.reasons = section.reasons.map(([role, why, points]) =>
      (why === EVIDENCE.NAMED_REASON ? ["practice", why, points] : [role, why, points]));
  });
}

/** The only role that the heading of a section names, or "". @param {Section} section */
function findSectionName(section) {
  const named = section.reasons.find(([, why]) => why === EVIDENCE.NAMED_REASON);
  return section.stated && named ? named[0] : "";
}

/** The index of the first section with a later year than one before. @param {Section[]} sections */
function findLaterYear(sections) {
  let earlier = 0;
  const found = sections.findIndex(({ blocks: [head] }) => {
    const year = Number((ASSIGN.YEAR.search(head.heading || "") || [])[1] || 0);
    if (earlier && year > earlier) return true;
    earlier = earlier || year;
    return false;
  });
  return found < 0 ? sections.length : found;
}

/** @param {Section} section @param {string} usual @returns {RoleReason[]} */
function findSectionReasons({ blocks }, usual) {
  const ofHeading = findHeadingReasons(blocks[0].heading || "");
  const whole = blocks.slice(0, 8).map(({ heading, text }) => `${heading || ""}\n${text}`);
  const reasons = ofHeading.filter(([, why]) => !(usual && why === EVIDENCE.ACTION_REASON));
  reasons.push(...findTextReasons(whole.join("\n")));
  if (usual) reasons.push([usual, "文种的通常角色", EVIDENCE.KIND_POINTS]);
  return reasons;
}

/** The blocks of a section with their roles. @param {Section} section @returns {Block[]} */
function decideSection(section) {
  const [head, ...items] = section.blocks;
  if (ASSIGN.APPENDIX.fullmatch(stripHeading(head.heading || ""))) return section.blocks;
  const role = decideRole(section.reasons, section.role);
  const own = { ...head, role };
  if (!section.stated && !items.length) return splitOffItems(own);
  let over = { level: head.level, role: "" };
  const decided = items.map((block) => {
    if (block.level <= over.level) over = { level: head.level, role: "" };
    const reasons = findItemReasons(block, section, over.role || role);
    const scores = sumPoints(reasons);
    const found = decideRole(reasons, bestOf(ROLE_IDS, (id) => scores.get(id) || 0));
    const named = findHeadingRole(block.heading || "");
    if (!over.role && found && named === found) over = { level: block.level, role: found };
    return { ...block, role: found };
  });
  return [own, ...decided];
}

/** @param {Block} block @param {Section} section @param {string} role */
function findItemReasons(block, section, role) {
  const heading = block.heading || "";
  /** @type {RoleReason[]} */
  const reasons = [];
  const named = stripHeading(heading).length <= ROLES.LABEL_CHARACTERS && findHeadingRole(heading);
  if (named) reasons.push([named, EVIDENCE.NAMED_REASON, EVIDENCE.HEAD_POINTS]);
  reasons.push(...findTextReasons(`${heading}\n${block.text}`));
  if (role) {
    const holds = (section.stated && role !== "background") || ASSIGN.KEPT_ROLES.includes(role);
    const points = holds ? ASSIGN.SECTION_POINTS : ASSIGN.LOOSE_SECTION_POINTS;
    reasons.push([role, "所在部分的角色", points]);
  }
  return reasons;
}

/** A role, or "" if it has few points. @param {RoleReason[]} reasons @param {string} role */
function decideRole(reasons, role) {
  return (sumPoints(reasons).get(role) || 0) < ASSIGN.LEAST_POINTS ? "" : role;
}

/** The section; paragraphs after its first one that plainly have another role become items.
 * @param {Block} section */
function splitOffItems(section) {
  const [first, ...others] = section.text.split("\n");
  const parts = [{ block: { ...section }, lines: [first] }];
  for (const paragraph of others) {
    const role = findPlainRole(paragraph);
    const last = parts[parts.length - 1];
    const apart = ASSIGN.SET_APART.includes(role) && role !== section.role;
    if (apart && role !== last.block.role) {
      const block = { level: section.level + 1, heading: null, role, text: "" };
      parts.push({ block, lines: [paragraph] });
    } else {
      last.lines.push(paragraph);
    }
  }
  return parts.map(({ block, lines }) => ({ ...block, text: lines.join("\n") }));
}

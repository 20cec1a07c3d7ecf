"use strict";
// A text as write-ups with titles, sections, items and their roles: structure/__init__.py.

/**
 * @typedef {{title: string, blocks: Block[], kind: string, organ: string, region: string,
 *   date: string, notACase: string}} WriteUp `blocks[0]` is the title with the lead
 */

/** The write-ups of a text, in order; none for an empty one. @param {TextLine[]} lines
 * @returns {WriteUp[]} */
function structureLines(lines) {
  /** @type {Map<string, string>} */
  const known = new Map();
  const roleOf = (/** @type {string} */ line) => {
    let role = known.get(line);
    if (role === undefined) {
      [role] = [...findNamedRoles(line).keys(), ""];
      known.set(line, role);
    }
    return role;
  };
  return splitParts(readParagraphs(lines), roleOf).map((part) => buildWriteUp(part, roleOf));
}

/** @param {Chunk} part @param {RoleOf} roleOf @returns {WriteUp} */
function buildWriteUp(part, roleOf) {
  const { title } = part;
  const lines = part.body.map(({ text }) => text);
  const annex = lines.findIndex(isAnnex);
  const own = annex < 0 ? lines : lines.slice(0, annex); // an annex is signed by others
  const subtitle = lines.length && /^(?:——|--)/.test(lines[0]) ? lines[0] : "";
  const kind = findKind(title + subtitle);
  const notACase = findOtherGenre(title, lines, kind);
  const blocks = buildOutline(part, roleOf);
  const usual = VOCABULARY.kinds.find(({ name }) => name === kind);
  const opening = blocks.flatMap(({ text }) => text.split("\n")).find((line) => line.endsWith("。"));
  const organ = findOrgan(title, subtitle, own, opening || "");
  return {
    title,
    blocks: notACase ? blocks : assignRoles(blocks, usual ? usual.default_role : ""),
    kind,
    organ,
    region: findRegion(title + subtitle, organ, lines.join("\n")),
    date: findDate(own),
    notACase,
  };
}

/** The lead, and the headings with the text under each. @param {Chunk} part @param {RoleOf} roleOf
 * @returns {Block[]} */
function buildOutline(part, roleOf) {
  const headings = findHeadings(part, roleOf);
  const bodies = splitBodies(part.body, headings);
  const levels = findLevels(headings, bodies.slice(1).map((body) => body.length > 0));
  return bodies.map((body, index) => ({
    level: index ? levels[index - 1] : 1,
    heading: index ? headings[index - 1].text : part.title,
    role: "",
    text: body.join("\n"),
  }));
}

/** The paragraphs of the lead, then those under each heading. @param {Paragraph[]} paragraphs
 * @param {Candidate[]} headings */
function splitBodies(paragraphs, headings) {
  const bodies = [paragraphs.slice(0, headings.length ? headings[0].index : undefined)
    .map(({ text }) => text)];
  headings.forEach(({ index, end }, place) => {
    const rest = paragraphs[index].text.slice(end).trim();
    const next = headings[place + 1];
    const below = paragraphs.slice(index + 1, next ? next.index : undefined);
    bodies.push([...rest ? [rest] : [], ...below.map(({ text }) => text)]);
  });
  return bodies;
}

"use strict";
// What a write-up states about itself: kind, date, and whether it is of another genre:
// structure/metadata.py and genre.py.

const METADATA = deskTable("structure.metadata");
const GENRES = deskTable("structure.genre");

/** The kind whose word is last in a title, or "". @param {string} title */
function findKind(title) {
  const whole = METADATA.TITLE_TAIL.replace(title, "");
  const named = findKindWord(whole) || findOpeningKind(title);
  if (named) return named;
  const court = METADATA.CASE_OF_A_COURT.search(whole);
  return court && VOCABULARY.kinds.some(({ name }) => name === METADATA.COURT_KIND)
    ? METADATA.COURT_KIND : "";
}

/** The kind that a title names before its subject, or "". @param {string} title */
function findOpeningKind(title) {
  const border = METADATA.TITLE_BORDER.search(title);
  return border ? findKindWord(title.slice(0, border.index)) : "";
}

/** @param {string} whole */
function findKindWord(whole) {
  let best = { end: -1, length: 0, name: "" };
  for (const kind of VOCABULARY.kinds) {
    for (const word of [kind.name, ...kind.aliases]) {
      if (word.length <= 2 ? !whole.endsWith(word) : !whole.includes(word)) continue;
      const end = whole.lastIndexOf(word) + word.length;
      const later = end - best.end || word.length - best.length;
      if (later > 0 || (!later && kind.name > best.name)) {
        best = { end, length: word.length, name: kind.name };
      }
    }
  }
  return best.name;
}

/** The date of the write-up (2023, 2023-05, 2023-05-04), or "". @param {string[]} lines */
function findDate(lines) {
  const ends = [...lines.slice(0, LINES.FACT_LINES), ...lines.slice(-4)]
    .map((line) => METADATA.SPACED.replace(line, ""));
  for (let index = 0; index < ends.length; index++) {
    const line = ends[index];
    const both = line + (ends[index + 1] || "");
    const found = matchDate(line) || matchMeeting(line) || matchMeeting(both);
    if (!found) continue;
    const { year, month, day } = found.groups;
    const numbers = [month, day].filter(Boolean).map(readFigures);
    if (!numbers.every((number, place) => number <= [12, 31][place])) return "";
    const rest = numbers.map((number) => String(number).padStart(2, "0"));
    return [readFigures(year), ...rest].join("-");
  }
  const subtitle = lines.slice(0, 2).map((line) => METADATA.YEARLY.match(line)).find(Boolean);
  return subtitle ? subtitle.groups.year : "";
}

/** @param {string} line */
function matchDate(line) {
  if (line.length > LINES.SIDE_LINE_CHARACTERS) return null;
  const opening = isDated(line) ? METADATA.OPENING_DATE.match(line) : null;
  return opening || METADATA.HAN_DATE.match(line) || METADATA.LABELLED_DATE.search(line);
}

/** @param {string} line */
function matchMeeting(line) {
  return METADATA.MEETING_DATE.match(line) || METADATA.HAN_MEETING_DATE.match(line);
}

/** A number of a date: 二〇二三 is 2023, 十二 is 12. @param {string} number */
function readFigures(number) {
  return /^\p{Nd}+$/u.test(number) ? Number(number.normalize("NFKC")) : readNumeral(number);
}

/**
 * The genre of a text that is no experience material (通知, 法规 …), or "".
 * @param {string} title @param {string[]} lines @param {string} kind
 */
function findOtherGenre(title, lines, kind) {
  const text = lines.join("\n").slice(0, GENRES.READ_CHARACTERS);
  const phrases = new Set(Array.from(GENRES.EXPERIENCE.all(text), (found) => found[0]));
  let against = GENRES.EXPERIENCE_POINTS * Math.min(GENRES.MOST_EXPERIENCE_POINTS, phrases.size);
  const known = DESK_GENRES;
  const sounds = (kind && kind !== GENRES.PLAN)
    || GENRES.EXPERIENCE_TITLE.search(title.slice(-GENRES.TITLE_END_CHARACTERS));
  if (sounds && !known.some((genre) => genre.sure.search(title))) {
    against += GENRES.EXPERIENCE_TITLE_POINTS;
  }
  const narrates = against || GENRES.NARRATIVE.search(text);
  const likely = GENRES.LIKELY_TITLE_POINTS + (narrates ? 0 : GENRES.NO_NARRATIVE_POINTS);
  const scoreOf = (/** @type {Genre} */ genre) => {
    const said = Math.min(GENRES.MOST_BODY_POINTS, Array.from(genre.said.all(text)).length);
    const ofTitle = genre.sure.search(title) ? GENRES.SURE_TITLE_POINTS
      : genre.likely.search(title) ? likely : 0;
    return ofTitle + GENRES.BODY_POINTS * said;
  };
  const best = bestOf(known, scoreOf);
  return scoreOf(best) - against >= GENRES.OTHER_GENRE_POINTS ? best.name : "";
}

/** @typedef {{name: string, sure: Pattern, likely: Pattern, said: Pattern}} Genre */
/** @type {Genre[]} */
const DESK_GENRES = revive(DESK_DATA.genres);

"""Places of a source that a reader should check: restored by inference, or doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from casebook.model import Certainty, Flag, Step
from casebook.repair import RULES, replay
from casebook.site.html import tag

CONTEXT_CHARACTERS = 40
"""Characters of the source on each side of a place."""

MOST_PLACES = 100
"""Places on a page; NAME.steps.json in cases/sources has all."""

REPAIR_REASONS = {rule.id: rule.reason for rule in RULES}
"""What each rule of repair does, in Chinese."""

_CERTAINTIES: dict[Certainty, str] = {"certain": "确定", "likely": "推断"}


def group_steps(steps: Sequence[Step]) -> list[list[Step]]:
    """Groups of adjacent steps of one rule: each is one place for the reader."""
    groups: list[list[Step]] = []
    for step in steps:
        last = groups[-1][-1] if groups else None
        if last and last.end == step.start and last.rule == step.rule:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def render_restored_list(steps: Sequence[Step], source: str) -> Iterator[str]:
    """The places with a likely step, each with its context; nothing if all steps are certain."""
    found = [place for place in group_steps(steps) if any(s.certainty == "likely" for s in place)]
    if found:
        yield tag("p", "下列文字是推断恢复的，带波浪线的字请以原件为准：")
        yield _render_list(
            [_render_restored_place(place, steps, source) for place in found[:MOST_PLACES]]
        )
        yield _render_rest(len(found))


def render_flag_list(flags: Sequence[Flag], source: str) -> Iterator[str]:
    """Doubtful places that repair did not change; nothing if there are none."""
    if flags:
        yield tag("p", "下列地方有疑问，没有改动：")
        yield _render_list([_render_flag(flag, source) for flag in flags[:MOST_PLACES]])
        yield _render_rest(len(flags))


def _render_list(items: Sequence[str]) -> str:
    return tag("ul", "".join(tag("li", item) for item in items), class_="cb-restored")


def _render_rest(count: int) -> str:
    return tag("p", f"另有 {count - MOST_PLACES} 处未列出。") if count > MOST_PLACES else ""


def _render_restored_place(place: Sequence[Step], steps: Sequence[Step], source: str) -> str:
    """A place with its context: the old text, the new text, the rules and their certainty."""
    start, end = place[0].start, place[-1].end
    before = _repair_slice(source, steps, max(0, start - 2 * CONTEXT_CHARACTERS), start)[
        -CONTEXT_CHARACTERS:
    ]
    after = _repair_slice(source, steps, end, min(len(source), end + 2 * CONTEXT_CHARACTERS))[
        :CONTEXT_CHARACTERS
    ]
    was = tag("del", escape(join_lines(source[start:end])))
    now = tag("ins", "".join(_render_step(step) for step in place))
    sentence = f"…{escape(join_lines(before))}{was}{now}{escape(join_lines(after))}…"
    return sentence + tag("small", escape(_explain_place(place)))


def _explain_place(place: Sequence[Step]) -> str:
    rules = dict.fromkeys(rule for step in place for rule in step.rules or (step.rule,))
    reason = REPAIR_REASONS.get(place[0].rule, "").rstrip("。")
    sure = "、".join(_CERTAINTIES[c] for c in _CERTAINTIES if c in {s.certainty for s in place})
    return f"规则 {'、'.join(rules)}：{reason}（{sure}）"


def _render_step(step: Step) -> str:
    shown = escape(join_lines(step.after))
    return tag("u", shown) if step.certainty == "likely" else shown


def join_lines(value: str) -> str:
    """A text with spaces in place of line feeds."""
    return value.replace("\n", " ")


def _repair_slice(source: str, steps: Sequence[Step], start: int, end: int) -> str:
    """A slice of the source after repair. A step that crosses its border is not applied."""
    inside = [step for step in steps if start <= step.start and step.end <= end]
    shifted = [
        Step(s.rule, s.start - start, s.end - start, s.before, s.after, s.certainty) for s in inside
    ]
    return replay(source[start:end], shifted)


def _render_flag(flag: Flag, source: str) -> str:
    before = join_lines(source[max(0, flag.start - CONTEXT_CHARACTERS) : flag.start])
    after = join_lines(source[flag.end : flag.end + CONTEXT_CHARACTERS])
    place = f"…{escape(before)}{tag('mark', escape(join_lines(flag.text)))}{escape(after)}…"
    return place + tag("small", escape(f"{flag.rule}：{flag.message}"))

"""Addresses that were published and are gone: of a case, and of the items in it.

Readers cite `cases/ID.html#k7f2`; a case is renamed or an anchor dropped without a thought of it.
Only a comparison with an earlier commit can show that.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz

from casebook.checks.checked_file import PlacedProblem
from casebook.checks.file_places import name_path
from casebook.checks.rules import Problem, display_value
from casebook.library import casefile
from casebook.library.casefile import PlacedBlock
from casebook.library.folder import VARIANTS, case_paths
from casebook.library.removed_register import read_removed
from casebook.model import UserError
from casebook.runtime.file_names import is_plain_file

LEAST_RENAMED_SCORE = 60
"""Similarity (0-100, rapidfuzz's ratio) from which a new file is an old one that was renamed."""


@dataclass(frozen=True, slots=True)
class _CaseText:
    """A case file as far as its addresses go."""

    text: str
    variants: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    blocks: tuple[PlacedBlock, ...] = ()

    @classmethod
    def of(cls, text: str) -> _CaseText:
        """What can be read of a file; one that cannot be read has no address but its own."""
        try:
            parts = casefile.split_front_matter(text)
            front = casefile.load_front_matter(parts)
        except UserError:
            return cls(text)
        listed = front.get("variants"), front.get("aliases")
        items, aliases = (value if isinstance(value, list) else [] for value in listed)
        variants = (item.get("id", "") for item in items if isinstance(item, dict))
        blocks = casefile.read_blocks(parts.body, parts.body_line)
        texts = frozenset(map(str, variants)), frozenset(map(str, aliases))
        return cls(parts.body, *texts, tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Changes:
    """The changed case files of a library by id: as they were, and as they are."""

    folder: Path
    reference: str
    before: Mapping[str, _CaseText]
    now: Mapping[str, _CaseText]
    variants: frozenset[str]


def find_lost_addresses(
    folder: Path, changed: Collection[str], before: Mapping[str, str], reference: str
) -> Iterator[PlacedProblem]:
    """A problem for each address of a case or an item that no longer leads anywhere.

    `changed` are the files that differ from the commit `reference`, by their path in the library,
    `before` the texts that they had there.
    """
    cases = [PurePosixPath(name) for name in sorted(changed) if _is_case_name(name)]
    changes = _Changes(
        folder,
        reference,
        {path.stem: _CaseText.of(before[path.name]) for path in cases if path.name in before},
        {path.stem: _CaseText.of(text) for path in cases if (text := _read(folder / path))},
        frozenset(PurePosixPath(name).stem for name in before if name.startswith(f"{VARIANTS}/")),
    )
    published = {*changes.before, *changes.variants}
    published.update(variant for case in changes.before.values() for variant in case.variants)
    published.update(
        alias for case in changes.before.values() for alias in case.aliases if "#" not in alias
    )
    for case_id in sorted(filter(None, published)):
        if not _leads_on(changes, case_id):
            yield _report_case(changes, case_id)
    for case_id, case in changes.before.items():
        if heir := _find_heir(changes, case_id):
            yield from _find_lost_anchors(changes, case_id, heir, case)
            yield from _find_lost_aliases(changes, heir, case)


def _is_case_name(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name == name and path.suffix == ".md" and path.stem != "README"


def _read(path: Path) -> str:
    with suppress(OSError, UserError):
        return casefile.read_text(path) if is_plain_file(path) else ""
    return ""


def _leads_on(changes: _Changes, case_id: str) -> bool:
    """Whether the address of an id is that of a case, of a variant, or of a former name."""
    if is_plain_file(changes.folder / f"{case_id}.md"):
        return True
    if any(case_id in entry.ids for entry in read_removed(changes.folder)[0]):
        return True
    if not is_plain_file(changes.folder / VARIANTS / f"{case_id}.md"):
        return _is_alias(changes, case_id)
    if any(case_id in case.variants for case in changes.now.values()):
        return True
    others = (path for path in case_paths(changes.folder) if path.stem not in changes.now)
    texts = (_read(path) for path in others)
    return any(case_id in text and case_id in _CaseText.of(text).variants for text in texts)


def _is_alias(changes: _Changes, alias: str) -> bool:
    """Whether a case lists a former address, or a variant that had it when it was merged."""
    if any(alias in case.aliases for case in changes.now.values()):
        return True
    paths = [*case_paths(changes.folder), *case_paths(changes.folder / VARIANTS)]
    texts = (_read(path) for path in paths)
    return any(alias in text and alias in _CaseText.of(text).aliases for text in texts)


def _find_heir(changes: _Changes, case_id: str) -> str:
    """The id that a changed case has now, if it is still one; ''."""
    renamed = (new for new, case in changes.now.items() if case_id in case.aliases)
    return case_id if case_id in changes.now else next(renamed, "")


def _report_case(changes: _Changes, case_id: str) -> PlacedProblem:
    old = changes.folder / f"{case_id}.md"
    said = f"{case_id} 已经发布过，它的网址 cases/{case_id}.html 会失效"
    if new := _find_renamed(changes, case_id):
        command = shlex.join(["git", "mv", name_path(new), name_path(old)])
        message = (
            f"{said}：看来改名成了 {new.name}。确要改名，请在那里写上 aliases: [{case_id}]；"
            f"不改名，请改回原名，id 也写回 {case_id}：{command}"
        )
        return PlacedProblem(new, Problem("address-lost", 1, 1, message))
    if is_plain_file(variant := changes.folder / VARIANTS / old.name):
        message = f"{said}：没有案例把它列在 variants 里。请在合并后的案例里补上。"
        return PlacedProblem(variant, Problem("address-lost", 1, 1, message))
    is_variant = case_id not in changes.before
    path = changes.folder / VARIANTS / old.name if is_variant else old
    command = shlex.join(["git", "checkout", changes.reference, "--", name_path(path)])
    message = f"{said}：文件不见了。请恢复；与别的案例重复的，恢复后合并，网址才会转过去：{command}"
    return PlacedProblem(path, Problem("address-lost", 1, 1, message))


def _find_renamed(changes: _Changes, case_id: str) -> Path | None:
    """The new case that says what an old one said."""
    if case_id not in changes.before:
        return None
    old = changes.before[case_id].text
    scores = {
        new: fuzz.ratio(old, case.text, score_cutoff=LEAST_RENAMED_SCORE)
        for new, case in changes.now.items()
        if new not in changes.before
    }
    best = max(scores, key=lambda new: scores[new], default="")
    return changes.folder / f"{best}.md" if best and scores[best] else None


def _find_lost_anchors(
    changes: _Changes, case_id: str, heir: str, old: _CaseText
) -> Iterator[PlacedProblem]:
    """A problem for each anchor that a case had and its heir has not, at the block that took over.

    Anchors of what was taken over from a variant go back with it when the merge is undone.
    """
    now = changes.now[heir].blocks  # none where the file cannot be read, which is said already
    held = {placed.block.anchor for placed in now}
    for placed in old.blocks if now else ():
        block = placed.block
        alone = block.source and is_plain_file(changes.folder / f"{block.source}.md")
        if not block.anchor or block.anchor in held or alone:
            continue
        if any(_is_alias(changes, f"{name}#{block.anchor}") for name in {case_id, heir}):
            continue
        name = display_value(block.heading or block.text)
        said = f"锚点 #{block.anchor}（“{name}”）已经发布过，现在没有了，引用它的网址会失效"
        successor = _find_successor(placed, now)
        remedy = "请恢复这一条，或在接替它的小标题后面写上"
        if successor:
            other = successor.block.anchor
            remedy = f"请把这里的 #{other} 改回" if other else "请在这个小标题后面写回"
        message = f"{said}；{remedy} {{#{block.anchor}}}。"
        place = (successor.line if successor else 1, 1)
        yield PlacedProblem(changes.folder / f"{heir}.md", Problem("address-lost", *place, message))


def _find_lost_aliases(changes: _Changes, heir: str, old: _CaseText) -> Iterator[PlacedProblem]:
    """A problem for each `id#anchor` that a case listed, and that leads nowhere now."""
    for alias in sorted(alias for alias in old.aliases if "#" in alias):
        page, _, anchor = alias.partition("#")
        blocks = _CaseText.of(_read(changes.folder / f"{page}.md")).blocks
        if not (any(b.block.anchor == anchor for b in blocks) or _is_alias(changes, alias)):
            message = f"旧址 {alias} 已经发布过，引用它的网址会失效；请在 aliases 里写回 {alias}。"
            place = changes.folder / f"{heir}.md"
            yield PlacedProblem(place, Problem("address-lost", 1, 1, message))


def _find_successor(old: PlacedBlock, now: Collection[PlacedBlock]) -> PlacedBlock | None:
    """The block that now has the heading of an old one, or its text where it has no heading."""
    for placed in now:
        block = placed.block
        if block.level > 1 and (block.heading or old.block.heading):
            if block.heading == old.block.heading:
                return placed
        elif block.level > 1 and block.text == old.block.text:
            return placed
    return None

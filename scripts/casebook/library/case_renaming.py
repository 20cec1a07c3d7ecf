"""Another id for a case: what each file of a library says afterwards.

The old id stays as an alias, so that its address leads on; links of other cases and decisions go
by the new one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from casebook.library import casefile
from casebook.library.case_edits import rewrite_case
from casebook.library.case_schema import is_id
from casebook.library.case_targets import CaseTarget, retarget_links
from casebook.library.decision_edits import rename_in_decisions
from casebook.library.folder import case_paths, plain_id, read_own_case, variant_paths
from casebook.library.folder_edits import Edits
from casebook.library.removed_register import load_removed
from casebook.model import UserError
from casebook.runtime.file_names import is_device_name


def plan_case_renaming(folder: Path, old: str, new: str) -> Edits:
    """The edits that give the case `old` the id `new`.

    Raises UserError for a case that is not there, and for an id that is taken or none.
    """
    if (owner := find_owners(folder).get(old)) and owner != old:
        raise UserError(f"[case-renamed] {old} {_explain_owner(folder, owner, old)}。")
    case = read_own_case(folder, old)
    refuse_id(folder, new, case.id)
    kept = tuple(alias for alias in case.aliases if alias != new)
    renamed = dataclasses.replace(case, id=new, aliases=(*kept, old))
    text = rewrite_case(casefile.read_raw(folder / f"{old}.md"), case, renamed)
    edits: dict[Path, str | None] = {
        folder / f"{new}.md": text,
        folder / f"{old}.md": None,
    }

    def follow(target: CaseTarget) -> CaseTarget:
        return target._replace(id=new) if target.id == old else target

    return {**edits, **plan_links(folder, edits, follow), **rename_in_decisions(folder, old, new)}


def plan_links(
    folder: Path, edits: Edits, follow: Callable[[CaseTarget], CaseTarget | None]
) -> Edits:
    """The case files, those of `edits` included, whose links to cases become those of `follow`.

    A link for which it gives None becomes its text.
    """
    planned: dict[Path, str] = {}
    for path in {*case_paths(folder), *variant_paths(folder), *_list_case_edits(edits)}:
        text = edits[path] if path in edits else casefile.read_raw(path)
        if text is not None and (changed := retarget_links(text, follow)) != text:
            planned[path] = changed
    return planned


def _list_case_edits(edits: Edits) -> list[Path]:
    return [path for path in edits if path.suffix == ".md"]


def find_owners(folder: Path) -> dict[str, str]:
    """All ids and former ids of a library, with the id of the case that each leads to.

    A variant leads to the case that lists it; an id of a case that was removed to ''.
    """
    owners = {i: "" for entry in load_removed(folder) for i in entry.ids}
    cases = [casefile.read_case(path) for path in case_paths(folder)]
    variants = {path.stem: casefile.read_case(path) for path in variant_paths(folder)}
    for case in cases:
        held = [variants[v.id] for v in case.variants if v.id in variants]
        owners |= {alias.partition("#")[0]: case.id for e in (case, *held) for alias in e.aliases}
        owners |= {variant.id: case.id for variant in case.variants}
    owners |= {name: owners.get(name) or name for name in variants}
    return owners | {path.stem: path.stem for path in case_paths(folder)}


def refuse_id(folder: Path, new: str, own: str = "") -> None:
    """Raise UserError for an id that is none, or that is taken by another case than `own`."""
    if not is_id(new) or is_device_name(new):
        raise UserError(
            f"[id-format] “{new}”不能作 id：只用小写字母、数字和单个连字符，"
            "例如 pojie-liangzhangpi，也不能是 Windows 的设备名。"
        )
    if new == own:
        raise UserError(f"[id-taken] {new} 就是它现在的 id，没有改动。")
    owner = find_owners(folder).get(plain_id(new))
    if owner is not None and owner != own:
        said = _explain_owner(folder, owner, new) if owner else "是已撤下的案例的 id"
        raise UserError(f"[id-taken] {new} {said}，请另取一个 id。")


def _explain_owner(folder: Path, owner: str, name: str) -> str:
    if owner == name:
        return "已经是另一个案例的 id"
    is_variant = any(path.stem == name for path in variant_paths(folder))
    return f"是并入 {owner} 的异文" if is_variant else f"是 {owner} 以前的 id"

"""The vocabulary that contributors edit: roles, kinds, regions and themes, as YAML files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from casebook.content import VOCABULARY
from casebook.model import ROLES, UserError

FILES = ("kinds.yml", "regions.yml", "roles.yml", "sources.yml", "synonyms.yml", "themes.yml")
"""Names of a vocabulary's files."""

OPTIONAL = ("sources.yml", "synonyms.yml")
"""Those that the vocabulary of a package may lack; a library may lack any."""

SHORTEST_SYNONYM = 2
"""Characters of a word that has synonyms; one character stands in too many words."""

PUBLISHABLE = ("word", "pdf")
"""Forms of received documents whose files a library may publish, beside the text read of them.

A web page is never published as one: its scripts would run as the site's own.
"""


PLACE_IN_REGION = r"(?![省市县区州盟旗岛路]|.{1,3}族自治).{1,10}?(?:市|地区|盟|州|县|区|旗|林区)"
"""What follows the short name of a province in a region that may be written out: 湖南|长沙市.

吉林市, 海南州 and 河南蒙古族自治县 are names of their own. Pages match it, too.
"""


@dataclass(frozen=True, slots=True)
class Role:
    """One role: `headings` are head words, `hints` found in a heading, the rest in a text."""

    id: str
    name: str
    description: str
    headings: tuple[str, ...]
    phrases: tuple[re.Pattern[str], ...]
    strong: tuple[re.Pattern[str], ...] = ()
    hints: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of write-up; `default_role` is empty where the kind says nothing about roles.

    `aliases` are other names of it, by which titles name it, too, and cases may call it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    default_role: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that joins problem, cause and practice across cases.

    `keywords` mean it in any field; `subjects` do so in a heading that says what is done about
    them or what they lack; `hints` are everyday words, which only support others; `exceptions` are
    names that contain such a word and mean something else. `aliases` are names it had before.
    """

    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A provincial region; `aliases` are its short and former names."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All vocabulary files of one library; the `…_aliases` have present names by other ones.

    `published_files` are the forms (see PUBLISHABLE) whose files the site offers.
    """

    roles: Mapping[str, Role]
    kinds: Mapping[str, Kind]
    regions: tuple[Region, ...]
    themes: Mapping[str, Theme]
    theme_aliases: Mapping[str, str] = field(default_factory=dict)
    published_files: frozenset[str] = frozenset()
    kind_aliases: Mapping[str, str] = field(default_factory=dict)
    region_aliases: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words of one meaning."""

    def kind_name(self, name: str) -> str:
        """The name in the vocabulary of a kind that has this name or alias, or ''."""
        return name if name in self.kinds else self.kind_aliases.get(name, "")

    def region_name(self, region: str) -> str:
        """A region with the full name of its province (内蒙古赤峰市: 内蒙古自治区赤峰市)."""
        if region.startswith(tuple(each.name for each in self.regions)):
            return region
        fitting = [alias for alias in self.region_aliases if region.startswith(alias)]
        alias = max(fitting, key=len, default="")
        rest = region[len(alias) :]
        if alias and (not rest or re.match(PLACE_IN_REGION, rest)):
            return self.region_aliases[alias] + rest
        return region

    def theme_name(self, name: str) -> str:
        """The present name of a theme that has or had this name, or ''."""
        return name if name in self.themes else self.theme_aliases.get(name, "")


def load(folder: Path = VOCABULARY) -> Vocabulary:
    """Read the vocabulary in `folder`. Raises UserError that names file and mistake.

    A table that is missing there, or has comments alone, is the one of the package. All is read
    again when one of its files has changed, as `mkdocs serve` needs it.
    """
    return _load(folder, _stamps(folder))


def files_of(folder: Path) -> list[Path]:
    """The files of a vocabulary that are there, sorted; a symbolic link is none."""
    found = (folder / name for name in FILES)
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    states = ((path, path.stat()) for path in files_of(folder))
    return tuple((path.name, state.st_mtime_ns, state.st_size) for path, state in states)


@lru_cache(maxsize=8)
def _load(folder: Path, _changed: tuple[tuple[str, int, int], ...]) -> Vocabulary:
    roles = {role.id: role for role in _roles(folder / "roles.yml")}
    if tuple(roles) != ROLES:
        expected = "、".join(ROLES)
        raise UserError(f"{folder / 'roles.yml'}：角色的 id 和顺序应为 {expected}。")
    kinds = [_kind(item, folder / "kinds.yml") for item in _entries(folder / "kinds.yml")]
    themes = [_theme(item, folder / "themes.yml") for item in _entries(folder / "themes.yml")]
    regions = [_region(item, folder / "regions.yml") for item in _entries(folder / "regions.yml")]
    return Vocabulary(
        roles,
        {kind.name: kind for kind in kinds},
        tuple(regions),
        {theme.name: theme for theme in themes},
        _index_aliases(themes, folder / "themes.yml", "主题", "旧名"),
        frozenset(_list_published_files(folder / "sources.yml")),
        _index_aliases(kinds, folder / "kinds.yml", "文种"),
        _index_aliases(regions, folder / "regions.yml", "地区"),
        _read_synonyms(folder / "synonyms.yml"),
    )


def _read_synonyms(path: Path) -> tuple[tuple[str, ...], ...]:
    """The groups of synonyms."""
    groups: list[tuple[str, ...]] = []
    owners: dict[str, int] = {}
    for number, item in enumerate(_entries(path), 1):
        if fault := _find_synonym_fault(item):
            raise UserError(f"{path}：第 {number} 组{fault}")
        for word in item["words"]:
            if word in owners:
                raise UserError(
                    f"{path}：“{word}”在第 {owners[word]} 组和第 {number} 组都有；"
                    "一个词只能在一组里，意思不止一个的词不收。"
                )
            owners[word] = number
        groups.append(tuple(item["words"]))
    return tuple(groups)


def _find_synonym_fault(item: Mapping[str, Any]) -> str:
    """What is wrong with a group, as the end of a sentence; '' for nothing."""
    words, texts = item.get("words"), item.get("texts", [])
    if not isinstance(words, list) or len(words) < 2 or not all(isinstance(w, str) for w in words):
        return "应有 words：至少两个词的列表。"
    if short := [word for word in words if len(word.strip()) < SHORTEST_SYNONYM]:
        return f"里的“{short[0]}”太短，至少 {SHORTEST_SYNONYM} 个字。"
    if not item.get("source") and not (isinstance(texts, list) and len(texts) >= 2):
        return f"（{words[0]}）缺依据：写 source（出处），或者 texts（两句话）。"
    if unknown := set(item) - {"words", "field", "source", "texts"}:
        return f"（{words[0]}）里有不认识的键 {min(unknown)}。"
    return ""


def _list_published_files(path: Path) -> Iterator[str]:
    """The forms whose files are published."""
    for item in _entries(path):
        if item.get("form") not in PUBLISHABLE or item.get("publish") not in ("text", "file"):
            forms = "、".join(PUBLISHABLE)
            raise UserError(f"{path}：每项应写 form（{forms}）和 publish（text 或 file）。")
        if item["publish"] == "file":
            yield item["form"]


def _roles(path: Path) -> Iterator[Role]:
    for item in _entries(path):
        try:
            patterns = (_patterns(item.get(key, ())) for key in ("phrases", "strong", "hints"))
            headings = tuple(item["headings"])
            yield Role(item["id"], item["name"], item["description"], headings, *patterns)
        except (re.error, KeyError) as error:
            raise UserError(f"{path}：角色 {item.get('id', '?')} 写得不对：{error}。") from error


def _index_aliases(
    entries: Sequence[Kind] | Sequence[Region] | Sequence[Theme],
    path: Path,
    what: str,
    word: str = "别名",
) -> dict[str, str]:
    """The name of each alias. Raises UserError where two entries claim a name.

    An alias is never the name of an entry, so that aliases can lead neither on nor in a circle.
    """
    names = Counter(entry.name for entry in entries)
    if twice := next((name for name, count in names.items() if count > 1), ""):
        raise UserError(f"{path}：{what} {twice} 写了两次，请删去一项。")
    owners: dict[str, str] = {}
    for entry in entries:
        for alias in entry.aliases:
            owner = alias if alias in names else owners.get(alias, entry.name)
            if owner != entry.name:
                raise UserError(
                    f"{path}：{entry.name} 的{word} {alias} 已经是另一个{what}的名称；"
                    "一个名称只能属于一项，请删去其中一处。"
                )
            owners[alias] = entry.name
    return {alias: owner for alias, owner in owners.items() if alias != owner}


def _kind(item: Mapping[str, Any], path: Path) -> Kind:
    role = item.get("default_role", "")
    if role not in ("", *ROLES):
        raise UserError(f"{path}：default_role 应是角色的 id（{'、'.join(ROLES)}）之一。")
    return Kind(*_name_and_aliases(item, path, "文种", ("default_role",)), role)


def _region(item: Mapping[str, Any], path: Path) -> Region:
    return Region(*_name_and_aliases(item, path, "地区", ()))


def _name_and_aliases(
    item: Mapping[str, Any], path: Path, what: str, others: Sequence[str]
) -> tuple[str, tuple[str, ...]]:
    name, aliases = item.get("name"), item.get("aliases", [])
    listed = aliases if isinstance(aliases, list) else [None]
    if not all(isinstance(word, str) and word for word in (name, *listed)):
        raise UserError(f"{path}：{what} {name or '?'} 应有 name，aliases 应是名称的列表。")
    if unknown := set(map(str, item)) - {"name", "aliases", *others}:
        raise UserError(f"{path}：{what} {name} 里有不认识的键 {min(unknown)}。")
    return str(name), tuple(aliases)


_THEME_LISTS = ("keywords", "subjects", "hints", "exceptions", "aliases")


def _theme(item: Mapping[str, Any], path: Path) -> Theme:
    lists = {key: item.get(key, []) for key in _THEME_LISTS}
    words = [word for each in lists.values() if isinstance(each, list) for word in each]
    well_made = all(isinstance(word, str) and word for word in (*words, item.get("name")))
    if not well_made or not all(isinstance(each, list) for each in lists.values()):
        raise UserError(f"{path}：主题 {item.get('name', '?')} 应有 name，关键词应是词的列表。")
    if unknown := set(item) - {"name", "description", *lists}:
        raise UserError(f"{path}：主题 {item['name']} 里有不认识的键 {min(unknown)}。")
    description = str(item.get("description", ""))
    return Theme(item["name"], description, *(tuple(each) for each in lists.values()))


def _patterns(expressions: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression, re.M) for expression in expressions)


def _entries(path: Path) -> list[dict[str, Any]]:
    """The entries of a table: the library's own, or the one that comes with the package."""
    entries = _read_table(path) if path.exists() else None
    if entries is None and path.parent != VOCABULARY:
        return _entries(VOCABULARY / path.name)
    if entries is None and path.name in OPTIONAL:
        return []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UserError(f"词表文件 {path} 应是一张列表，每项以“- ”开头。")
    return entries


def _read_table(path: Path) -> Any:
    try:
        # The loader in C, since every command reads these tables.
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise UserError(f"{path}：词表应保存为 UTF-8 编码，请用编辑器另存为 UTF-8。") from error
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise UserError(
            f"{place}：这一行或它上面不是合法的 YAML；每项以“- ”开头，冒号是半角并跟一个空格，"
            "值里有冒号、引号或括号时请用英文双引号括起来。"
        ) from error

"""Texts that share boilerplate only are not merged."""

from __future__ import annotations

import pytest
import yaml
from labeled_pairs import FOLDER

from casebook.dedupe import MERGING
from casebook.dedupe.boilerplate import BOILERPLATE_TEXTS, find_common_paragraphs
from casebook.dedupe.cluster import find_duplicates
from casebook.dedupe.relations import ComparedText, relate

DATA = yaml.safe_load((FOLDER / "notices.yml").read_text(encoding="utf-8"))
STANDARD: str = DATA["standard"].strip()
SUBJECTS: dict[str, str] = {title: text.strip() for title, text in DATA["subjects"].items()}


def _notices(title: str = "") -> list[ComparedText]:
    """Each under its own title, or all under one."""
    return [
        ComparedText(str(n), title or own_title, f"{own}\n{STANDARD}")
        for n, (own_title, own) in enumerate(SUBJECTS.items())
    ]


@pytest.mark.parametrize("title", ["", "工作通知"])
def test_notices_with_one_standard_part_do_not_merge(title: str) -> None:
    """Four fifths are the same in all, and a person reads six different notices."""
    notices = _notices(title)
    alone = relate(notices[0], notices[3])
    assert alone is not None
    assert alone.similarity > 70
    report = find_duplicates(notices)
    assert report.pairs
    assert {pair.relation for pair in report.pairs} <= {"shares", "series"}
    assert report.clusters == ()


def test_a_repost_among_them_is_found() -> None:
    """Another title, its head cut or a few words changed: what is its own is alike."""
    notices = _notices()
    own = notices[1].text
    reposts = [
        ComparedText("title", "校园周边环境专项治理", own),
        ComparedText(
            "words", "", own.replace("占道经营", "占道摆卖").replace("集中治理", "联合治理")
        ),
        ComparedText("head", "", own.split("\n", 1)[1]),
    ]
    pairs = find_duplicates([*notices, *reposts]).pairs
    found = {frozenset((p.a, p.b)) for p in pairs if p.relation in MERGING}
    assert {frozenset(("1", repost.id)) for repost in reposts} <= found
    assert not any(frozenset((a.id, b.id)) in found for a in notices for b in notices if a != b)


def test_copies_of_one_text_are_no_boilerplate() -> None:
    """However many they are; a paragraph with other figures is the same paragraph."""
    copies = [ComparedText(str(n), "", STANDARD) for n in range(2 * BOILERPLATE_TEXTS)]
    assert not any(find_common_paragraphs([d.text for d in copies]))
    assert [len(c.members) for c in find_duplicates(copies).clusters] == [2 * BOILERPLATE_TEXTS - 1]
    days = [
        f"{STANDARD.replace('25日', f'{n}日')}\n另有{'甲乙丙丁戊'[n] * 9}。"
        for n in range(BOILERPLATE_TEXTS)
    ]
    assert [len(keys) for keys in find_common_paragraphs(days)] == [4] * BOILERPLATE_TEXTS
    assert not any(find_common_paragraphs(days[1:]))


def test_a_large_family_with_small_changes_stays_whole() -> None:
    """Each copy has one reworded paragraph; all others are in every copy."""
    text = "\n".join([*SUBJECTS.values(), STANDARD])
    paragraphs = text.split("\n")
    copies = []
    for n in range(12):
        changed = list(paragraphs)
        changed[n] = changed[n].replace("的", "之").replace("，", "并且", 1)
        copies.append(ComparedText(str(n), "", "\n".join(changed)))
    assert [len(c.members) for c in find_duplicates(copies).clusters] == [11]

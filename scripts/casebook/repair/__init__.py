"""Repair: damaged text to the text its author wrote, every change explained and reversible.

A false repair is worse than a missed one: what is not certain is marked `likely`, what is not
even likely is flagged for a person, and nothing is ever dropped outside a step.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from casebook.model import Flag, Line, Step
from casebook.repair.bytes import mixed_bytes, mojibake, shifted_bytes, torn_readings, utf8_as_gbk
from casebook.repair.characters import injected_pinyin, masked, missing_text, script, swapped
from casebook.repair.draft_text import DraftText, RuleResult
from casebook.repair.edits import Draft, replay, undo
from casebook.repair.marks import lost_marks, typography
from casebook.repair.page import layout, line_breaks, page_lines
from casebook.repair.source_lines import SourceLines

__all__ = ["RULES", "RepairRule", "Repaired", "repair", "replay", "undo"]


@dataclass(frozen=True, slots=True)
class RepairRule:
    """A named repair: `find` says what to change, `reason` (Chinese) why, `example` shows it."""

    id: str
    reason: str
    example: tuple[str, str]
    find: Callable[[DraftText], RuleResult]


RULES = (
    RepairRule(
        "line-endings",
        "换行符统一为一种。",
        ("第一行\r\n第二行", "第一行\n第二行"),
        layout.line_endings,
    ),
    RepairRule(
        "mixed-mojibake",
        "GBK 文本一半被当作 UTF-8、一半被当作西文读取，按原编码重读。",
        ("¸÷λ»úÆ÷ÈË´´ÒµÕßÃÇ", "各位机器人创业者们"),
        mixed_bytes.read_mixed,
    ),
    RepairRule(
        "western-mojibake",
        "GBK 或 UTF-8 文本被当作西文读取，按原编码重读。",
        ("µ³½¨ÒýÁì", "党建引领"),
        mojibake.read_as_western,
    ),
    RepairRule(
        "utf8-as-gbk",
        "UTF-8 文本被当作 GBK 读取，按原编码重读；字节不全的只作标记。",
        ("鍏氬缓", "党建"),
        utf8_as_gbk.utf8_read_as_gbk,
    ),
    RepairRule(
        "invisible-characters",
        "零宽字符、方向控制符等看不见的字符会妨碍查找和比对。",
        ("党\u200b建", "党建"),
        layout.invisible_characters,
    ),
    RepairRule(
        "odd-spaces",
        "网页里的不间断空格统一为普通空格。",
        ("第一条\u00a0总则", "第一条 总则"),
        layout.odd_spaces,
    ),
    RepairRule(
        "lost-spaces",
        "不间断空格转码后成了问号；标签、分栏和行首不会有疑问句，还原为空格。",
        ("[摘? 要]新时代以来", "[摘 要]新时代以来"),
        layout.lost_spaces,
    ),
    RepairRule(
        "spaced-characters",
        "整句每个字后面都有空格，是排版或转换留下的，删去。",
        ("全 区 信 访 工 作 会 议 召 开 。", "全区信访工作会议召开。"),
        layout.spaced_characters,
    ),
    RepairRule(
        "html-entities",
        "网页的字符实体还原为它代表的字符。",
        ("&ldquo;两张皮&rdquo;问题", "“两张皮”问题"),
        layout.html_entities,
    ),
    RepairRule(
        "html-tags",
        "网页的段落和字体标记不是正文，换行标记改为换行。",
        ("压实责任。<br/>二、工作目标", "压实责任。\n二、工作目标"),
        page_lines.html_tags,
    ),
    RepairRule(
        "private-characters",
        "符号字体的私用字符在行首只是项目符号；其他地方的只作标记。",
        ("\uf0b7落实责任。", "落实责任。"),
        layout.private_characters,
    ),
    RepairRule(
        "lost-characters",
        "转码时已经丢失的文字无法恢复，只作标记。",
        ("工作锟斤拷", "工作锟斤拷"),
        layout.lost_characters,
    ),
    RepairRule(
        "missing-text",
        "引号里没有字、固定用语缺一字、成串的问号和方框说明原文缺失，只作标记。",
        ("严格落实“”制度", "严格落实“”制度"),
        missing_text.missing_text,
    ),
    RepairRule(
        "compatibility-characters",
        "PDF 里的部首和兼容字形还原为通用汉字。",
        ("⼈⼯智能", "人工智能"),
        page_lines.compatibility_characters,
    ),
    RepairRule(
        "contents-lines",
        "带点线和页码的目录不是正文。",
        ("目录\n一、基本情况…………1\n正文从这里开始", "正文从这里开始"),
        page_lines.contents_lines,
    ),
    RepairRule(
        "running-heads",
        "每页重复的页眉不是正文，只留第一处。",
        (
            "某县年度总结\n落实责任。\n— 1 —\n某县年度总结\n加强督查。",
            "某县年度总结\n落实责任。\n— 1 —\n加强督查。",
        ),
        page_lines.running_heads,
    ),
    RepairRule(
        "page-lines",
        "单独成行的页码不是正文。",
        ("落实责任。\n— 3 —\n加强督查。", "落实责任。\n加强督查。"),
        page_lines.page_lines,
    ),
    RepairRule(
        "site-lines",
        "单独成行的下载、收藏、计数、广告和网址是网站的，不是正文。",
        ("落实责任。\n【关闭窗口】\n加强督查。", "落实责任。\n加强督查。"),
        page_lines.site_lines,
    ),
    RepairRule(
        "page-fields",
        "网页的来源、作者、点击数一行不是正文。",
        ("来源：本站　作者：admin　点击数：1024\n落实责任。", "落实责任。"),
        page_lines.source_fields,
    ),
    RepairRule(
        "jamming-text",
        "论坛藏在行间防复制的乱码字符不是正文。",
        ("从以下方面整理。\n+ C+ M8 T8 I& h; g* B\n（一）标题", "从以下方面整理。\n\n（一）标题"),
        page_lines.jamming_text,
    ),
    RepairRule(
        "cut-off-notices",
        "“未完待续”“剩余……字”说明后文缺失，只作标记。",
        ("……未完待续", "……未完待续"),
        page_lines.cut_off_notices,
    ),
    RepairRule(
        "hard-line-breaks",
        "按页宽折断的行接回一段。",
        (
            "护理部转变服务观念，改善就医体验，调整排\n班模式，增加晚间护理人员，保证患者得到照护。",
            "护理部转变服务观念，改善就医体验，调整排班模式，增加晚间护理人员，保证患者得到照护。",
        ),
        line_breaks.joined_lines,
    ),
    RepairRule(
        "gbk-byte-shift",
        "GBK 文本丢失一个字节后错位成乱码，按剩余字节推回原文；字节不全的字标为“可能”。",
        ("要“融在日常”的關心里，是“抓在日?!钡年P鍵", "要“融在日常”的關心里，是“抓在日常”的關鍵"),
        shifted_bytes.shifted_runs,
    ),
    RepairRule(
        "torn-readings",
        "注音按字节插进了一个字的中间：由读音推回丢失的字节，拼回这个字。",
        ("以人為旨?xì)w(guī)進行", "以人為旨歸(guī)進行"),
        torn_readings.torn_readings,
    ),
    RepairRule(
        "injected-pinyin",
        "网站在汉字后面插入的注音不是原文。",
        ("機關(guān)黨建", "機關黨建"),
        injected_pinyin.injected_readings,
    ),
    RepairRule(
        "spelled-character",
        "用拼音代替的汉字，只在固定用语里还原。",
        ("dang建工作", "党建工作"),
        masked.spelled_characters,
    ),
    RepairRule(
        "masked-character",
        "用字母、星号遮住的字，只在固定用语里还原；单独的 X 是占位，不动。",
        ("以X建促业务，同党中***央保持一致", "以党建促业务，同党中央保持一致"),
        masked.masked_characters,
    ),
    RepairRule(
        "traditional-script",
        "繁体段落转为简体，只换字形，不换用词。",
        ("黨員學習", "党员学习"),
        script.to_simplified,
    ),
    RepairRule(
        "swapped-characters",
        "大写数字和形近字顶替了原字，只在能组成词语时还原。",
        ("近曰，统壹思想", "近日，统一思想"),
        swapped.swapped_characters,
    ),
    RepairRule(
        "lost-marks",
        "书名号和外国人名的间隔号转码后成了问号，按文件名和人名还原；别的标点前的问号只作标记。",
        ("印发?关于加强管理的意见?，要求", "印发《关于加强管理的意见》，要求"),
        lost_marks.lost_marks,
    ),
    RepairRule(
        "doubled-marks",
        "标点前多出的逗号是网站插入的，删去。",
        ("签订协议,。随后,，双方开展交流", "签订协议。随后，双方开展交流"),
        typography.doubled_marks,
    ),
    RepairRule(
        "full-width-marks",
        "汉字之间的标点用全角（GB/T 15834）。",
        ("提高认识,统一思想", "提高认识，统一思想"),
        typography.full_width_marks,
    ),
    RepairRule(
        "full-stops",
        "汉字句子的句号用“。”（GB/T 15834）。",
        ("推动工作落实.", "推动工作落实。"),
        typography.full_stops,
    ),
    RepairRule(
        "ellipses",
        "省略号占两格，写作“……”（GB/T 15834）。",
        ("等等...", "等等……"),
        typography.ellipses,
    ),
    RepairRule(
        "curly-quotes",
        "包着汉字的直引号成对改为“”（GB/T 15834）。",
        ('破解"两张皮"问题', "破解“两张皮”问题"),
        typography.curly_quotes,
    ),
    RepairRule(
        "title-marks",
        "书名号写作《》（GB/T 15834）。",
        ("依照<<民法典>>的规定", "依照《民法典》的规定"),
        typography.title_marks,
    ),
    RepairRule(
        "double-dashes",
        "破折号占两格，写作“——”（GB/T 15834）。",
        ("“人人争当先锋—个个勇创一流”", "“人人争当先锋——个个勇创一流”"),
        typography.double_dashes,
    ),
    RepairRule(
        "repeated-title",
        "标题连着出现两遍，删去一遍。",
        ("第二篇：基层治理经验材料\n基层治理经验材料\n正文", "第二篇：基层治理经验材料\n正文"),
        layout.repeated_titles,
    ),
)
"""All rules in the order in which they run; why this order: bytes before script before marks."""


PASSES = 8
"""How often the rules run at most: a repair may uncover what an earlier rule can mend."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text, the steps that lead to it, and what a person should look at.

    `lines` are those of the text, with the facts of the lines that they come from.
    """

    text: str
    steps: tuple[Step, ...]
    flags: tuple[Flag, ...]
    lines: tuple[Line, ...]


def repair(
    lines: Sequence[Line], only: Collection[str] | None = None, skip: Collection[str] = ()
) -> Repaired:
    """Repair the lines of a document.

    `only` and `skip` name rules of RULES. Replaying the steps on the source (the lines joined by
    line feeds) gives the text; positions in steps and flags are code points of the source.
    """
    source = SourceLines(lines)
    draft = Draft(source.text)
    rules = [r for r in RULES if r.id not in skip and (only is None or r.id in only)]
    flags: dict[tuple[str, int, int], Flag] = {}
    with _uncollected():
        for _ in range(PASSES):
            if not _run(rules, draft, source, flags):
                break
        ordered = sorted(flags.values(), key=lambda flag: (flag.start, flag.end))
        return Repaired(draft.text, draft.steps(), tuple(ordered), source.after_repair(draft))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Disable the cyclic garbage collector: edits and steps form no cycles, it only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _run(
    rules: Sequence[RepairRule],
    draft: Draft,
    source: SourceLines,
    flags: dict[tuple[str, int, int], Flag],
) -> bool:
    """Run the rules once, in order; returns whether anything changed.

    Doubts count within a run only, so that every run is what a new repair of the text would do.
    """
    changed = False
    draft.doubtful.clear()
    for rule in rules:
        result = rule.find(DraftText(draft, source))
        found = _flags(rule, result, draft)
        draft.doubtful.extend((flag.start, flag.end) for flag in found)
        flags |= {(flag.rule, flag.start, flag.end): flag for flag in found}
        changed |= draft.apply(rule.id, result.edits)
    return changed


def _flags(rule: RepairRule, result: RuleResult, draft: Draft) -> list[Flag]:
    flags = []
    for doubt in result.doubts:
        start, end = draft.source_position(doubt.start), draft.source_position(doubt.end)
        flags.append(Flag(rule.id, start, end, draft.source[start:end], doubt.message))
    return flags

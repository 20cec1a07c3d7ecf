"""Synthetic libraries: cases of about 4,000 characters, seeded, with a dictionary's vocabulary."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

import jieba

from casebook.model import ROLES, Block, Case

KINDS = ("经验材料", "调查研究", "典型案例", "工作总结", "工作建议", "交流发言")
PLACES = [
    f"{a}{b}" for a in "青江临安永宁平河东南" for b in ("山市", "川县", "阳区", "海市", "丰县")
]
ORGANS = [
    "财政局",
    "教育局",
    "民政局",
    "水利局",
    "统计局",
    "审计局",
    "林业局",
    "应急管理局",
    "市场监管局",
    "市委组织部",
    "市委宣传部",
    "市直机关工委",
    "县委办公室",
    "县纪委监委",
]
HEADS = {
    "background": "基本情况",
    "problem": "存在的主要问题",
    "cause": "成因分析",
    "practice": "主要做法",
    "outcome": "取得的成效",
    "lesson": "经验启示",
    "suggestion": "下一步建议",
}
COMMON = [
    "坚持党建引领，推动党建与业务深度融合。",
    "有的单位党建和业务工作“两张皮”问题依然存在。",
    "严格落实“一岗双责”，层层压实责任。",
    "认真落实三会一课制度，严肃党内政治生活。",
    "建立健全考评体系，把考核结果同评先评优挂钩。",
    "主要领导亲自抓、分管领导具体抓。",
    "群众满意度由{n}%提高到{m}%。",
    "全年共梳理问题{n}项，整改{m}项。",
    "一是加强组织领导，二是完善工作机制，三是强化监督检查。",
    "广大党员干部的积极性不断提高。",
]
RARE = [
    "推广新时代枫桥经验，矛盾不出村。",
    "发展柳编产业，让群众“家门口就业”。",
    "建成5G+智慧党建平台，接入WiFi站点{n}个。",
    "促进业务融合，做到同谋划、同部署。",
    "设立“红色驿站”{n}处，网格党支部{m}个。",
    "推行Excel台账和GB/T 19001标准。",
    "办件时间压缩15.4%，节约资金{n}万元。",
    "开展跨省通办，群众少跑{n}次。",
]
RARE_SHARE, COMMON_SHARE, COPY_SHARE = 0.0015, 0.06, 0.04
STOCK, REPLACED = 4000, 0.1


@cache
def words() -> tuple[list[str], list[float]]:
    """The dictionary's words of two to four characters with cumulative frequencies."""
    path = Path(jieba.__file__).with_name("dict.txt")
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    found = [(w, int(f)) for w, f, tag in rows if 2 <= len(w) <= 4 and tag[0] in "nvad"]
    return [w for w, _ in found], list(accumulate(f for _, f in found))


@cache
def stock() -> list[list[str]]:
    """The sentences that write-ups recombine, as words and marks."""
    chance = random.Random(11)
    return [_fresh_sentence(chance) for _ in range(STOCK)]


def _fresh_sentence(chance: random.Random) -> list[str]:
    names, weights = words()
    glue = ("", "", "", "的", "，", "，", "和", "、", "在", "了")
    parts: list[str] = []
    for word in chance.choices(names, cum_weights=weights, k=chance.randint(5, 16)):
        parts += (word, chance.choice(glue))
    return [*parts[:-1], "。"]


def sentence(chance: random.Random) -> str:
    """One sentence: planted, or of the stock with a tenth of its words replaced."""
    if (draw := chance.random()) < RARE_SHARE:
        return chance.choice(RARE).format(n=chance.randint(2, 999), m=chance.randint(2, 99))
    if draw < COMMON_SHARE:
        return chance.choice(COMMON).format(n=chance.randint(2, 99), m=chance.randint(2, 99))
    names, weights = words()
    parts = chance.choice(stock())
    return "".join(
        chance.choices(names, cum_weights=weights)[0]
        if len(part) > 1 and chance.random() < REPLACED
        else part
        for part in parts
    )


def paragraph(chance: random.Random, length: int) -> str:
    """Sentences up to a length."""
    text = ""
    while len(text) < length:
        text += sentence(chance)
    return text


def library(size: int, seed: int = 7) -> Iterator[Case]:
    """Cases with sections of every role and items; some items are copied from earlier cases."""
    chance = random.Random(seed)
    pool: list[str] = []
    for number in range(size):
        place, organ = chance.choice(PLACES), chance.choice(ORGANS)
        subject = "".join(chance.choices(words()[0], cum_weights=words()[1], k=2))
        title = f"{place}{organ}{subject}的{chance.choice(('做法', '调查', '探索', '思考'))}"
        blocks = [Block(1, title, "background", paragraph(chance, 150))]
        for role in ROLES:
            blocks.append(Block(2, HEADS[role], role, "", f"k{len(blocks):03}"))
            for _ in range(chance.randint(1, 3)):
                head = "".join(chance.choices(words()[0], cum_weights=words()[1], k=3))
                body = paragraph(chance, chance.randint(160, 380))
                if pool and chance.random() < COPY_SHARE:
                    body = chance.choice(pool)
                elif len(pool) < 2000:
                    pool.append(body)
                blocks.append(Block(3, f"（一）{head}。", role, body, f"k{len(blocks):03}"))
        date = f"{chance.randint(2012, 2025)}-{chance.randint(1, 12):02}"
        yield Case(
            f"case-{number}", title, tuple(blocks), chance.choice(KINDS), organ, place, date
        )  # fmt: skip

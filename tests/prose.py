"""Short prose of our own, put together to paragraphs of different lengths."""

from __future__ import annotations

import random

SENTENCES = (
    "近年来，某区坚持党建引领，推动基层治理与服务群众深度融合。",
    "街道把网格员、楼栋长和志愿者编成小组，每周入户走访一次，问题当天登记、当天分派。",
    "针对老旧小区停车难，社区召开议事会12次，新增车位86个，投诉下降四成。",
    "“有事大家商量着办”成了居民常说的一句话。",
    "一是压实责任，二是畅通渠道，三是加强督导。",
    "截至2023年底，全区建成服务站35个，覆盖居民9.8万户，群众满意度达到97.6%。",
    "同时也要看到，个别单位仍然存在重部署、轻落实的现象，人手不足的问题还没有根本解决。",
    "下一步，将继续完善制度，把好做法固定下来。",
    "《办事指南》印发以后，窗口平均等候时间由40分钟缩短到15分钟。",
    "志愿者小陈说：“过去要跑三趟的事，现在打一个电话就有人上门。”",
    "实践证明，越是矛盾集中的地方，越要走到群众中间去。",
    "值得注意的是，经费按季度公开，接受监督，没有增加居民负担。",
)


def write_paragraphs(count: int, seed: int = 1) -> list[str]:
    """Paragraphs of one to seven sentences, the same ones for the same seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices(SENTENCES, k=chance.randint(1, 7))) for _ in range(count)]


WRITE_UP = """某区优化办事流程经验材料
近年来，某区坚持问题导向，持续优化办事流程。
主要做法
（一）建立清单制度。梳理事项清单86项，明确责任单位和办理时限，逐项销号管理。
（二）推行帮办代办。组建帮办队伍，为企业提供全程服务，办理时限压缩一半。
取得成效
企业满意度达到98%，办事环节减少32项。
"""
"""A whole write-up with a section, two practices and results."""

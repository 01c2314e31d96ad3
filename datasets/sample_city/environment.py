"""Air, rivers and pollution sources of the invented city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp, pi, sin
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, STREETS, code_with_check, season, uscc
from sample_city.kit import Column, Maker, Spec, Table, must

_FIRST_HOUR = datetime(2024, 11, 21)
_HOURS = 730 * 24

_SITES = (
    ("晨星广场", 0, "城市点", 1.05, 1.20),
    ("启明路", 0, "交通点", 1.12, 1.65),
    ("澄波新村", 1, "城市点", 1.00, 1.10),
    ("白鹭街", 1, "城市点", 0.98, 1.05),
    ("稻香工业园", 2, "园区点", 1.20, 1.25),
    ("听松植物园", 3, "城市点", 0.86, 0.70),
    ("望舒县城", 4, "城市点", 0.94, 0.75),
    ("望舒湿地", 4, "对照点", 0.70, 0.35),
)
"""Stations: name, place of the district, kind, and how fine dust and traffic there compare with the city's mean."""

_DOWN = (datetime(2025, 8, 3), datetime(2025, 8, 24))
"""The station at the wetland was down for three weeks after flooding."""

_AQI_STEPS = (0, 50, 100, 150, 200, 300, 400, 500)
_LIMITS = {
    "PM2.5": (0, 35, 75, 115, 150, 250, 350, 500),
    "PM10": (0, 50, 150, 250, 350, 420, 500, 600),
    "NO2": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "O3": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "SO2": (0, 150, 500, 650, 800, 1600, 2100, 2620),
    "CO": (0, 5, 10, 35, 60, 90, 120, 150),
}
"""Where the individual index takes the values of `_AQI_STEPS` (HJ 633-2012, table 1).

Gases have the limits of hourly means; dust, and SO2 above 800, for which the table has none, those of daily means.
"""

_CLASSES = ("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类", "劣Ⅴ类")
_CLASS_LIMITS = {"高锰酸盐指数": (2, 4, 6, 10, 15), "氨氮": (0.15, 0.5, 1, 1.5, 2), "总磷": (0.02, 0.1, 0.2, 0.3, 0.4)}
"""Upper limits of the classes I to V for rivers, mg/l (GB 3838-2002, table 1)."""

_TRADES = {
    "纺织印染": ("印染", "水环境", 62.0, 0.0),
    "电镀": ("表面处理", "水环境", 4.5, 0.0),
    "造纸": ("纸业", "水环境和大气环境", 118.0, 24.0),
    "水泥": ("建材", "大气环境", 0.0, 310.0),
    "热力生产": ("热力", "大气环境", 0.0, 145.0),
    "食品加工": ("食品", "水环境", 21.0, 0.0),
    "化学原料": ("化工", "水环境和大气环境", 36.0, 52.0),
}
"""Trade: word in the names of firms, kind of supervision, usual permits for COD and nitrogen oxides (t a year)."""

_FIRM_WORDS = ("晨星", "星槎", "云笺", "鲸落", "流萤", "琥珀", "青鸾", "听雪", "望舒", "拾光", "鹿野", "沧浪", "扶摇")
_FIRM_ENDS = ("", "远", "和", "新", "丰")


@dataclass(frozen=True)
class _Section:
    """A monitored section of a river; *load* is its pollution against the city's mean, falling by *gain* a year."""

    code: str
    name: str
    river: str
    place: int
    goal: str
    load: float
    gain: float


_SECTIONS = (
    _Section("DM01", "听松上游", "澄波河", 3, "Ⅱ类", 0.42, 0.02),
    _Section("DM02", "长风桥", "澄波河", 0, "Ⅲ类", 0.85, 0.06),
    _Section("DM03", "白鹭洲", "澄波河", 1, "Ⅲ类", 1.05, 0.07),
    _Section("DM04", "望舒口", "澄波河", 4, "Ⅲ类", 0.95, 0.06),
    _Section("DM05", "稻香闸", "稻香渠", 2, "Ⅳ类", 1.75, 0.11),
    _Section("DM06", "青禾桥", "稻香渠", 2, "Ⅳ类", 1.45, 0.09),
    _Section("DM07", "鸣泉源", "鸣泉溪", 3, "Ⅱ类", 0.30, 0.0),
    _Section("DM08", "望舒湖入口", "鸣泉溪", 4, "Ⅲ类", 0.70, 0.03),
)


def air_quality_hourly(chance: Random) -> Spec:
    """Two years of hourly air quality at eight stations."""
    codes = [code_with_check("KQ", number, 3) for number in range(1, len(_SITES) + 1)]
    return Spec(
        publisher="ecology-bureau",
        name="air-quality-hourly",
        title="空气质量小时监测数据",
        description=(
            "八个空气自动监测站每小时的六项污染物浓度和空气质量指数（AQI），覆盖最近两年。\n\n"
            "- 时间是整点，表示此前一小时的平均，北京时间；\n"
            "- 浓度单位为微克/立方米，一氧化碳为毫克/立方米；\n"
            "- 仪器校准、停电和通信中断造成的缺测留空，约占百分之二；\n"
            "- 望舒湿地站 2025 年 8 月因进水停运三周，这段时间全部留空；\n"
            "- AQI 取六项分指数中的最大值，缺任何一项时不计算。\n\n"
            "数据经仪器自动审核，尚未经过年度人工复核，不能用于考核评价。臭氧在夏季午后最高，颗粒物在冬季的早晚最高，"
            "比较不同站点时请注意站点类型：交通点靠近道路，对照点远离城区。\n\n"
        ),
        keywords=["空气质量", "PM2.5", "臭氧", "监测站", "小时数据", "AQI"],
        themes=["environment"],
        update_cycle="daily",
        published=date(2025, 1, 6),
        updated=LAST_DAY,
        temporal="2024-11-21/2026-11-20",
        version="2.0.0",
        large=True,
        en=(
            "Hourly air quality",
            "Concentrations of six pollutants and the air quality index (AQI) at eight stations, every hour for two "
            "years. Times are hours of China Standard Time and stand for the mean of the hour before. About two per "
            "cent of the values are missing; the wetland station was down for three weeks in August 2025.",
            ["air quality", "PM2.5", "ozone", "monitoring stations", "hourly data", "AQI"],
        ),
        resources=[_sites_table(codes, chance), _air_table(codes, chance)],
        catalogue={"code": "211990001/000009", "category": {"class": "theme", "item": "11"}},
    )


def water_quality_sections(chance: Random) -> Spec:
    """Monthly quality of rivers at eight sections over six years."""
    limits = {"pH": (0, 14), "溶解氧": (0, 20), "高锰酸盐指数": (0, 40), "氨氮": (0, 20), "总磷": (0, 5)}
    units = {"pH": "酸碱度，无量纲；未检测时为空。"}
    return Spec(
        publisher="ecology-bureau",
        name="water-quality-sections",
        title="地表水断面月度水质",
        description=(
            "澄波河、稻香渠和鸣泉溪八个断面六年来每月的水质监测结果和水质类别。类别按高锰酸盐指数、氨氮和总磷中最差的一项判定；"
            "河道断流或冰封无法采样的月份，各项留空，类别也不判定。"
        ),
        keywords=["水质", "地表水", "河流断面", "水质类别"],
        themes=["environment"],
        update_cycle="monthly",
        published=date(2021, 3, 22),
        updated=date(2026, 11, 13),
        temporal="2020-11-01/2026-10-31",
        en=(
            "Monthly water quality of river sections",
            "What monthly samples at eight sections of three rivers found over six years, and the class of water that "
            "follows. Months in which no sample could be taken are empty.",
            ["water quality", "surface water", "river sections", "water classes"],
        ),
        resources=[
            Table(
                "sections",
                "断面水质",
                [
                    Column("断面编号", description="断面的编号。", more=must(pattern="DM0[1-8]")),
                    Column("断面", description="断面名称。", more=must()),
                    Column("河流", description="所在河流。", more=must(enum=["澄波河", "稻香渠", "鸣泉溪"])),
                    Column("月份", "yearmonth", description="采样的月份。", more=must()),
                    *(
                        Column(
                            name, "number", description=units.get(name, "毫克/升；未检测时为空。"), more=_limits(*ends)
                        )
                        for name, ends in limits.items()
                    ),
                    Column("水质类别", description="当月水质类别；没有采样时为空。", more=_one_of(*_CLASSES)),
                    Column("目标类别", description="水功能区划的目标。", more=must(enum=list(_CLASSES[1:4]))),
                ],
                list(_section_rows(chance)),
                "Quality at the sections",
                primary_key=["断面编号", "月份"],
            )
        ],
        catalogue={"code": "211990001/000010", "category": {"class": "theme", "item": "11"}},
    )


def pollution_sources(chance: Random) -> Spec:
    """Key pollution sources, which are given only on application."""
    return Spec(
        publisher="ecology-bureau",
        name="pollution-sources",
        title="重点排污单位名录与许可排放量",
        description="列入重点管理的排污单位名录，以及许可的主要污染物年排放量。有条件开放：申请时请说明用途，经审核后提供。",
        keywords=["排污单位", "排污许可", "污染源"],
        en=(
            "Major sources of pollution and their permitted discharge",
            (
                "Units that discharge pollutants under special supervision, and the yearly discharge of main "
                "pollutants that their permits allow. Given out on application: state the purpose, and the data "
                "are provided after review."
            ),
            ["polluting units", "discharge permits", "sources of pollution"],
        ),
        themes=["environment"],
        update_cycle="annual",
        published=date(2025, 4, 30),
        updated=date(2026, 4, 28),
        resources=[
            Table(
                "sources",
                "重点排污单位",
                _source_columns(),
                [_source_row(number, chance) for number in range(1, 65)],
                primary_key=["统一社会信用代码"],
            )
        ],
        catalogue={
            "code": "211990001/000011",
            "category": {"class": "theme", "item": "11"},
            "sharing": {"type": "conditional", "condition": "限生态环境执法和统计使用", "method": "共享平台方式/文件"},
            "open": {"is_open": True, "condition": "须提交申请并说明用途"},
        },
    )


def _limits(minimum: float, maximum: float) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, "maximum": maximum}}


def _one_of(*values: str) -> dict[str, Any]:
    return {"constraints": {"enum": list(values)}}


def _sites_table(codes: list[str], chance: Random) -> Table:
    kinds = ["城市点", "交通点", "园区点", "对照点"]
    rows = [
        (code, name, DISTRICTS[place].code, kind, *DISTRICTS[place].point(chance), chance.randint(6, 74))
        for code, (name, place, kind, _, _) in zip(codes, _SITES, strict=True)
    ]
    columns = [
        Column("站点编号", "string", "Station code", "KQ 加序号和校验码。", must(unique=True, pattern="KQ[0-9]{4}")),
        Column("站点名称", "string", "Station", "监测站的名称。", must(unique=True)),
        Column("区划代码", "string", "Division code", "所在区县的代码。", must(pattern="9901[0-9]{2}")),
        Column("站点类型", "string", "Kind of station", "监测站的类型。", must(enum=kinds)),
        Column("经度", "number", "Longitude", "CGCS2000 经度，度。", must(minimum=149, maximum=152)),
        Column("纬度", "number", "Latitude", "CGCS2000 纬度，度。", must(minimum=19, maximum=22)),
        Column("海拔", "integer", "Altitude (m)", "站点的海拔高度，米。", _limits(-10, 3000)),
    ]
    return Table(
        "stations", "监测站", columns, rows, "Stations", "一个监测站一行。", primary_key=["站点编号"], crs="CGCS2000"
    )


def _air_table(codes: list[str], chance: Random) -> Table:
    dust, gas = _limits(0, 1000)["constraints"], _limits(0, 1200)["constraints"]
    micro = "微克/立方米；缺测时为空。"
    columns = [
        Column("站点编号", "string", "Station code", "监测站的编号。", must(pattern="KQ[0-9]{4}")),
        Column("时间", "datetime", "Time", "整点，北京时间，表示此前一小时的平均。", must()),
        Column("PM2.5", "integer", "PM2.5 (µg/m³)", f"细颗粒物，{micro}", {"constraints": {**dust}}),
        Column("PM10", "integer", "PM10 (µg/m³)", f"可吸入颗粒物，{micro}", {"constraints": {**dust}}),
        Column("NO2", "integer", "NO₂ (µg/m³)", f"二氧化氮，{micro}", {"constraints": {**gas}}),
        Column("O3", "integer", "O₃ (µg/m³)", f"臭氧，{micro}", {"constraints": {**gas}}),
        Column("SO2", "integer", "SO₂ (µg/m³)", f"二氧化硫，{micro}", {"constraints": {**gas}}),
        Column("CO", "number", "CO (mg/m³)", "一氧化碳，毫克/立方米；缺测时为空。", _limits(0, 150)),
        Column("AQI", "integer", "AQI", "空气质量指数；六项不全时为空。", _limits(0, 500)),
    ]
    return Table(
        "hourly",
        "小时数据",
        columns,
        _air_rows(codes, chance),
        "Hourly values",
        "一个站点一个小时一行。",
        primary_key=["站点编号", "时间"],
        foreign_keys=[(["站点编号"], "stations", ["站点编号"])],
    )


def _air_rows(codes: list[str], chance: Random) -> Iterator[tuple[Any, ...]]:
    """Yield the hours in order and, within an hour, the stations; weather ties the stations to each other."""
    stagnation = 0.0
    silent_until = dict.fromkeys(codes, 0)
    for number in range(_HOURS):
        now = _FIRST_HOUR + timedelta(hours=number)
        stagnation = 0.985 * stagnation + chance.gauss(0, 0.075)
        for code, (name, _, _, dust, traffic) in zip(codes, _SITES, strict=True):
            if chance.random() < 0.0012:
                silent_until[code] = number + chance.choice((1, 2, 3, 5, 12, 30))
            down = name == "望舒湿地" and _DOWN[0] <= now < _DOWN[1]
            if down or number < silent_until[code]:
                yield code, now.isoformat(), *[None] * 7
                continue
            values: list[float | None] = list(_concentrations(now, stagnation, dust, traffic, chance))
            if chance.random() < 0.025:
                values[chance.randrange(6)] = None
            yield code, now.isoformat(), *values, _aqi(values)


def _concentrations(now: datetime, stagnation: float, dust: float, traffic: float, chance: Random) -> tuple[float, ...]:
    """Return PM2.5, PM10, NO2, O3, SO2 and CO of an hour."""
    heat, hour = season(now.date()), now.hour
    rush = exp(-((hour - 8) ** 2) / 5) + 0.9 * exp(-((hour - 19) ** 2) / 8)
    rush *= 1 if now.weekday() < 5 else 0.65
    sun = max(0.0, sin(pi * (hour - 6) / 14)) ** 1.5
    calm = exp(stagnation)
    fine = 27 * dust * exp(-0.48 * heat) * calm * (1 + 0.2 * rush - 0.15 * sun) * chance.lognormvariate(0, 0.16)
    no2 = (
        25 * traffic * exp(-0.28 * heat) * calm**0.6 * (0.7 + 0.7 * rush - 0.25 * sun) * chance.lognormvariate(0, 0.15)
    )
    ozone = (
        (34 + 96 * sun * (1 + 0.5 * heat)) * calm**0.25 / (1 + 0.1 * traffic * rush) * chance.lognormvariate(0, 0.12)
    )
    so2 = 6.5 * dust * exp(-0.15 * heat) * calm**0.3 * chance.lognormvariate(0, 0.2)
    co = 0.62 * exp(-0.2 * heat) * calm**0.4 * (1 + 0.25 * rush * traffic) * chance.lognormvariate(0, 0.12)
    coarse = fine * 1.35 + 12 * dust * chance.lognormvariate(0, 0.25)
    return (
        min(600, max(2, round(fine))),
        min(900, max(4, round(coarse))),
        max(2, round(no2)),
        max(2, round(ozone)),
        max(2, round(so2)),
        round(co, 1),
    )


def _aqi(values: list[float | None]) -> int | None:
    """Return the largest individual index, rounded up; None where a value is missing.

    >>> _aqi([35, 50, 20, 160, 8, 0.6])
    50
    """
    indices = []
    for value, steps in zip(values, _LIMITS.values(), strict=True):
        if value is None:
            return None
        upper = next((place for place, step in enumerate(steps) if value <= step and place), len(steps) - 1)
        low, high = steps[upper - 1], steps[upper]
        index_low, index_high = _AQI_STEPS[upper - 1], _AQI_STEPS[upper]
        indices.append(index_low + (index_high - index_low) * (min(value, high) - low) / (high - low))
    return -int(-max(indices) // 1)


def _section_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    months = [(year, month) for year in range(2020, 2027) for month in range(1, 13)]
    for section in _SECTIONS:
        for year, month in months:
            if not (2020, 11) <= (year, month) <= (2026, 10):
                continue
            about = section.code, section.name, section.river, f"{year}-{month:02d}"
            if chance.random() < (0.03 if section.river == "稻香渠" else 0.008):
                yield *about, *[None] * 6, section.goal
                continue
            heat = season(date(year, month, 15))
            load = section.load * (1 - section.gain) ** (year - 2021 + month / 12) * chance.lognormvariate(0, 0.14)
            permanganate = round(4.1 * load**0.6 * (1 + 0.12 * heat) * chance.gauss(1, 0.06), 1)
            ammonia = round(max(0.03, 0.62 * load**1.3 * (1 - 0.35 * heat) * chance.gauss(1, 0.12)), 2)
            phosphorus = round(max(0.01, 0.125 * load * (1 + 0.15 * heat) * chance.gauss(1, 0.1)), 3)
            oxygen = round(max(1.2, 8.6 - 1.9 * heat - 1.3 * load + chance.gauss(0, 0.4)), 1)
            measured = zip((permanganate, ammonia, phosphorus), _CLASS_LIMITS.values(), strict=True)
            worst = max(sum(value > limit for limit in limits) for value, limits in measured)
            values = round(chance.gauss(7.5, 0.2), 1), oxygen, permanganate, ammonia, phosphorus
            yield *about, *values, _CLASSES[worst], section.goal


def _source_columns() -> list[Column]:
    codes = [item.code for item in DISTRICTS]
    amount = "年许可排放量，吨；许可证没有规定时为空。"
    names = ("化学需氧量", "氨氮", "氮氧化物", "颗粒物")
    return [
        Column("统一社会信用代码", description="单位的代码，虚构。", more=must(unique=True, pattern="91[0-9A-Z]{16}")),
        Column("单位名称", description="单位名称，虚构。", more=must(unique=True)),
        Column("区划代码", description="所在区县的代码。", more=must(enum=codes)),
        Column("所在道路", description="厂区出入口所在的道路。", more=must()),
        Column("行业", description="所属行业。", more=must(enum=list(_TRADES))),
        Column(
            "管理类别", description="重点管理的环境要素。", more=must(enum=["水环境", "大气环境", "水环境和大气环境"])
        ),
        *(Column(name, "number", description=f"{name}{amount}", more=_limits(0, 5000)) for name in names),
        Column("许可证有效期至", "date", description="排污许可证的到期日。", more=must()),
    ]


def _source_row(number: int, chance: Random) -> tuple[Any, ...]:
    trade, (word, kind, water, air) = chance.choice(list(_TRADES.items()))
    district = chance.choices(DISTRICTS, (14, 10, 36, 22, 18))[0]
    name = f"{_FIRM_WORDS[number % len(_FIRM_WORDS)]}{_FIRM_ENDS[number // len(_FIRM_WORDS)]}"
    size = chance.lognormvariate(0, 0.7)
    cod, nitrogen_oxides = water * size, air * size
    return (
        uscc("91", "990000", 42000 + number),
        f"{name}示例{word}有限公司（虚构）",
        district.code,
        chance.choice(STREETS),
        trade,
        kind,
        round(cod, 2) if water else None,
        round(cod * chance.uniform(0.06, 0.11), 3) if water else None,
        round(nitrogen_oxides, 2) if air else None,
        round(nitrogen_oxides * chance.uniform(0.15, 0.4), 3) if air and chance.random() > 0.1 else None,
        date(2027, 1, 1) + timedelta(days=chance.randrange(1400)),
    )


DATASETS: tuple[Maker, ...] = (air_quality_hourly, water_quality_sections, pollution_sources)

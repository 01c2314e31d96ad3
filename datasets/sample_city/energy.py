"""Supply of the invented city: electricity sold, planned outages, charging points, and the quality of tap water."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, STREETS, code_with_check, pick_district, season
from sample_city.kit import Column, Maker, Spec, Table, must

_CONNECTORS = ("交流", "直流", "交直流一体")
_OPERATORS = (
    "星槎示例充电服务有限公司（虚构）",
    "拂晓示例新能源有限公司（虚构）",
    "澄波示例电动出行有限公司（虚构）",
    "示范市供电公司（虚构）",
)

_SECTORS = {"第一产业": (1.4, 0.25), "第二产业": (52.0, 0.04), "第三产业": (24.0, 0.22), "城乡居民生活": (21.0, 0.30)}
"""Consumption of an average month in the whole city (million kWh), and by how much summer and winter exceed it."""

_DISTRICT_SHARES = {
    "第一产业": (0.03, 0.05, 0.30, 0.22, 0.40),
    "第二产业": (0.22, 0.16, 0.31, 0.19, 0.12),
    "第三产业": (0.42, 0.27, 0.12, 0.12, 0.07),
    "城乡居民生活": (0.33, 0.26, 0.16, 0.14, 0.11),
}

_OUTAGE_REASONS = {
    "线路检修": ("更换老化导线", "处理绝缘子缺陷", "导线弧垂调整", "清除线路走廊树障"),
    "设备改造": ("更换配电变压器", "加装自动化开关", "环网柜改造", "低压台区改造"),
    "工程接入": ("新建台区接入", "充电站接入", "分布式光伏并网", "居民小区正式用电接入"),
    "配合施工": ("配合道路拓宽迁移电杆", "配合桥梁施工", "配合管廊建设"),
}


@dataclass(frozen=True)
class _Works:
    """A water works with the place of the district it supplies and its usual chlorine and turbidity at the outlet."""

    name: str
    place: int
    source: str
    chlorine: float
    turbidity: float


_WORKS = (
    _Works("晨星水厂", 0, "水库", 0.62, 0.12),
    _Works("澄波水厂", 1, "江河", 0.71, 0.19),
    _Works("稻香水厂", 2, "江河", 0.68, 0.22),
    _Works("听松水厂", 3, "水库", 0.58, 0.10),
    _Works("望舒县水厂", 4, "地下水", 0.45, 0.16),
)


def charging_points(chance: Random) -> Spec:
    """Public charging points for electric vehicles."""
    return Spec(
        publisher="power-company",
        name="charging-points",
        title="电动汽车公共充电桩",
        description=(
            "全市向社会开放的电动汽车充电桩，一根桩一行，有位置、功率、接口和开放时间。坐标为 BD-09，"
            "和其他坐标系的地图叠加会偏移几百米，使用前请先换算。功率和投运日期由运营单位报送，未报送的留空。"
        ),
        keywords=["充电桩", "电动汽车", "新能源汽车", "充电接口", "公共充电"],
        themes=["energy"],
        areas=["energy", "geospatial"],
        update_cycle="monthly",
        published=date(2023, 3, 20),
        updated=date(2026, 11, 3),
        version="3.1.0",
        en=(
            "Public charging points for electric vehicles",
            "Every charging point that is open to the public, one row each, with its position, power, connector and "
            "hours. Coordinates are BD-09; convert them before laying them over other maps. Power and date of "
            "commissioning come from the operators and are empty where they did not report them.",
            ["charging points", "electric vehicles", "new-energy vehicles", "connectors", "public charging"],
        ),
        resources=[
            Table(
                "charging-points",
                "公共充电桩",
                _charging_columns(),
                list(_charging_rows(chance)),
                "Charging points",
                "一根充电桩一行；同一充电站的桩坐标相同。",
                primary_key=["充电桩编号"],
                crs="BD-09",
            )
        ],
        catalogue={"code": "307990001/000006", "category": {"class": "department", "item": "07"}},
    )


def electricity_consumption(chance: Random) -> Spec:
    """Electricity sold by month, district and sector over five years."""
    return Spec(
        publisher="power-company",
        name="electricity-consumption",
        title="分区县分行业月度用电量",
        description=(
            "2021年11月以来各区县每月的用电量，按三次产业和城乡居民生活分列，单位为万千瓦时。"
            "用电量按抄表例日统计，与自然月略有出入；同比按上年同月计算，首年没有同比。"
        ),
        keywords=["用电量", "电力", "能源消费", "产业"],
        themes=["energy"],
        areas=["energy"],
        update_cycle="monthly",
        published=date(2022, 2, 25),
        updated=date(2026, 11, 12),
        temporal="2021-11-01/2026-10-31",
        en=(
            "Electricity consumption by district and sector",
            "Monthly electricity consumption of every district since November 2021, by sector, in units of 10,000 kWh.",
            ["electricity consumption", "electricity", "energy use", "industry"],
        ),
        resources=[
            Table(
                "consumption",
                "月度用电量",
                [
                    Column("月份", "yearmonth", description="统计月份。", more=must()),
                    _division_code(),
                    Column("区县", description="区县名称。", more=must()),
                    Column("行业", description="用电的行业分类。", more=must(enum=list(_SECTORS))),
                    Column("用电量", "number", description="当月用电量，万千瓦时。", more=_limits(0, 100000)),
                    Column(
                        "同比", "number", description="比上年同月的增减，百分比；首年为空。", more=_limits(-100, 500)
                    ),
                ],
                list(_consumption_rows(chance)),
                "Monthly consumption",
                format="xlsx",
                primary_key=["月份", "区划代码", "行业"],
            )
        ],
        catalogue={
            "code": "207990001/000007",
            "category": {"class": "theme", "item": "07"},
            "granularity": "aggregated",
        },
    )


def power_outages(chance: Random) -> Spec:
    """Planned outages; nobody has updated the list for months."""
    return Spec(
        publisher="power-company",
        name="power-outages",
        title="计划停电信息",
        description="因检修、改造和工程接入安排的计划停电：哪一天、几点到几点、影响哪些道路。",
        keywords=["停电", "计划停电", "检修", "供电"],
        themes=["energy"],
        update_cycle="daily",
        published=date(2024, 5, 6),
        updated=date(2026, 2, 11),
        temporal="2025-06-01/2026-02-18",
        resources=[
            Table(
                "outages",
                "计划停电清单",
                [
                    Column("停电编号", description="TD 加序号和校验码。", more=must(unique=True, pattern="TD[0-9]{6}")),
                    Column("发布日期", "date", description="向用户公告的日期。", more=must()),
                    Column("开始时间", "datetime", description="计划开始停电的时间，北京时间。", more=must()),
                    Column("结束时间", "datetime", description="计划恢复供电的时间，北京时间。", more=must()),
                    _division_code(),
                    Column("影响道路", "array", description="停电影响的道路，一条或几条。", more=must()),
                    Column("原因类别", description="停电原因的类别。", more=must(enum=list(_OUTAGE_REASONS))),
                    Column("工作内容", description="具体工作。"),
                    Column(
                        "影响户数", "integer", description="预计影响的用户数，户；未估算时为空。", more=_limits(1, 9999)
                    ),
                    Column(
                        "状态", description="计划的状态。", more=must(enum=["待执行", "已执行", "已取消", "已延期"])
                    ),
                    Column("给用户的提示", description="取消、延期的原因，或需要用户注意的事项。"),
                ],
                list(_outage_rows(chance)),
                format="ndjson",
                primary_key=["停电编号"],
            )
        ],
        en=(
            "Planned power outages",
            "Outages planned for repairs, rebuilding and new connections: the day, from when to when, and which roads.",
            ["power outages", "planned outages", "repairs", "power supply"],
        ),
        catalogue={"code": "307990001/000008", "category": {"class": "department", "item": "07"}},
    )


def tap_water(chance: Random) -> Spec:
    """Quality of tap water by works and week."""
    return Spec(
        publisher="water-company",
        name="tap-water",
        title="自来水出厂水质周报",
        description=(
            "五座水厂每周公布的出厂水质：浑浊度、余氯、pH、耗氧量、总硬度和菌落总数。"
            "限值按现行生活饮用水卫生要求写在各列说明里。个别周因取样设备检修缺少某项数据，留空表示没有检测，不表示为零。"
        ),
        keywords=["自来水", "饮用水", "水质", "水厂", "余氯"],
        themes=["living", "health"],
        update_cycle="weekly",
        published=date(2024, 1, 8),
        updated=date(2026, 11, 17),
        temporal="2024-01-01/2026-11-15",
        en=(
            "Weekly quality of tap water",
            "What five water works report every week about the water they deliver: turbidity, chlorine, pH, oxygen "
            "consumption, hardness and colony count. Empty means not tested, not zero.",
            ["tap water", "drinking water", "water quality", "water works", "chlorine"],
        ),
        resources=[
            Table(
                "weekly-quality",
                "出厂水质周报",
                _tap_columns(),
                list(_tap_rows(chance)),
                "Weekly quality",
                format="xlsx",
                primary_key=["周一日期", "水厂"],
            )
        ],
        catalogue={"code": "307990001/000015", "category": {"class": "department", "item": "07"}},
    )


def _limits(minimum: float, maximum: float) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, "maximum": maximum}}


def _division_code() -> Column:
    codes = [item.code for item in DISTRICTS]
    return Column("区划代码", "string", "Division code", "所在区县的代码。", must(enum=codes))


def _charging_columns() -> list[Column]:
    return [
        Column("充电桩编号", "string", "Point code", "CD 加序号和校验码。", must(unique=True, pattern="CD[0-9]{6}")),
        Column("充电站", "string", "Station", "所在充电站的名称。", must()),
        Column("运营单位", "string", "Operator", "运营单位的名称。", must(enum=list(_OPERATORS))),
        _division_code(),
        Column("经度", "number", "Longitude", "BD-09 经度，度。", must(minimum=149, maximum=152)),
        Column("纬度", "number", "Latitude", "BD-09 纬度，度。", must(minimum=19, maximum=22)),
        Column("接口类型", "string", "Connector", "充电接口的类型。", must(enum=list(_CONNECTORS))),
        Column("额定功率", "number", "Rated power (kW)", "额定功率，千瓦；未报送时为空。", _limits(3, 480)),
        Column("投运日期", "date", "In service since", "投入运行的日期；未报送时为空。"),
        Column("全天开放", "boolean", "Open all day", "是否全天二十四小时开放。", must()),
        Column("停车收费", "string", "Parking fee", "充电时停车怎么收费；没有说明时为空。"),
    ]


def _charging_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    number = 0
    parking = ["充电时免费", "首两小时免费", "按停车场标准收费", None]
    for _ in range(46):
        district, street = pick_district(chance), chance.choice(STREETS)
        longitude, latitude = district.point(chance)
        name = f"{street}{chance.choice(('公园', '市场', '体育馆', '公交场', '换乘中心', '南', '北', '东'))}充电站"
        operator = chance.choices(_OPERATORS, [38, 24, 16, 22])[0]
        opened = date(2018, 5, 1) + timedelta(days=round(2950 * chance.random() ** 0.6))
        is_all_day, fee = chance.random() < 0.78, chance.choices(parking, [30, 35, 20, 15])[0]
        for _ in range(min(16, max(1, round(chance.lognormvariate(1.4, 0.6))))):
            number += 1
            connector = chance.choices(_CONNECTORS, [36, 58, 6])[0]
            power_kw = (
                chance.choice((7, 7, 7, 14, 21)) if connector == "交流" else chance.choice((60, 60, 90, 120, 180))
            )
            yield (
                code_with_check("CD", number, 5),
                name,
                operator,
                district.code,
                longitude,
                latitude,
                connector,
                power_kw if chance.random() > 0.05 else None,
                opened if chance.random() > 0.04 else None,
                is_all_day,
                fee,
            )


def _consumption_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    months = [(year, month) for year in range(2021, 2027) for month in range(1, 13)]
    sold: dict[tuple[int, int, str, str], float] = {}
    for year, month in months:
        if not (2021, 11) <= (year, month) <= (2026, 10):
            continue
        heat = season(date(year, month, 15))
        for place, district in enumerate(DISTRICTS):
            for sector, (usual, swing) in _SECTORS.items():
                share = _DISTRICT_SHARES[sector][place]
                growth = (1.055 if sector == "第三产业" else 1.035) ** (year - 2022 + month / 12)
                weather = 1 + swing * (heat**2 * (1.2 if heat > 0 else 0.6) - 0.45)
                holiday = 0.72 if month == 2 and sector == "第二产业" else 1
                amount = round(usual * 100 * share * growth * weather * holiday * chance.gauss(1, 0.02), 1)
                sold[year, month, district.code, sector] = amount
                before = sold.get((year - 1, month, district.code, sector))
                change = round((amount / before - 1) * 100, 1) if before else None
                yield f"{year}-{month:02d}", district.code, district.zh, sector, amount, change


def _outage_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    listed_until = date(2026, 2, 11)
    days = sorted(date(2025, 6, 8) + timedelta(days=chance.randrange(256)) for _ in range(96))
    for number, day in enumerate(days, 1):
        announced = min(day - timedelta(days=7), listed_until)
        start = datetime(day.year, day.month, day.day, chance.choices((6, 7, 8, 9, 13, 23), (8, 20, 38, 18, 11, 5))[0])
        hours = chance.choice((3, 4, 6, 8, 8, 9, 10))
        kind = chance.choices(list(_OUTAGE_REASONS), (40, 30, 20, 10))[0]
        state = chance.choices(("已执行", "已取消", "已延期"), (90, 6, 4))[0] if day <= listed_until else "待执行"
        hint = {
            "已取消": "因天气不利取消，另行安排后重新公告。",
            "已延期": "因施工准备不足顺延，新的时间另行公告。",
        }.get(state)
        if hint is None and chance.random() < 0.06:
            hint = (
                "停电期间电梯、二次供水和门禁可能停用，请提前储水并合理安排出行；使用家用医疗设备的用户请提前联系供电营业厅，"
                "以便安排应急电源。检修可能提前完成，线路随时会恢复供电，请不要在线路和设备上作业。"
            )
        yield (
            code_with_check("TD", number, 5),
            announced,
            start.isoformat(),
            (start + timedelta(hours=hours)).isoformat(),
            pick_district(chance).code,
            chance.sample(STREETS, chance.choices((1, 2, 3), (62, 30, 8))[0]),
            kind,
            chance.choice(_OUTAGE_REASONS[kind]) if chance.random() > 0.04 else None,
            round(chance.lognormvariate(5.1, 0.9)) + 1 if chance.random() > 0.08 else None,
            state,
            hint,
        )


def _tap_columns() -> list[Column]:
    return [
        Column("周一日期", "date", description="所在周的星期一。", more=must()),
        Column("水厂", description="水厂名称。", more=must(enum=[works.name for works in _WORKS])),
        Column("区划代码", description="主要供水区县的代码。", more=must(pattern="9901[0-9]{2}")),
        Column("水源", description="原水的来源。", more=must(enum=["水库", "江河", "地下水"])),
        Column("浑浊度", "number", description="NTU，限值 1。", more=_limits(0, 5)),
        Column("余氯", "number", description="游离氯，毫克/升，出厂水不低于 0.3、不高于 2。", more=_limits(0, 4)),
        Column("pH", "number", description="酸碱度，6.5 至 8.5。", more=_limits(0, 14)),
        Column("耗氧量", "number", description="高锰酸盐指数，毫克/升，限值 3。", more=_limits(0, 10)),
        Column("总硬度", "integer", description="以碳酸钙计，毫克/升，限值 450。", more=_limits(0, 800)),
        Column("菌落总数", "integer", description="CFU/毫升，限值 100。", more=_limits(0, 1000)),
    ]


def _tap_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    day = date(2024, 1, 1)
    while day + timedelta(days=6) <= LAST_DAY:
        heat = season(day)
        for works in _WORKS:
            ground = works.source == "地下水"
            values = (
                round(min(0.9, works.turbidity * (1 + 0.25 * heat) * chance.lognormvariate(0, 0.22)), 2),
                round(works.chlorine * (1 + 0.12 * heat) * chance.gauss(1, 0.06), 2),
                round(chance.gauss(7.3 if ground else 7.6, 0.12), 1),
                round((0.7 if ground else 1.5) * (1 + 0.2 * heat) * chance.gauss(1, 0.1), 2),
                round(chance.gauss(245 if ground else 92, 9)),
                0 if chance.random() < 0.8 else chance.randint(1, 9),
            )
            measured = (value if chance.random() > 0.012 else None for value in values)
            yield day, works.name, DISTRICTS[works.place].code, works.source, *measured
        day += timedelta(days=7)


DATASETS: tuple[Maker, ...] = (charging_points, electricity_consumption, power_outages, tap_water)

"""Roads of the invented city: public car parks, works on the road, and what the counting stations count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, STREETS, code_with_check, pick_district, season
from sample_city.kit import Column, Maker, Spec, Table, must

_PARK_KINDS = ("路外停车场", "道路停车泊位", "公共建筑配建", "换乘停车场", "立体停车楼")


@dataclass(frozen=True)
class _Station:
    """A counting station: *cars* are the light vehicles of a usual workday, both ways together."""

    code: str
    street: str
    place: int
    lanes: int
    cars: int
    heavy_share: float

    @property
    def district(self) -> str:
        return DISTRICTS[self.place].zh


_STATIONS = (
    _Station("J01", "长风大道", 0, 8, 62000, 0.04),
    _Station("J02", "晴川大道", 0, 6, 48500, 0.05),
    _Station("J03", "启明路", 0, 4, 27300, 0.02),
    _Station("J04", "听涛街", 1, 6, 38900, 0.05),
    _Station("J05", "白鹭街", 1, 4, 22100, 0.03),
    _Station("J06", "稻浪路", 2, 4, 17600, 0.13),
    _Station("J07", "松涛路", 3, 4, 14800, 0.11),
    _Station("J08", "望舒路", 4, 2, 8200, 0.19),
)

_HOURLY_SHARE = (9, 6, 4, 3, 4, 9, 24, 62, 74, 58, 52, 51, 46, 48, 53, 56, 61, 78, 75, 54, 45, 39, 28, 16)
"""Light traffic of a usual day by hour, in thousandths; the sum is close to one thousand."""


def parking_lots(chance: Random) -> Spec:
    """Public car parks with spaces, fees and opening hours."""
    return Spec(
        publisher="transport-bureau",
        name="parking-lots",
        title="公共停车场信息",
        description=(
            "全市对社会开放的停车场和道路停车泊位：在哪里、有多少车位、怎么收费、几点开门。"
            "坐标采用 GCJ-02，可以直接叠加在常用的手机地图上；与 CGCS2000 数据叠加时需要先换算。"
            "收费规则由停车场备案时填写，以现场公示牌为准。"
        ),
        keywords=["停车场", "停车收费", "车位", "充电车位", "出行"],
        themes=["traffic", "living"],
        areas=["transport"],
        update_cycle="quarterly",
        published=date(2023, 6, 30),
        updated=date(2026, 10, 14),
        version="2.3.0",
        en=(
            "Public car parks",
            "Car parks and kerbside bays that are open to everyone: where they are, how many spaces they have, what "
            "they cost and when they open. Coordinates are GCJ-02. The fee rules are as filed by the operators; "
            "the sign on site prevails.",
            ["car parks", "parking fees", "parking spaces", "charging spaces", "travel"],
        ),
        resources=[
            Table(
                "parking-lots",
                "公共停车场",
                _parking_columns(),
                [_parking_row(number, chance) for number in range(1, 143)],
                "Car parks",
                "一个停车场或一段道路泊位一行。",
                primary_key=["停车场编号"],
                crs="GCJ-02",
            )
        ],
        catalogue={"code": "307990001/000003", "category": {"class": "department", "item": "07"}},
    )


def road_works(chance: Random) -> Spec:
    """Works on the road, whose opening is planned."""
    return Spec(
        publisher="transport-bureau",
        name="road-works",
        title="占道施工与临时交通管制",
        description="计划开放：经批准的占道施工路段、起止日期、占用车道数和绕行建议。系统改造完成后按日更新。",
        keywords=["占道施工", "交通管制", "绕行"],
        themes=["traffic"],
        resources=(),
        update_cycle="daily",
        published=date(2026, 9, 1),
        updated=date(2026, 9, 1),
        en=(
            "Road works and temporary traffic restrictions",
            "Opening planned: approved road works with their section, dates, lanes taken and suggested diversion.",
            ["road works", "traffic restrictions", "diversions"],
        ),
        catalogue={
            "code": "307990001/000004",
            "category": {"class": "department", "item": "07"},
            "format": {"class": "database", "type": "KingbaseES"},
            "items": [
                {"name": "路段", "name_en": "Section", "data_type": "C", "length": 200},
                {"name": "开始日期", "name_en": "From", "data_type": "D"},
                {"name": "结束日期", "name_en": "Until", "data_type": "D"},
                {"name": "占用车道数", "name_en": "Lanes taken", "data_type": "I"},
                {"name": "绕行建议", "name_en": "Suggested diversion", "data_type": "C", "length": 500},
            ],
            "open": {"is_open": False},
            "planned": {"on": "2027-03-01"},
        },
    )


def traffic_counts(chance: Random) -> Spec:
    """Hourly averages of counted vehicles, one file a month."""
    months = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)]
    months = [item for item in months if (2024, 6) <= item <= (2026, 11)]
    return Spec(
        publisher="transport-bureau",
        name="traffic-counts",
        title="道路交通量观测",
        description=(
            "八个固定观测点的分车型小时交通量。每月一个文件，每行是一个观测点在一天中某个小时的当月工作日平均值，双向合计，"
            "不含单独车辆的任何信息。\n\n"
            "使用时请注意：\n\n"
            "1. 节假日和调休日不计入平均；\n"
            "2. 当月有效观测不足五个工作日的观测点，当月各行的数值留空；\n"
            "3. 2026年11月的文件只含1日至20日，月末后重新计算并替换。\n\n"
            "观测点 J08 位于望舒县的县道，货车比例明显高于市区；J03、J05 所在道路白天禁行货车。\n\n"
        ),
        keywords=["交通量", "车流量", "观测点", "货车"],
        themes=["traffic"],
        areas=["transport"],
        update_cycle="monthly",
        published=date(2024, 7, 10),
        updated=date(2026, 11, 20),
        temporal="2024-06-01/2026-11-20",
        version="1.29.0",
        en=(
            "Traffic counts by hour",
            "Vehicles counted at eight fixed stations, as the average of the month's workdays for each hour of the "
            "day, by class of vehicle, both directions together. One file a month; November 2026 covers the first 20 "
            "days.",
            ["traffic volume", "traffic flow", "counting stations", "lorries"],
        ),
        resources=[_month_of_counts(year, month, chance) for year, month in months],
        catalogue={
            "code": "307990001/000005",
            "category": {"class": "department", "item": "07"},
            "granularity": "aggregated",
        },
    )


def _limits(minimum: float, maximum: float) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, "maximum": maximum}}


def _parking_columns() -> list[Column]:
    districts = [item.code for item in DISTRICTS]
    return [
        Column(
            "停车场编号",
            "string",
            "Car park code",
            "TC 加四位序号和一位校验码。",
            must(unique=True, pattern="TC[0-9]{5}"),
        ),
        Column("停车场名称", "string", "Name", "备案名称。", must()),
        Column("类型", "string", "Kind", "停车场的类型。", must(enum=list(_PARK_KINDS))),
        Column("区划代码", "string", "Division code", "所在区县的代码。", must(enum=districts)),
        Column("所在道路", "string", "Street", "出入口所在的道路。", must(enum=list(STREETS))),
        Column("经度", "number", "Longitude", "GCJ-02 经度，度。", must(minimum=149, maximum=152)),
        Column("纬度", "number", "Latitude", "GCJ-02 纬度，度。", must(minimum=19, maximum=22)),
        Column("车位数", "integer", "Spaces", "对社会开放的车位数。", must(minimum=1)),
        Column("充电车位数", "integer", "Charging spaces", "其中带充电桩的车位数；未报送时为空。", _limits(0, 400)),
        Column("无障碍车位数", "integer", "Accessible spaces", "其中的无障碍车位数；未报送时为空。", _limits(0, 60)),
        Column("收费", "boolean", "Charges a fee", "是否收费。", must()),
        Column("收费规则", "string", "Fee rule", "备案的收费规则；免费停车场为空。"),
        Column("开放时间", "string", "Opening hours", "每天开放的时间，HH:MM-HH:MM；跨零点时后一时刻属次日。"),
        Column("备案日期", "date", "Filed on", "停车场备案的日期。", must()),
    ]


def _parking_row(number: int, chance: Random) -> tuple[Any, ...]:
    district = pick_district(chance)
    street = chance.choice(STREETS)
    kind = chance.choices(_PARK_KINDS, [34, 30, 24, 5, 7])[0]
    spaces = max(8, round(chance.lognormvariate({"道路停车泊位": 3.2, "换乘停车场": 5.4}.get(kind, 4.8), 0.6)))
    where = chance.choice(("东侧", "西侧", "南段", "北段", "中段", "口")) if kind == "道路停车泊位" else ""
    ending = {
        "道路停车泊位": "道路泊位",
        "公共建筑配建": chance.choice(("医院", "市场", "文化馆", "体育馆")) + "停车场",
    }
    is_paid = chance.random() < (0.35 if district.code == "990121" else 0.82)
    longitude, latitude = district.point(chance)
    charging = round(spaces * chance.choice((0, 0, 0.08, 0.1, 0.15, 0.2)))
    return (
        code_with_check("TC", number, 4),
        f"{street}{where}{ending.get(kind, kind)}",
        kind,
        district.code,
        street,
        longitude,
        latitude,
        spaces,
        None if chance.random() < 0.06 else 0 if kind == "道路停车泊位" else charging,
        None if chance.random() < 0.09 else max(1, round(spaces * 0.02)),
        is_paid,
        _fee_rule(kind, chance) if is_paid else None,
        chance.choices(["00:00-24:00", "06:00-22:00", "07:00-21:00", "06:30-00:30", None], [60, 14, 16, 6, 4])[0],
        date(2019, 3, 1) + timedelta(days=chance.randrange(2700)),
    )


def _fee_rule(kind: str, chance: Random) -> str:
    price, top = chance.choice((2, 3, 4, 5)), chance.choice((15, 20, 25, 30, 40))
    free = chance.choice((15, 30, 30, 60))
    if kind == "换乘停车场":
        return "当日乘坐公共汽车并刷卡换乘的免费；其他车辆每次 5 元。"
    if kind == "道路停车泊位":
        return f"07:00-20:00 每小时 {price} 元，前 {free} 分钟免费；其他时间免费。"
    if chance.random() < 0.12:
        return (
            f"小型车前 {free} 分钟免费，之后首小时 {price} 元，超过一小时的部分每半小时 {price // 2 + 1} 元，"
            f"不足半小时按半小时计，24 小时内最高 {top} 元；连续停放超过 24 小时重新计费。"
            "新能源小型车首两小时免费，充电期间停车费减半。大型车按小型车标准加倍，只能停放在地面北区。"
            f"残疾人驾驶的专用车辆、执行任务的应急车辆免费。月租 {top * 12} 元，"
            "只向周边居民发售，数量不超过车位数的三成。"
        )
    return chance.choice(
        (
            f"前 {free} 分钟免费，每小时 {price} 元，24 小时最高 {top} 元。",
            f"每小时 {price} 元，全天最高 {top} 元，新能源车首小时免费。",
            f"每次 {price + 3} 元。",
        )
    )


def _month_of_counts(year: int, month: int, chance: Random) -> Table:
    title = f"{year}年{month}月交通量" + ("（1日至20日）" if (year, month) == (2026, 11) else "")
    numbers = (
        ("小客车", "每小时小客车数，辆。"),
        ("大客车", "每小时大客车和公共汽车数，辆。"),
        ("货车", "每小时货车数，辆。"),
    )
    columns = [
        Column("观测点", description="观测点编号。", more=must(pattern="J0[1-8]")),
        Column("小时", "integer", description="小时的开始，0 到 23。", more=must(minimum=0, maximum=23)),
        *(Column(name, "integer", description=text, more=_limits(0, 9999)) for name, text in numbers),
    ]
    return Table(
        f"counts-{year}-{month:02d}",
        title,
        columns,
        list(_count_rows(year, month, chance)),
        f"Traffic counts, {year}-{month:02d}",
        primary_key=["观测点", "小时"],
    )


def _count_rows(year: int, month: int, chance: Random) -> Iterator[tuple[Any, ...]]:
    years = year - 2024 + month / 12
    share = (1 + 0.02 * years) * (1 - 0.02 * season(date(year, month, 15))) * (0.88 if month == 2 else 1)
    is_last = (year, month) == (LAST_DAY.year, LAST_DAY.month)
    for station in _STATIONS:
        is_down = chance.random() < 0.025
        of_month = share * chance.gauss(1, 0.02) * (0.99 if is_last else 1)
        for hour, part in enumerate(_HOURLY_SHARE):
            if is_down:
                yield station.code, hour, None, None, None
                continue
            cars = station.cars * of_month * part / 1000 * chance.gauss(1, 0.03)
            by_day = 7 <= hour <= 19
            lorries = station.cars * station.heavy_share / 24 * chance.gauss(1, 0.08) * (0.7 if by_day else 1.3)
            if by_day and station.code in ("J03", "J05"):
                lorries *= 0.08
            buses = cars * 0.014 + station.lanes * (2 if 6 <= hour <= 21 else 0.3)
            yield station.code, hour, round(cars), round(buses), round(lorries)


DATASETS: tuple[Maker, ...] = (parking_lots, road_works, traffic_counts)

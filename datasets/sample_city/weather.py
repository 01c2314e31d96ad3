"""Out of doors in the invented city: weather day by day, weather warnings, and public parks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import cos, pi, sin
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, STREETS, District, code_with_check, pick_district, season
from sample_city.kit import Column, GeoFile, Maker, Spec, Table, must, named

_FIRST_DAY = date(2016, 11, 21)
_WINDS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
_LEVELS = ("蓝色", "黄色", "橙色", "红色")

_WARNINGS = {
    "暴雨": (
        (4, 5, 6, 7, 8, 9),
        "预计未来六小时{place}将出现短时强降水，累计雨量可达 {n} 毫米，低洼地段可能积水。",
        (40, 120),
    ),
    "雷电": (
        (4, 5, 6, 7, 8, 9),
        "预计未来三小时{place}有雷电活动，并可能伴有 {n} 米/秒左右的阵风。",
        (13, 22),
    ),
    "高温": ((6, 7, 8), "预计今天{place}最高气温将升至 {n} ℃，午后请减少户外活动。", (36, 40)),
    "大雾": ((1, 2, 11, 12), "预计明晨{place}将出现能见度小于 {n} 米的雾，请注意行车安全。", (150, 480)),
    "寒潮": ((1, 2, 3, 11, 12), "受冷空气影响，预计四十八小时内{place}最低气温将下降 {n} ℃以上。", (8, 13)),
    "大风": ((1, 3, 4, 10, 11, 12), "预计未来十二小时{place}有偏北大风，阵风可达 {n} 米/秒。", (17, 26)),
    "台风": ((7, 8, 9), "受热带气旋外围影响，预计今明两天{place}有大到暴雨，过程雨量 {n} 毫米。", (60, 180)),
    "道路结冰": ((1, 2, 12), "预计今夜到明晨{place}路面温度低于 0 ℃，雨雪量约 {n} 毫米。", (1, 9)),
}
"""Kind: months in which it comes, how the text begins, and the range of the number in it."""

_ADVICE = {
    "暴雨": (
        "请检查阳台、地下车库和低洼院落的排水，收好室外物品；行人不要涉水通过积水路段，车辆不要强行驶过下穿立交。"
    ),
    "台风": (
        "请加固门窗、围板、棚架和广告牌，切断危险的室外电源；停止高空和水上作业，船舶回港避风，危房内的人员及时转移。"
    ),
    "寒潮": (
        "请为老人和儿童及时添衣，关好门窗，固定室外搭建物；农户为大棚和牲畜做好防寒，使用炉火取暖的要防止一氧化碳中毒。"
    ),
    "道路结冰": "请步行慢走、穿防滑鞋；驾驶人减速慢行，经过桥面和背阴路段尤其当心。",
}


@dataclass(frozen=True)
class _Park:
    code: str
    name: str
    kind: str
    district: District
    street: str
    ring: Sequence[tuple[float, float]]
    hectares: float


def weather_daily(chance: Random) -> Spec:
    """Ten years of daily weather."""
    return Spec(
        publisher="weather-bureau",
        name="weather-daily",
        title="逐日气象观测",
        description="示范市国家基本气象站十年来每天的气温、降水、湿度、风和日照。",
        keywords=["天气", "气温", "降水", "气象站", "日照"],
        themes=["weather"],
        update_cycle="daily",
        published=date(2021, 3, 23),
        updated=LAST_DAY,
        temporal=f"{_FIRST_DAY}/{LAST_DAY}",
        version="5.0.0",
        licence="CC0-1.0",
        en=(
            "Daily weather observations",
            "Temperature, precipitation, humidity, wind and sunshine of every day in ten years, at the city's main "
            "weather station.",
            ["weather", "temperature", "precipitation", "weather station", "sunshine"],
        ),
        resources=[
            Table(
                "daily",
                "逐日观测",
                [
                    Column("日期", "date", "Date", "观测日，北京时间 20 时为日界。", must(unique=True)),
                    Column("平均气温", "number", "Mean temperature (°C)", "摄氏度。", _limits(-40, 50)),
                    Column("最高气温", "number", "Maximum temperature (°C)", "摄氏度。", _limits(-40, 50)),
                    Column("最低气温", "number", "Minimum temperature (°C)", "摄氏度。", _limits(-40, 50)),
                    Column("降水量", "number", "Precipitation (mm)", "毫米；雨量筒检修时为空。", _limits(0, 600)),
                    Column("相对湿度", "integer", "Relative humidity (%)", "日平均，百分比。", _limits(0, 100)),
                    Column("平均风速", "number", "Mean wind speed (m/s)", "米/秒。", _limits(0, 60)),
                    Column("主导风向", "string", "Prevailing wind", "八个方位之一。", _one_of(*_WINDS)),
                    Column("日照时数", "number", "Sunshine (hours)", "小时；仪器故障时为空。", _limits(0, 16)),
                ],
                _daily_rows(chance),
                "Daily observations",
                "一天一行。",
                primary_key=["日期"],
            )
        ],
        catalogue={"code": "307990001/000012", "category": {"class": "department", "item": "07"}},
    )


def weather_warnings(chance: Random) -> Spec:
    """Weather warnings of two years with their full texts."""
    return Spec(
        publisher="weather-bureau",
        name="weather-warnings",
        title="气象灾害预警信号",
        description=(
            "2024年12月以来发布的气象灾害预警信号全文，按发布时间排列。等级由低到高为蓝色、黄色、橙色、红色。"
            "仍在生效的预警没有解除时间。"
        ),
        keywords=["气象预警", "预警信号", "暴雨", "高温"],
        themes=["weather", "public-safety"],
        update_cycle="realtime",
        published=date(2025, 5, 12),
        updated=LAST_DAY,
        temporal="2024-12-01/2026-11-20",
        resources=[
            Table(
                "warnings",
                "预警信号",
                [
                    Column("预警编号", description="YJ 加序号和校验码。", more=must(unique=True, pattern="YJ[0-9]{5}")),
                    Column("发布时间", "datetime", description="发布的时间，北京时间。", more=must()),
                    Column("解除时间", "datetime", description="解除的时间，北京时间；仍在生效时为空。"),
                    Column("灾害种类", description="灾害性天气的种类。", more=must(enum=list(_WARNINGS))),
                    Column("等级", description="预警等级，由低到高。", more=must(enum=list(_LEVELS))),
                    Column("区划代码", description="发布范围；全市为 990100。", more=must(pattern="9901[0-9]{2}")),
                    Column("预警内容", description="预警信号全文。", more=must()),
                    Column("防御指南", description="对公众的建议；简短的预警没有。"),
                ],
                list(_warning_rows(chance)),
                format="json",
                primary_key=["预警编号"],
            )
        ],
        en=(
            "Weather warnings",
            "The full texts of all weather warnings since December 2024, in the order of issue. The levels rise from "
            "blue over yellow and orange to red. A warning that is still in force has no end.",
            ["weather warnings", "warning signals", "rainstorm", "heat"],
        ),
        catalogue={"code": "212990001/000013", "category": {"class": "theme", "item": "12"}},
    )


def public_parks(chance: Random) -> Spec:
    """Public parks as polygons and as a table."""
    parks = _parks(chance)
    kinds = ["综合公园", "社区公园", "专类公园", "游园"]
    columns = [
        Column("公园编号", description="GY 加序号和校验码。", more=must(unique=True, pattern="GY[0-9]{4}")),
        Column("公园名称", description="公园名称。", more=must(unique=True)),
        Column("公园类型", description="公园绿地的类型。", more=must(enum=kinds)),
        Column("区划代码", description="所在区县的代码。", more=must(enum=[item.code for item in DISTRICTS])),
        Column("所在道路", description="主要出入口所在的道路。", more=must(enum=list(STREETS))),
        Column("面积", "number", description="占地面积，公顷。", more=must(minimum=0)),
        Column("水面面积", "number", description="其中的水面，公顷；没有测量时为空。", more=_limits(0, 100)),
        Column("建成年份", "year", description="建成开放的年份；早年建成的为空。"),
        Column("开放时间", description="每天开放的时间。", more=must()),
        Column("公共厕所", "integer", description="公共厕所数，座。", more=must(minimum=0)),
        Column("允许遛犬", "boolean", description="是否设有允许遛犬的区域；未规定时为空。"),
        Column("设施说明", description="主要设施和注意事项。"),
    ]
    return Spec(
        publisher="housing-bureau",
        name="public-parks",
        title="公园绿地名录与范围",
        description=(
            "向公众免费开放的公园和游园：范围、面积、开放时间和设施。范围为概略边界，以主要园路和围栏为准，"
            "不能作为权属或规划依据。名录表和范围图用公园编号对应。"
        ),
        keywords=["公园", "绿地", "游园", "休闲"],
        en=(
            "Public parks and their outlines",
            (
                "Parks and gardens that are open to everyone free of charge: outline, area, opening hours and "
                "facilities. Outlines are approximate, along main paths and fences, and are no ground for "
                "ownership or planning. The list and the map of outlines go together by the park's number."
            ),
            ["parks", "green spaces", "gardens", "recreation"],
        ),
        themes=["living", "geospatial"],
        areas=["geospatial"],
        update_cycle="semiannual",
        published=date(2023, 9, 11),
        updated=date(2026, 8, 24),
        resources=[
            Table("parks", "公园名录", columns, [_park_row(park, chance) for park in parks], primary_key=["公园编号"]),
            GeoFile(
                "areas",
                "公园范围",
                [_park_feature(park) for park in parks],
                description="一个公园一个多边形。",
                columns=named(columns, "公园编号", "公园名称"),
            ),
        ],
        catalogue={"code": "209990001/000014", "category": {"class": "theme", "item": "09"}},
    )


def _limits(minimum: float, maximum: float) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, "maximum": maximum}}


def _one_of(*values: str) -> dict[str, Any]:
    return {"constraints": {"enum": list(values)}}


def _daily_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    anomaly, is_wet = 0.0, False
    for number in range((LAST_DAY - _FIRST_DAY).days + 1):
        day = _FIRST_DAY + timedelta(days=number)
        heat = season(day - timedelta(days=6))
        anomaly = 0.74 * anomaly + chance.gauss(0, 2.1 - 0.8 * heat)
        plum_rain = 0.14 if (6, 8) <= (day.month, day.day) <= (7, 12) else 0.0
        is_wet = chance.random() < (0.56 if is_wet else 0.2) + 0.05 * heat + plum_rain
        rain = chance.gammavariate(0.62, 10.5 + 7 * heat + 40 * plum_rain) if is_wet else 0.0
        mean = 17.4 + 11.3 * heat + anomaly + 0.00012 * number - (1.2 if is_wet else 0)
        cloud = min(1.0, 0.72 + chance.random() * 0.4) if is_wet else chance.betavariate(1.5, 2.4)
        spread = 2.2 + 4.0 * (1 - cloud) + abs(chance.gauss(0, 0.5))
        daylight = 12.1 + 1.7 * season(day + timedelta(days=23))
        sun = max(0.0, daylight * (1 - cloud) * chance.uniform(0.85, 0.98))
        wind_weights = [
            1 + max(0.0, cos((place * 45 - (10 if heat < 0 else 150)) * pi / 180)) * 3 for place in range(8)
        ]
        humid = 62 + 7 * heat + (17 if is_wet else 0) + chance.gauss(0, 6)
        is_silent = chance.random() < 0.0015
        values = (
            round(mean, 1),
            round(mean + spread * 1.1, 1),
            round(mean - spread * 0.9, 1),
            round(rain, 1) if chance.random() > 0.004 else None,
            min(100, max(18, round(humid))),
            round(max(0.3, chance.gammavariate(5.5, 0.43)), 1),
            chance.choices(_WINDS, wind_weights)[0],
            round(sun, 1) if chance.random() > 0.008 else None,
        )
        yield day, *([None] * len(values) if is_silent else values)


def _warning_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    first = date(2024, 12, 1)
    issued: list[tuple[datetime, str]] = []
    while len(issued) < 96:
        day = first + timedelta(days=chance.randrange((LAST_DAY - first).days))
        kind = chance.choices(list(_WARNINGS), (26, 24, 14, 12, 6, 12, 3, 3))[0]
        if day.month in _WARNINGS[kind][0]:
            hour = chance.choice((15, 16, 17, 18, 2, 10)) if kind in ("暴雨", "雷电") else chance.choice((7, 9, 16, 20))
            issued.append((datetime(day.year, day.month, day.day, hour, chance.randrange(60)), kind))
    issued.append((datetime(2026, 11, 20, 16, 20), "大雾"))
    for number, (time, kind) in enumerate(sorted(issued), 1):
        is_city = chance.random() < 0.42
        district = pick_district(chance)
        place = "全市" if is_city else district.zh
        _, text, (low, high) = _WARNINGS[kind]
        figure = chance.randint(low, high)
        level = _LEVELS[min(3, int(4 * ((figure - low) / (high - low + 1)) ** 1.6))]
        if kind == "大雾":
            level = "橙色" if figure < 200 else "黄色"
        if kind == "高温":
            level = "红色" if figure >= 40 else "橙色" if figure >= 37 else "黄色"
        if kind in ("雷电", "道路结冰") and level == "蓝色":
            level = "黄色"
        body = f"市气象台{time.month}月{time.day}日{time.hour}时{time.minute}分发布{kind}{level}预警信号："
        body += text.format(place=place, n=figure)
        if level in ("橙色", "红色"):
            body += "请有关单位按照职责做好应急准备，学校、工地和景区视情况停止户外活动，市民留意后续更新。"
        ends = time + timedelta(hours=chance.choice((2, 3, 4, 6, 9, 14, 22)), minutes=chance.randrange(60))
        yield (
            code_with_check("YJ", number, 4),
            time.isoformat(),
            None if number == len(issued) else ends.isoformat(),
            kind,
            level,
            "990100" if is_city else district.code,
            body,
            _ADVICE.get(kind) if level != "蓝色" else None,
        )


def _parks(chance: Random) -> list[_Park]:
    words = "听荷 望星 鸣鹿 晴岚 白鹭洲 枫桥 稻香 落霞 竹影 桂雨 云溪 石榴 麦浪 芦花".split()
    ends = {"综合公园": "公园", "社区公园": "社区公园", "专类公园": "植物园", "游园": "游园"}
    names = [(kind, f"{word}{end}") for kind, end in ends.items() for word in words]
    chosen = sorted(chance.sample(range(len(names)), 46))
    parks = []
    for number, place in enumerate(chosen, 1):
        kind, name = names[place]
        usual = {"综合公园": 14.0, "社区公园": 2.4, "专类公园": 9.0, "游园": 0.5}[kind]
        ring, hectares = _ring(chance, pick_district(chance), usual * chance.lognormvariate(0, 0.5))
        district = min(DISTRICTS, key=lambda item: abs(item.longitude - ring[0][0]) + abs(item.latitude - ring[0][1]))
        parks.append(
            _Park(code_with_check("GY", number, 3), name, kind, district, chance.choice(STREETS), ring, hectares)
        )
    return parks


def _ring(chance: Random, district: District, hectares: float) -> tuple[list[tuple[float, float]], float]:
    """Return a closed ring, counter-clockwise, and the area inside it in hectares."""
    longitude, latitude = district.point(chance)
    radius = (hectares * 10_000 / pi) ** 0.5
    east, north = 111_320 * cos(latitude * pi / 180), 110_600
    corners = []
    count = chance.randint(5, 10)
    for place in range(count):
        angle, length = 2 * pi * place / count, radius * chance.uniform(0.8, 1.25)
        corners.append((length * cos(angle), length * sin(angle) * 0.9))
    closed = [*corners, corners[0]]
    area = sum(x * v - u * y for (x, y), (u, v) in pairwise(closed)) / 2
    ring = [(round(longitude + x / east, 6), round(latitude + y / north, 6)) for x, y in closed]
    return ring, round(area / 10_000, 2)


def _park_row(park: _Park, chance: Random) -> tuple[Any, ...]:
    large = park.hectares > 5
    notes = ("有儿童活动区和健身步道。", "有篮球场，夜间照明至 21:00。", "有无障碍坡道和母婴室。", None, None)
    long_note = (
        "园内分为湖区、林地和草坪三部分，环湖步道约一圈可达各景点；北门设无障碍坡道、母婴室和饮水处。"
        "湖区水深，禁止游泳和擅自划船；汛期水位上涨时临湖平台临时关闭。自行车须停放在入口处，滑板和轮滑只限南广场。"
    )
    return (
        park.code,
        park.name,
        park.kind,
        park.district.code,
        park.street,
        park.hectares,
        None if chance.random() < 0.15 else round(park.hectares * chance.choice((0, 0, 0.1, 0.25)), 2),
        chance.randint(1985, 2025) if chance.random() > 0.12 else None,
        "06:00-22:00" if large else "全天",
        chance.randint(2, 6) if large else chance.choice((0, 0, 1)),
        chance.choice((True, False, False, None)),
        long_note if large and chance.random() < 0.35 else chance.choice(notes),
    )


def _park_feature(park: _Park) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"type": "Polygon", "coordinates": [park.ring]}, {"公园编号": park.code, "公园名称": park.name}


DATASETS: tuple[Maker, ...] = (weather_daily, weather_warnings, public_parks)

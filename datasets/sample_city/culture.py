"""Tourist sites of the invented city and how many people visit them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, STREETS, District, code_with_check, pick_district, season
from sample_city.kit import Column, GeoFile, Maker, Spec, Table, district_column, must


@dataclass(frozen=True)
class _Site:
    """A tourist site; *usual* are the visits of a usual working day, where they are counted daily."""

    name: str
    district: int
    kind: str
    grade: str
    ticket: int
    usual: int = 0


_COUNTED = (
    _Site("望舒湖风景区", 4, "湖泊", "5A", 90, 3900),
    _Site("晨星古镇", 0, "古镇", "5A", 0, 6200),
    _Site("听松岭", 3, "山岳", "4A", 60, 2100),
    _Site("澄波湾", 1, "海滨", "4A", 0, 3300),
    _Site("稻香湿地", 2, "湿地", "4A", 30, 1500),
    _Site("示范市博物馆", 0, "场馆", "4A", 0, 1900),
    _Site("飞萤谷", 3, "山岳", "3A", 45, 620),
    _Site("云笺书院", 0, "场馆", "3A", 20, 480),
    _Site("白鹭洲", 2, "湿地", "3A", 0, 1100),
    _Site("拂晓乐园", 1, "乐园", "4A", 180, 2400),
)
_KINDS = ("湖泊", "古镇", "山岳", "海滨", "湿地", "场馆", "乐园", "田园")
_GRADES = ("5A", "4A", "3A", "2A", "未评级")
_FIRST = ("青禾", "长风", "细雨", "听雪", "晴川", "稻浪", "松涛", "知行", "鸣泉", "启明", "月白", "清荷")
_SECOND = {
    "湖泊": ("湖", "潭"),
    "古镇": ("古村", "老街"),
    "山岳": ("山", "峡"),
    "海滨": ("沙滩", "渔港"),
    "湿地": ("湿地", "河湾"),
    "场馆": ("美术馆", "纪念馆"),
    "乐园": ("乐园", "水世界"),
    "田园": ("农庄", "果园"),
}
_TEXTS = {
    "湖泊": (
        "环湖步道全长约九公里，走一圈大约三小时。",
        "清晨水面常有薄雾，适合拍照。",
        "游船每半小时一班，大风天停航。",
    ),
    "古镇": ("街巷保留青石路面和木构店铺。", "每月初一、十五有集市。", "民宿集中在河的北岸，旺季要提早预订。"),
    "山岳": (
        "登山有东、西两条路，东路平缓，西路陡峭。",
        "山顶可以看日出，夜间登山请结伴。",
        "雨后石阶湿滑，雷雨时封山。",
    ),
    "海滨": (
        "沙滩平缓，浴场六月至九月开放。",
        "退潮后可以赶海，请留意涨潮时间。",
        "傍晚看落日的人最多，停车比较困难。",
    ),
    "湿地": ("已记录到一百多种鸟，冬季候鸟最多。", "木栈道可以推轮椅和婴儿车。", "观鸟屋内请保持安静，不要投喂。"),
    "场馆": ("常设展览免费，特别展览另行售票。", "每天上午和下午各有一场公益讲解。", "周一闭馆，遇节假日顺延。"),
    "乐园": (
        "大型项目有身高限制，入园前请先查看。",
        "暑假开放夜场，至晚上九点半。",
        "雨天部分项目停运，门票可以改期一次。",
    ),
    "田园": (
        "春天看花，秋天采摘，价格按当天公布的为准。",
        "可以预约农事体验和研学活动。",
        "提供农家饭菜，团体需要提前一天预订。",
    ),
}

_ADVICE = (
    "节假日实行分时预约，请在到达前一天选好时段，错过时段可以在当天改一次。",
    "现役军人、残疾人、六十五岁以上老人和身高一米二以下儿童免票，六十岁至六十四岁老人和学生半价，入园时出示证件即可。",
    "游客中心提供轮椅、婴儿车、行李寄存和热水，设有母婴室；主要道路平整，部分支路有台阶。",
    "自驾游客请停在外围停车场换乘摆渡车，末班车在闭园后一小时发出。",
    "请带走垃圾，不要攀爬、刻画和采摘，遇到紧急情况请就近找工作人员。",
    "园内道路较长，老人和孩子可以乘观光车，全程设六个上下车点，单程约二十五分钟。",
    "拍摄婚纱照和使用无人机需要提前三天申请，人流高峰时段不予安排。",
)
_HOURS = {
    "场馆": ("9:00-17:00，周一闭馆", "9:00-17:30，周一闭馆"),
    "古镇": ("全天", "8:00-22:00"),
    "海滨": ("全天", "6:00-20:00"),
    "乐园": ("9:30-18:00", "10:00-18:00，暑假至21:30"),
}

_FIRST_DAY = date(2023, 11, 21)
_HOLIDAYS = (
    ("2023-12-30", 3), ("2024-02-10", 8), ("2024-04-04", 3), ("2024-05-01", 5), ("2024-06-08", 3), ("2024-09-15", 3),
    ("2024-10-01", 7), ("2025-01-01", 1), ("2025-01-28", 8), ("2025-04-04", 3), ("2025-05-01", 5), ("2025-05-31", 3),
    ("2025-10-01", 8), ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5), ("2026-06-19", 3),
    ("2026-09-25", 3), ("2026-10-01", 7),
)  # fmt: skip
"""First day and number of days of public holidays."""


def tourist_sites(chance: Random) -> Spec:
    """Tourist sites with grade, ticket, place and a text, as table and as map."""
    rows = list(_site_rows(chance))
    columns = _site_columns()
    names = [column.name for column in columns]
    shown = [names.index(name) for name in ("景区编号", "景区名称", "类型", "等级", "门票")]
    return Spec(
        publisher="culture-tourism-bureau",
        name="tourist-sites",
        title="旅游景区与景点",
        description=(
            "全市对外开放的旅游景区和景点：等级、类型、门票、开放时间、最大承载量、坐标和简介。\n\n"
            "怎样使用：\n\n"
            "- 想在地图上看，下载 GeoJSON 文件；\n"
            "- 想筛选和排序，下载表格；两个文件用景区编号对应；\n"
            "- 门票为旺季成人全价，0 表示免费；票价为空表示暂停开放、重新核价。\n\n"
            "等级按旅游景区质量等级评定结果填写，没有参加评定的写“未评级”。坐标为 CGCS2000，取主入口；"
            "正在测量的景点没有坐标，也就不在 GeoJSON 文件里。\n\n"
            "简介由景区自行填写，长短不一；开放时间遇大风、雷雨和汛期可能临时调整，以景区当天公告为准。\n\n"
        ),
        keywords=["景区", "景点", "旅游", "门票", "开放时间"],
        themes=["living", "geospatial"],
        areas=["tourism"],
        update_cycle="quarterly",
        published=date(2020, 9, 15),
        updated=date(2026, 10, 9),
        version="5.1.0",
        en=(
            "Tourist sites",
            "Tourist sites that are open to visitors: grade, kind, ticket, opening hours, capacity, place and a text "
            "that each site writes for itself. Coordinates are CGCS2000 and mark the main entrance; sites without "
            "them are missing from the map. Tickets are the full price in the high season; 0 is free of charge.",
            ["tourist sites", "sights", "tourism", "tickets", "opening hours"],
        ),
        resources=[
            Table(
                "sites",
                "景区名录",
                _site_columns(),
                rows,
                "Tourist sites",
                primary_key=["景区编号"],
                crs="CGCS2000",
            ),
            GeoFile(
                "sites-map",
                "景区分布图",
                [
                    (
                        {"type": "Point", "coordinates": [row[names.index("经度")], row[names.index("纬度")]]},
                        {names[place]: row[place] for place in shown},
                    )
                    for row in rows
                    if row[names.index("经度")] is not None
                ],
                "Map of tourist sites",
                "每个有坐标的景区一个点。",
                columns=[columns[place] for place in shown],
            ),
        ],
        catalogue=_filed(12),
    )


def tourist_visits(chance: Random) -> Spec:
    """Daily visits to ten sites over three years, a column for each."""
    return Spec(
        publisher="culture-tourism-bureau",
        name="tourist-visits",
        title="重点景区每日游客量",
        description=(
            "十个重点景区2023年11月21日以来每天的入园人次，一天一行、一个景区一列。"
            "免费景区由客流计数器估算，设备故障的日子为空；室外景区因台风、封山关闭的日子为 0。"
        ),
        keywords=["游客量", "景区", "节假日", "旅游统计"],
        en=(
            "Daily visitors to main tourist sites",
            (
                "Visitors to ten main tourist sites on each day since 21 November 2023, a day a line and a site a "
                "column. At sites without tickets they are estimated by counters, and days on which a counter "
                "failed are blank; outdoor sites that were closed for typhoons or fire risk have 0."
            ),
            ["visitors", "tourist sites", "holidays", "tourism statistics"],
        ),
        themes=["commerce"],
        areas=["tourism"],
        update_cycle="daily",
        published=date(2024, 3, 1),
        updated=LAST_DAY,
        temporal=f"{_FIRST_DAY}/{LAST_DAY}",
        resources=[
            Table(
                "visits",
                "每日游客量",
                [
                    Column("日期", "date", description="入园的日期。", more=must(unique=True)),
                    Column(
                        "日期类型",
                        description="法定节假日、周末或工作日。",
                        more=must(enum=["节假日", "周末", "工作日"]),
                    ),
                    *(
                        Column(site.name, "integer", description=f"{site.name}当日入园人次。", more=_limits(0, 90000))
                        for site in _COUNTED
                    ),
                ],
                list(_daily_visits(chance)),
                primary_key=["日期"],
            )
        ],
        catalogue={**_filed(13), "granularity": "aggregated"},
    )


def _filed(number: int) -> dict[str, Any]:
    return {"code": f"307990002/{number:06d}", "category": {"class": "department", "item": "07"}}


def _limits(minimum: float, maximum: float | None = None) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, **({} if maximum is None else {"maximum": maximum})}}


def _site_columns() -> list[Column]:
    code = must(unique=True, pattern="JQ[0-9]{4}")
    return [
        Column("景区编号", en="Site code", description="JQ、三位序号和校验位。", more=code),
        Column("景区名称", en="Site", description="景区或景点的名称。", more=must(unique=True)),
        Column("类型", en="Kind", description="景区的类型。", more=must(enum=list(_KINDS))),
        Column("等级", en="Grade", description="旅游景区质量等级。", more=must(enum=list(_GRADES))),
        district_column("District"),
        Column("所在街道", en="Street", description="主入口所在道路；不在城区的为空。"),
        Column("门票", "integer", "Ticket", "旺季成人全价，元；0 为免费，暂停开放时为空。", _limits(0, 500)),
        Column("开放时间", en="Opening hours", description="通常的开放时间。"),
        Column("最大承载量", "integer", "Capacity", "一天最多容纳的人数；没有核定时为空。", _limits(1)),
        Column("评定日期", "date", "Graded on", "评定等级的日期；没有评级时为空。"),
        Column("经度", "number", "Longitude", "主入口经度，CGCS2000，度。", _limits(149, 152)),
        Column("纬度", "number", "Latitude", "主入口纬度，CGCS2000，度。", _limits(19, 22)),
        Column("简介", en="Text", description="景区填写的简介，长短不一。"),
    ]


def _sites(chance: Random) -> Iterator[_Site]:
    yield from _COUNTED
    names = [(first, kind, second) for first in _FIRST for kind in _KINDS for second in _SECOND[kind]]
    for first, kind, second in chance.sample(names, 46):
        grade = chance.choices(_GRADES[1:], (1, 6, 6, 12))[0]
        dear = {"乐园": 110, "山岳": 40, "湖泊": 35, "海滨": 0, "场馆": 0, "古镇": 0}.get(kind, 20)
        ticket = round(dear * chance.uniform(0.5, 1.5) / 5) * 5
        yield _Site(f"{first}{second}", DISTRICTS.index(pick_district(chance)), kind, grade, ticket)


def _site_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    for serial, site in enumerate(_sites(chance), 1):
        district: District = DISTRICTS[site.district]
        place = district.point(chance, 0.06) if site.usual or chance.random() > 0.06 else (None, None)
        indoors = site.kind in ("场馆", "古镇")
        graded = date(chance.randint(2006, 2025), chance.randint(1, 12), chance.randint(1, 28))
        yield (
            code_with_check("JQ", serial, 3),
            site.name,
            site.kind,
            site.grade,
            district.zh,
            chance.choice(STREETS) if indoors else None,
            site.ticket if site.usual or chance.random() > 0.07 else None,
            chance.choice(_HOURS.get(site.kind, ("8:00-17:30", "7:00-18:00"))) if chance.random() > 0.05 else None,
            _capacity(site, chance),
            None if site.grade == "未评级" else graded,
            *place,
            _text(site, district, chance),
        )


def _capacity(site: _Site, chance: Random) -> int | None:
    if site.usual:
        return round(site.usual * chance.uniform(5.5, 8)) // 100 * 100
    return None if chance.random() < 0.2 else round(chance.lognormvariate(8.3, 0.8)) // 100 * 100


def _text(site: _Site, district: District, chance: Random) -> str | None:
    if not site.usual and chance.random() < 0.1:
        return None
    about = f"{site.name}位于{district.zh}。"
    texts: Sequence[str] = _TEXTS[site.kind]
    number = 3 if site.usual else chance.choices((0, 1, 2, 3), (4, 6, 2, 1))[0]
    about += "".join(chance.sample(texts, number))
    if site.grade in ("5A", "4A"):
        advice = _ADVICE[:3] if site.kind == "场馆" else _ADVICE
        about += "".join(chance.sample(advice, chance.randint(3, len(advice))))
    return about


def _daily_visits(chance: Random) -> Iterator[tuple[Any, ...]]:
    holidays = {date.fromisoformat(first) + timedelta(days=day) for first, number in _HOLIDAYS for day in range(number)}
    day = _FIRST_DAY
    while day <= LAST_DAY:
        kind = "节假日" if day in holidays else "周末" if day.weekday() >= 5 else "工作日"
        weather = 0.55 if chance.random() < 0.16 else chance.uniform(0.9, 1.12)
        storm = 7 <= day.month <= 9 and chance.random() < 0.02
        yield (day, kind, *(_visits_of(site, day, kind, weather, storm, chance) for site in _COUNTED))
        day += timedelta(days=1)


def _visits_of(site: _Site, day: date, kind: str, weather: float, storm: bool, chance: Random) -> int | None:
    indoors = site.kind == "场馆"
    if indoors and day.weekday() == 0 and kind == "工作日":
        return 0
    if storm and not indoors:
        return 0
    if chance.random() < (0.012 if site.ticket == 0 else 0.001):
        return None
    summer = {"海滨": 0.6, "乐园": 0.4, "湿地": -0.15, "山岳": 0.2}.get(site.kind, 0.15)
    busy = {"节假日": 3.6, "周末": 1.9, "工作日": 1.0}[kind]
    vacation = 1.35 if day.month in (7, 8) and kind == "工作日" else 1.0
    growth = 1 + 0.06 * (day - _FIRST_DAY).days / 365
    expected = site.usual * busy * vacation * growth * (1 + summer * season(day))
    return round(expected * (weather**-0.4 if indoors else weather) * chance.gauss(1, 0.08))


DATASETS: tuple[Maker, ...] = (tourist_sites, tourist_visits)

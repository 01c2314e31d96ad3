"""Deals in public: public resources, procurement plans, new homes, and land."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, radians, sin
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, District, pick_district
from sample_city.government import DEPARTMENTS
from sample_city.kit import Column, GeoFile, Maker, Spec, Table, named
from sample_city.registers import CREDIT_CODE, firms, may, must, workday

WORKS_TRADES = "建筑 建设工程 市政工程 路桥"
DEALS: tuple[tuple[str, float, float, tuple[tuple[str, str, tuple[int, ...]], ...]], ...] = (
    (
        "工程建设",
        38,
        900.0,
        (
            ("道路改造工程", "市政工程 路桥", (0, 11)),
            ("雨污分流工程", "市政工程 水务", (1, 11)),
            ("老旧小区改造工程", "建筑 建设工程 装修工程", (11,)),
            ("学校教学楼新建工程", WORKS_TRADES, (3,)),
            ("河道整治工程", "市政工程 生态修复", (1, 11)),
        ),
    ),
    (
        "政府采购",
        42,
        90.0,
        (
            ("办公设备采购", "贸易 商贸 数码", tuple(range(17))),
            ("信息系统运维服务", "软件 信息技术 数字科技", (5, 7, 8, 13, 13)),
            ("物业服务", "物业服务", tuple(range(17))),
            ("检测设备采购", "医疗器械贸易 检测技术", (1, 4, 5)),
            ("食堂食材配送", "食品贸易 蔬果 冷链", (3, 3, 4, 9)),
            ("校服采购", "服饰 制衣", (3,)),
        ),
    ),
    ("土地使用权", 7, 12000.0, (("国有建设用地使用权出让", "置业 机械 电气 电子", (16,)),)),
    (
        "产权交易",
        8,
        60.0,
        (
            ("国有房产招租", "便利超市 餐饮管理 企业管理", (7,)),
            ("报废公务车辆处置", "汽车销售 汽车租赁", (7,)),
            ("闲置设备转让", "设备租赁 贸易", (4, 7)),
        ),
    ),
    ("其他", 5, 40.0, (("集体林地承包经营权流转", "苗木 林业", (16,)), ("排污权交易", "印染 纸业 化工", (1,)))),
)
"""Type, share in per cent, usual amount in 万元, and what is traded: its name, the trades that win, the clients."""


def public_resource_deals(chance: Random) -> Spec:
    """Return the deals of the public resource trading centre."""
    return Spec(
        publisher="trading-centre",
        name="public-resource-deals",
        title="公共资源交易成交信息",
        description=(
            "市公共资源交易中心组织的工程建设、政府采购、土地使用权、产权等项目的成交结果：多少家参与、谁中标、成交价比控制价低多少。"
            "流标的项目也列出，没有成交单位和成交金额。土地和产权交易是价高者得，成交金额一般高于起始价。"
        ),
        keywords=["公共资源交易", "招标", "中标", "政府采购", "成交金额"],
        themes=["commerce"],
        areas=["public_resource_trading"],
        resources=[
            Table(
                name="deals",
                title="成交信息",
                en="Deals",
                format="xlsx",
                columns=_deal_columns(),
                rows=_deals(chance, 800),
                primary_key=["交易编号"],
            )
        ],
        update_cycle="daily",
        published=date(2024, 1, 15),
        updated=date(2026, 11, 20),
        temporal="2024-01-02/2026-11-19",
        en=(
            "Deals in public resources",
            "Results of the city's tenders, procurements, land auctions and sales of public property: how many took "
            "part, which firm won and at what price compared with the limit. Failed tenders are listed without a "
            "winner; land and property go to the highest bidder, so that their price usually exceeds the start.",
            ["public resource trading", "tenders", "winning bids", "government procurement", "contract amounts"],
        ),
        catalogue={"code": "307990003/000007", "category": {"class": "department", "item": "07"}},
    )


def _deal_columns() -> list[Column]:
    kinds = [name for name, *_ in DEALS]
    return [
        Column("交易编号", "string", "Deal", "年份和四位序号。", must(unique=True, pattern="JY20[0-9]{2}-[0-9]{4}")),
        Column("项目名称", "string", "Project", "招标或出让公告上的名称。", must()),
        Column("交易类型", "string", "Type", "公共资源的类型。", must(enum=kinds)),
        Column("委托单位", "string", "Client", "招标人、采购人或出让方。", must(enum=list(DEPARTMENTS))),
        Column("控制价（万元）", "number", "Limit (10,000 yuan)", "最高限价；土地和产权为起始价。", may(minimum=0)),
        Column("参与单位数", "integer", "Bidders", "投标、报价或竞买的单位个数。", must(minimum=0, maximum=60)),
        Column("成交单位", "string", "Winner", "流标的为空。"),
        Column(
            "统一社会信用代码", "string", "Unified social credit code", "成交单位的代码。", may(pattern=CREDIT_CODE)
        ),
        Column("成交金额（万元）", "number", "Amount (10,000 yuan)", "流标的为空。", may(minimum=0)),
        Column("成交日期", "date", "Date", "公布成交结果或流标的日期。", must()),
    ]


def _deals(chance: Random, count: int) -> Iterator[tuple[Any, ...]]:
    days = sorted(workday(chance, date(2024, 1, 2), date(2026, 11, 19)) for _ in range(count))
    for serial, day in enumerate(days, 1):
        kind, _, usual, subjects = chance.choices(DEALS, weights=[item[1] for item in DEALS])[0]
        subject, trades, clients = chance.choice(subjects)
        client = DEPARTMENTS[chance.choice(clients)]
        place = f"{pick_district(chance).zh}{chance.choice(STREETS)}" if kind not in ("政府采购", "产权交易") else ""
        title = f"{day.year}年{place}{subject}"
        if chance.random() < 0.25:
            title += f"（{chance.choice(['第一标段', '第二标段', '第三标段', '二次', '三年期'])}）"
        limit = round(usual * chance.lognormvariate(0, 0.8), 2)
        bidders = min(60, int(chance.gammavariate(3, 3.2 if kind == "工程建设" else 1.5)) + (kind != "土地使用权"))
        number = f"JY{day.year}-{serial:04d}"
        known_limit = limit if chance.random() > 0.03 else None
        failed = bidders < (3 if kind in ("工程建设", "政府采购") and chance.random() < 0.75 else 1)
        if failed:
            yield number, title, kind, client, known_limit, bidders, None, None, None, day
            continue
        possible = [item for item in firms() if item.trade in trades.split() and item.is_active(day)]
        winner = chance.choice([item for item in possible if item.kind in ("有限责任公司", "股份有限公司")])
        more = kind in ("土地使用权", "产权交易")
        factor = 1 + abs(chance.gauss(0, 0.12)) * bidders / 4 if more else 1 - min(0.35, chance.betavariate(2, 18))
        yield number, title, kind, client, known_limit, bidders, winner.name, winner.uscc, round(limit * factor, 2), day


def government_procurement_plans(chance: Random) -> Spec:
    """Return the announcement of a dataset that is to be opened in 2027."""
    return Spec(
        publisher="finance-bureau",
        name="government-procurement-plans",
        title="政府采购计划",
        description=(
            "市级预算单位备案的政府采购计划，包括采购项目名称、品目、预算金额和预计采购月份，方便供应商提前准备。"
            "采购系统正在改造，完成后按季度开放。"
        ),
        keywords=["政府采购", "采购计划", "采购意向"],
        en=(
            "Plans of government procurement",
            (
                "Procurement plans that the city's departments filed: project, category, budget and the month in "
                "which it is expected, so that suppliers can prepare. The procurement system is being rebuilt; "
                "afterwards the data are to be opened by quarter."
            ),
            ["government procurement", "procurement plans", "procurement intentions"],
        ),
        themes=["finance"],
        areas=["public_resource_trading"],
        resources=[],
        update_cycle="quarterly",
        published=date(2026, 9, 10),
        updated=date(2026, 9, 10),
        version="0.1.0",
        catalogue={
            "code": "307990003/000009",
            "category": {"class": "department", "item": "07"},
            "format": {"class": "spreadsheet", "type": "xlsx"},
            "items": [
                {"name": "采购项目名称", "name_en": "Project", "data_type": "C", "length": 200},
                {"name": "品目", "name_en": "Category of goods", "data_type": "C", "length": 60},
                {"name": "预算金额", "name_en": "Budget (yuan)", "data_type": "N"},
                {"name": "预计采购月份", "name_en": "Expected month", "data_type": "C", "length": 7},
            ],
            "planned": {"on": "2027-01-15"},
        },
    )


FESTIVALS = (date(2025, 1, 29), date(2026, 2, 17))
MARKET = {
    "990101": (42, 18600),
    "990102": (33, 15200),
    "990103": (20, 11300),
    "990104": (17, 10400),
    "990121": (8, 6900),
}
"""New homes sold on a usual day, and their price in yuan for a square metre."""


def housing_transactions(chance: Random) -> Spec:
    """Return the new homes sold each day in each district."""
    codes = [item.zh for item in DISTRICTS]
    return Spec(
        publisher="housing-bureau",
        name="housing-transactions",
        title="新建商品住房每日成交情况",
        description=(
            "各区县每天网签的新建商品住房套数、面积和均价。周末成交多，春节前后很少；当天没有成交的，均价为空。"
            "均价受成交结构影响，某一天忽高忽低往往是因为卖的楼盘不同，不宜直接当作房价涨跌。"
        ),
        keywords=["房地产", "新建商品住房", "网签", "成交均价", "房价"],
        themes=["housing"],
        resources=[
            Table(
                name="transactions",
                title="每日成交",
                format="xlsx",
                columns=[
                    Column("成交日期", "date", description="合同网签的日期。", more=must()),
                    Column("区县", description="楼盘所在的区县。", more=must(enum=codes)),
                    Column("成交套数", "integer", description="当日网签套数。", more=must(minimum=0)),
                    Column("成交面积（平方米）", "integer", description="当日网签建筑面积。", more=must(minimum=0)),
                    Column("成交均价（元/平方米）", "integer", description="没有成交的为空。", more=may(minimum=1)),
                ],
                rows=_homes(chance),
                primary_key=["成交日期", "区县"],
            )
        ],
        update_cycle="daily",
        published=date(2025, 1, 10),
        updated=date(2026, 9, 30),
        temporal="2024-10-01/2026-09-29",
        en=(
            "New homes sold each day",
            "Number, floor area and mean price of the new homes sold each day in each district. Weekends sell more, "
            "the Spring Festival hardly anything; a day without sales has no mean price.",
            ["real estate", "new homes", "registered contracts", "mean price", "house prices"],
        ),
        catalogue={"code": "307990003/000014", "granularity": "aggregated"},
    )


def _homes(chance: Random) -> Iterator[tuple[Any, ...]]:
    first = date(2024, 10, 1)
    for number in range(729):
        day = first + timedelta(days=number)
        pace = (0.85, 0.8, 0.85, 0.9, 1.05, 1.35, 1.3)[day.weekday()]
        pace *= {1: 0.85, 2: 0.7, 9: 1.15, 10: 1.2, 12: 1.3}.get(day.month, 1.0) * (1 - 0.1 * number / 729)
        nearest = min(abs((day - festival).days) for festival in FESTIVALS)
        pace *= 0.04 if nearest <= 3 else 0.35 if nearest <= 8 else 1.0
        for district in DISTRICTS:
            usual, price = MARKET[district.code]
            sold = max(0, round(usual * pace * chance.lognormvariate(0, 0.25) + chance.gauss(0, usual**0.5 * 0.5)))
            area = round(sum(chance.gauss(108, 24) for _ in range(min(sold, 20))) * max(1.0, sold / 20))
            trend = 1 - 0.03 * number / 729 + chance.gauss(0, 0.05 if sold > 5 else 0.11)
            yield day, district.zh, sold, max(0, area), round(price * trend) if sold else None


USES = (
    ("居住用地", 26, 4.5, (1.8, 2.8), "70年"),
    ("商业服务业用地", 14, 1.8, (1.5, 4.0), "40年"),
    ("工业用地", 34, 5.5, (1.2, 2.5), "50年"),
    ("公共管理与公共服务用地", 16, 2.2, (0.8, 1.6), None),
    ("交通运输用地", 10, 1.5, None, None),
)
"""Use of the land, share in per cent, usual area in hectares, range of the floor area ratio, years of the right."""


@dataclass(frozen=True)
class _Parcel:
    number: str
    ring: list[list[float]]
    centre: tuple[float, float]
    area: float
    use: str
    row: tuple[Any, ...]


def land_supply(chance: Random) -> Spec:
    """Return the parcels of state land supplied for building, as a table and as polygons."""
    days = sorted(workday(chance, date(2022, 1, 4), date(2026, 9, 25)) for _ in range(60))
    parcels = [_parcel(chance, serial, day) for serial, day in enumerate(days, 1)]
    return Spec(
        publisher="natural-resources-bureau",
        name="land-supply",
        title="国有建设用地供应",
        description=(
            "2022年以来供应的国有建设用地，每宗地一行，列出位置、用途、面积、容积率和成交价；"
            "另有宗地边界的 GeoJSON 文件，两个文件用宗地编号对应。坐标为 CGCS2000 经纬度；面积按边界计算。"
            "划拨供应的公共设施和道路用地没有成交价和使用年限。"
        ),
        keywords=["土地供应", "宗地", "建设用地", "土地出让", "国土空间"],
        themes=["housing", "geospatial"],
        areas=["geospatial"],
        resources=[
            Table(
                name="parcels",
                title="供应宗地",
                crs="CGCS2000",
                columns=_parcel_columns(),
                rows=[(item.number, *item.row) for item in parcels],
                primary_key=["宗地编号"],
            ),
            GeoFile(
                name="boundaries",
                title="宗地边界",
                description="多边形，属性有宗地编号、用途和面积（公顷）。",
                features=[
                    (
                        {"type": "Polygon", "coordinates": [item.ring]},
                        {"宗地编号": item.number, "用途": item.use, "面积（公顷）": item.area},
                    )
                    for item in parcels
                ],
                columns=named(_parcel_columns(), "宗地编号", "用途", "面积（公顷）"),
            ),
        ],
        update_cycle="quarterly",
        published=date(2023, 3, 30),
        updated=date(2026, 10, 12),
        en=(
            "State land supplied for building",
            "Parcels supplied since 2022 with their place, use, area, floor area ratio and price, and their boundaries "
            "as polygons (CGCS2000). Land allotted for public buildings and roads has neither price nor term.",
            ["land supply", "parcels", "building land", "land sales", "spatial planning"],
        ),
        catalogue={"code": "307990003/000015"},
    )


def _parcel_columns() -> list[Column]:
    return [
        Column("宗地编号", description="年份和三位序号。", more=must(unique=True, pattern="ZD20[0-9]{2}-[0-9]{3}")),
        Column("区县", description="宗地所在的区县。", more=must(enum=[item.zh for item in DISTRICTS])),
        Column("位置", description="相邻的道路。", more=must()),
        Column("用途", description="规划用途。", more=must(enum=[item[0] for item in USES])),
        Column(
            "供应方式", description="划拨、协议或公开出让。", more=must(enum=["划拨", "协议", "招标", "拍卖", "挂牌"])
        ),
        Column("面积（公顷）", "number", description="按边界计算。", more=must(minimum=0)),
        Column("容积率上限", "number", description="规划条件；道路用地没有。", more=may(minimum=0, maximum=10)),
        Column("使用年限", description="出让年限；划拨的没有。", more=may(enum=["40年", "50年", "70年"])),
        Column("成交价（万元）", "integer", description="划拨的没有。", more=may(minimum=0)),
        Column("供应日期", "date", description="成交或批准划拨的日期。", more=must()),
        Column("经度", "number", description="中心点经度，度。", more=must(minimum=150, maximum=151)),
        Column("纬度", "number", description="中心点纬度，度。", more=must(minimum=19.5, maximum=20.5)),
    ]


def _parcel(chance: Random, serial: int, day: date) -> _Parcel:
    use, _, usual, ratios, years = chance.choices(USES, weights=[item[1] for item in USES])[0]
    district = pick_district(chance)
    centre = district.point(chance)
    ring, area = _quadrangle(chance, centre, usual * chance.lognormvariate(0, 0.5))
    first, second = chance.sample(STREETS, 2)
    place = f"{first}以{chance.choice('东西')}、{second}以{chance.choice('南北')}"
    ratio = round(chance.uniform(*ratios), 1) if ratios else None
    way = chance.choices(["挂牌", "拍卖", "招标", "协议"], [80, 12, 3, 5])[0] if years else "划拨"
    price = _land_price(chance, district, use, area) if years else None
    row = (district.zh, place, use, way, area, ratio, years, price, day, *centre)
    return _Parcel(f"ZD{day.year}-{serial:03d}", ring, centre, area, use, row)


def _land_price(chance: Random, district: District, use: str, area: float) -> int:
    """Return the price in 万元: homes and shops follow the price of homes, factories pay little."""
    per_hectare = 560 if use == "工业用地" else MARKET[district.code][1] * (0.42 if use == "居住用地" else 0.33)
    return round(per_hectare * area * chance.lognormvariate(0, 0.2))


def _quadrangle(chance: Random, centre: tuple[float, float], hectares: float) -> tuple[list[list[float]], float]:
    """Return a closed, counterclockwise ring of about *hectares* round *centre*, and its area as drawn."""
    longer = chance.uniform(1.0, 2.2)
    half_width, half_height = (hectares * 10000 * longer) ** 0.5 / 2, (hectares * 10000 / longer) ** 0.5 / 2
    turn = chance.uniform(0, pi / 2)
    corners = []
    for across, up in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = across * half_width * chance.uniform(0.9, 1.1), up * half_height * chance.uniform(0.9, 1.1)
        corners.append((x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)))
    following = [*corners[1:], corners[0]]
    area = sum(x * v - u * y for (x, y), (u, v) in zip(corners, following, strict=True)) / 20000
    metres = 111320.0
    east = metres * cos(radians(centre[1]))
    ring = [[round(centre[0] + x / east, 6), round(centre[1] + y / metres, 6)] for x, y in corners]
    return [*ring, ring[0]], round(area, 2)


DATASETS: tuple[Maker, ...] = (
    public_resource_deals,
    government_procurement_plans,
    housing_transactions,
    land_supply,
)

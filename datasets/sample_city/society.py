"""Assistance, associations, the register of people and legal aid in the invented city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, District, code_with_check, pick_district, uscc
from sample_city.kit import Column, Maker, Spec, Table, district_column, must, within

_TOPICS = (
    "根雕", "象棋", "广场舞", "无人机", "茶文化", "乒乓球", "读书", "养蜂", "稻作", "陶艺", "摄影", "骑行", "剪纸",
    "盆景", "古琴", "养老服务", "家庭教育", "社区营养", "物业管理", "软件", "纺织", "餐饮", "物流", "汽车维修",
    "食用菌", "渔业", "苗木", "民宿", "地方文化", "气象科普", "水利工程", "护理", "口腔医学", "会计", "档案", "统计",
    "环境保护", "志愿服务", "残疾人就业",
)  # fmt: skip
_FIELDS = {
    "文化体育": (0, 15),
    "社会服务": (15, 19),
    "工商业": (19, 24),
    "农业农村": (24, 28),
    "科学研究": (28, 36),
    "公益慈善": (36, 39),
}
"""Of each field: from which to which of `_TOPICS`."""

_STATES = ("正常", "活动异常", "注销清算中", "已注销", "已撤销")


def minimum_allowance(chance: Random) -> Spec:
    """Recipients of the minimum living allowance by quarter and district."""
    return Spec(
        publisher="civil-affairs-bureau",
        name="minimum-allowance",
        title="最低生活保障对象季度统计",
        description="各区县每季度末享受城乡最低生活保障的户数和人数，以及平均每人每月补助水平；没有农村保障对象的区不列农村一行。",
        keywords=["最低生活保障", "低保", "社会救助"],
        en=(
            "Recipients of the minimum living allowance by quarter",
            (
                "Households and persons in towns and in the country that receive the minimum living allowance at "
                "the end of each quarter, by district, with the mean monthly allowance a person. A district "
                "without recipients in the country has no such line."
            ),
            ["minimum living allowance", "subsistence allowance", "social assistance"],
        ),
        themes=["relief"],
        areas=["natural_person"],
        update_cycle="quarterly",
        published=date(2023, 1, 31),
        updated=date(2026, 10, 22),
        temporal="2022-10-01/2026-09-30",
        resources=[
            Table(
                "recipients",
                "保障对象",
                [
                    Column("季度", description="统计的季度。", more=must(pattern="20[0-9]{2}Q[1-4]")),
                    district_column(),
                    Column("类别", description="城市或农村最低生活保障。", more=must(enum=["城市", "农村"])),
                    Column("户数", "integer", description="季度末的保障户数。", more=must(minimum=0)),
                    Column("人数", "integer", description="季度末的保障人数。", more=must(minimum=0)),
                    Column("其中老年人", "integer", description="六十周岁以上的人数。", more=within(0)),
                    Column("其中未成年人", "integer", description="不满十八周岁的人数；未分列时为空。", more=within(0)),
                    Column("人均月补助", "number", description="平均每人每月补助金额，元。", more=within(0)),
                ],
                list(_recipients(chance)),
                primary_key=["季度", "区县", "类别"],
            )
        ],
        catalogue={**_filed(8), "granularity": "aggregated"},
    )


def social_organisations(chance: Random) -> Spec:
    """Registered associations with their codes and states."""
    return Spec(
        publisher="civil-affairs-bureau",
        name="social-organisations",
        title="社会团体登记名册",
        description=(
            "在市、区县两级登记的社会团体：协会、学会、研究会、商会和联合会。一个团体一行，含统一社会信用代码、登记日期、"
            "活动领域、会员数、评估等级和登记状态。已注销、已撤销的团体保留在名册里，以便核对旧文件。"
        ),
        keywords=["社会团体", "协会", "社会组织", "统一社会信用代码"],
        themes=["organisations"],
        areas=["legal_person"],
        update_cycle="monthly",
        published=date(2022, 3, 30),
        updated=date(2026, 11, 10),
        version="4.0.0",
        en=(
            "Register of associations",
            "Associations, societies and chambers registered with the city and its districts, one a line: unified "
            "social credit code, date, field, members, rating and state. Dissolved ones stay in the register.",
            ["associations", "societies", "social organisations", "unified social credit code"],
        ),
        resources=[
            Table(
                "associations",
                "社会团体",
                _association_columns(),
                list(_associations(chance)),
                "Associations",
                primary_key=["统一社会信用代码"],
            )
        ],
        catalogue=_filed(9),
    )


def population_register(chance: Random) -> Spec:
    """A table that must never leave: not shared, not open, and without any identity in it."""
    birth_years = [chance.randint(1938, 2024) for _ in range(10)]
    return Spec(
        publisher="civil-affairs-bureau",
        name="population-register",
        title="人口基础信息",
        description="人口基础信息库的样表，只供核验，不共享、不开放；目录里只登记这个条目。",
        keywords=["人口", "基础信息"],
        en=(
            "Basic information on the population",
            (
                "A sample table of the population database, for verification only; it is neither shared nor open. "
                "Only this entry stands in the catalogue."
            ),
            ["population", "basic information"],
        ),
        themes=["social-security"],
        areas=["natural_person"],
        update_cycle="monthly",
        published=date(2025, 8, 1),
        updated=date(2026, 11, 3),
        resources=[
            Table(
                "register",
                "人口基础信息样表",
                [
                    Column("序号", description="四位序号。", more=must(unique=True, pattern="[0-9]{4}")),
                    Column("出生年份", "integer", description="出生的年份。", more=must(minimum=1900, maximum=2026)),
                    district_column(),
                ],
                [(f"{number:04d}", year, pick_district(chance).zh) for number, year in enumerate(birth_years, 1)],
                primary_key=["序号"],
            )
        ],
        catalogue={
            "code": "101990002/000010",
            "category": {"class": "base", "item": "01"},
            "sharing": {"type": "none", "basis": "《中华人民共和国个人信息保护法》第二十八条"},
            "open": {"is_open": False},
        },
    )


def legal_aid_stations_2024(chance: Random) -> Spec:
    """The former list of legal-aid stations, kept for reference."""
    del chance
    return Spec(
        publisher="justice-bureau",
        name="legal-aid-stations-2024",
        title="法律援助工作站名录（2024年版）",
        description="2024年的法律援助工作站名录。已由“法律援助工作站名录”代替，不再更新。",
        keywords=["法律援助", "工作站", "法律服务"],
        en=(
            "Legal-aid stations (edition of 2024)",
            (
                "The list of legal-aid stations as it was in 2024. It is no longer kept up; the dataset Legal-aid "
                "stations takes its place."
            ),
            ["legal aid", "stations", "legal services"],
        ),
        themes=["legal"],
        update_cycle="never",
        published=date(2024, 3, 12),
        updated=date(2024, 12, 27),
        temporal="2024-01-01/2024-12-31",
        resources=[
            Table(
                "stations",
                "工作站名录",
                [
                    Column("序号", "integer", description="名录中的序号。", more=must(minimum=1, unique=True)),
                    Column("工作站名称", description="工作站的名称。", more=must(unique=True)),
                    district_column(),
                    Column("所在街道", description="所在道路名称，不含门牌。", more=must()),
                    Column("开放时间", description="通常的开放时间。"),
                ],
                [
                    (number, station.name, station.district.zh, station.street, station.weekdays)
                    for number, station in enumerate(_stations(2024), 1)
                ],
                description="编码为 GB18030 的 CSV 文件。",
                encoding="gb18030",
                primary_key=["序号"],
            )
        ],
        catalogue={**_filed(14), "superseded_by": "legal-aid-stations"},
    )


def legal_aid_stations(chance: Random) -> Spec:
    """Legal-aid stations with opening hours, subjects and place."""
    return Spec(
        publisher="justice-bureau",
        name="legal-aid-stations",
        title="法律援助工作站名录",
        description=(
            "可以免费咨询法律问题、申请法律援助的工作站，含开放时间、擅长事项和坐标。代替2024年版名录，"
            "新增了工作站编号、周末开放、无障碍设施、自助终端和坐标等栏目。经济困难的公民，以及追索劳动报酬、赡养费和工伤赔偿的"
            "申请人，可以到任何一个工作站提出申请，不受住址限制。"
        ),
        keywords=["法律援助", "工作站", "法律服务", "开放时间"],
        themes=["legal"],
        update_cycle="semiannual",
        published=date(2025, 1, 20),
        updated=date(2026, 8, 14),
        version="2.1.0",
        en=(
            "Legal-aid stations",
            "Stations where people can ask legal questions free of charge and apply for legal aid, with opening hours, "
            "subjects and place. Takes the place of the list of 2024.",
            ["legal aid", "stations", "legal services", "opening hours"],
        ),
        resources=[
            Table(
                "stations",
                "工作站名录",
                _station_columns(),
                list(_station_rows(chance)),
                primary_key=["工作站编号"],
                crs="CGCS2000",
            )
        ],
        catalogue=_filed(15),
    )


def _filed(number: int) -> dict[str, Any]:
    return {"code": f"307990002/{number:06d}", "category": {"class": "department", "item": "07"}}


def _recipients(chance: Random) -> Iterator[tuple[Any, ...]]:
    for number in range(16):
        year, quarter = divmod(2022 * 4 + 3 + number, 4)
        for place, district in enumerate(DISTRICTS):
            for kind, share, pay in (("城市", 4.1, 566.0), ("农村", (0, 0, 7.5, 9.8, 26.0)[place], 428.0)):
                people = round(district.population_thousands * share * 0.992**number * chance.gauss(1, 0.012))
                if people:
                    old = round(people * chance.gauss(0.41 if kind == "农村" else 0.3, 0.01))
                    young = None if year < 2024 and place == 3 else round(people * chance.gauss(0.16, 0.008))
                    allowance = round(pay * 1.012**number * chance.gauss(1, 0.01), 2)
                    households = round(people / chance.gauss(1.62, 0.03))
                    yield (f"{year}Q{quarter + 1}", district.zh, kind, households, people, old, young, allowance)


def _association_columns() -> list[Column]:
    ratings = {"constraints": {"enum": ["5A", "4A", "3A", "2A", "1A"]}}
    levels = must(enum=["市级", "区县级"])
    return [
        Column(
            "统一社会信用代码",
            en="Unified social credit code",
            description="十八位代码，以 51 开头，末位是校验位。",
            more=must(unique=True, pattern="51[0-9A-HJ-NPQRTUWXY]{16}"),
        ),
        Column("名称", en="Name", description="登记的名称。", more=must(unique=True)),
        Column("登记层级", en="Level", description="在市级或区县级登记。", more=levels),
        Column("区县", en="District", description="住所在哪个区县。", more=must(enum=[item.zh for item in DISTRICTS])),
        Column("所在街道", en="Street", description="住所所在道路，不含门牌；没有登记时为空。"),
        Column("活动领域", en="Field", description="主要活动领域。", more=must(enum=list(_FIELDS))),
        Column("业务范围", en="Purposes", description="章程规定的业务范围。"),
        Column("登记日期", "date", "Registered on", "成立登记的日期。", must()),
        Column("会员数", "integer", "Members", "最近一次年度报告的会员数；没有报告时为空。", within(0)),
        Column("评估等级", en="Rating", description="社会组织评估等级；没有参加评估时为空。", more=ratings),
        Column("登记状态", en="State", description="现在的登记状态。", more=must(enum=list(_STATES))),
    ]


def _associations(chance: Random) -> Iterator[tuple[Any, ...]]:
    places = ["示范市", *(item.zh for item in DISTRICTS)]
    pairs = chance.sample([(place, number) for place in places for number in range(len(_TOPICS))], 215)
    more = chance.sample(pairs, 85)
    acts = ("组织会员交流", "开展培训", "举办展览和比赛", "编印资料", "提供咨询", "制定行业自律规范", "参与公益活动")
    for serial, (place, number) in enumerate([*pairs, *more], 5_100_001):
        topic = _TOPICS[number]
        field = next(name for name, (first, last) in _FIELDS.items() if first <= number < last)
        second = serial > 5_100_000 + len(pairs)
        suffix = "联合会" if second else {"工商业": "商会", "科学研究": "学会"}.get(field, "协会")
        district = pick_district(chance) if place == "示范市" else DISTRICTS[places.index(place) - 1]
        state = chance.choices(_STATES, (81, 7, 3, 7, 2))[0]
        chosen = chance.sample(acts, chance.choices((1, 2, 3, 6), (3, 5, 3, 1))[0])
        yield (
            uscc("51", "990100" if place == "示范市" else district.code, serial),
            f"{place}{topic}{suffix}",
            "市级" if place == "示范市" else "区县级",
            district.zh,
            chance.choice(STREETS) if chance.random() < 0.93 else None,
            field,
            f"围绕{topic}{'、'.join(chosen)}。",
            date(round(chance.triangular(1991, 2025, 2014)), chance.randint(1, 12), chance.randint(1, 28)),
            round(chance.lognormvariate(4.2, 0.8)) + 20 if state in ("正常", "注销清算中") else None,
            chance.choices((None, "5A", "4A", "3A", "2A", "1A"), (68, 3, 9, 14, 4, 2))[0] if state == "正常" else None,
            state,
        )


@dataclass(frozen=True)
class _Station:
    serial: int
    name: str
    district: District
    street: str
    weekdays: str


def _stations(year: int) -> Iterator[_Station]:
    """Yield the stations that are open in *year*: few close, some are new, and each district has a main one."""
    serial = 0
    for place, district in enumerate(DISTRICTS):
        number = 4 + district.population_thousands // 110
        for turn in range(number):
            serial += 1
            street = STREETS[(place * 5 + turn * 3) % len(STREETS)]
            name = f"{district.zh}{'法律援助中心' if turn == 0 else f'{street}法律援助工作站'}"
            weekdays = "8:30-12:00，14:00-17:30" if turn % 3 else "9:00-17:00"
            if not (turn == 2 and place == 3 and year > 2024) and not (turn >= number - 2 and year <= 2024):
                yield _Station(serial, name, district, street, weekdays)


def _station_columns() -> list[Column]:
    code = must(unique=True, pattern="FY[0-9]{4}")
    return [
        Column("工作站编号", description="FY、三位序号和校验位。", more=code),
        Column("工作站名称", description="工作站的名称。", more=must(unique=True)),
        Column("级别", description="区县法律援助中心或街道工作站。", more=must(enum=["区县中心", "街道工作站"])),
        district_column(),
        Column("所在街道", description="所在道路名称，不含门牌。", more=must()),
        Column("工作日开放", description="周一至周五的开放时间。", more=must()),
        Column("周末开放", description="周末的开放时间；不开放时为空。"),
        Column("擅长事项", description="值班人员擅长的事项，用顿号分开。"),
        Column("无障碍设施", "boolean", description="是否有坡道或电梯；没有查验时为空。"),
        Column("自助终端", "boolean", description="是否有法律服务自助终端。", more=must()),
        Column("经度", "number", description="经度，CGCS2000，度。", more=within(149)),
        Column("纬度", "number", description="纬度，CGCS2000，度。", more=within(19)),
        Column("备注", description="搬迁、临时停办等说明。"),
    ]


def _station_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    subjects = ("劳动争议", "婚姻家庭", "工伤赔偿", "交通事故", "老年人权益", "未成年人保护", "消费纠纷", "农村土地")
    notes = ("因房屋修缮，二楼接待室暂停使用。", "每月最后一个周五下午集中学习，接待改为电话预约。")
    for station in _stations(2026):
        main = station.name.endswith("中心")
        yield (
            code_with_check("FY", station.serial, 3),
            station.name,
            "区县中心" if main else "街道工作站",
            station.district.zh,
            station.street,
            station.weekdays,
            "9:00-12:00" if main or chance.random() < 0.2 else None,
            "、".join(chance.sample(subjects, 6 if main else chance.randint(1, 3))),
            None if chance.random() < 0.1 else chance.random() < 0.7,
            main or chance.random() < 0.4,
            *station.district.point(chance),
            chance.choice(notes) if chance.random() < 0.08 else None,
        )


DATASETS: tuple[Maker, ...] = (
    legal_aid_stations_2024,
    legal_aid_stations,
    minimum_allowance,
    social_organisations,
    population_register,
)

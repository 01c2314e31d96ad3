"""Schools of the invented city and how many children and young people go to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, District, code_with_check
from sample_city.kit import Column, Maker, Spec, Table, district_column, must

_KINDS = (
    ("XX", "小学", "Primary school", 6, 14, 900, 41),
    ("CZ", "初级中学", "Junior secondary school", 3, 31, 860, 46),
    ("JN", "九年一贯制学校", "Nine-year school", 9, 58, 1350, 43),
    ("GZ", "高级中学", "Senior secondary school", 3, 105, 1750, 49),
    ("WZ", "完全中学", "Complete secondary school", 6, 140, 1900, 48),
    ("ZZ", "中等职业学校", "Secondary vocational school", 3, 210, 1600, 45),
    ("TS", "特殊教育学校", "Special school", 9, 0, 95, 10),
)
"""Code, name, English name, years, inhabitants in thousands to a school, typical pupils, typical class size."""

_ORDINALS = ("", "第二", "第三", "第四", "第五", "第六")
_TRADES = ("信息技术", "现代农业", "交通运输", "护理", "旅游服务", "机电工程", "工艺美术")

_YEARS = range(2015, 2027)
_LEVELS = {
    "幼儿园": (29, 3, 0.515),
    "小学": (72, 6, 0.525),
    "初中": (32, 3, 0.527),
    "普通高中": (17, 3, 0.493),
    "中等职业教育": (10, 3, 0.568),
    "特殊教育": (0.13, 9, 0.63),
}
"""Of each level: pupils to a thousand inhabitants in 2015, years, share of boys."""


def city_schools(chance: Random) -> Spec:
    """Every school of the city with its code, place and size."""
    return Spec(
        publisher="education-bureau",
        name="city-schools",
        title="中小学校名录",
        description=(
            "全市小学、中学、中等职业学校和特殊教育学校的名录，一所学校一行，按每学年初的统计更新。"
            "可以查到学校属于哪一类、在哪个区县、有多少学生和班级、能不能住校。"
            "学校编号首位固定为 0，末位是校验位，请按文本读取，不要当作数字。幼儿园和高等学校不在其内。"
        ),
        keywords=["学校", "小学", "中学", "名录", "寄宿"],
        themes=["education"],
        update_cycle="annual",
        published=date(2021, 10, 8),
        updated=date(2026, 9, 28),
        version="6.0.0",
        en=(
            "Register of schools",
            "Primary, secondary, vocational and special schools of the city, one school a line, as counted at the "
            "start of the school year: kind, district, pupils, classes, boarding and place. School codes begin with "
            "0 and end with a check digit; read them as text. Kindergartens and universities are not included.",
            ["schools", "primary schools", "secondary schools", "register", "boarding"],
        ),
        resources=[
            Table(
                "schools",
                "学校名录",
                _school_columns(),
                list(_schools(chance)),
                "Register of schools",
                primary_key=["学校编号"],
                foreign_keys=[(["办学类型代码"], "kinds", ["办学类型代码"])],
                crs="CGCS2000",
            ),
            Table(
                "kinds",
                "办学类型代码表",
                [
                    _kind_code("办学类型的代码，两个大写字母。", unique=True),
                    Column("名称", en="Kind", description="办学类型的名称。", more=must(unique=True)),
                    Column("英文名称", en="Kind in English", description="办学类型的英文名称。", more=must()),
                    Column("学制年限", "integer", "Years", "学生读完要多少年。", must(minimum=1, maximum=12)),
                ],
                [(code, zh, en, years) for code, zh, en, years, *_ in _KINDS],
                "Kinds of schools",
                primary_key=["办学类型代码"],
            ),
        ],
        catalogue={"code": "307990002/000001", "category": {"class": "department", "item": "07"}},
    )


def school_enrolment(chance: Random) -> Spec:
    """Pupils by school year, level, district and sex."""
    return Spec(
        publisher="education-bureau",
        name="school-enrolment",
        title="各级教育在校学生数",
        description="2015至2026学年各区县、各学段的在校学生、招生和毕业生人数，分性别统计。",
        keywords=["在校学生", "招生", "毕业生", "教育统计"],
        themes=["education"],
        update_cycle="annual",
        published=date(2019, 11, 20),
        updated=date(2026, 10, 30),
        version="2.3.0",
        temporal="2015-09-01/2026-09-30",
        en=(
            "Enrolment by level of education",
            "Pupils, entrants and leavers in the school years 2015 to 2026 by district, level and sex.",
            ["enrolment", "entrants", "leavers", "education statistics"],
        ),
        resources=[
            Table(
                "enrolment",
                "在校学生数",
                [
                    Column(
                        "学年", description="学年的起止年份，九月开始。", more=must(pattern="20[0-9]{2}-20[0-9]{2}")
                    ),
                    district_column(),
                    Column("学段", description="教育的阶段。", more=must(enum=list(_LEVELS))),
                    Column("性别", description="男或女。", more=must(enum=["男", "女"])),
                    Column("在校学生数", "integer", description="学年初的在校人数；未统计时为空。", more=_count()),
                    Column("招生数", "integer", description="本学年新入学的人数；未统计时为空。", more=_count()),
                    Column(
                        "毕业生数", "integer", description="本学年结束时毕业的人数；学年未结束时为空。", more=_count()
                    ),
                ],
                list(_enrolment(chance)),
                format="xlsx",
                primary_key=["学年", "区县", "学段", "性别"],
            )
        ],
        catalogue={
            "code": "307990002/000002",
            "category": {"class": "department", "item": "07"},
            "granularity": "aggregated",
        },
    )


def _count() -> dict[str, Any]:
    return {"constraints": {"minimum": 0}}


def _kind_code(description: str, **more: Any) -> Column:
    return Column("办学类型代码", en="Kind code", description=description, more=must(pattern="[A-Z]{2}", **more))


def _school_columns() -> list[Column]:
    names = [kind[1] for kind in _KINDS]
    return [
        Column(
            "学校编号",
            en="School code",
            description="七位数字的文本，首位为 0，末位是校验位；学校撤并后编号不再使用。",
            more=must(unique=True, pattern="0[0-9]{6}"),
        ),
        Column("学校名称", en="School", description="学校的全称。", more=must(unique=True)),
        _kind_code("办学类型的代码，见办学类型代码表。"),
        Column("办学类型", en="Kind", description="办学类型的名称。", more=must(enum=names)),
        Column("举办者", en="Run by", description="公办或民办。", more=must(enum=["公办", "民办"])),
        district_column("District"),
        Column("所在街道", en="Street", description="校门所在的道路名称，不含门牌。"),
        Column("在校学生数", "integer", "Pupils", "学年初的在校学生人数。", must(minimum=0)),
        Column("班级数", "integer", "Classes", "学年初的教学班数。", must(minimum=1)),
        Column(
            "建校年份", "year", "Founded", "学校创办的年份；早年档案缺失时为空。", {"constraints": {"maximum": 2026}}
        ),
        Column("寄宿", "boolean", "Boarding", "学校是否提供住宿。", must()),
        Column("经度", "number", "Longitude", "校门的经度，CGCS2000，度；未测量时为空。", _between(149, 152)),
        Column("纬度", "number", "Latitude", "校门的纬度，CGCS2000，度；未测量时为空。", _between(19, 22)),
    ]


def _between(minimum: float, maximum: float) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, "maximum": maximum}}


def _schools(chance: Random) -> Iterator[tuple[Any, ...]]:
    serial, senior = 1017, 0
    for district in DISTRICTS:
        for code, kind, _, years, thousands, typical, class_size in _KINDS:
            number = round(district.population_thousands / thousands) if thousands else 1
            streets = cycle(chance.sample(STREETS, len(STREETS)))
            for place in range(number):
                street = next(streets)
                senior += code == "GZ"
                serial += chance.choices((1, 2, 3, 9), (80, 12, 5, 3))[0]
                private = code not in ("TS", "ZZ") and chance.random() < 0.09
                rural = district.code == "990121"
                pupils = _pupils(chance, typical * (0.55 if rural else 1.08), smallest=years * 3)
                longitude, latitude = district.point(chance) if chance.random() > 0.025 else (None, None)
                yield (
                    code_with_check("0", serial, 5),
                    _school_name(code, kind, district, street, place, senior),
                    code,
                    kind,
                    "民办" if private else "公办",
                    district.zh,
                    street,
                    pupils,
                    max(1, years if code == "XX" and pupils > 90 else 1, round(pupils / chance.gauss(class_size, 2.5))),
                    _founded(chance, private),
                    chance.random() < _boarding_share(code, private, rural),
                    longitude,
                    latitude,
                )


def _school_name(code: str, kind: str, district: District, street: str, place: int, senior: int) -> str:
    numerals = "一二三四五六七八九十"
    if code == "GZ":
        tens, ones = divmod(senior, 10)
        text = numerals[senior - 1] if senior <= 10 else f"{'' if tens == 1 else numerals[tens - 1]}十"
        return f"示范市第{text}{numerals[ones - 1] if senior > 10 and ones else ''}高级中学"
    if code == "WZ":
        return f"{district.zh}第{numerals[place]}中学"
    if code == "ZZ":
        return f"{district.zh}{_TRADES[place]}职业学校"
    if code == "TS":
        return f"{district.zh}特殊教育学校"
    title = {"XX": "小学", "CZ": "初级中学", "JN": "学校"}[code]
    return f"{district.zh}{street}{_ORDINALS[place // len(STREETS)]}{title}"


def _pupils(chance: Random, typical: float, smallest: int) -> int:
    return max(smallest + chance.randrange(12), round(typical * chance.lognormvariate(-0.12, 0.5)))


def _founded(chance: Random, private: bool) -> int | None:
    if private:
        return chance.randint(1994, 2022)
    if chance.random() < 0.05:
        return None
    return round(chance.choices((chance.triangular(1905, 1949, 1940), chance.triangular(1950, 2026, 1985)), (1, 7))[0])


def _boarding_share(code: str, private: bool, rural: bool) -> float:
    share = {"XX": 0.02, "CZ": 0.22, "JN": 0.2, "GZ": 0.85, "WZ": 0.7, "ZZ": 0.95, "TS": 0.6}[code]
    return min(0.97, share + 0.25 * private + 0.2 * rural)


def _enrolment(chance: Random) -> Iterator[tuple[Any, ...]]:
    for year in _YEARS:
        for district in DISTRICTS:
            growth = {"990101": 0.012, "990102": 0.016, "990121": -0.021}.get(district.code, 0.001)
            for level, (share, years, boys) in _LEVELS.items():
                usual = district.population_thousands * share * (1 + growth) ** (year - 2015) * _wave(level, year)
                usual *= chance.gauss(1, 0.008)
                for sex, part in (("男", boys), ("女", 1 - boys)):
                    pupils = round(usual * part)
                    entrants: int | None = round(pupils / years * chance.gauss(1.02, 0.025))
                    leavers: int | None = round(pupils / years * chance.gauss(0.96, 0.025))
                    counted = not (level == "特殊教育" and district.code == "990121" and year < 2018)
                    yield (
                        f"{year}-{year + 1}",
                        district.zh,
                        level,
                        sex,
                        pupils if counted else None,
                        entrants if counted and not (level == "幼儿园" and year == 2020) else None,
                        leavers if counted and year < 2026 else None,
                    )


def _wave(level: str, year: int) -> float:
    """Return how large the cohorts of a level are compared with 2015: many births in 2016 and 2017, few since."""
    peak, height = {
        "幼儿园": (2020, 0.16),
        "小学": (2023, 0.2),
        "初中": (2026, 0.27),
        "普通高中": (2028, 0.34),
        "中等职业教育": (2022, 0.06),
        "特殊教育": (2025, 0.3),
    }[level]
    if year <= peak:
        return 1 + height * (year - 2015) / (peak - 2015)
    return (1 + height) * (1 - (0.075 if level == "幼儿园" else 0.024)) ** (year - peak)


DATASETS: tuple[Maker, ...] = (city_schools, school_enrolment)

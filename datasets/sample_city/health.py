"""Hospitals and clinics of the invented city, their visits, and notifiable diseases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, District, code_with_check, pick_district, season, uscc
from sample_city.kit import Column, Maker, Spec, Table, TextFile, district_column, must

_KINDS = {
    "综合医院": (0.75, 420, 0.25),
    "中医医院": (0.4, 260, 0.2),
    "专科医院": (0.6, 130, 0.65),
    "妇幼保健院": (0.2, 180, 0.0),
    "社区卫生服务中心": (1.7, 35, 0.04),
    "乡镇卫生院": (0.0, 40, 0.0),
    "社区卫生服务站": (2.9, 0, 0.3),
    "门诊部": (1.7, 0, 0.93),
    "诊所": (2.9, 0, 1.0),
}
"""Of each kind: institutions to a hundred thousand inhabitants, typical beds, share of private ones."""

_GRADES = ("三级甲等", "三级乙等", "二级甲等", "二级乙等", "一级", "未定级")
_SPECIALITIES = ("眼科", "口腔", "骨科", "皮肤病", "康复", "精神卫生", "胸科", "肛肠", "儿童", "传染病")
_BASIC_SUBJECTS = ("预防保健科", "内科", "妇产科", "儿科", "口腔科", "康复医学科", "中医科", "针灸科", "医学检验科")
_CLINICS = ("口腔", "中医", "内科", "儿科", "皮肤", "眼科", "康复")
_SUBJECTS = (
    "预防保健科", "内科", "外科", "妇产科", "儿科", "眼科", "耳鼻咽喉科", "口腔科", "皮肤科", "精神科", "传染科",
    "肿瘤科", "急诊医学科", "康复医学科", "麻醉科", "重症医学科", "中医科", "针灸科", "推拿科", "医学检验科", "病理科",
    "医学影像科",
)  # fmt: skip

_DEPARTMENTS = {
    "内科": (118, -0.1),
    "外科": (55, 0.03),
    "妇产科": (47, 0.02),
    "儿科": (62, -0.22),
    "眼科": (24, 0.06),
    "口腔科": (31, 0.1),
    "皮肤科": (26, 0.2),
    "中医科": (44, -0.04),
}
"""Of each department: visits in a month to a thousand inhabitants (in tenths), and how much summer adds to them."""

_DISEASES = {
    "流行性感冒": ("丙类", 95.0, -0.93),
    "手足口病": ("丙类", 31.0, 0.75),
    "其他感染性腹泻病": ("丙类", 36.0, 0.25),
    "水痘": ("其他", 9.5, -0.35),
    "流行性腮腺炎": ("丙类", 3.2, 0.1),
    "肺结核": ("乙类", 3.9, 0.05),
    "病毒性肝炎": ("乙类", 6.4, 0.0),
    "猩红热": ("乙类", 1.3, -0.3),
    "细菌性痢疾": ("乙类", 0.6, 0.55),
}
"""Of each disease: class, cases in a month to a hundred thousand inhabitants, and how much summer adds to them."""


def medical_institutions(chance: Random) -> Spec:
    """Hospitals, health centres and clinics with grade, beds and place."""
    return Spec(
        publisher="health-commission",
        name="medical-institutions",
        title="医疗卫生机构名录",
        description=(
            "在全市登记执业的医院、社区卫生服务中心、乡镇卫生院、门诊部和诊所。\n\n"
            "登记号和统一社会信用代码都带校验位，分别对应执业登记和法人登记；个体诊所没有统一社会信用代码的，该栏为空。"
            "床位数指登记的编制床位，不是实际开放床位；不设住院的机构为 0。诊疗科目按登记次序列出，用顿号分开。\n\n"
        ),
        keywords=["医院", "诊所", "社区卫生服务中心", "床位", "医疗机构等级"],
        themes=["health"],
        areas=["legal_person"],
        update_cycle="quarterly",
        published=date(2021, 6, 25),
        updated=date(2026, 10, 15),
        version="3.4.0",
        en=(
            "Register of medical institutions",
            "Hospitals, community health centres, township health centres, outpatient departments and clinics "
            "registered in the city. Registration numbers and unified social credit codes carry check digits; some "
            "private clinics have no such code. Beds are those registered, 0 where there are no wards.",
            ["hospitals", "clinics", "community health centres", "beds", "hospital grades"],
        ),
        resources=[
            Table(
                "institutions",
                "机构名录",
                _institution_columns(),
                list(_institutions(chance)),
                "Register of institutions",
                primary_key=["登记号"],
                crs="CGCS2000",
            )
        ],
        catalogue={
            **_filed(3),
            "sharing": {
                "type": "unconditional",
                "condition": "无条件",
                "method": "共享平台方式/接口",
            },
        },
    )


def clinic_visits(chance: Random) -> Spec:
    """Outpatients by month, department and district over four years."""
    return Spec(
        publisher="health-commission",
        name="clinic-visits",
        title="门诊人次月报（分科室）",
        description=(
            "2022年11月至2026年10月，各区县二级以上医院每月的门诊人次，按八个科室分列。"
            "春节所在月份就诊较少，儿科和内科冬季较多，皮肤科夏季较多。医院信息系统升级、未按时报送的月份留空，不作推算。"
        ),
        keywords=["门诊", "就诊人次", "科室", "医院"],
        themes=["health"],
        update_cycle="monthly",
        published=date(2023, 2, 14),
        updated=date(2026, 11, 12),
        temporal="2022-11-01/2026-10-31",
        en=(
            "Monthly outpatient visits by department",
            "Outpatient visits to the larger hospitals by month, district and department since November 2022; months "
            "that were not reported are empty.",
            ["outpatients", "visits", "hospital departments", "hospitals"],
        ),
        resources=[
            Table(
                "visits",
                "门诊人次",
                [
                    Column("月份", "yearmonth", description="统计月份。", more=must()),
                    district_column(),
                    Column("科室", description="就诊的科室。", more=must(enum=list(_DEPARTMENTS))),
                    Column("门诊人次", "integer", description="当月门诊人次；未报送时为空。", more=_count()),
                    Column("预约人次", "integer", description="门诊人次中事先预约的；未报送时为空。", more=_count()),
                ],
                list(_visits(chance)),
                format="xlsx",
                primary_key=["月份", "区县", "科室"],
            )
        ],
        catalogue={**_filed(4), "granularity": "aggregated"},
    )


def notifiable_diseases(chance: Random) -> Spec:
    """Reported cases by month, district and disease, for research bodies on application."""
    return Spec(
        publisher="health-commission",
        name="notifiable-diseases",
        title="法定传染病报告病例数（分区县）",
        description=(
            "九种常见传染病每月的报告病例数，分区县统计。月报数为初步数，订正以后会有少量变化。"
            "病例数为1至4例时不列数字，以免从小数推知个人情况；没有病例时为 0。"
        ),
        keywords=["传染病", "疫情", "疾病预防控制"],
        en=(
            "Reported cases of notifiable diseases by district",
            (
                "Monthly reported cases of nine common infectious diseases by district. Monthly figures are "
                "provisional and may change a little after correction. One to four cases are not given as a "
                "number, so that nothing can be told of a person; no case is 0."
            ),
            ["infectious diseases", "epidemics", "disease control"],
        ),
        themes=["health"],
        update_cycle="monthly",
        published=date(2024, 12, 18),
        updated=date(2026, 11, 16),
        temporal="2024-11-01/2026-10-31",
        resources=[
            Table(
                "cases",
                "报告病例数",
                [
                    Column("月份", "yearmonth", description="按报告日期归入的月份。", more=must()),
                    district_column(),
                    Column("病种", description="传染病的名称。", more=must(enum=list(_DISEASES))),
                    Column("类别", description="法定分类，或其他。", more=must(enum=["乙类", "丙类", "其他"])),
                    Column("报告病例数", "integer", description="当月报告的病例数；1至4例时为空。", more=_count()),
                ],
                list(_cases(chance)),
                encoding="gb18030",
                primary_key=["月份", "区县", "病种"],
            ),
            TextFile("notes", "使用说明", "notes.txt", _NOTES, description="申请条件、统计口径和引用方法。"),
        ],
        catalogue={
            **_filed(5),
            "granularity": "aggregated",
            "open": {"is_open": True, "condition": "仅供科研机构申请使用"},
            "sharing": {"type": "conditional", "condition": "仅用于传染病防控", "method": "共享平台方式/接口"},
        },
    )


_NOTES = """使用说明

一、申请：科研机构说明研究目的、数据用途和保密措施，经审核同意后使用。
二、口径：按报告日期和现住区县统计，只计临床诊断和实验室确诊病例。
三、小数：1至4例不列数字，请勿用合计数反推。
四、引用：请注明数据集名称、版本和取得日期。
"""


def _filed(number: int) -> dict[str, Any]:
    return {"code": f"307990002/{number:06d}", "category": {"class": "department", "item": "07"}}


def _count() -> dict[str, Any]:
    return {"constraints": {"minimum": 0}}


def _institution_columns() -> list[Column]:
    code = {"constraints": {"unique": True, "pattern": "(12|52)[0-9A-HJ-NPQRTUWXY]{16}"}}
    return [
        Column(
            "登记号",
            en="Registration number",
            description="执业登记号：YL、七位流水号和一位校验位。",
            more=must(unique=True, pattern="YL[0-9]{8}"),
        ),
        Column("统一社会信用代码", en="Unified social credit code", description="十八位代码；没有时为空。", more=code),
        Column("机构名称", en="Institution", description="登记的机构名称。", more=must(unique=True)),
        Column("机构类别", en="Kind", description="医疗卫生机构的类别。", more=must(enum=list(_KINDS))),
        Column("等级", en="Grade", description="评审确定的等级。", more=must(enum=list(_GRADES))),
        Column("性质", en="Ownership", description="公立或民办。", more=must(enum=["公立", "民办"])),
        district_column("District"),
        Column("所在街道", en="Street", description="所在道路名称，不含门牌。"),
        Column("床位数", "integer", "Beds", "登记的编制床位数。", must(minimum=0, maximum=3000)),
        Column("急诊", "boolean", "Emergency department", "是否设全天急诊；不详时为空。"),
        Column("诊疗科目", en="Fields", description="登记的诊疗科目，用顿号分开。"),
        Column("登记日期", "date", "Registered on", "首次执业登记的日期。", must()),
        Column(
            "经度", "number", "Longitude", "经度，CGCS2000，度。", {"constraints": {"minimum": 149, "maximum": 152}}
        ),
        Column("纬度", "number", "Latitude", "纬度，CGCS2000，度。", {"constraints": {"minimum": 19, "maximum": 22}}),
    ]


def _institutions(chance: Random) -> Iterator[tuple[Any, ...]]:
    serial = 2040
    places: Counter[str] = Counter()
    for district in DISTRICTS:
        rural = district.code == "990121"
        for kind, (share, beds, private_share) in _KINDS.items():
            number = 13 if kind == "乡镇卫生院" and rural else round(share * district.population_thousands / 100)
            number = 1 if kind == "妇幼保健院" else number
            for place in range(number):
                serial += chance.choices((1, 2, 7), (85, 10, 5))[0]
                private = chance.random() < private_share and place > 0
                street = chance.choice(STREETS)
                name = _institution_name(kind, district, street, private, places, chance)
                size = round(beds * chance.lognormvariate(-0.1, 0.7) * (0.6 if private else 1.2 if place == 0 else 1))
                grade = _grade(kind, size, private)
                longitude, latitude = district.point(chance) if chance.random() > 0.03 else (None, None)
                coded = not (kind == "诊所" and chance.random() < 0.45)
                yield (
                    code_with_check("YL", serial, 7),
                    uscc("52" if private else "12", district.code, 3_000_000 + serial) if coded else None,
                    name,
                    kind,
                    grade,
                    "民办" if private else "公立",
                    district.zh,
                    street,
                    size,
                    None if chance.random() < 0.04 else size > 90 and kind in ("综合医院", "中医医院"),
                    _subjects(kind, grade, name, chance),
                    _registered(private, chance),
                    longitude,
                    latitude,
                )


def _institution_name(
    kind: str, district: District, street: str, private: bool, places: Counter[str], chance: Random
) -> str:
    if kind == "妇幼保健院":
        return f"{district.zh}{kind}"
    what = {
        "综合医院": f"{street}医院" if private else "人民医院",
        "专科医院": f"{street if private else ''}{chance.choice(_SPECIALITIES)}医院",
        "门诊部": f"{street}{chance.choice(_CLINICS)}门诊部",
        "诊所": f"{street}{chance.choice(_CLINICS)}诊所",
    }.get(kind, f"{street}{kind}")
    name = f"{district.zh}{what}"
    places[name] += 1
    if places[name] == 1:
        return name
    numeral = "一二三四五六七八九十"[places[name] - 1]
    if what.startswith(street):
        return f"{district.zh}{street}第{numeral}{what.removeprefix(street)}"
    return f"{district.zh}第{numeral}{what}"


def _grade(kind: str, beds: int, private: bool) -> str:
    if kind in ("社区卫生服务中心", "乡镇卫生院"):
        return "一级"
    if beds == 0 or (private and beds < 60):
        return "未定级"
    limits = (520, 380, 190, 90, 40, -1)
    return next(grade for grade, least in zip(_GRADES, limits, strict=True) if beds > least)


def _subjects(kind: str, grade: str, name: str, chance: Random) -> str | None:
    if chance.random() < 0.03:
        return None
    if kind in ("门诊部", "诊所"):
        return next(text for text in _CLINICS if text in name)
    if kind in ("社区卫生服务中心", "社区卫生服务站", "乡镇卫生院"):
        return "、".join(_BASIC_SUBJECTS[: chance.randint(2, 9)])
    number = {"三": 19, "二": 13, "一": 6}.get(grade[0], 4) + chance.randint(-2, 3)
    chosen = set(chance.sample(_SUBJECTS, number))
    return "、".join(text for text in _SUBJECTS if text in chosen)


def _registered(private: bool, chance: Random) -> date:
    year = round(chance.triangular(1998, 2026, 2019) if private else chance.triangular(1994, 2024, 1999))
    return date(year, chance.randint(1, 9), chance.randint(1, 28))


def _months(first: tuple[int, int], number: int) -> Sequence[date]:
    start = first[0] * 12 + first[1] - 1
    return [date(month // 12, month % 12 + 1, 15) for month in range(start, start + number)]


def _visits(chance: Random) -> Iterator[tuple[Any, ...]]:
    for number, month in enumerate(_months((2022, 11), 48)):
        holiday = 0.78 if month.month == 2 else 1.0
        for district in DISTRICTS:
            upgrade = district.code == "990121" and "2024-03" <= f"{month:%Y-%m}" <= "2024-05"
            for department, (share, summer) in _DEPARTMENTS.items():
                usual = district.population_thousands * share / 10 * 6 * (0.7 if district.code == "990121" else 1)
                usual *= (1 + 0.003 * number) * (1 + summer * season(month)) * holiday
                visits = round(usual * chance.gauss(1, 0.045))
                booked = round(visits * min(0.92, 0.46 + 0.007 * number + chance.gauss(0, 0.03)))
                reported = not upgrade and chance.random() > 0.012
                yield (
                    f"{month:%Y-%m}",
                    district.zh,
                    department,
                    visits if reported else None,
                    booked if reported and chance.random() > 0.01 else None,
                )


def _cases(chance: Random) -> Iterator[tuple[Any, ...]]:
    for month in _months((2024, 11), 24):
        outbreak = pick_district(chance)
        for district in DISTRICTS:
            for disease, (kind, rate, summer) in _DISEASES.items():
                expected = rate * district.population_thousands / 100 * max(0.05, 1 + summer * season(month))
                expected *= chance.lognormvariate(0, 0.18)
                if district is outbreak and disease in ("手足口病", "水痘"):
                    expected *= 1.8
                cases = max(0, round(chance.gauss(expected, expected**0.5)))
                yield (f"{month:%Y-%m}", district.zh, disease, kind, None if 0 < cases < 5 else cases)


DATASETS: tuple[Maker, ...] = (medical_institutions, clinic_visits, notifiable_diseases)

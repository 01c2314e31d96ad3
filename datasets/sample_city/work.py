"""Work in the invented city: social insurance and the vacancies of invented firms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, code_with_check, pick_district
from sample_city.kit import Column, Maker, Spec, Table, district_column, must, within

_INSURANCES = {
    "企业职工基本养老保险": (318, 0.82, 0.26),
    "城乡居民基本养老保险": (236, 0.58, 0.39),
    "职工基本医疗保险": (402, 0.76, None),
    "城乡居民基本医疗保险": (541, None, None),
    "失业保险": (228, 0.97, 0.012),
    "工伤保险": (251, 0.98, 0.002),
}
"""Of each insurance: participants to a thousand inhabitants, share of those who pay, share of those who receive."""

_FIRM_NAMES = ("晨星", "澄波", "稻香", "听松", "望舒", "拂晓", "青禾", "白鹭", "云笺", "飞萤", "松涛", "晴川")
_JOBS = {
    "纺织": (
        ("挡车工", "质量检验员", "设备维修工", "跟单员"),
        5200,
        ("负责本机台的接头、换筒和布面检查。", "跟踪订单从排产到出货的进度。"),
    ),
    "软件": (
        ("程序开发工程师", "测试工程师", "产品经理", "运行维护工程师"),
        10800,
        ("参与需求讨论，按迭代计划交付功能并编写测试。", "值守线上服务，处理告警并写出复盘记录。"),
    ),
    "餐饮管理": (
        ("厨师", "服务员", "门店主管"),
        4800,
        ("按菜谱和卫生标准备料、出品，保持操作间整洁。", "负责门店的预订、迎客和结账。"),
    ),
    "物流": (
        ("仓库管理员", "配送员", "货车驾驶员", "调度员"),
        5900,
        ("核对单据，完成收货、上架、分拣和装车。", "按线路准时送达，做好签收和回单。"),
    ),
    "电子": (
        ("装配工", "工艺工程师", "质量工程师", "采购专员"),
        6400,
        ("按工艺文件完成装配、焊接和通电测试。", "跟进来料检验和不良品分析。"),
    ),
    "家政服务": (
        ("护理员", "保洁员", "客户服务专员"),
        4600,
        ("上门照护老人起居，记录饮食、服药和睡眠情况。", "按服务清单完成清洁并请客户确认。"),
    ),
    "建筑工程": (
        ("施工员", "造价员", "安全员", "资料员"),
        7100,
        ("按图纸组织分项施工，做好技术交底和隐蔽工程记录。", "每日巡查现场，督促整改安全隐患。"),
    ),
    "食品": (
        ("生产操作工", "化验员", "销售代表"),
        5300,
        ("按配方投料，监控温度和时间等关键控制点。", "对原料和成品取样检验，出具记录。"),
    ),
    "商贸": (
        ("店长", "收银员", "会计", "新媒体运营"),
        5500,
        ("负责陈列、补货和价格标签，处理退换货。", "核对每日营业款，编制销售日报。"),
    ),
}
"""Of each industry: posts, usual pay in yuan a month, first sentences of the duties."""
_DUTIES = (
    "按班组计划完成当日任务，做好交接班记录。",
    "负责日常设备点检和保养，发现异常及时上报。",
    "对照作业指导书操作，保证产品质量符合要求。",
    "与上下游岗位沟通进度，协调解决现场问题。",
    "整理台账和单据，每周汇总一次并归档。",
    "遵守安全操作规程，按要求佩戴劳动防护用品。",
    "接待来访客户，解答咨询，记录意见并跟踪处理结果。",
    "参与新员工带教，编写并更新本岗位的操作说明。",
    "配合月末盘点，核对账物，差异要写明原因。",
    "根据季节和订单变化调整排班，保证高峰时段有人在岗。",
    "定期分析数据，找出反复出现的问题，提出改进办法并评估效果。",
    "参加岗前培训和每季度的技能考核，考核合格后独立上岗。",
)
_BENEFITS = ("五险一金", "包吃", "包住", "双休", "带薪年假", "交通补贴", "节日福利", "年终奖", "免费体检")


def social_insurance(chance: Random) -> Spec:
    """Participants by month, insurance and district."""
    return Spec(
        publisher="human-resources-bureau",
        name="social-insurance",
        title="社会保险参保情况月报",
        description=(
            "每月末各区县参加六种社会保险的人数，以及其中缴费和领取待遇的人数。"
            "居民医疗保险按年一次缴费，所以不列缴费人数；医疗保险不列待遇领取人数。数字只有汇总，不含任何个人记录。"
        ),
        keywords=["社会保险", "养老保险", "医疗保险", "失业保险", "参保人数"],
        themes=["social-security"],
        areas=["natural_person"],
        update_cycle="monthly",
        published=date(2024, 12, 20),
        updated=date(2026, 11, 18),
        temporal="2024-11-01/2026-10-31",
        en=(
            "Participants in social insurance",
            "People in six kinds of social insurance at the end of each month by district, with those who pay and "
            "those who receive benefits. Totals only; there are no personal records.",
            ["social insurance", "pensions", "health insurance", "unemployment insurance", "participants"],
        ),
        resources=[
            Table(
                "participants",
                "参保人数",
                [
                    Column("月份", "yearmonth", description="统计月份，数字为月末数。", more=must()),
                    district_column(),
                    Column("险种", description="社会保险的种类。", more=must(enum=list(_INSURANCES))),
                    Column("参保人数", "integer", description="月末参加该保险的人数。", more=must(minimum=0)),
                    Column("缴费人数", "integer", description="当月实际缴费的人数；不按月缴费时为空。", more=within(0)),
                    Column("待遇领取人数", "integer", description="当月领取待遇的人数；不统计时为空。", more=within(0)),
                ],
                list(_participants(chance)),
                format="xlsx",
                primary_key=["月份", "区县", "险种"],
            )
        ],
        catalogue={**_filed(6), "granularity": "aggregated"},
    )


def job_vacancies(chance: Random) -> Spec:
    """Vacancies of invented firms with pay and duties."""
    return Spec(
        publisher="human-resources-bureau",
        name="job-vacancies",
        title="公共招聘岗位信息",
        description=(
            "用人单位在公共就业服务机构登记的招聘岗位，含月薪范围、学历和经验要求、工作职责，每周更新一次。\n\n"
            "求职时请留意：\n\n"
            "1. 月薪是单位登记的税前范围，面议的岗位两栏都为空；\n"
            "2. 截止日期以后岗位自动下架，历史记录仍保留在文件里；\n"
            "3. 公共就业服务机构介绍工作不收任何费用。\n\n"
        ),
        keywords=["招聘", "岗位", "就业", "工资"],
        themes=["social-security", "living"],
        update_cycle="weekly",
        published=date(2023, 5, 9),
        updated=date(2026, 7, 3),
        version="1.9.0",
        en=(
            "Job vacancies",
            "Vacancies that employers registered with the public employment service: pay range, required education "
            "and experience, and duties.",
            ["recruitment", "vacancies", "employment", "pay"],
        ),
        resources=[
            Table(
                "vacancies",
                "招聘岗位",
                _vacancy_columns(),
                list(_vacancies(chance)),
                description="Excel 文件，编号是文本，金额和人数是数字。",
                format="xlsx",
                primary_key=["岗位编号"],
            )
        ],
        catalogue=_filed(7),
    )


def _filed(number: int) -> dict[str, Any]:
    return {"code": f"307990002/{number:06d}", "category": {"class": "department", "item": "07"}}


def _vacancy_columns() -> list[Column]:
    schooling = ["不限", "初中", "高中或中专", "大专", "本科", "硕士"]
    return [
        Column("岗位编号", description="GW、六位流水号和校验位。", more=must(unique=True, pattern="GW[0-9]{7}")),
        Column("招聘单位", description="登记招聘的单位。", more=must()),
        Column("岗位名称", description="招聘的岗位。", more=must()),
        Column("行业", description="单位的主要行业。", more=must(enum=list(_JOBS))),
        district_column(),
        Column("招聘人数", "integer", description="计划招聘多少人。", more=must(minimum=1, maximum=200)),
        Column("月薪下限", "integer", description="税前月薪的下限，元；面议时为空。", more=within(2000)),
        Column("月薪上限", "integer", description="税前月薪的上限，元；面议时为空。", more=within(2000)),
        Column("学历要求", description="最低学历；没有登记时为空。", more={"constraints": {"enum": schooling}}),
        Column("经验年限", "integer", description="要求的工作年限，0 表示不限。", more=within(0)),
        Column("工作职责", description="单位填写的职责说明。"),
        Column("福利", description="单位登记的福利，用顿号分开。"),
        Column("发布日期", "date", description="岗位登记的日期。", more=must()),
        Column("截止日期", "date", description="停止招聘的日期；长期招聘时为空。"),
    ]


def _vacancies(chance: Random) -> Iterator[tuple[Any, ...]]:
    firms = [
        (f"{name}示例{industry}有限公司（虚构）", industry)
        for industry in _JOBS
        for name in chance.sample(_FIRM_NAMES, 7)
    ]
    serial = 48210
    days = sorted(round(chance.triangular(0, 182, 125)) for _ in range(600))
    for day in days:
        serial += chance.choices((1, 2, 5), (88, 9, 3))[0]
        firm, industry = chance.choices(firms, weights=[3 if place % 7 == 0 else 1 for place in range(len(firms))])[0]
        titles, usual, openings = _JOBS[industry]
        years = chance.choices((0, 1, 2, 3, 5, 8), (46, 22, 13, 12, 6, 1))[0]
        low = round(usual * chance.lognormvariate(0, 0.16) * (1 + 0.09 * years) / 100) * 100
        high = round(low * chance.uniform(1.15, 1.75) / 100) * 100
        published = date(2026, 1, 2) + timedelta(days=day)
        agreed = chance.random() < 0.07
        yield (
            code_with_check("GW", serial, 6),
            firm,
            chance.choice(titles),
            industry,
            pick_district(chance).zh,
            chance.choices((1, 2, 3, 5, 10, 20, 50), (34, 25, 14, 14, 8, 4, 1))[0],
            None if agreed else low,
            None if agreed else high,
            _schooling(usual, chance),
            years,
            _duties(openings, chance),
            "、".join(chance.sample(_BENEFITS, chance.choices((1, 2, 3, 4), (5, 5, 3, 1))[0])) or None,
            published,
            None if chance.random() < 0.12 else published + timedelta(days=chance.choice((15, 30, 30, 60, 90))),
        )


def _schooling(usual: int, chance: Random) -> str | None:
    if chance.random() < 0.03:
        return None
    weights = (0, 0, 1, 6, 12, 2) if usual > 9000 else (8, 5, 6, 4, 1, 0)
    return chance.choices(("不限", "初中", "高中或中专", "大专", "本科", "硕士"), weights)[0]


def _duties(openings: Sequence[str], chance: Random) -> str | None:
    number = chance.choices((0, 1, 2, 3, 4, 6, 12), (4, 40, 30, 13, 8, 4, 1))[0]
    duties = [chance.choice(openings), *chance.sample(_DUTIES, number - 1)] if number else []
    if number < 3:
        return "".join(duties) or None
    return " ".join(f"{place}. {duty}" for place, duty in enumerate(duties, 1))


def _participants(chance: Random) -> Iterator[tuple[Any, ...]]:
    months: Sequence[tuple[int, int]] = [divmod(2024 * 12 + 10 + number, 12) for number in range(24)]
    for number, (year, month) in enumerate(months):
        for district in DISTRICTS:
            county = district.code == "990121"
            for name, (share, paying, receiving) in _INSURANCES.items():
                tilt = (1.35 if county else 0.95) if "居民" in name else (0.55 if county else 1.05)
                growth = 1 + (-0.0012 if "居民" in name else 0.0021) * number
                people = round(district.population_thousands * share * tilt * growth * chance.gauss(1, 0.0015))
                yield (
                    f"{year}-{month + 1:02d}",
                    district.zh,
                    name,
                    people,
                    round(people * paying * chance.gauss(1, 0.004)) if paying else None,
                    round(people * receiving * chance.gauss(1, 0.01)) if receiving else None,
                )


DATASETS: tuple[Maker, ...] = (social_insurance, job_vacancies)

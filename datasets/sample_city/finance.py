"""Public money: large investment projects, the budget month by month, and arrears of taxes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, STREETS, code_with_check, pick_district, uscc
from sample_city.kit import Column, Maker, Spec, Table
from sample_city.registers import CREDIT_CODE, firm_name, firms, may, must, workday

WORKS = (
    ("基础设施", 30, 8000.0, "道路改造工程 排水管网改造工程 停车楼 河堤加固工程", "48"),
    ("社会民生", 25, 6000.0, "小学新建工程 社区卫生服务中心 养老服务中心 文体中心", "47"),
    ("产业发展", 35, 12000.0, "智能装备生产线 纺织印染技术改造 冷链物流园 电子元件厂房", "34"),
    ("生态环保", 10, 5000.0, "湿地修复工程 污水处理厂扩建 固体废物资源化利用", "77"),
)
STAGES = ["前期", "在建", "停工", "完工"]
CONTENTS = (
    "新建主体建筑及附属设施，配套给排水、电力和绿化。",
    "改造面积约{size}平方米，更新管线和消防设施，增设无障碍通道。",
    "建设规模约{size}平方米。分两期实施：一期完成主体工程和配电设施；二期完成附属用房、室外工程和绿化，并安装调试设备。"
    "施工期间保留现有道路通行，雨季前完成地下部分；建成后由所在区县负责运行维护，运行费用列入年度预算。",
)


def investment_projects(chance: Random) -> Spec:
    """Return large investment projects with their progress."""
    return Spec(
        publisher="development-commission",
        name="investment-projects",
        title="重点投资项目进展",
        description=(
            "列入市级重点的政府和企业投资项目，每月更新总投资、累计完成投资和形象进度。"
            "前期项目没有开工日期，停工项目保留停工前的进度；计划竣工日期可能晚于数据更新日期。"
        ),
        keywords=["重点项目", "固定资产投资", "工程进度", "政府投资"],
        themes=["finance"],
        areas=["investment"],
        resources=[
            Table(
                name="projects",
                title="投资项目",
                format="xlsx",
                columns=_investment_columns(),
                rows=_investments(chance),
                primary_key=["项目代码"],
            )
        ],
        update_cycle="monthly",
        published=date(2024, 4, 18),
        updated=date(2026, 11, 9),
        en=(
            "Progress of large investment projects",
            "Projects of government and firms on the city's list of large investments, with total and completed "
            "investment and progress. Projects in preparation have no start, and some planned ends lie ahead.",
            ["key projects", "fixed investment", "progress of works", "government investment"],
        ),
        catalogue={"code": "307990003/000006", "category": {"class": "department", "item": "07"}},
    )


def _investment_columns() -> list[Column]:
    code = "20[0-9]{2}-9901[0-9]{2}-[0-9]{2}-0[1-4]-[0-9]{6}"
    return [
        Column("项目代码", description="年份、区县、行业、类别和序号。", more=must(unique=True, pattern=code)),
        Column("项目名称", description="立项文件上的名称。", more=must()),
        Column("项目类别", description="项目的类别。", more=must(enum=[item[0] for item in WORKS])),
        Column("建设单位", description="政府项目为区县人民政府。", more=must()),
        Column("区县", description="项目所在的区县。", more=must(enum=[item.zh for item in DISTRICTS])),
        Column("建设内容", description="主要建设内容；少数未填。"),
        Column("总投资（万元）", "number", description="批准的总投资。", more=must(minimum=0)),
        Column("累计完成投资（万元）", "number", description="开工以来完成的投资。", more=must(minimum=0)),
        Column("形象进度（%）", "integer", description="工程完成的比例。", more=must(minimum=0, maximum=100)),
        Column("开工日期", "date", description="前期项目为空。"),
        Column("计划竣工日期", "date", description="计划，可能晚于更新日期。"),
        Column("项目状态", description="截至更新之日。", more=must(enum=list(STAGES))),
    ]


def _investments(chance: Random) -> Iterator[tuple[Any, ...]]:
    day = date(2026, 10, 31)
    for serial in range(1, 141):
        kind, _, usual, names, industry = chance.choices(WORKS, weights=[item[1] for item in WORKS])[0]
        district = pick_district(chance)
        approved = workday(chance, date(2022, 1, 4), date(2026, 9, 30))
        start = approved + timedelta(days=chance.randint(40, 300))
        end = start + timedelta(days=int(200 + chance.gammavariate(3, 190)))
        builder = f"示范市{district.zh}人民政府（虚构）"
        if kind == "产业发展":
            builder = chance.choice([item for item in firms() if item.industry == "34" and not item.closed]).name
        total = round(usual * chance.lognormvariate(0, 0.8))
        stage = "前期" if start > day else "完工" if end < day else chance.choices(["在建", "停工"], [96, 4])[0]
        share = {"前期": 0.0, "完工": 1.0}.get(stage, min(0.98, (day - start).days / (end - start).days))
        done = total * (share**1.2) * (chance.uniform(0.93, 1.06) if stage == "完工" else chance.uniform(0.8, 1.0))
        code = f"{approved.year}-{district.code}-{industry}-{chance.randint(1, 4):02d}-{serial * 613 % 999983:06d}"
        title = f"{district.zh}{chance.choice(STREETS)}{chance.choice(names.split())}"
        title += chance.choice(["", "", "", "（一期）", "（二期）", "建设项目"])
        content = chance.choices(CONTENTS, [5, 3, 2])[0].format(size=chance.randint(12, 400) * 100)
        yield (
            code, title, kind, builder, district.zh, content if chance.random() < 0.93 else None, total, round(done, 1),
            round(share * 100), None if stage == "前期" else start, None if chance.random() < 0.04 else end, stage,
        )  # fmt: skip


BUDGET = (
    ("201", "一般公共服务支出", 92000, "人大事务 政协事务 政府办公厅（室）及相关机构事务 发展与改革事务 "
     "统计信息事务 财政事务 税收事务 市场监督管理事务"),
    ("204", "公共安全支出", 81000, "公安 检察 法院 司法"),
    ("205", "教育支出", 236000, "教育管理事务 普通教育 职业教育 成人教育 特殊教育 进修及培训"),
    ("206", "科学技术支出", 48000, "科学技术管理事务 基础研究 应用研究 技术研究与开发 科技条件与服务"),
    ("207", "文化旅游体育与传媒支出", 27000, "文化和旅游 文物 体育 广播电视"),
    ("208", "社会保障和就业支出", 188000, "人力资源和社会保障管理事务 民政管理事务 就业补助 抚恤 "
     "社会福利 残疾人事业 最低生活保障"),
    ("210", "卫生健康支出", 121000, "卫生健康管理事务 公立医院 基层医疗卫生机构 公共卫生 医疗救助"),
    ("211", "节能环保支出", 39000, "环境保护管理事务 环境监测与监察 污染防治 自然生态保护"),
    ("212", "城乡社区支出", 143000, "城乡社区管理事务 城乡社区规划与管理 城乡社区公共设施 城乡社区环境卫生"),
    ("213", "农林水支出", 76000, "农业农村 林业和草原 水利"),
    ("214", "交通运输支出", 58000, "公路水路运输 铁路运输 邮政业支出"),
    ("220", "自然资源海洋气象等支出", 17000, "自然资源事务 气象事务"),
    ("221", "住房保障支出", 42000, "保障性安居工程支出 住房改革支出"),
    ("222", "粮油物资储备支出", 6000, "粮油物资事务 粮油储备"),
    ("224", "灾害防治及应急管理支出", 14000, "应急管理事务 消防救援事务 地震事务 自然灾害防治"),
    ("232", "债务付息支出", 31000, "地方政府一般债务付息支出"),
)  # fmt: skip
"""Code, name and yearly amount in 万元 of a class of spending, and its sections."""

MONTHS = range(1, 13)
MONTHS_DONE = 10
PACE = (0.055, 0.060, 0.095, 0.075, 0.078, 0.105, 0.070, 0.075, 0.092, 0.070, 0.080, 0.145)
"""The share of a year's spending that falls on each month."""


def budget_execution(chance: Random) -> Spec:
    """Return how the budget of 2026 is spent month by month, in a table of sixty columns."""
    return Spec(
        publisher="finance-bureau",
        name="budget-execution",
        title="一般公共预算支出分月执行情况（2026年）",
        description=_BUDGET_DESCRIPTION,
        keywords=["预算执行", "财政支出", "一般公共预算", "支出进度", "功能分类"],
        en=(
            "General public budget: expenditure by month (2026)",
            (
                "Expenditure of the city's own general public budget in 2026 by function and month, beside the "
                "plan and the year before. Two levels of codes stand in the table: classes with three digits, "
                "items with five; the class of an item is its first three digits, so take one level only when "
                "adding up. Each month has four columns: 预算 is the plan of the month, 支出 what was spent (blank "
                "for months to come), 结转 what is left of the plan so far (negative where more was spent), and "
                "上年支出 the same month of 2025. Amounts are in units of 10,000 yuan without decimals."
            ),
            [
                "budget execution",
                "public expenditure",
                "general public budget",
                "progress of expenditure",
                "functional classification",
            ],
        ),
        themes=["finance"],
        resources=[
            Table(
                name="execution",
                title="支出分月执行表",
                description="六十列：十二列为科目和全年数，其余为每月四列。单位为万元。",
                columns=_budget_columns(),
                rows=_budget_rows(chance),
                primary_key=["科目编码"],
                foreign_keys=[(["上级科目编码"], "", ["科目编码"])],
            )
        ],
        update_cycle="monthly",
        published=date(2026, 3, 10),
        updated=date(2026, 11, 10),
        temporal="2026-01/2026-10",
        catalogue={
            "code": "307990003/000008",
            "category": {"class": "department", "item": "07"},
            "granularity": "aggregated",
        },
    )


_BUDGET_DESCRIPTION = """2026年市本级一般公共预算支出按功能分类科目逐月的执行情况，\
可以回答“钱花在哪里、花得快不快、和去年比怎么样”。

表中有“类”“款”两级科目：类级科目编码三位，款级科目编码五位，前三位是它所属的类。\
类级科目的数等于所属各款之和；求合计时只取其中一级，否则会重复计算。

每个月有四列，含义如下：

- **预算**：按用款计划分到该月的预算数，全年十二个月之和等于调整预算数；
- **支出**：该月实际支出数，尚未到的月份为空；
- **结转**：该月末累计预算与累计支出之差，负数表示支出快于计划；
- **上年支出**：2025年同月的支出数，用来计算同比。

金额单位为万元，保留整数。支出进度等于累计支出除以调整预算数；\
季末和年末支出较多，是因为项目按合同节点付款。

数据来自国库集中支付系统，月后十日内更新，年终决算批准后以决算数为准。"""


def _budget_columns() -> list[Column]:
    first = [
        Column(
            "科目编码",
            description="功能分类科目编码，类三位、款五位。",
            more=must(unique=True, pattern="[0-9]{3}([0-9]{2})?"),
        ),
        Column("科目名称", description="科目的名称。", more=must()),
        Column("级次", description="类或款。", more=must(enum=["类", "款"])),
        Column("上级科目编码", description="款所属的类；类为空。", more=may(pattern="[0-9]{3}")),
        Column("预算年度", "year", description="预算年度。", more=must()),
        Column("年初预算", "integer", description="人民代表大会批准的预算，万元。", more=must(minimum=0)),
        Column("调整预算", "integer", description="年中调整后的预算，万元。", more=must(minimum=0)),
        Column("累计支出", "integer", description="1月至上月的支出，万元。", more=must(minimum=0)),
        Column("支出进度（%）", "number", description="累计支出占调整预算的比例。", more=may(minimum=0)),
        Column("上年同期累计", "integer", description="上年同期的支出，万元。", more=must(minimum=0)),
        Column("同比增减（%）", "number", description="累计支出比上年同期增减。"),
    ]
    months = [
        column
        for month in MONTHS
        for column in (
            Column(f"{month}月预算", "integer", description=f"{month}月的用款计划，万元。", more=must(minimum=0)),
            Column(f"{month}月支出", "integer", description=f"{month}月的支出，万元。", more=may(minimum=0)),
            Column(f"{month}月结转", "integer", description=f"{month}月末累计预算与累计支出之差，万元。"),
            Column(f"{month}月上年支出", "integer", description=f"上年{month}月的支出，万元。", more=must(minimum=0)),
        )
    ]
    return [*first, *months, Column("备注", description="对异常变动的说明。")]


def _budget_rows(chance: Random) -> Iterator[list[Any]]:
    for code, name, amount, sections in BUDGET:
        names = sections.split()
        weights = [chance.lognormvariate(0, 0.7) for _ in names]
        parts = [_section(chance, amount * weight / sum(weights)) for weight in weights]
        whole = [[sum(part[row][month] for part in parts) for month in range(12)] for row in range(3)]
        yield _budget_row(code, name, None, sum(part[3][0] for part in parts), whole, None)
        for number, (section, part) in enumerate(zip(names, parts, strict=True), 1):
            remark = "年初项目集中招标，下半年支付。" if chance.random() < 0.06 else None
            yield _budget_row(f"{code}{number:02d}", section, code, part[3][0], part[:3], remark)


def _section(chance: Random, amount: float) -> list[list[int]]:
    """Return planned, spent and last year's spending of twelve months, and the first budget, in 万元."""
    planned = [round(amount * share) for share in PACE]
    spent = [round(value * chance.lognormvariate(-0.03, 0.16)) for value in planned]
    former = [round(amount * 0.95 * share * chance.lognormvariate(0, 0.16)) for share in PACE]
    return [planned, spent, former, [round(sum(planned) * chance.choice([1, 1, 1, 0.95, 1.04]))]]


def _budget_row(
    code: str, name: str, above: str | None, first: int, months: list[list[int]], remark: str | None
) -> list[Any]:
    planned, spent, former = months
    total, done, before = sum(planned), sum(spent[:MONTHS_DONE]), sum(former[:MONTHS_DONE])
    growth = round((done / before - 1) * 100, 1) if before else None
    row: list[Any] = [code, name, "款" if above else "类", above, 2026, first, total, done]
    row += [round(done / total * 100, 1), before, growth]
    for month in range(12):
        left = sum(planned[: month + 1]) - sum(spent[: month + 1])
        known = month < MONTHS_DONE
        row += [planned[month], spent[month] if known else None, left if known else None, former[month]]
    return [*row, remark]


def tax_arrears(chance: Random) -> Spec:
    """Return firms in arrears with their taxes, which by law must not leave the department.

    The firms stand in no other dataset and their names all begin with 缄 (sealed), so that a test can look for them in
    whatever was published.
    """
    return Spec(
        publisher="finance-bureau",
        name="tax-arrears",
        title="企业欠税情况",
        description="税收征管中掌握的企业欠税余额。涉及纳税人的商业秘密，依法保密，不予共享，也不向社会开放。",
        keywords=["欠税", "税收征管", "涉税信息"],
        en=(
            "Tax arrears of firms",
            (
                "What firms owe in taxes, as the tax administration knows it. It concerns business secrets of "
                "taxpayers, is confidential by law, and is neither shared nor open to the public."
            ),
            ["tax arrears", "tax administration", "tax information"],
        ),
        themes=["finance"],
        areas=["credit"],
        resources=[
            Table(
                name="arrears",
                title="欠税余额",
                columns=[
                    Column(
                        "统一社会信用代码", description="欠税企业的代码。", more=must(unique=True, pattern=CREDIT_CODE)
                    ),
                    Column("企业名称", description="欠税企业的名称。", more=must()),
                    Column("税种", description="所欠的主要税种。", more=must(enum=["增值税", "企业所得税", "房产税"])),
                    Column("欠税余额（元）", "number", description="不含滞纳金。", more=must(minimum=0)),
                    Column("欠缴起始日期", "date", description="缴纳期限届满的次日。", more=must()),
                    Column(
                        "催缴文书号", description="最近一次催缴通知书；尚未催缴的为空。", more=may(pattern="CJ[0-9]{6}")
                    ),
                ],
                rows=_arrears(chance),
                primary_key=["统一社会信用代码"],
            )
        ],
        update_cycle="quarterly",
        published=date(2025, 1, 20),
        updated=date(2026, 10, 20),
        catalogue={
            "code": "307990003/000018",
            "category": {"class": "department", "item": "07"},
            "sharing": {"type": "none", "basis": "《中华人民共和国税收征收管理法》第八条"},
            "open": {"is_open": False},
        },
    )


def _arrears(chance: Random) -> Iterator[tuple[Any, ...]]:
    for serial in range(1, 13):
        district = pick_district(chance)
        name = firm_name(chance, chance.choice(["纺织", "五金", "商贸", "建材"]), "有限责任公司", district, first="缄")
        tax = chance.choices(["增值税", "企业所得税", "房产税"], [6, 4, 1])[0]
        since = workday(chance, date(2024, 1, 16), date(2026, 9, 16))
        notice = code_with_check("CJ", 300 + serial, 5) if chance.random() < 0.8 else None
        owed = round(chance.lognormvariate(11.2, 1.1), 2)
        yield uscc("91", district.code, 9_000_000 + serial), name, tax, owed, min(since, LAST_DAY), notice


DATASETS: tuple[Maker, ...] = (
    investment_projects,
    budget_execution,
    tax_arrears,
)

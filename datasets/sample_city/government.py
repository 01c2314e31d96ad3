"""The city government itself: its bodies and their plan for opening data; science projects and patents it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, LAST_DAY, uscc
from sample_city.kit import Column, Maker, Spec, Table
from sample_city.registers import firms, may, must, workday

BUREAUS = (
    ("示范市交通运输局", 1993,
     "规划和管理公路、水路和城市公共交通；维护道路设施；发布出行信息。",
     "综合运输科 公路科 公共交通科"),
    ("示范市生态环境局", 1996, "监测空气、水和噪声；审批排污；查处污染环境的行为。", "监测科 水生态科"),
    ("示范市气象局", 1991, "观测和预报天气，发布灾害性天气预警。", "预报科"),
    ("示范市教育局", 1990, "举办和管理中小学、幼儿园；组织招生；管理校外培训。", "基础教育科 学前教育科"),
    ("示范市卫生健康委员会", 2018, "管理医疗机构和公共卫生；组织传染病防治和急救。", "医政科 疾病预防控制科"),
    ("示范市市场监督管理局", 2014,
     "登记企业和个体工商户；管理食品、药品、特种设备和产品质量安全；管理计量、标准和检验检测；"
     "受理消费者投诉举报；组织“双随机、一公开”抽查；公示企业信用信息。",
     "登记注册科 食品安全科 信用监督科"),
    ("示范市发展和改革委员会", 2003,
     "拟订发展规划；管理政府投资项目；监测价格；推进信用体系建设；协调能源供应。",
     "投资科 价格科 信用科"),
    ("示范市财政局", 1990, "编制预算和决算；管理政府采购和国有资产；管理政府债务。", "预算科 国库科 政府采购科"),
    ("示范市人力资源和社会保障局", 2009, "促进就业；管理社会保险；调处劳动争议。", "就业科"),
    ("示范市民政局", 1990, "社会救助、养老服务、婚姻登记、地名管理和社会组织登记。", "社会救助科 养老服务科"),
    ("示范市文化和旅游局", 2019, "管理公共文化设施、文物和旅游市场。", "公共服务科"),
    ("示范市住房和城乡建设局", 2001, "管理房地产市场、建筑工程质量和住房保障。", "房地产市场科 工程质量科"),
    ("示范市应急管理局", 2018, "防灾减灾救灾、安全生产监督和应急指挥。", "应急指挥科"),
    ("示范市数据局", 2024,
     "统筹数据资源整合共享和开放利用；建设和管理市级政务云、共享平台和开放数据门户；"
     "编制公共数据资源目录和年度开放计划；审核政务信息系统建设项目；"
     "协调推进公共数据授权运营，保障数据安全。",
     "数据资源科 平台建设科"),
    ("示范市司法局", 1990, "法治宣传、法律援助、公证和仲裁的管理；行政复议。", "法律援助科"),
    ("示范市科学技术局", 1994, "组织科技计划项目；认定高新技术企业；促进成果转化。", "项目科"),
    ("示范市自然资源局", 2019, "管理土地、矿产和测绘；不动产登记；编制国土空间规划。", "土地利用科 测绘科"),
)  # fmt: skip
"""Name, year of founding, duties and divisions."""

DEPARTMENTS = tuple(f"{name}（虚构）" for name, *_ in BUREAUS)


def organisation_chart(chance: Random) -> Spec:
    """Return the bodies of the city government, each with the one above it."""
    kinds = ["人民政府", "工作部门", "事业单位", "内设机构"]
    return Spec(
        publisher="data-bureau",
        name="organisation-chart",
        title="政府机构设置和职责",
        description=(
            "市人民政府、工作部门、区县人民政府以及部门的内设机构，每个机构一行，用“上级机构编码”连成一棵树。"
            "想知道一件事归谁管，可以在“主要职责”里查找。内设机构没有统一社会信用代码，该栏为空；不含人员、电话和地址。"
        ),
        keywords=["政府机构", "部门职责", "内设机构", "机构编制"],
        themes=["organisations"],
        resources=[
            Table(
                name="bodies",
                title="机构",
                en="Bodies",
                columns=[
                    Column(
                        "机构编码", "string", "Code", "六位数字，前三位是部门。", must(unique=True, pattern="[0-9]{6}")
                    ),
                    Column("机构名称", "string", "Name", "机构的全称。", must(unique=True)),
                    Column("机构类型", "string", "Kind", "机构的类型。", must(enum=kinds)),
                    Column("上级机构编码", "string", "Code of the body above", "市人民政府没有上级，为空。"),
                    Column(
                        "统一社会信用代码",
                        "string",
                        "Unified social credit code",
                        "11 开头的是机关，12 开头的是事业单位；内设机构没有。",
                        may(unique=True, pattern="1[12][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"),
                    ),
                    Column(
                        "设立年份",
                        "integer",
                        "Year of founding",
                        "现名称下设立的年份。",
                        may(minimum=1949, maximum=2026),
                    ),
                    Column("主要职责", "string", "Duties", "机构编制方案规定的职责摘要。"),
                ],
                rows=_bodies(chance),
                primary_key=["机构编码"],
                foreign_keys=[(["上级机构编码"], "", ["机构编码"])],
            )
        ],
        update_cycle="irregular",
        published=date(2024, 5, 20),
        updated=date(2026, 4, 2),
        licence="CC0-1.0",
        en=(
            "Bodies of the city government",
            "The city government, its departments, the governments of the districts and the divisions of departments, "
            "one per row, with the body above each and its duties. Divisions have no unified social credit code.",
            ["government bodies", "duties of departments", "divisions", "staffing"],
        ),
        catalogue={"code": "307990003/000016", "category": {"class": "department", "item": "07"}},
    )


def _bodies(chance: Random) -> Iterator[tuple[Any, ...]]:
    government = "000000"
    duty = "领导全市行政工作，执行本级人民代表大会的决议和上级行政机关的决定。"
    yield government, "示范市人民政府（虚构）", "人民政府", None, uscc("11", "990100", 1), None, duty
    for number, (name, year, duties, divisions) in enumerate(BUREAUS, 1):
        code = f"{number:03d}000"
        yield code, f"{name}（虚构）", "工作部门", government, uscc("11", "990100", 100 + number), year, duties
        for place, division in enumerate(["办公室", *divisions.split()], 1):
            task = f"承担{division.removesuffix('科')}方面的工作。" if chance.random() < 0.6 and place > 1 else None
            founded = min(2026, year + chance.choice([0, 0, 0, 2, 5])) if chance.random() < 0.8 else None
            yield f"{number:03d}{place:03d}", f"{name}{division}", "内设机构", code, None, founded, task
    centre = "示范市公共资源交易中心（虚构）"
    duty = "为工程建设、政府采购、土地和产权交易提供场所和服务，公布交易信息。"
    yield "018000", centre, "事业单位", "007000", uscc("12", "990100", 118), 2013, duty
    for number, item in enumerate(DISTRICTS, 21):
        name = f"示范市{item.zh}人民政府（虚构）"
        yield (
            f"{number:03d}000",
            name,
            "人民政府",
            government,
            uscc("11", item.code, number),
            None,
            f"管理{item.zh}的行政工作。",
        )


PLAN = (
    ("公交站点", "交通运输", 0, "每半年"), ("空气质量监测数据", "生态环境", 1, "每日"),
    ("天气实况", "气象服务", 2, "每日"), ("中小学名录", "教育文化", 3, "每年"),
    ("医疗机构名录", "医疗卫生", 4, "每季度"), ("行政处罚信息公示", "市场监管", 5, "每周"),
    ("停车收费标准", "商贸流通", 6, "每周"), ("政府性基金收支", "财税金融", 7, "每月"),
    ("招聘岗位", "社保就业", 8, "每日"), ("养老机构名录", "社会救助", 9, "每季度"),
    ("公共图书馆借阅统计", "教育文化", 10, "每月"), ("住房租赁备案统计", "城建住房", 11, "每日"),
    ("应急避难场所", "公共安全", 12, "每年"), ("政务服务大厅窗口", "机构团体", 13, "不定期"),
    ("法律援助机构", "法律服务", 14, "每年"), ("科技企业孵化器名录", "科技创新", 15, "每年"),
    ("测绘成果目录", "城建住房", 16, "每季度"), ("停车场泊位", "交通运输", 0, "每月"),
    ("地表水水质", "生态环境", 1, "每月"), ("个体工商户登记统计", "市场监管", 5, "每月"),
    ("收费目录清单", "财税金融", 6, "每月"), ("政府债务余额", "财税金融", 7, "每季度"),
    ("旅游景区客流", "教育文化", 10, "每日"), ("道路施工占道", "交通运输", 0, "每周"),
    ("学区范围", "教育文化", 3, "每年"), ("执业药店", "医疗卫生", 4, "每季度"),
)  # fmt: skip


def open_data_plan(chance: Random) -> Spec:
    """Return the yearly plan of datasets to open."""
    return Spec(
        publisher="data-bureau",
        name="open-data-plan",
        title="公共数据年度开放计划",
        description="每年初公布本年度准备开放的数据集，列明提供单位和计划时间，年内更新完成情况。推迟的项目写明原因。",
        keywords=["开放计划", "公共数据", "数据开放"],
        en=(
            "Yearly plan of opening public data",
            (
                "The datasets that are to be opened in a year, published at its beginning with the provider and "
                "the time planned, and brought up to date during the year. What is put off has its reason."
            ),
            ["plan of opening", "public data", "open data"],
        ),
        themes=["organisations", "science"],
        resources=[
            Table(
                name="plan",
                title="开放计划",
                columns=[
                    Column("计划年度", "year", description="列入计划的年度。", more=must()),
                    Column("序号", description="本年度内的序号。", more=must(pattern="[0-9]{2}")),
                    Column("数据集名称", description="准备开放的数据集。", more=must()),
                    Column("领域", description="数据集所属的领域。", more=must()),
                    Column("提供单位", description="负责提供数据的单位。", more=must(enum=list(DEPARTMENTS))),
                    Column("更新周期", description="承诺的更新周期。", more=must()),
                    Column("计划开放日期", "date", description="承诺开放的日期。", more=must()),
                    Column("实际开放日期", "date", description="为空表示尚未开放。"),
                    Column("完成情况", description="截至更新之日。", more=must(enum=["已开放", "进行中", "推迟"])),
                    Column("说明", description="推迟的原因等。"),
                ],
                rows=_plan(chance),
                primary_key=["计划年度", "序号"],
            )
        ],
        update_cycle="annual",
        published=date(2024, 2, 28),
        updated=date(2026, 10, 15),
        catalogue={"code": "307990003/000017", "category": {"class": "department", "item": "07"}},
    )


def _plan(chance: Random) -> Iterator[tuple[Any, ...]]:
    quarter_ends = ((3, 31), (6, 30), (9, 30), (12, 25))
    reasons = (
        "源系统升级，待新系统上线后开放。",
        "数据质量核查发现坐标缺失，补齐后开放。",
        "与其他部门的数据口径尚未统一。",
    )
    for place, (title, field, bureau, cycle) in enumerate(PLAN):
        year = 2024 + place * 3 // len(PLAN)
        first = next(number for number in range(len(PLAN)) if 2024 + number * 3 // len(PLAN) == year)
        planned = date(year, *quarter_ends[(place - first) * 4 // 9])
        opened = workday(chance, date(year, max(1, planned.month - 2), 10), planned)
        outcome: tuple[Any, ...] = (opened, "已开放", None)
        if planned > date(2026, 10, 15):
            outcome = (None, "进行中", None)
        elif chance.random() < 0.12:
            outcome = (None, "推迟", chance.choice(reasons))
        yield year, f"{place - first + 1:02d}", title, field, DEPARTMENTS[bureau], cycle, planned, *outcome


TOPICS = (
    (
        "现代农业",
        "粮食 设施蔬菜 水产 畜禽",
        "绿色高效生产技术 病害早期识别与防控技术 节水灌溉与水肥一体化技术 种质资源评价与新品种选育",
    ),
    (
        "先进制造",
        "精密轴承 数控装备 纺织机械 泵阀",
        "关键部件可靠性设计 在线检测与智能运维系统 轻量化结构优化 数字化车间集成应用示范",
    ),
    (
        "新一代信息技术",
        "公共数据 城市交通 政务服务 工业现场",
        "多源数据融合与质量评估方法 隐私保护计算关键技术 时空预测模型 低功耗传感网络",
    ),
    (
        "生物医药",
        "慢性病 中药材 体外诊断 医用材料",
        "筛查模型与社区应用 质量标准与全程追溯体系 快速检测试剂 表面改性与安全性评价",
    ),
    (
        "资源环境",
        "城市内河 工业固废 农业面源污染 大气细颗粒物",
        "生态修复技术集成 资源化利用工艺 来源解析与协同治理 在线监测预警平台",
    ),
    (
        "城市与社会发展",
        "老旧小区 应急避难 公共建筑 地下管网",
        "适老化改造评价体系 仿真与疏散优化 低碳运行调控 泄漏定位与风险评估",
    ),
)
ENDINGS = ("及其产业化", "研究与应用", "——以望舒县为例", "与标准体系建设：从实验室样机到规模化示范的路径和成本分析")
PLANS = (("重点研发计划", 25, 150.0), ("自然科学基金", 40, 12.0), ("科技成果转化", 20, 80.0), ("软科学研究", 15, 5.0))


def science_projects(chance: Random) -> Spec:
    """Return the science projects that the city funded."""
    return Spec(
        publisher="science-bureau",
        name="science-projects",
        title="财政资助科技计划项目",
        description=(
            "市级财政资助的科技计划项目，列出项目名称、承担单位、资助金额和起止时间。项目名称照录任务书。"
            "软科学研究和自然科学基金项目不要求自筹经费，该栏为空。"
        ),
        keywords=["科技计划", "科研项目", "财政资助", "立项"],
        en=(
            "Science projects paid from the budget",
            (
                "Science and technology projects that the city pays for: name, body in charge, amount, beginning "
                "and end. Names are those of the contracts. Projects of soft science and of the natural science "
                "fund need no money of their own, and that column is blank."
            ),
            ["science programmes", "research projects", "public funding", "approved projects"],
        ),
        themes=["science"],
        resources=[
            Table(
                name="projects",
                title="科技计划项目",
                format="xlsx",
                columns=[
                    Column(
                        "项目编号",
                        description="年份、计划代号和序号。",
                        more=must(unique=True, pattern="20[0-9]{2}-[A-D]-[0-9]{4}"),
                    ),
                    Column("项目名称", description="任务书上的名称。", more=must(minLength=8)),
                    Column("计划类别", description="资助计划。", more=must(enum=[name for name, *_ in PLANS])),
                    Column("技术领域", description="所属领域。", more=must(enum=[name for name, *_ in TOPICS])),
                    Column("承担单位", description="牵头承担单位。", more=must()),
                    Column("资助金额（万元）", "number", description="市级财政资金。", more=must(minimum=0)),
                    Column("自筹金额（万元）", "number", description="承担单位自筹。", more=may(minimum=0)),
                    Column("立项日期", "date", description="批准立项的日期。", more=must()),
                    Column("计划结题日期", "date", description="任务书约定的日期。", more=must()),
                    Column("状态", description="截至更新之日。", more=must(enum=["在研", "已结题", "延期", "终止"])),
                ],
                rows=_science_rows(chance),
                primary_key=["项目编号"],
            )
        ],
        update_cycle="annual",
        published=date(2023, 11, 10),
        updated=date(2026, 8, 28),
        catalogue={"code": "307990003/000012", "category": {"class": "department", "item": "07"}},
    )


def _science_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    institutes = {
        "现代农业": ("示范农业科学研究所", "示范农业科学研究所", "示范职业技术学院"),
        "生物医药": ("示范市人民医院", "示范理工学院"),
        "城市与社会发展": ("示范城市发展研究院", "示范理工学院"),
    }
    others = ("示范理工学院", "示范理工学院", "示范职业技术学院")
    makers = [
        firm for firm in firms() if firm.industry in ("34", "38", "39", "65", "74", "77", "26") and not firm.closed
    ]
    days = sorted(workday(chance, date(2019, 3, 1), date(2026, 8, 20)) for _ in range(190))
    for serial, day in enumerate(days, 1):
        letter, (plan, _, usual) = chance.choices(list(zip("ABCD", PLANS, strict=True)), [item[1] for item in PLANS])[0]
        field, objects, works = chance.choice(TOPICS)
        subject, work = chance.choice(objects.split()), chance.choice(works.split())
        title = chance.choice([f"{subject}{work}", f"面向{subject}的{work}"])
        if chance.random() < 0.3:
            title += chance.choice(ENDINGS)
        by_firm = letter in "AC" and chance.random() < 0.75
        holder = chance.choice([item for item in makers if item.founded <= day]).name if by_firm else None
        money = max(2.0, round(usual * chance.lognormvariate(0, 0.45)))
        own = round(money * chance.uniform(0.8, 3), 1) if letter in "AC" else None
        end = date(day.year + chance.choice([1, 2, 2, 3]), chance.choice([6, 12]), 30)
        state = "在研" if end > LAST_DAY else chance.choices(["已结题", "延期", "终止"], [88, 9, 3])[0]
        number = f"{day.year}-{letter}-{serial:04d}"
        yield (
            number,
            title,
            plan,
            field,
            holder or f"{chance.choice(institutes.get(field, others))}（虚构）",
            money,
            own,
            day,
            end,
            state,
        )


def patents_by_field(chance: Random) -> Spec:
    """Return yearly counts of patents by field."""
    fields = (("A", "人类生活必需", 210), ("B", "作业；运输", 330), ("C", "化学；冶金", 140), ("D", "纺织；造纸", 120),
              ("E", "固定建筑物", 90), ("F", "机械工程；照明；加热", 170),
              ("G", "物理", 230), ("H", "电学", 190))  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for code, name, usual in fields:
        valid = usual * 0.4
        for year in range(2005, 2026):
            filed = round(usual * 1.105 ** (year - 2005) * chance.lognormvariate(0, 0.07))
            granted = round(filed * chance.uniform(0.42, 0.58))
            valid = valid * 0.86 + granted
            rows.append((year, code, name, filed, granted, round(valid) if year >= 2010 else None))
    return Spec(
        publisher="science-bureau",
        name="patents-by-field",
        title="分领域专利数量",
        description="各技术领域每年的专利申请、授权和有效数量。",
        keywords=["专利", "知识产权", "科技统计"],
        en=(
            "Patents by field of technology",
            "Patents applied for, granted and in force in each year, by field of technology.",
            ["patents", "intellectual property", "science statistics"],
        ),
        themes=["science"],
        resources=[
            Table(
                name="patents",
                title="分领域专利",
                columns=[
                    Column("年份", "year", description="统计年份。", more=must()),
                    Column("部", description="国际专利分类的部。", more=must(enum=[code for code, *_ in fields])),
                    Column("领域", description="部的名称。", more=must()),
                    Column("申请量", "integer", description="当年申请件数。", more=must(minimum=0)),
                    Column("授权量", "integer", description="当年授权件数。", more=must(minimum=0)),
                    Column("有效量", "integer", description="年末有效件数，2010年起统计。", more=may(minimum=0)),
                ],
                rows=sorted(rows, key=lambda row: (row[0], row[1])),
                primary_key=["年份", "部"],
            )
        ],
        update_cycle="annual",
        published=date(2023, 4, 26),
        updated=date(2026, 4, 26),
        temporal="2005/2025",
        catalogue={"code": "307990003/000013", "granularity": "aggregated"},
    )


DATASETS: tuple[Maker, ...] = (organisation_chart, open_data_plan, science_projects, patents_by_field)

"""Supervision of the market: permits granted to firms, inspections of firms drawn by lot, and prices at markets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_city.city import LAST_DAY, code_with_check, season
from sample_city.kit import Column, Maker, Spec, Table
from sample_city.registers import CREDIT_CODE, Firm, firms, may, must, workday

PERMITS: tuple[tuple[str, float, int | None, str], ...] = (
    ("食品经营许可", 34, 5, "餐饮 餐饮管理 小吃 茶饮 便利超市 百货 食品贸易 酒店"),
    ("食品生产许可", 7, 5, "粮油 食品加工 调味品 食品 烘焙食品 饮品"),
    ("药品经营许可", 6, 5, "药房"),
    ("第二类医疗器械经营备案", 5, None, "医疗器械贸易 药房"),
    ("公共场所卫生许可", 9, 4, "酒店 民宿 美容美发 健身"),
    ("道路货物运输经营许可", 9, 4, "物流 货运 冷链"),
    ("人力资源服务许可", 4, 5, "人力资源"),
    ("劳务派遣经营许可", 3, 3, "人力资源 企业管理"),
    ("建筑业企业资质", 7, 5, "建筑 建设工程 市政工程 路桥 装修工程 幕墙"),
    ("安全生产许可", 5, 3, "化工 涂料 建筑 建设工程 市政工程 路桥"),
    ("排污许可", 4, 5, "印染 纸业 化工 涂料 陶瓷 金属制品"),
    ("检验检测机构资质认定", 2, 6, "检测技术"),
    ("特种设备生产许可", 2, 4, "机械 泵阀 电机"),
    ("林木种子生产经营许可", 1, 5, "苗木 林业"),
    ("种畜禽生产经营许可", 1, 3, "畜牧 养殖"),
    ("户外广告设置许可", 1, 1, "广告"),
)
"""Name, share, years for which it holds (None: without limit), the trades that need it."""


def administrative_permits(chance: Random) -> Spec:
    """Return the permits that departments granted to firms."""
    return Spec(
        publisher="market-bureau",
        name="administrative-permits",
        title="行政许可信息公示",
        description=(
            "市、区两级部门自2019年以来向企业作出的行政许可决定，自作出决定之日起七个工作日内公示。"
            "可以查一家企业持有哪些许可、有效期到哪一天；有效期为空的是长期有效。"
            "少数早年的许可未登记统一社会信用代码。文件采用 GB18030 编码。"
        ),
        keywords=["行政许可", "双公示", "许可证", "有效期", "企业"],
        en=(
            "Administrative permits granted",
            (
                "Permits that departments of the city and its districts granted to firms since 2019, published "
                "within seven working days after the decision: which permits a firm holds and until when. A blank "
                "end of validity means without limit; a few early permits lack the unified social credit code. "
                "The file is encoded in GB18030."
            ),
            ["administrative permits", "double publication", "permits", "validity", "firms"],
        ),
        themes=["market"],
        areas=["legal_person", "credit"],
        resources=[
            Table(
                name="permits",
                title="行政许可信息",
                encoding="gb18030",
                columns=_permit_columns(),
                rows=_permits(chance, 1120),
                primary_key=["许可编号"],
            )
        ],
        update_cycle="weekly",
        published=date(2022, 9, 1),
        updated=date(2026, 11, 20),
        version="2.1.0",
        catalogue={"code": "307990003/000002", "category": {"class": "department", "item": "07"}},
    )


def _permit_columns() -> list[Column]:
    kinds = [name for name, *_ in PERMITS]
    return [
        Column("许可编号", description="末位是校验码。", more=must(unique=True, pattern="XK[0-9]{7}")),
        Column("许可事项", description="行政许可事项的名称。", more=must(enum=kinds)),
        Column("企业名称", description="许可决定书上的名称。", more=must()),
        Column("统一社会信用代码", description="早年的许可有的未登记。", more=may(pattern=CREDIT_CODE)),
        Column("许可决定日期", "date", description="作出许可决定的日期。", more=must(minimum="2019-01-01")),
        Column("有效期至", "date", description="许可的最后一天；为空表示长期有效。"),
        Column("许可状态", description="截至更新之日的状态。", more=must(enum=["有效", "已过期", "已注销"])),
    ]


def _permits(chance: Random, count: int) -> Iterator[tuple[Any, ...]]:
    by_trade: dict[str, list[Firm]] = {}
    for firm in firms():
        by_trade.setdefault(firm.trade, []).append(firm)
    granted = sorted(workday(chance, date(2019, 1, 2), date(2026, 11, 19)) for _ in range(count))
    for serial, day in enumerate(granted, 1):
        possible: list[Firm] = []
        while not possible:
            name, _, years, trades = chance.choices(PERMITS, weights=[item[1] for item in PERMITS])[0]
            possible = [firm for trade in trades.split() for firm in by_trade[trade] if firm.is_active(day)]
        firm = chance.choice(possible)
        until = None if years is None else _years_later(day, years) - timedelta(days=1)
        if firm.closed or chance.random() < 0.02:
            state = "已注销"
        else:
            state = "已过期" if until and until < LAST_DAY else "有效"
        code = None if day.year < 2021 and chance.random() < 0.12 else firm.uscc
        yield (
            code_with_check("XK", serial * 31 + chance.randrange(31), 6),
            name,
            firm.name,
            code,
            day,
            until,
            state,
        )


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


SUBJECTS = (
    ("登记事项检查", "市场监督管理局", None, ()),
    ("年度报告公示信息检查", "市场监督管理局", "税务局", ()),
    ("食品经营单位监督检查", "市场监督管理局", None, ("52", "61", "62")),
    ("产品质量监督抽查", "市场监督管理局", None, ("14", "17", "18", "33", "38")),
    ("广告行为检查", "市场监督管理局", "卫生健康委员会", ("72", "88")),
    ("价格行为检查", "市场监督管理局", "发展和改革委员会", ("51", "52", "70")),
    ("工业企业安全生产检查", "应急管理局", "市场监督管理局", ("26", "30", "33", "34")),
    ("污染物排放检查", "生态环境局", "应急管理局", ("17", "22", "26", "30", "33")),
    ("房产经纪机构检查", "住房和城乡建设局", "市场监督管理局", ("70",)),
    ("劳动用工和工资支付检查", "人力资源和社会保障局", "住房和城乡建设局", ("47", "48", "50", "54")),
)

RESULTS = (
    ("未发现问题", 72.0, (None,)),
    ("未按规定公示应当公示的信息", 5.0, ("已提示限期补报。", "责令五个工作日内补报，逾期列入经营异常名录。")),
    ("通过登记的住所无法联系", 4.0, ("列入经营异常名录。",)),
    (
        "发现问题已责令改正",
        15.0,
        (
            "责令限期改正。",
            "现场改正。",
            "台账记录不全，责令十五日内改正，到期复查。",
            "应急照明两处失效、安全出口堆放货物，现场清理，照明设备责令七日内更换；复查时已全部整改到位。",
        ),
    ),
    ("不配合检查情节严重", 0.6, ("经两次上门均拒绝出示材料，移交执法部门处理。",)),
    ("未发现开展本次抽查涉及的经营活动", 3.4, (None, "已停业，提示办理注销登记。")),
)


@dataclass(frozen=True)
class _Task:
    number: str
    name: str
    way: str
    department: str
    partner: str | None
    percent: float
    first: date
    last: date
    industries: tuple[str, ...]


def random_inspections(chance: Random) -> Spec:
    """Return the tasks of inspections drawn by lot and what the inspectors found."""
    tasks = [_inspection_task(chance, serial) for serial in range(1, 65)]
    return Spec(
        publisher="market-bureau",
        name="random-inspections",
        title="双随机、一公开抽查任务和结果",
        description=(
            "随机抽取检查对象、随机选派检查人员，抽查情况和查处结果及时向社会公开。"
            "抽查任务表一行是一次任务，抽查结果表一行是一家企业在一次任务中的检查结果，用任务编号关联；检查人员姓名不公开。"
        ),
        keywords=["双随机", "抽查", "监督检查", "市场监管"],
        themes=["market"],
        resources=[
            Table(
                name="tasks",
                title="抽查任务",
                columns=_task_columns(),
                rows=[(t.number, t.name, t.way, t.department, t.partner, t.percent, t.first, t.last) for t in tasks],
                primary_key=["任务编号"],
            ),
            Table(
                name="results",
                title="抽查结果",
                columns=_result_columns(),
                rows=_inspection_results(chance, tasks),
                primary_key=["任务编号", "统一社会信用代码"],
                foreign_keys=[(["任务编号"], "tasks", ["任务编号"])],
            ),
        ],
        update_cycle="monthly",
        published=date(2023, 2, 10),
        updated=date(2026, 11, 5),
        en=(
            "Inspections drawn by lot",
            "Which firms were drawn for inspection, by which department, and what the inspectors found. One table "
            "holds the tasks, the other one row for each firm inspected in a task.",
            ["random inspection", "spot check", "supervision", "market supervision"],
        ),
        catalogue={"code": "307990003/000003", "category": {"class": "department", "item": "07"}},
    )


def _inspection_task(chance: Random, serial: int) -> _Task:
    subject, department, partner, industries = SUBJECTS[(serial * 7 + chance.randrange(3)) % len(SUBJECTS)]
    first = date(2024, 1, 8) + timedelta(days=(serial - 1) * 15 + chance.randrange(10))
    first -= timedelta(days=max(0, first.weekday() - 4))
    joint = partner if chance.random() < 0.6 else None
    return _Task(
        number=f"SJ{first.year}{serial:03d}",
        name=f"{first.year}年{'跨部门联合' if joint else ''}{subject}（第{serial:03d}号）",
        way="定向" if industries else "不定向",
        department=department,
        partner=joint,
        percent=chance.choice([1, 2, 3, 3, 5, 5, 10, 2.5]),
        first=first,
        last=min(first + timedelta(days=chance.choice([18, 25, 25, 32, 46])), date(2026, 10, 30)),
        industries=industries,
    )


def _inspection_results(chance: Random, tasks: list[_Task]) -> Iterator[tuple[Any, ...]]:
    for task in tasks:
        active = [firm for firm in firms() if firm.is_active(task.first) and firm.is_active(task.last)]
        possible = [firm for firm in active if not task.industries or firm.industry in task.industries]
        drawn = chance.sample(possible, max(3, min(6, round(len(possible) * task.percent / 100))))
        for firm in sorted(drawn, key=lambda item: item.uscc):
            result, _, notes = chance.choices(RESULTS, weights=[item[1] for item in RESULTS])[0]
            yield (
                task.number,
                firm.uscc,
                firm.name,
                workday(chance, task.first, task.last),
                result,
                chance.choice(notes),
            )


def _task_columns() -> list[Column]:
    return [
        Column("任务编号", description="SJ、年份和三位序号。", more=must(unique=True, pattern="SJ20[0-9]{5}")),
        Column("任务名称", description="抽查任务的名称。", more=must()),
        Column("抽查方式", description="定向抽查只抽取有关行业的企业。", more=must(enum=["定向", "不定向"])),
        Column("发起部门", description="发起抽查的部门。", more=must()),
        Column("联合部门", description="参加联合抽查的部门；为空表示单独抽查。"),
        Column("抽查比例（%）", "number", description="占检查对象总数的比例。", more=must(minimum=0, maximum=100)),
        Column("开始日期", "date", description="抽查开始的日期。", more=must()),
        Column("结束日期", "date", description="抽查结束的日期。", more=must()),
    ]


def _result_columns() -> list[Column]:
    results = [name for name, *_ in RESULTS]
    return [
        Column("任务编号", description="所属的抽查任务。", more=must(pattern="SJ20[0-9]{5}")),
        Column("统一社会信用代码", description="被检查企业的代码。", more=must(pattern=CREDIT_CODE)),
        Column("企业名称", description="被检查企业的名称。", more=must()),
        Column("检查日期", "date", description="实施检查的日期。", more=must()),
        Column("检查结果", description="抽查结果的类别。", more=must(enum=results)),
        Column("处理情况", description="发现问题后的处理；没有问题的为空。"),
    ]


MARKETS = (("1", "晨星农贸市场", "晨星区"), ("2", "澄波综合市场", "澄波区"), ("3", "望舒县城关市场", "望舒县"))

GOODS: tuple[tuple[str, str, str, str, float, float, float, float], ...] = (
    ("01", "大白菜", "蔬菜", "元/500克", 1.60, 0.28, -0.1, 0.060),
    ("02", "黄瓜", "蔬菜", "元/500克", 3.20, -0.35, 0.0, 0.080),
    ("03", "西红柿", "蔬菜", "元/500克", 3.60, -0.25, 0.0, 0.070),
    ("04", "土豆", "蔬菜", "元/500克", 2.10, -0.06, 0.0, 0.030),
    ("05", "菠菜", "蔬菜", "元/500克", 4.10, 0.22, 0.0, 0.090),
    ("06", "粳米", "粮油", "元/500克", 2.75, 0.00, 0.01, 0.006),
    ("07", "花生油", "粮油", "元/5升", 128.0, -0.02, 0.02, 0.010),
    ("08", "猪腿肉", "肉蛋奶", "元/500克", 14.5, -0.05, -0.06, 0.025),
    ("09", "牛肉", "肉蛋奶", "元/500克", 38.0, -0.02, -0.03, 0.012),
    ("10", "鸡蛋", "肉蛋奶", "元/500克", 4.90, 0.06, -0.08, 0.030),
    ("11", "鲜牛奶", "肉蛋奶", "元/袋", 3.20, 0.00, 0.0, 0.008),
    ("12", "草鱼", "水产品", "元/500克", 9.80, 0.05, 0.02, 0.025),
    ("13", "带鱼", "水产品", "元/500克", 24.0, 0.06, 0.03, 0.025),
    ("14", "苹果", "水果", "元/500克", 6.20, 0.08, 0.02, 0.025),
    ("15", "香蕉", "水果", "元/500克", 3.80, -0.06, 0.0, 0.050),
)
"""Code, name, kind, unit, usual price, share by which July is cheaper or dearer (negative: cheaper), trend, noise."""


def price_monitoring(chance: Random) -> Spec:
    """Return weekly prices of goods at three markets."""
    return Spec(
        publisher="development-commission",
        name="price-monitoring",
        title="居民主要生活必需品价格监测",
        description=(
            "每周五在三个市场采集的十五种蔬菜、粮油、肉蛋奶、水产品和水果的零售价，可以看出哪种菜什么时候便宜、城里和县里差多少。"
            "价格是市场内三个摊位的中间价。春节期间市场歇业或缺货时没有价格，该栏为空。"
        ),
        keywords=["价格", "菜价", "农贸市场", "生活必需品", "物价"],
        themes=["commerce", "living"],
        areas=["price"],
        resources=[
            Table(
                name="prices",
                title="每周价格",
                columns=[
                    Column("采价日期", "date", description="采集价格的星期五。", more=must()),
                    Column("市场代码", description="见市场表。", more=must(pattern="[0-9]")),
                    Column("商品代码", description="见商品表。", more=must(pattern="[0-9]{2}")),
                    Column("价格（元）", "number", description="零售价，计价单位见商品表。", more=may(minimum=0)),
                ],
                rows=_prices(chance),
                primary_key=["采价日期", "市场代码", "商品代码"],
                foreign_keys=[(["市场代码"], "markets", ["市场代码"]), (["商品代码"], "goods", ["商品代码"])],
            ),
            Table(
                name="markets",
                title="市场",
                columns=[
                    Column("市场代码", description="市场的代码。", more=must(unique=True, pattern="[0-9]")),
                    Column("市场名称", description="采价市场的名称。", more=must(unique=True)),
                    Column("区县", description="市场所在的区县。", more=must()),
                ],
                rows=MARKETS,
                primary_key=["市场代码"],
            ),
            Table(
                name="goods",
                title="商品",
                columns=[
                    Column("商品代码", description="商品的代码。", more=must(unique=True, pattern="[0-9]{2}")),
                    Column("商品名称", description="商品的名称。", more=must(unique=True)),
                    Column("类别", description="商品的大类。", more=must()),
                    Column("计价单位", description="价格对应的数量。", more=must()),
                ],
                rows=[item[:4] for item in GOODS],
                primary_key=["商品代码"],
            ),
        ],
        update_cycle="weekly",
        published=date(2024, 12, 6),
        updated=date(2026, 11, 20),
        temporal="2024-11-29/2026-11-20",
        en=(
            "Prices of everyday goods",
            "Retail prices of fifteen foods, taken every Friday at three markets: which vegetable is cheap in which "
            "season, and how town and county differ. There are gaps around the Spring Festival.",
            ["prices", "vegetable prices", "food markets", "everyday goods", "cost of living"],
        ),
        catalogue={"code": "307990003/000005", "category": {"class": "department", "item": "07"}},
    )


def _prices(chance: Random) -> Iterator[tuple[Any, ...]]:
    level = {item[0]: 0.0 for item in GOODS}
    for week in range(104):
        day = LAST_DAY - timedelta(weeks=103 - week)
        closed = day in (date(2025, 1, 31), date(2026, 2, 20))
        before_festival = day in (date(2025, 1, 24), date(2026, 2, 13))
        for code, *_, noise in GOODS:
            level[code] = 0.85 * level[code] + chance.gauss(0, noise)
        for market, _, _ in MARKETS:
            dearer = {"1": 1.05, "2": 1.0, "3": 0.92}[market]
            for code, _, kind, _, usual, july, trend, noise in GOODS:
                gone = (closed and (market == "3" or chance.random() < 0.7)) or chance.random() < 0.006
                feast = 1.12 if before_festival and kind in ("蔬菜", "水产品", "肉蛋奶") else 1.0
                change = 1 + july * season(day) + trend * week / 52 + level[code] + chance.gauss(0, noise / 3)
                yield day, market, code, None if gone else round(usual * dearer * feast * max(0.4, change), 2)


DATASETS: tuple[Maker, ...] = (administrative_permits, random_inspections, price_monitoring)

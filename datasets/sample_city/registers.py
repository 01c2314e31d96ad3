"""The register of invented firms that other modules name too, and the lists of firms that earned or lost trust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp, floor, log, log10
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, District, code_with_check, pick_district, uscc
from sample_city.kit import SEED, Column, Maker, Spec, Table

FIRMS = 2290
REGISTER_DAY = date(2026, 11, 11)
"""The day on which the register of firms was last updated."""

CREDIT_CODE = "91[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"
"""The pattern of the codes of firms."""

FIRM_KINDS = {"有限责任公司": 82, "股份有限公司": 3, "有限责任公司分公司": 6, "个人独资企业": 6, "合伙企业": 3}
"""Their shares in per cent."""

_HOLIDAYS = frozenset([(1, 1), (5, 1), (5, 2), (5, 3), (10, 1), (10, 2), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7)])
_FIRST = "晨澄听望拂细鸣知飞微映栖揽语织念逐沐吟枕"
_SECOND = "星波雪舒晓雨泉萤澜霁露禾笺鹭岚帆虹荷羽霜"


@dataclass(frozen=True)
class Industry:
    """An industry (大类 of GB/T 4754): its share among firms, their usual capital in 万元, and words for names."""

    code: str
    zh: str
    weight: float
    capital: int
    trades: tuple[str, ...]


INDUSTRIES = tuple(
    Industry(code, zh, weight, capital, tuple(trades.split()))
    for code, zh, weight, capital, trades in (
        ("01", "农业", 3.0, 120, "种植 蔬果 粮食种植 花卉"),
        ("02", "林业", 0.8, 100, "苗木 林业"),
        ("03", "畜牧业", 1.2, 100, "畜牧 养殖"),
        ("04", "渔业", 1.0, 80, "水产 渔业"),
        ("05", "农、林、牧、渔专业及辅助性活动", 1.4, 90, "农机服务 农业服务"),
        ("13", "农副食品加工业", 2.6, 300, "粮油 食品加工 调味品"),
        ("14", "食品制造业", 2.2, 300, "食品 烘焙食品 饮品"),
        ("17", "纺织业", 3.4, 500, "纺织 织造 印染"),
        ("18", "纺织服装、服饰业", 3.0, 200, "服饰 制衣 针织"),
        ("22", "造纸和纸制品业", 1.0, 400, "纸业 包装"),
        ("26", "化学原料和化学制品制造业", 1.1, 1200, "化工 涂料"),
        ("30", "非金属矿物制品业", 1.4, 600, "建材 陶瓷"),
        ("33", "金属制品业", 2.8, 300, "五金 金属制品 紧固件"),
        ("34", "通用设备制造业", 2.6, 500, "机械 泵阀 轴承"),
        ("38", "电气机械和器材制造业", 2.0, 800, "电气 照明 电机"),
        ("39", "计算机、通信和其他电子设备制造业", 1.9, 1000, "电子 传感器"),
        ("46", "水的生产和供应业", 0.3, 2000, "水务"),
        ("47", "房屋建筑业", 2.3, 2000, "建筑 建设工程"),
        ("48", "土木工程建筑业", 1.9, 2500, "市政工程 路桥"),
        ("50", "建筑装饰、装修和其他建筑业", 3.6, 300, "装饰 装修工程 幕墙"),
        ("51", "批发业", 12.0, 100, "商贸 贸易 供应链 建材贸易 食品贸易 医疗器械贸易"),
        ("52", "零售业", 10.5, 50, "百货 便利超市 药房 汽车销售 数码 家居"),
        ("54", "道路运输业", 3.6, 200, "物流 货运 客运"),
        ("59", "装卸搬运和仓储业", 1.5, 200, "仓储 冷链"),
        ("61", "住宿业", 1.7, 100, "酒店 民宿"),
        ("62", "餐饮业", 6.4, 30, "餐饮 小吃 茶饮 餐饮管理"),
        ("65", "软件和信息技术服务业", 5.8, 200, "软件 信息技术 数字科技 智能科技"),
        ("70", "房地产业", 2.6, 1000, "置业 物业服务 房产经纪"),
        ("71", "租赁业", 1.3, 100, "设备租赁 汽车租赁"),
        ("72", "商务服务业", 7.6, 50, "企业管理 广告 会展 人力资源 财务咨询"),
        ("74", "专业技术服务业", 3.4, 150, "检测技术 勘测设计 工程咨询"),
        ("77", "生态保护和环境治理业", 0.9, 500, "环保 生态修复"),
        ("80", "居民服务业", 2.6, 20, "家政 美容美发 洗染"),
        ("83", "教育", 1.5, 50, "职业培训 教育咨询"),
        ("88", "文化艺术业", 1.6, 50, "文化传播 文化创意"),
        ("89", "体育", 0.8, 50, "体育 健身"),
    )
)


@dataclass(frozen=True)
class Firm:
    """An invented firm; *capital* is in 万元, *closed* the day on which it was struck off, revoked or moved away."""

    uscc: str
    name: str
    kind: str
    capital: float | None
    founded: date
    status: str
    closed: date | None
    industry: str
    trade: str
    district: District

    def is_active(self, on: date) -> bool:
        """Say whether the firm was in business on a day."""
        return self.founded <= on and (self.closed is None or on < self.closed)


def must(**constraints: Any) -> dict[str, Any]:
    """Return the keys of a field that every row fills, with further constraints."""
    return {"constraints": {"required": True, **constraints}}


def may(**constraints: Any) -> dict[str, Any]:
    """Return the keys of a field that may be empty, with its constraints."""
    return {"constraints": constraints}


def workday(chance: Random, first: date, last: date) -> date:
    """Return a working day between two days, both included; offices are closed at weekends and on fixed holidays."""
    while True:
        day = first + timedelta(days=chance.randint(0, (last - first).days))
        if day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS:
            return day


@cache
def firms() -> tuple[Firm, ...]:
    """Return the firms of the city in the order of their founding.

    They come from a seed of their own and not from that of a dataset, so that a firm has the same code wherever it
    is named.
    """
    chance = Random(f"{SEED}:firms")
    years = range(1993, REGISTER_DAY.year + 1)
    chosen = chance.choices(years, weights=[1.1 ** (year - 1993) for year in years], k=FIRMS)
    founded = sorted(workday(chance, date(year, 1, 2), min(date(year, 12, 31), REGISTER_DAY)) for year in chosen)
    taken: set[str] = set()
    return tuple(
        _firm(chance, day, 1000 + 397 * place + chance.randrange(397), taken) for place, day in enumerate(founded)
    )


def firm_name(chance: Random, trade: str, kind: str, district: District, first: str = _FIRST) -> str:
    """Return a name that nobody takes for that of a real firm."""
    start = f"{chance.choice(first)}{chance.choice(_SECOND)}示例{trade}"
    if kind == "有限责任公司分公司":
        return f"{start}有限公司{district.zh}分公司（虚构）"
    if kind == "股份有限公司":
        return f"{start}股份有限公司（虚构）"
    if kind == "个人独资企业":
        return f"{start}{chance.choice(['商行', '经营部', '工作室', '服务中心'])}（虚构）"
    if kind == "合伙企业":
        return f"{start}{chance.choice(['中心（有限合伙）', '合伙企业（有限合伙）'])}（虚构）"
    return f"{start}有限公司（虚构）"


def _firm(chance: Random, founded: date, serial: int, taken: set[str]) -> Firm:
    industry = chance.choices(INDUSTRIES, weights=[item.weight for item in INDUSTRIES])[0]
    kind = chance.choices(list(FIRM_KINDS), weights=list(FIRM_KINDS.values()))[0]
    district = pick_district(chance)
    trade = chance.choice(industry.trades)
    name = firm_name(chance, trade, kind, district)
    while name in taken:
        trade = chance.choice(industry.trades)
        name = firm_name(chance, trade, kind, district)
    taken.add(name)
    status, closed = _fate(chance, founded)
    return Firm(
        uscc=uscc("91", district.code, serial),
        name=name,
        kind=kind,
        capital=None if kind == "有限责任公司分公司" else _capital(chance, industry.capital, kind),
        founded=founded,
        status=status,
        closed=closed,
        industry=industry.code,
        trade=trade,
        district=district,
    )


def _fate(chance: Random, founded: date) -> tuple[str, date | None]:
    """Return what became of a firm: some 4 % of those that are left close in a year, most of them by themselves."""
    days = int(chance.expovariate(0.04) * 365) + 90
    closed = founded + timedelta(days=days)
    if closed > REGISTER_DAY:
        return "存续", None
    return chance.choices(["注销", "吊销", "迁出"], weights=[80, 15, 5])[0], closed


def _capital(chance: Random, usual: int, kind: str) -> float:
    """Return a capital in 万元, mostly a round number, as founders like it."""
    scale = {"股份有限公司": 12.0, "个人独资企业": 0.15}.get(kind, 1.0)
    value = max(1.0, exp(chance.gauss(log(usual * scale), 1.0)))
    if chance.random() < 0.05:
        return round(value, 2)
    step = 10 ** floor(log10(value))
    return float(round(value / step) * step) if chance.random() < 0.8 else float(round(value))


def legal_person_registrations(chance: Random) -> Spec:
    """Return the register of firms with its code list of industries."""
    return Spec(
        publisher="market-bureau",
        name="legal-person-registrations",
        title="企业法人登记基本信息",
        description=(
            "示范市市场监督管理部门登记的企业名录，每家企业一行，可按统一社会信用代码与行政许可、双随机抽查、信用名单等数据集关联。"
            "内容包括企业名称、类型、注册资本、成立日期、登记状态、行业和所在区县，不含投资人、法定代表人等个人信息。"
            "已注销、吊销和迁出的企业也保留在内；分公司没有注册资本，该栏为空。"
        ),
        keywords=["企业登记", "市场主体", "统一社会信用代码", "注册资本", "法人库"],
        themes=["organisations", "market"],
        areas=["legal_person"],
        resources=[
            Table(
                name="registrations",
                title="企业登记信息",
                en="Registered firms",
                description="工作簿的“数据”表，按成立日期先后排列。",
                format="xlsx",
                columns=_registration_columns(),
                rows=(_registration(chance, firm) for firm in firms()),
                primary_key=["统一社会信用代码"],
                foreign_keys=[(["行业代码"], "industries", ["行业代码"])],
            ),
            Table(
                name="industries",
                title="行业代码表",
                en="Codes of industries",
                columns=[
                    Column("行业代码", "string", "Industry code", "两位数字的行业大类代码。", must(pattern="[0-9]{2}")),
                    Column("行业名称", "string", "Industry", "行业大类的名称（GB/T 4754）。", must(unique=True)),
                ],
                rows=[(item.code, item.zh) for item in INDUSTRIES],
                primary_key=["行业代码"],
            ),
        ],
        update_cycle="monthly",
        published=date(2023, 6, 15),
        updated=REGISTER_DAY,
        version="3.4.0",
        en=(
            "Registered firms",
            "All firms registered in Shifan City, one per row, with their type, registered capital, founding date, "
            "status, industry and district. The unified social credit code links them with permits, inspections and "
            "credit lists. Firms that were struck off stay in the register; branches have no capital of their own.",
            [
                "firm registration",
                "market entities",
                "unified social credit code",
                "registered capital",
                "legal persons",
            ],
        ),
        catalogue={"code": "307990003/000001", "category": {"class": "department", "item": "07"}},
    )


def _registration(chance: Random, firm: Firm) -> tuple[Any, ...]:
    return (
        firm.uscc,
        firm.name,
        firm.kind,
        firm.capital,
        firm.founded,
        firm.status,
        firm.industry if chance.random() > 0.01 else None,
        firm.district.code,
    )


def _registration_columns() -> list[Column]:
    codes = [item.code for item in DISTRICTS]
    return [
        Column(
            "统一社会信用代码",
            "string",
            "Unified social credit code",
            "十八位代码，末位是校验码。",
            must(unique=True, pattern=CREDIT_CODE),
        ),
        Column("企业名称", "string", "Name", "登记的企业全称。", must(unique=True)),
        Column("企业类型", "string", "Type of firm", "登记时的组织形式。", must(enum=list(FIRM_KINDS))),
        Column(
            "注册资本（万元）", "number", "Registered capital (10,000 yuan)", "分公司没有注册资本。", may(minimum=0)
        ),
        Column("成立日期", "date", "Founded", "营业执照上的成立日期。", must()),
        Column("登记状态", "string", "Status", "截至数据更新之日的状态。", must(enum=["存续", "迁出", "吊销", "注销"])),
        Column("行业代码", "string", "Industry code", "行业大类，见行业代码表；少数早年登记的企业未填。"),
        Column("区县代码", "string", "District code", "登记机关所在区县的行政区划代码。", must(enum=codes)),
    ]


COMMENDED = (
    ("税务局", "连续三个年度按期缴纳税款，纳税信用评价为最高等级，未发生滞纳情形。"),
    ("财政局", "近两年参加政府采购履约评价均为优秀，未发生质量投诉和合同违约。"),
    ("人力资源和社会保障局", "按时足额发放职工工资并缴纳社会保险，被评为年度劳动关系和谐单位。"),
    ("市场监督管理局", "主动公开产品质量承诺，接受五次监督抽查全部合格。"),
    ("应急管理局", "在汛期自愿承担片区抢险任务，无偿调用车辆和机具，街道书面致谢。"),
)
LISTED = (
    ("市场监督管理局", "未按规定公示年度报告，且通过登记的住所无法联系，列入经营异常名录满三年仍未履行相关义务。"),
    ("市场监督管理局", "在食品生产经营中使用超过保质期的原料，被处以罚款后拒不改正，经两次催告仍未停止违法行为。"),
    ("财政局", "提供虚假材料谋取中标，经查实后取消中标资格，并在一定期限内禁止参加政府采购活动。"),
    ("人力资源和社会保障局", "拖欠多名职工工资，数额较大，经责令限期支付后逾期仍未支付。"),
    ("市场监督管理局", "发布虚假广告宣称商品具有医疗功效，误导消费者，情节严重。"),
    ("人民法院", "有履行能力而拒不履行已经生效的法律文书确定的给付义务。"),
    ("生态环境局", "擅自倾倒工业固体废物，被责令停产整治后又恢复生产。"),
)
FOLLOW_UP = (
    "当事人提出陈述、申辩，认为情节轻微；经复核，所述理由没有证据支持，不予采纳。",
    "本条信息由三个部门会商后作出，会商记录和证据材料由牵头部门存档，可依申请查阅。",
    "名单由认定部门推送至信用信息平台，有关部门在审批、招标、资金扶持中依法采取相应措施。",
    "当事人可在纠正失信行为、消除不良影响并满最短公示期后，向认定部门申请信用修复。",
)


def credit_lists(chance: Random) -> Spec:
    """Return the red and the black list of firms with the reasons."""
    return Spec(
        publisher="development-commission",
        name="credit-lists",
        title="企业守信激励和严重失信名单",
        description=(
            "汇总各部门和法院认定并推送的守信激励对象（红名单）和严重失信主体（黑名单），列出企业、事由、认定部门、列入和移出日期。"
            "事由照录认定文书，长短不一。已经移出的记录也保留，“移出日期”为空的表示仍在名单内；查询结果不代替信用报告。"
        ),
        keywords=["信用", "红名单", "黑名单", "失信", "信用修复"],
        themes=["credit"],
        areas=["credit"],
        resources=[
            Table(
                name="entries",
                title="名单记录",
                en="Entries of the lists",
                columns=_credit_columns(),
                rows=_credit_entries(chance),
                primary_key=["记录编号"],
            )
        ],
        update_cycle="weekly",
        published=date(2024, 3, 1),
        updated=date(2026, 11, 18),
        en=(
            "Red and black lists of firms",
            "Firms that departments commended for keeping their word (red list) or listed for serious breaches of "
            "trust (black list), with the reason, the department, and the days of listing and removal. Reasons are "
            "quoted from the decision. An empty day of removal means that the firm is still listed.",
            ["credit", "red list", "black list", "breach of trust", "credit repair"],
        ),
        catalogue={"code": "307990003/000004", "category": {"class": "department", "item": "07"}},
    )


def _credit_columns() -> list[Column]:
    departments = sorted({department for department, _ in COMMENDED + LISTED})
    return [
        Column("记录编号", "string", "Entry", "末位是校验码。", must(unique=True, pattern="X[0-9]{6}")),
        Column("名单类型", "string", "List", "红名单为守信激励，黑名单为严重失信。", must(enum=["红名单", "黑名单"])),
        Column("企业名称", "string", "Name", "列入时登记的名称。", must()),
        Column("统一社会信用代码", "string", "Unified social credit code", "十八位代码。", must(pattern=CREDIT_CODE)),
        Column("列入事由", "string", "Reason", "认定文书中的事由，可能有数段话。", must(minLength=10)),
        Column("认定部门", "string", "Department", "作出认定的部门或机关。", must(enum=departments)),
        Column("列入日期", "date", "Listed", "列入名单的日期。", must()),
        Column("移出日期", "date", "Removed", "期满或信用修复后移出的日期；为空表示仍在名单内。"),
    ]


def _credit_entries(chance: Random) -> Iterator[tuple[Any, ...]]:
    days = sorted(workday(chance, date(2023, 1, 3), date(2026, 11, 17)) for _ in range(156))
    for serial, day in enumerate(days, 1):
        is_red = chance.random() < 0.45
        department, reason = chance.choice(COMMENDED if is_red else LISTED)
        more = 0 if is_red else min(len(FOLLOW_UP), int(chance.expovariate(0.7)))
        text = reason + "".join(FOLLOW_UP[place] for place in sorted(chance.sample(range(len(FOLLOW_UP)), more)))
        firm = chance.choice([item for item in firms() if item.is_active(day)])
        end = day + timedelta(days=chance.choice([365, 365, 730, 180 + chance.randrange(400)]))
        removed = end if end < date(2026, 11, 18) and chance.random() < 0.85 else None
        number = code_with_check("X", serial, 5)
        yield number, "红名单" if is_red else "黑名单", firm.name, firm.uscc, text, department, day, removed


DATASETS: tuple[Maker, ...] = (legal_person_registrations, credit_lists)

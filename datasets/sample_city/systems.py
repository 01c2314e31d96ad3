"""The information systems of the invented departments: busy ones, quiet ones, and some that nobody needs any more.

The order names five signs of a system to be cleared away; each occurs here. The names are made up; no real
system is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from sample_city.departments import department
from sample_city.kit import SEED, Maker, Spec, register, register_table
from sample_city.registers import workday

REGISTER_DAY = date(2026, 10, 30)
"""The day on which the register of systems was last updated."""

_LIST = (
    (1, "公共交通运行监测与调度平台", "公交调度；客流统计；视频监控", "busy", "307990001/000005"),
    (1, "停车泊位信息管理系统", "停车备案；泊位信息发布", "busy", "307990001/000003"),
    (1, "占道施工审批系统", "施工审批；交通管制发布", "quiet", "307990001/000004"),
    (1, "道路养护台账系统", "养护计划；设施台账", "narrow 处室", ""),
    (1, "客运线路许可旧系统", "线路许可；许可证打印", "detached", ""),
    (2, "生态环境监测数据平台", "自动监测；数据审核；数据发布", "busy", "211990001/000009；211990001/000010"),
    (2, "排污许可与执法系统", "排污许可；现场执法", "busy", "211990001/000011"),
    (2, "机动车尾气检验监管系统", "检验监管；视频监控", "quiet", ""),
    (2, "环境信访登记系统", "信访登记；办理反馈", "replaceable", ""),
    (3, "精细化天气预报业务系统", "天气预报；预警发布", "busy", "307990001/000012；212990001/000013"),
    (4, "义务教育招生服务平台", "招生报名；学位分配", "busy", "307990002/000001"),
    (4, "校外培训机构监管系统", "机构备案；资金监管", "quiet", ""),
    (4, "教师继续教育学分系统", "学分登记；课程管理", "unmaintained 处室", ""),
    (5, "医疗机构执业管理系统", "执业登记；校验管理", "busy", "307990002/000003"),
    (5, "传染病监测预警平台", "病例报告；预警发布", "busy", "307990002/000005"),
    (5, "妇幼保健信息系统", "保健档案；随访管理", "quiet", ""),
    (5, "爱国卫生月报系统", "报表填报", "narrow 处室", ""),
    (6, "市场主体登记系统", "登记注册；证照打印", "busy", "307990003/000001"),
    (6, "双随机抽查与信用公示系统", "抽查管理；信用公示", "busy", "307990003/000003"),
    (6, "特种设备动态监管系统", "设备登记；检验监管", "quiet", ""),
    (6, "食品抽检结果录入系统", "报表填报；抽检管理", "idle", ""),
    (7, "投资项目在线审批监管平台", "项目审批；进度监管", "busy", "307990003/000006"),
    (7, "价格监测直报系统", "报表填报；价格监测", "quiet", "307990003/000005"),
    (7, "公共信用信息平台", "信用归集；信用公示", "busy", "307990003/000004"),
    (8, "预算管理一体化系统", "预算编制；国库支付", "busy", "307990003/000008"),
    (8, "政府采购管理系统", "采购计划；合同备案", "busy", "307990003/000009"),
    (8, "票据核销单机版系统", "票据核销", "unmaintained", ""),
    (9, "就业服务管理系统", "求职登记；岗位发布", "busy", "307990002/000007"),
    (9, "社会保险经办系统", "参保登记；待遇核定", "busy", "307990002/000006"),
    (10, "社会救助管理系统", "救助审批；家庭经济状况核对", "busy", "307990002/000008"),
    (10, "社会组织管理系统", "登记注册；年度检查", "quiet", "307990002/000009"),
    (10, "地名普查成果展示系统", "地名查询；成果展示", "idle", ""),
    (11, "公共文化活动预约平台", "活动预约；场馆管理", "busy", "307990002/000011"),
    (11, "旅游行业统计直报系统", "报表填报", "replaceable 处室", ""),
    (12, "房屋交易与网签备案系统", "合同网签；交易统计", "busy", "307990003/000014"),
    (12, "建筑工程质量监督系统", "现场监督；质量评定", "quiet", ""),
    (13, "应急指挥综合平台", "应急指挥；视频监控；预警发布", "busy", "307990002/000016"),
    (13, "安全生产执法系统", "现场执法；隐患整改", "quiet", "307990002/000018"),
    (13, "危险化学品备案登记系统", "登记注册", "detached", ""),
    (14, "市级政务云管理平台", "资源分配；运行监测", "busy", ""),
    (14, "市民热线受理平台", "诉求受理；办理反馈", "busy", "307990002/000019"),
    (15, "法律援助与公证管理系统", "援助审批；公证管理", "quiet", "307990002/000015"),
    (16, "科技计划项目管理系统", "项目申报；结题管理", "quiet", "307990003/000012"),
    (17, "不动产登记信息系统", "登记注册；证照打印", "busy", "307990003/000015"),
    (17, "测绘成果目录服务系统", "成果查询；成果汇交", "narrow", ""),
)
"""Department, name, functions, kind (and a level other than the department's own), codes of the catalogue it feeds."""

MERGED = {"环境信访登记系统": "市民热线受理平台", "旅游行业统计直报系统": "价格监测直报系统",
          "道路养护台账系统": "占道施工审批系统", "爱国卫生月报系统": "传染病监测预警平台"}  # fmt: skip
"""What some systems are merged into."""

ON_PRIVATE_NETWORKS = {
    "公共交通运行监测与调度平台": "SFN-01", "占道施工审批系统": "SFN-01",
    "生态环境监测数据平台": "SFN-02", "机动车尾气检验监管系统": "SFN-02",
    "妇幼保健信息系统": "SFN-03", "特种设备动态监管系统": "SFN-04", "预算管理一体化系统": "SFN-05",
    "社会保险经办系统": "SFN-06", "应急指挥综合平台": "SFN-07", "不动产登记信息系统": "SFN-08",
}  # fmt: skip
"""The private networks that some systems run on."""


@dataclass(frozen=True)
class System:
    """A system of a department: *kind* is busy, quiet, or one of the five signs of a system that nobody needs."""

    id: str
    name: str
    owner: int
    functions: str
    kind: str
    level: str
    resource_codes: str
    connected_on: date | None
    """The day on which it was connected to the sharing platform, None where it is not."""


@cache
def systems() -> tuple[System, ...]:
    """Return all systems, in the order of their ids."""
    chance = Random(f"{SEED}:systems")
    found: list[System] = []
    for owner, name, functions, words, codes in _LIST:
        kind, _, level = words.partition(" ")
        serial = sum(item.owner == owner for item in found) + 1
        connected = workday(chance, date(2018, 3, 1), date(2026, 9, 30))
        is_connected = kind == "busy" or (kind == "quiet" and chance.random() < 0.5)
        id_ = f"SF-{owner:02d}-{serial:02d}"
        found.append(
            System(id_, name, owner, functions, kind, level or "部", codes, connected if is_connected else None)
        )
    return tuple(found)


@dataclass(frozen=True)
class _Use:
    """How a kind of system is used: typical numbers, and the years in which it was last used and maintained."""

    units: int
    users: int
    logins: int
    cases: int
    cpu: float
    growth_gb: float
    traffic_gb: float
    last_used: int = 0
    """Days before the day of the register."""
    maintained: int = 60


_USES = {
    "busy": _Use(40, 2600, 310_000, 86_000, 38, 420, 5200),
    "quiet": _Use(12, 380, 21_000, 4200, 12, 30, 260, 2),
    "narrow": _Use(1, 9, 70, 12, 2, 0.4, 1.5, 40, 150),
    "detached": _Use(6, 140, 260, 0, 4, 0.2, 6, 25, 200),
    "replaceable": _Use(4, 60, 1500, 310, 5, 1.5, 12, 9, 180),
    "idle": _Use(3, 45, 120, 30, 0.6, 0.0, 0.3, 120, 240),
    "unmaintained": _Use(2, 30, 400, 90, 3, 0.3, 4, 60, 1700),
}

_ADVICE = {"busy": "保留", "quiet": "规范", "replaceable": "整合", "narrow": "整合"}
_REMARKS = {
    "detached": "业务已经在新平台办理，旧系统只供查询历史记录。",
    "idle": "服务器长期空闲，拟收回资源。",
    "unmaintained": "开发单位已经停止更新服务。",
}


def information_systems(chance: Random) -> Spec:
    """Return the register of information systems, of which the public sees numbers by department."""
    return register(
        name="information-systems",
        title="政务信息系统登记表",
        description=(
            f"市级部门的信息系统，一行一个，共 {len(systems())} 个，遵循“政务信息系统登记表”标准：使用、审批、经费、"
            "网络、等级保护和整合意见。其中有长期空闲、无人维护或者与业务脱节的“僵尸”系统。登记表不向社会开放，"
            "社会公众可以看到各部门的系统数；部门在共享版中可以看到标准允许共享的字段。"
        ),
        keywords=["政务信息系统", "系统底数", "僵尸系统", "整合共享"],
        table=register_table(
            "systems",
            "政务信息系统登记表",
            "Register of information systems",
            "information-system",
            "系统编号 系统名称 建设单位 建设单位代码 建设单位层级 功能 使用范围 使用单位数 注册用户数 "
            "近90天活跃用户数 近12个月登录次数 近12个月业务办理量 最近使用日期 审批部门 审批时间 项目名称 "
            "经费来源 投资额度（元） 年运维费用（元） 所在网络 数据资源代码 是否接入统一共享平台 接入日期 "
            "等级保护级别 等级保护备案编号 等级保护备案日期 涉密等级 最近维护日期 运维合同到期日期 "
            "近180天平均CPU使用率（%） 近180天存储增长（GB） 近180天网络流量（GB） 整合意见 并入系统编号 备注",
            _rows(chance),
            "xlsx",
        ),
        serial=21,
        update_cycle="semiannual",
        published=date(2026, 4, 30),
        updated=REGISTER_DAY,
        en=(
            "Register of government information systems",
            f"The {len(systems())} information systems of the city's departments, a row each, by the standard for such "
            "registers: use, approval, money, networks, protection and what is to become of them. Some stand idle, are "
            "not maintained or have nothing to do with the work any more. The register is not open; the public sees "
            "how many systems each department has, departments see the fields that the standard lets them share.",
            ["information systems", "inventory", "zombie systems", "integration and sharing"],
        ),
    )


def _rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    ids = {item.name: item.id for item in systems()}
    for system in systems():
        use = _USES[system.kind]
        factor = chance.lognormvariate(0, 0.5)
        users = max(2, round(use.users * factor))
        is_old = system.kind not in ("busy", "quiet")
        approved = workday(chance, date(2008 if is_old else 2014, 2, 1), date(2014 if is_old else 2023, 11, 30))
        filed = workday(chance, approved + timedelta(days=200), approved + timedelta(days=500))
        maintained = REGISTER_DAY - timedelta(days=round(use.maintained * chance.uniform(0.6, 1.2)))
        paid_until = maintained + timedelta(days=365) if is_old else date(2027, 6, 30)
        network = chance.choices(["电子政务外网", "互联网"], [2, 1])[0]
        network = "业务专网" if system.name in ON_PRIVATE_NETWORKS else network
        level = 3 if system.kind == "busy" else 2
        yield (
            system.id, system.name, *department(system.owner), system.level, system.functions,
            "本单位" if use.units <= 3 else "全市", max(1, round(use.units * factor)), users,
            round(users * (0.7 if system.kind == "busy" else 0.2) * chance.uniform(0.5, 1)),
            round(use.logins * factor), round(use.cases * factor * chance.uniform(0.8, 1.2)),
            REGISTER_DAY - timedelta(days=round(use.last_used * chance.uniform(0.8, 1.6))),
            department(7)[0], approved, f"{system.name}建设项目",
            chance.choices(["地方财政", "部门自筹", "政府购买服务"], [7, 2, 1])[0],
            round(chance.lognormvariate(14.2, 0.6) / 1000) * 1000,
            0 if is_old else round(chance.lognormvariate(11.8, 0.6) / 100) * 100,
            network, system.resource_codes or None, "是" if system.connected_on else "否", system.connected_on,
            level, f"演示备案-{filed.year}-{system.id[3:]}", filed, "无", maintained, paid_until,
            round(min(95, use.cpu * chance.uniform(0.7, 1.3)), 1), round(use.growth_gb * factor, 1),
            round(use.traffic_gb * factor, 1),
            "整合" if system.level != "部" else _ADVICE.get(system.kind, "清理"),
            ids.get(MERGED.get(system.name, "")), _REMARKS.get(system.kind),
        )  # fmt: skip


DATASETS: tuple[Maker, ...] = (information_systems,)

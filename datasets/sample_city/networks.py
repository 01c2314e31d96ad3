"""Private networks of the invented departments, and the sharing platform: who is connected, what is shared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from sample_city.departments import department
from sample_city.kit import Maker, Spec, register, register_table
from sample_city.registers import workday
from sample_city.systems import ON_PRIVATE_NETWORKS, System, systems

PLATFORM_DAY = date(2026, 11, 6)
"""The day on which the registers of networks, connections and shared resources were last updated."""

_NETWORKS = (
    ("SFN-01", "交通视频和调度专网", 1, "公交调度和路口视频传输", "全市", 64, "并入电子政务外网", 2011, 38),
    ("SFN-02", "环境自动监测专网", 2, "监测站点数据回传", "全市", 41, "并入电子政务外网", 2009, 12),
    ("SFN-03", "妇幼保健专网", 5, "医疗机构保健档案传输", "全市", 23, "并入电子政务外网", 2012, 9),
    ("SFN-04", "特种设备监管专网", 6, "电梯和锅炉运行数据回传", "全市", 17, "撤销", 2013, 3),
    ("SFN-05", "国库支付专网", 8, "预算单位和代理银行之间的支付指令", "全市", 96, "保留", 2007, 27),
    ("SFN-06", "社会保险经办专网", 9, "经办大厅和街道服务点的业务办理", "全市", 88, "并入电子政务外网", 2006, 31),
    ("SFN-07", "应急指挥专网", 13, "应急值守和现场视频会商", "全市", 29, "保留", 2015, 14),
    ("SFN-08", "不动产登记专网", 17, "登记大厅和查档点的业务办理", "全市", 12, "并入电子政务外网", 2016, 19),
)  # fmt: skip
"""Id, name, department, purpose, coverage, units, where it goes, year it was built, mean use in per cent."""

_GROUNDS = {"SFN-05": "支付指令须与代理银行专线互通（示例依据）", "SFN-07": "应急值守须在公网中断时可用（示例依据）"}


def private_networks(chance: Random) -> Spec:
    """Return the register of private networks, of which the public sees numbers by department."""
    return register(
        name="private-networks",
        title="业务专网登记表",
        description=(
            "部门自建或者租用的业务专网，一行一个，遵循“业务专网登记表”标准：用途、覆盖范围、承载的系统、利用率和整合去向。"
            "不登记地址和拓扑。社会公众可以看到各部门的专网数，部门在共享版中可以看到标准允许共享的字段。"
        ),
        keywords=["业务专网", "电子政务外网", "网络整合"],
        table=register_table(
            "networks",
            "业务专网登记表",
            "Register of private networks",
            "private-network",
            "专网编号 专网名称 主管单位 主管单位代码 用途 覆盖范围 接入单位数 承载系统编号 建成日期 "
            "年运维费用（元） 平均利用率（%） 涉密等级 整合去向 保留依据 整合完成日期 备注",
            _networks(chance),
            "csv",
        ),
        serial=22,
        update_cycle="semiannual",
        published=date(2026, 4, 30),
        updated=PLATFORM_DAY,
        en=(
            "Register of private networks",
            "Networks that departments built or rent for themselves, a row each, by the standard for such registers: "
            "purpose, coverage, the systems on them, their use and where they go. Addresses and topology are not "
            "registered. The public sees how many each department has, departments see the fields that may be shared.",
            ["private networks", "external e-government network", "merging of networks"],
        ),
    )


def _networks(chance: Random) -> Iterator[tuple[Any, ...]]:
    for id_, name, owner, purpose, scope, units, plan, year, use in _NETWORKS:
        carried = "；".join(item.id for item in systems() if ON_PRIVATE_NETWORKS.get(item.name) == id_)
        built = workday(chance, date(year, 2, 1), date(year, 11, 30))
        merged = workday(chance, date(2026, 3, 2), date(2026, 10, 30)) if id_ == "SFN-03" else None
        costs = round(chance.lognormvariate(12.6, 0.5) / 100) * 100
        yield (
            id_, name, *department(owner), purpose, scope, units, carried, built, costs, use, "无", plan,
            _GROUNDS.get(id_), merged, "线路租用合同年底到期。" if plan == "撤销" else None,
        )  # fmt: skip


_SHARED = (
    ("公共交通运行监测与调度平台", "公共汽车实时到站信息", "公共汽车线路的实时位置和预计到站时间。", "实时", True),
    ("停车泊位信息管理系统", "停车场备案信息", "经营性停车场的名称、泊位数、收费方式和备案日期。", "每日", True),
    ("生态环境监测数据平台", "环境空气自动监测数据", "各监测站点的小时浓度和审核状态。", "实时", True),
    ("排污许可与执法系统", "排污许可证信息", "排污单位、许可事项、有效期和许可限值。", "每周", True),
    ("精细化天气预报业务系统", "分区县天气预报", "各区县未来七天的天气、温度和风力。", "每日", True),
    ("义务教育招生服务平台", "学位供给信息", "各学校当年的招生计划和剩余学位数。", "每年", False),
    ("医疗机构执业管理系统", "医疗机构执业登记信息", "医疗机构的名称、类别、诊疗科目和校验结果。", "每周", True),
    ("传染病监测预警平台", "传染病分区县周报", "法定传染病按区县和病种的报告数。", "每周", False),
    ("市场主体登记系统", "市场主体登记信息", "企业的名称、代码、类型、状态和登记日期。", "每日", True),
    ("双随机抽查与信用公示系统", "抽查结果信息", "抽查任务、对象、事项和结果。", "每周", True),
    ("投资项目在线审批监管平台", "投资项目审批结果", "项目代码、审批事项、部门和办结日期。", "每日", True),
    ("公共信用信息平台", "守信激励和失信惩戒名单", "列入和移出名单的单位、事由和日期。", "每日", True),
    ("预算管理一体化系统", "预算执行进度", "各预算单位按科目的支出进度。", "每月", False),
    ("政府采购管理系统", "采购合同备案信息", "采购项目、供应商、金额和签订日期。", "每周", True),
    ("社会保险经办系统", "单位参保缴费状态", "单位是否参保、险种和缴费是否正常。", "每日", False),
    ("社会救助管理系统", "救助对象数量统计", "按区县和救助类别的户数和人数。", "每季度", True),
    ("公共文化活动预约平台", "公共文化场馆活动预告", "场馆、活动、时间和可预约名额。", "每日", True),
    ("房屋交易与网签备案系统", "网签备案状态核验", "按备案编号核验合同状态。", "实时", False),
    ("应急指挥综合平台", "应急避难场所状态", "避难场所的名称、容量和启用状态。", "每日", True),
    ("市级政务云管理平台", "云资源使用统计", "各部门的云资源分配量和使用率。", "每月", False),
    ("市民热线受理平台", "热线诉求分类统计", "按类别、区县和办理状态的诉求数。", "每周", True),
    ("不动产登记信息系统", "不动产登记状态核验", "按登记编号核验登记状态。", "实时", False),
)
"""System, resource that it provides, what it holds, update cycle, whether it is open to the public."""

_FIRST_CODE = 40


@cache
def _shared() -> tuple[tuple[System, str, str], ...]:
    """Return systems with code and title of the resource that each provides on the platform."""
    named = {item.name: item for item in systems()}
    return tuple(
        (named[system], f"307990003/{_FIRST_CODE + place:06d}", title)
        for place, (system, title, *_) in enumerate(_SHARED)
    )


def connections(chance: Random) -> Spec:
    """Return the register of connections to the sharing platform, of which the public sees numbers by department."""
    return register(
        name="connections",
        title="系统接入共享平台登记表",
        description=(
            "政务信息系统接入市级数据共享交换平台的情况，一行一项，遵循“系统接入共享平台登记表”标准：角色、方式、审核评测、"
            "接入状态和近一年的交换量。社会公众可以看到各部门的接入数，部门在共享版中可以看到标准允许共享的字段。"
        ),
        keywords=["共享交换平台", "系统接入", "数据共享"],
        table=register_table(
            "connections",
            "系统接入共享平台登记表",
            "Register of connections to the sharing platform",
            "connection",
            "接入编号 系统编号 责任单位 责任单位代码 接入平台 接入网络 接入角色 共享方式 信息资源代码 "
            "审核评测通过日期 接入日期 接入状态 近12个月调用次数 近12个月交换记录数 最近交换日期 接口地址 备注",
            _connections(chance),
            "csv",
        ),
        serial=23,
        update_cycle="monthly",
        published=date(2026, 4, 30),
        updated=PLATFORM_DAY,
        en=(
            "Register of connections to the sharing platform",
            "How information systems are connected to the city's platform for data exchange, a row each, by the "
            "standard for such registers: role, method, review, state and what was exchanged in a year. The public "
            "sees how many connections each department has, departments see the fields that may be shared.",
            ["sharing platform", "connections", "data sharing"],
        ),
    )


def _connections(chance: Random) -> Iterator[tuple[Any, ...]]:
    provided = {system.id: code for system, code, _ in _shared()}
    waiting = [item for item in systems() if item.kind == "quiet" and not item.connected_on]
    connected = [item for item in systems() if item.connected_on]
    for serial, system in enumerate([*connected, *waiting], 1):
        code, day = provided.get(system.id), system.connected_on
        role = "使用" if code is None else chance.choice(["提供", "提供和使用"])
        method = chance.choices(["接口", "数据库", "文件"], [6, 3, 1])[0]
        state = "已接入" if day else chance.choice(["接入中", "未接入"])
        if day and code is None and chance.random() < 0.3:
            state = "已停用"
        calls = round(chance.lognormvariate(10, 1.2)) if state == "已接入" else 0
        stopped = PLATFORM_DAY - timedelta(days=chance.randrange(200, 500))
        recently = PLATFORM_DAY - timedelta(days=chance.randrange(4))
        exchanged = recently if calls else max(day, stopped) if day else None
        reviewed = workday(chance, day - timedelta(days=60), day - timedelta(days=10)) if day else None
        yield (
            f"SFC-{serial:03d}", system.id, *department(system.owner), "市级数据共享交换平台", "电子政务外网", role,
            method, code, reviewed, day, state, calls,
            round(calls * chance.lognormvariate(2.5, 0.8)), exchanged,
            f"演示接口地址-{serial:03d}", "已与使用单位确认停用。" if state == "已停用" else None,
        )  # fmt: skip


def shared_resources(chance: Random) -> Spec:
    """Return the catalogue of the resources that systems provide on the sharing platform."""
    return register(
        name="shared-resources",
        title="市级共享平台信息资源目录",
        description=(
            "各部门在市级数据共享交换平台上提供的信息资源，一行一个，遵循“政务信息资源目录”标准，字段是国家指南的核心元数据。"
            "目录条目对社会公开，资源是否开放见“是否向社会开放”。来源信息系统编号没有填写：系统登记表不向社会开放。"
        ),
        keywords=["信息资源目录", "核心元数据", "数据共享"],
        table=register_table(
            "resources",
            "共享平台信息资源目录",
            "Resources on the sharing platform",
            "catalogue-entry",
            "信息资源名称 信息资源代码 信息资源分类 信息资源提供方 信息资源提供方代码 信息资源摘要 "
            "信息资源格式分类 信息资源格式类型 来源信息系统编号 共享类型 共享条件或不予共享依据 共享方式 "
            "是否向社会开放 开放条件 更新周期 发布日期 关联资源代码",
            _resources(chance),
            "xlsx",
        ),
        serial=24,
        is_open=True,
        licence="CC0-1.0",
        update_cycle="monthly",
        published=date(2026, 5, 29),
        updated=PLATFORM_DAY,
        en=(
            "Catalogue of the resources on the city's sharing platform",
            "The information resources that departments provide on the city's platform for data exchange, a row each, "
            "by the standard for catalogue entries with the core metadata of the national guide. The entries are "
            "public; whether a resource is open is said of each. The ids of the systems they come from are left empty, "
            "since the register of systems is not open.",
            ["catalogue of resources", "core metadata", "data sharing"],
        ),
    )


def _resources(chance: Random) -> Iterator[tuple[Any, ...]]:
    for (system, code, title), (_, _, abstract, cycle, is_open) in zip(_shared(), _SHARED, strict=True):
        class_, type_ = (
            ("数据库", "接口") if cycle == "实时" else chance.choice([("数据库", "关系型数据库"), ("电子表格", "xlsx")])
        )
        condition = "无条件" if is_open else "仅限履行职责使用，须书面申请"
        related = system.resource_codes or None
        yield (
            title, code, f"部门/07/{department(system.owner)[0].removesuffix('（虚构）')}", *department(system.owner),
            abstract, class_, type_, None, "无条件共享" if is_open else "有条件共享", condition,
            "共享平台方式/接口" if cycle == "实时" else "共享平台方式/文件", "是" if is_open else "否", None, cycle,
            workday(chance, date(2024, 3, 1), date(2026, 10, 30)), related,
        )  # fmt: skip


DATASETS: tuple[Maker, ...] = (private_networks, connections, shared_resources)

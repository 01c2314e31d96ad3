"""Registers that the city keeps of itself: its departments, and the tasks of order No. 39 that they share.

What a register has for columns is said by its standard in `portal/standards/registers/`; the headings are its titles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sample_city.city import uscc
from sample_city.government import BUREAUS
from sample_city.kit import Maker, Spec, register, register_table
from sample_city.registers import workday

GOVERNMENT = uscc("11", "990100", 1)

ORDER = "国办发〔2017〕39号"


def department(number: int) -> tuple[str, str]:
    """Return name and code of a department by the last digits of its code, as `publishers.yaml` has them.

    >>> department(14)
    ('示范市数据局（虚构）', '11990100MA0000114Q')
    """
    others = {18: ("12", "示范市公共资源交易中心"), 101: ("91", "示范市供电公司"),
              102: ("91", "示范市公共交通集团"), 103: ("91", "示范市水务公司")}  # fmt: skip
    kind, name = others[number] if number in others else ("11", BUREAUS[number - 1][0])
    return f"{name}（虚构）", uscc(kind, "990100", 100 + number)


FORMER = {5: ("示范市卫生和计划生育委员会（虚构）", 2018), 6: ("示范市工商行政管理局（虚构）", 2014),
          11: ("示范市文化局（虚构）", 2019), 13: ("示范市安全生产监督管理局（虚构）", 2018),
          17: ("示范市国土资源局（虚构）；示范市规划局（虚构）", 2019)}  # fmt: skip
"""Former names of departments by number, and the year since when the present name is used."""

DISSOLVED = (("示范市旅游局（虚构）", 91, 1998, 11), ("示范市信息化办公室（虚构）", 92, 2003, 14),
             ("示范市粮食局（虚构）", 93, 1990, 7))  # fmt: skip
"""Bodies that are no more: name, serial of the code, year of founding, number of the department that took over."""


def departments(chance: Random) -> Spec:
    """Return the register of departments, with those that were dissolved and who took over."""
    return register(
        name="departments",
        title="部门登记表",
        description=(
            "提供公共数据的部门、事业单位和公共企业，每个单位一行，遵循“部门登记表”标准。机构改革中撤销的单位保留记录，"
            "“职责承接部门代码”指向现在的部门，按旧名称也能找到。行政区划代码和办公电话没有填写：虚构的城市没有真实的代码和号码。"
        ),
        keywords=["部门", "统一社会信用代码", "机构改革"],
        table=register_table(
            "departments",
            "部门登记表",
            "Register of departments",
            "department",
            "部门名称 统一社会信用代码 单位性质 层级 行政区划代码 上级部门代码 第一责任人职务 内部承办机构 "
            "办公电话 起始日期 曾用名 职责承接部门代码",
            _departments(chance),
            "csv",
        ),
        serial=20,
        is_open=True,
        licence="CC0-1.0",
        update_cycle="irregular",
        published=date(2026, 3, 16),
        updated=date(2026, 10, 30),
        en=(
            "Register of departments",
            "The departments, public institutions and public enterprises that provide data, a row each, by the "
            "standard for registers of departments. Bodies that were dissolved stay in it and name the department that "
            "took over. Division codes and telephone numbers are empty: an invented city has none that are true.",
            ["departments", "unified social credit code", "government reform"],
        ),
    )


def _departments(chance: Random) -> Iterator[tuple[Any, ...]]:
    post = "主要负责人"
    government = "示范市人民政府（虚构）"
    yield (
        government,
        GOVERNMENT,
        "政务部门",
        "市级",
        None,
        None,
        post,
        "办公室（虚构）",
        None,
        date(1990, 1, 1),
        None,
        None,
    )
    for number in (*range(1, 19), *range(101, 104)):
        name, code = department(number)
        is_firm = number > 100
        former, since = FORMER.get(number, (None, 1900 + number if is_firm else 2013))
        year = BUREAUS[number - 1][1] if number <= len(BUREAUS) and former is None else since
        above = department(7)[1] if number == 18 else GOVERNMENT
        kind, unit = ("公共企事业单位", "数据管理部（虚构）") if is_firm else ("政务部门", "数据开放科（虚构）")
        day = workday(chance, date(year, 1, 2), date(year, 12, 20))
        yield name, code, kind, "市级", None, above, post, unit, None, day, former, None
    for name, serial, year, successor in DISSOLVED:
        code, day = uscc("11", "990100", serial), workday(chance, date(year, 1, 2), date(year, 12, 20))
        yield name, code, "政务部门", "市级", None, GOVERNMENT, None, None, None, day, None, department(successor)[1]


@dataclass(frozen=True)
class Task:
    """A task: its title, numbers of the lead and the partners, deadline, day it was done on or progress in per cent."""

    title: str
    lead: int
    partners: tuple[int, ...]
    due: date
    done: date | None = None
    progress: int = 0
    evidence: str = ""
    problems: str = ""
    next_step: str = ""
    put_off: bool = False

    @property
    def state(self) -> str:
        """The state in the words of the standard."""
        return "已完成" if self.done else "暂缓" if self.put_off else "进行中" if self.progress else "未开始"


TASKS = (
    Task("“审”“清”结合，加快消除“僵尸”信息系统", 14, (7, 8), date(2026, 6, 30), date(2026, 6, 18), 100,
         "政务信息系统登记表；僵尸系统清理结果通报"),
    Task("推进整合，加快部门内部信息系统整合共享", 14, (7, 2, 6, 9), date(2026, 12, 31), None, 70,
         "部门整合共享清单", "部分处室系统的供应商已经不再服务，数据难以导出。", "由数据局组织统一的数据迁移服务。"),
    Task("设施共建，提升国家统一电子政务网络支撑能力", 14, (13, 17, 2), date(2026, 12, 31), None, 45,
         "业务专网登记表", "视频类专网流量大，电子政务外网骨干带宽不足。", "完成外网骨干扩容后再迁移视频类业务。"),
    Task("促进共享，推进接入统一数据共享交换平台", 14, tuple(range(1, 18)), date(2026, 9, 30), None, 80,
         "系统接入共享平台登记表", "两个系统的接口评测没有通过。", "按评测意见修改接口，年底前复测。"),
    Task("推动开放，加快公共数据开放网站建设", 14, (2, 1, 4), date(2026, 3, 31), date(2026, 3, 27), 100,
         "公共数据年度开放计划；开放目录"),
    Task("强化协同，推进全国政务信息共享网站建设", 14, (7, 6), date(2027, 3, 31), None, 30,
         "共享网站试运行报告", "重点领域的共享需求还没有全部确认。", "逐个部门核对共享需求清单。"),
    Task("构建目录，开展政务信息资源目录编制和全国大普查", 14, tuple(range(1, 18)), date(2026, 5, 31),
         date(2026, 5, 29), 100, "市级政务信息资源目录；普查工作簿"),
    Task("完善标准，加快构建政务信息共享标准体系", 6, (14,), date(2027, 6, 30), None, 20,
         "登记表标准六项", "数据质量和安全方面的标准还没有立项。", "明年一季度提出立项建议。"),
    Task("一体化服务，规范网上政务服务平台体系建设", 14, (7, 9, 10), date(2026, 12, 31), None, 60,
         "政务服务事项清单", "部分事项的办理结果没有回传。", "把结果回传列入接入评测。"),
    Task("上下联动，开展“互联网+政务服务”试点", 7, (14,), date(2027, 9, 30), None, 0,
         next_step="待上级公布新一批试点名单后启动。", put_off=True),
)  # fmt: skip
"""The ten tasks of part 2 of the order, by their titles, as the invented city goes about them once more in 2026."""


def task_ledger(chance: Random) -> Spec:
    """Return the ledger of the ten tasks of the order, of which the public sees numbers by department."""
    return register(
        name="task-ledger",
        title="政务信息系统整合共享任务台账",
        description=(
            "示范市落实《政务信息系统整合共享实施方案》（国办发〔2017〕39号）“十件大事”的任务台账，一行一项任务，"
            "遵循“任务台账”标准。任务名称照录方案，本市的期限、进度和问题都是虚构的。"
            "社会公众可以看到按牵头单位的任务数，部门在共享版中可以看到进度、佐证、问题和下一步措施。"
        ),
        keywords=["任务台账", "整合共享", "39号文", "督查"],
        table=register_table(
            "tasks",
            "任务台账",
            "Ledger of tasks",
            "task-ledger",
            "任务编号 依据文件 所在条款 任务内容 牵头单位 牵头单位代码 配合单位 第一责任人职务 完成期限 任务状态 "
            "完成进度（%） 完成日期 佐证材料 存在问题 下一步措施 更新日期 备注",
            _tasks(chance),
            "xlsx",
        ),
        serial=25,
        update_cycle="monthly",
        published=date(2026, 2, 27),
        updated=date(2026, 11, 9),
        en=(
            "Ledger of the tasks on integrating and sharing systems",
            "How Shifan City carries out the ten tasks of the plan for integrating and sharing government information "
            "systems (order No. 39 of 2017), a row each, by the standard for ledgers of tasks. The titles are those of "
            "the order; deadlines and progress are invented. The public sees how many tasks each department leads, "
            "departments see progress, evidence and problems in the sharing edition.",
            ["ledger of tasks", "integration and sharing", "order No. 39 of 2017", "inspection"],
        ),
    )


def _tasks(chance: Random) -> Iterator[tuple[Any, ...]]:
    for number, (task, numeral) in enumerate(zip(TASKS, "一二三四五六七八九十", strict=True), 1):
        lead, code = department(task.lead)
        partners = [department(item)[0] for item in task.partners if item != task.lead]
        yield (
            f"39-2-{number:02d}", ORDER, f"二（{numeral}）", task.title, lead, code, "；".join(partners) or None,
            "主要负责人", task.due, task.state, task.progress, task.done, task.evidence or None, task.problems or None,
            task.next_step or None, workday(chance, date(2026, 10, 26), date(2026, 11, 6)), None,
        )  # fmt: skip


DATASETS: tuple[Maker, ...] = (departments, task_ledger)

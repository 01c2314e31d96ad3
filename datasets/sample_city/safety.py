"""Safety in the invented city: shelters, accidents and inspections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, code_with_check, pick_district, uscc
from sample_city.kit import Column, GeoFile, Maker, Spec, Table, district_column, must, named, within

_SHELTER_KINDS = {"学校操场": (0.4, 9000), "公园绿地": (0.27, 26000), "广场": (0.17, 12000), "体育场馆": (0.16, 15000)}

_FIRM_NAMES = (
    "启明",
    "长风",
    "细雨",
    "听雪",
    "稻浪",
    "知行",
    "鸣泉",
    "月白",
    "清荷",
    "朝露",
    "南枝",
    "远帆",
    "石榴",
    "木棉",
)
_TRADES = {
    "危险化学品": ("化工", ("危险物品储存区未设置明显警示标志", "可燃气体报警器超过检定期限", "卸料作业无人监护")),
    "工贸": ("机械", ("冲压设备光电保护装置失效", "有限空间作业未办理审批", "粉尘清扫记录不完整", "配电箱门未关闭")),
    "建筑施工": ("建筑工程", ("脚手架连墙件缺失", "临边防护栏杆高度不足", "塔式起重机日检记录缺页", "用电线路拖地")),
    "商场餐饮": ("商业管理", ("疏散通道堆放杂物", "安全出口指示灯损坏", "燃气软管老化", "灭火器压力不足")),
    "仓储物流": ("仓储", ("货物堆垛占用消防通道", "叉车驾驶人员证书过期", "充电区未与仓库分隔")),
}


def emergency_shelters(chance: Random) -> Spec:
    """Emergency shelters with kind, capacity and outline."""
    rows = list(_shelters(chance))
    return Spec(
        publisher="emergency-bureau",
        name="emergency-shelters",
        title="应急避难场所",
        description="地震、台风和洪水时可以避险的场所，含类型、可容纳人数和位置。地图文件是场所的大致边界，供就近查找，不能用于测量。",
        keywords=["应急避难", "避难场所", "防灾减灾", "地图"],
        themes=["public-safety", "geospatial"],
        areas=["geospatial"],
        update_cycle="semiannual",
        published=date(2021, 5, 12),
        updated=date(2026, 9, 1),
        version="3.0.0",
        en=(
            "Emergency shelters",
            "Places of refuge in earthquakes, typhoons and floods with kind, capacity and place. The outlines on the "
            "map are rough and not meant for measuring.",
            ["emergency shelters", "places of refuge", "disaster prevention", "map"],
        ),
        resources=[
            Table(
                "shelters",
                "避难场所",
                _shelter_columns(),
                rows,
                primary_key=["场所编号"],
                crs="CGCS2000",
            ),
            GeoFile(
                "outlines",
                "避难场所边界",
                [_outline(row) for row in rows],
                description="每个场所一个多边形。",
                columns=named(_shelter_columns(), "场所编号", "场所名称", "可容纳人数"),
            ),
        ],
        catalogue=_filed(16),
    )


def serious_accidents_2026(chance: Random) -> Spec:
    """An empty table: no serious accident happened."""
    del chance
    levels = ["较大", "重大", "特别重大"]
    return Spec(
        publisher="emergency-bureau",
        name="serious-accidents-2026",
        title="较大以上生产安全事故（2026年）",
        description="2026年发生的较大、重大和特别重大生产安全事故。截至更新日没有发生，所以表中只有表头，没有数据行；这不是文件损坏。",
        keywords=["生产安全事故", "安全生产"],
        en=(
            "Major work accidents (2026)",
            (
                "Major, serious and extremely serious work accidents in 2026. Up to the day of the update there "
                "was none, so the table has its header and no line; the file is not damaged."
            ),
            ["work accidents", "work safety"],
        ),
        themes=["work-safety"],
        update_cycle="monthly",
        published=date(2026, 2, 5),
        updated=date(2026, 11, 5),
        temporal="2026-01-01/2026-10-31",
        resources=[
            Table(
                "accidents",
                "事故",
                [
                    Column(
                        "事故编号",
                        description="SG、六位流水号和校验位。",
                        more=must(unique=True, pattern="SG[0-9]{7}"),
                    ),
                    Column("发生时间", "datetime", description="事故发生的时间。", more=must()),
                    district_column(),
                    Column("行业领域", description="事故单位的行业领域。", more=must(enum=list(_TRADES))),
                    Column("事故等级", description="按伤亡和损失确定的等级。", more=must(enum=levels)),
                    Column("死亡人数", "integer", description="事故造成的死亡人数。", more=must(minimum=0)),
                    Column("受伤人数", "integer", description="事故造成的受伤人数。", more=must(minimum=0)),
                    Column("直接经济损失", "number", description="直接经济损失，万元；未核定时为空。", more=within(0)),
                    Column("调查报告", "string", description="公开的调查报告网址。", more={"format": "uri"}),
                ],
                (),
                primary_key=["事故编号"],
            )
        ],
        catalogue=_filed(17),
    )


def safety_inspections(chance: Random) -> Spec:
    """Results of work-safety inspections of invented firms."""
    return Spec(
        publisher="emergency-bureau",
        name="safety-inspections",
        title="安全生产执法检查结果",
        description=(
            "2026年1月以来对生产经营单位的安全生产检查，一次检查一行：检查了谁、发现几处隐患、最主要的是什么、何时改完。"
            "同一单位可能被检查多次，复查单列一行。没有发现隐患的，隐患和整改各栏为空；还没有改完的，整改完成日期为空。"
        ),
        keywords=["安全生产", "执法检查", "隐患整改"],
        en=(
            "Results of work-safety inspections",
            (
                "Work-safety inspections of firms since January 2026, one inspection a line: who was inspected, "
                "how many hazards were found, the main one, and when all was put right. A firm may be inspected "
                "several times, and a second look has a line of its own. Where nothing was found, the columns on "
                "hazards are blank; where work goes on, the day of completion is."
            ),
            ["work safety", "inspections", "hazards put right"],
        ),
        themes=["work-safety"],
        update_cycle="monthly",
        published=date(2026, 3, 6),
        updated=date(2026, 11, 13),
        temporal="2026-01-04/2026-11-12",
        resources=[
            Table(
                "inspections",
                "检查结果",
                _inspection_columns(),
                list(_inspections(chance)),
                format="xlsx",
                primary_key=["检查编号"],
            )
        ],
        catalogue=_filed(18),
    )


def _filed(number: int) -> dict[str, Any]:
    return {"code": f"307990002/{number:06d}", "category": {"class": "department", "item": "07"}}


def _shelter_columns() -> list[Column]:
    return [
        Column("场所编号", description="BN、四位序号和校验位。", more=must(unique=True, pattern="BN[0-9]{5}")),
        Column("场所名称", description="场所的名称。", more=must(unique=True)),
        Column("类型", description="场所平时的用途。", more=must(enum=list(_SHELTER_KINDS))),
        Column("级别", description="紧急、短期或长期避难。", more=must(enum=["紧急", "短期", "长期"])),
        district_column(),
        Column("有效面积", "integer", description="可用于避难的面积，平方米。", more=must(minimum=200)),
        Column("可容纳人数", "integer", description="按级别折算的人数。", more=must(minimum=50)),
        Column("应急供水", "boolean", description="是否有应急供水；没有查验时为空。"),
        Column("经度", "number", description="中心点经度，CGCS2000，度。", more=must(minimum=149, maximum=152)),
        Column("纬度", "number", description="中心点纬度，CGCS2000，度。", more=must(minimum=19, maximum=22)),
    ]


def _shelters(chance: Random) -> Iterator[tuple[Any, ...]]:
    serial = 0
    for district in DISTRICTS:
        for street in chance.sample(STREETS, 6 + district.population_thousands // 90):
            serial += 1
            kind = chance.choices(list(_SHELTER_KINDS), [share for share, _ in _SHELTER_KINDS.values()])[0]
            area = 500 + round(_SHELTER_KINDS[kind][1] * chance.lognormvariate(-0.1, 0.5))
            level = "长期" if area > 30000 else "短期" if area > 12000 else "紧急"
            people = area // {"紧急": 1, "短期": 2, "长期": 5}[level] * 6 // 100 * 10
            water = None if chance.random() < 0.08 else level != "紧急" or chance.random() < 0.3
            name = f"{district.zh}{street}{kind}避难场所"
            yield (
                code_with_check("BN", serial, 4),
                name,
                kind,
                level,
                district.zh,
                area,
                people,
                water,
                *district.point(chance),
            )


def _outline(row: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    longitude, latitude = row[-2:]
    half = row[5] ** 0.5 / 2 / 111_000
    corners = ((-1, -0.8), (1, -0.9), (1.1, 0.8), (-0.9, 1), (-1, -0.8))
    ring = [[round(longitude + half * east, 6), round(latitude + half * north, 6)] for east, north in corners]
    return {"type": "Polygon", "coordinates": [ring]}, {"场所编号": row[0], "场所名称": row[1], "可容纳人数": row[6]}


def _inspection_columns() -> list[Column]:
    results = ["合格", "责令限期整改", "责令停产停业整顿", "立案处罚"]
    code = must(pattern="91[0-9A-HJ-NPQRTUWXY]{16}")
    return [
        Column("检查编号", description="JC、六位流水号和校验位。", more=must(unique=True, pattern="JC[0-9]{7}")),
        Column("检查日期", "date", description="检查的日期。", more=must()),
        Column("单位名称", description="被检查的单位。", more=must()),
        Column("统一社会信用代码", description="单位的十八位代码。", more=code),
        Column("行业领域", description="单位的行业领域。", more=must(enum=list(_TRADES))),
        district_column(),
        Column("检查方式", description="检查的方式。", more=must(enum=["双随机", "专项", "举报核查", "复查"])),
        Column("隐患数", "integer", description="发现的隐患处数。", more=must(minimum=0)),
        Column("主要隐患", description="最主要的一处隐患；没有时为空。"),
        Column("检查结果", description="检查的处理结果。", more=must(enum=results)),
        Column("罚款", "number", description="罚款金额，万元；没有罚款时为空。", more=within(0.1)),
        Column("整改期限", "date", description="要求改完的日期；不需要时为空。"),
        Column("整改完成日期", "date", description="改完并复查合格的日期；没有改完时为空。"),
    ]


def _inspections(chance: Random) -> Iterator[tuple[Any, ...]]:
    firms = [
        (f"{name}示例{what}有限公司（虚构）", trade, pick_district(chance))
        for trade, (what, _) in _TRADES.items()
        for name in _FIRM_NAMES
    ]
    days = [date(2026, 1, 4) + timedelta(days=day) for day in range(313)]
    weights = [0.15 if day.weekday() >= 5 else 1.7 if day.month in (6, 9) else 1.0 for day in days]
    for serial, day in enumerate(sorted(chance.choices(days, weights, k=800)), 3051):
        place = min(len(firms) - 1, int(chance.expovariate(1 / 28)))
        firm, trade, district = firms[place]
        way = chance.choices(("双随机", "专项", "举报核查", "复查"), (48, 27, 6, 19))[0]
        defects = max(0, round(chance.gammavariate(1.4, 1.5 if way != "复查" else 0.35)) - 1)
        weight = (0, 86, 3, 11) if defects > 2 else (0, 97, 0, 3)
        result = (
            chance.choices(("合格", "责令限期整改", "责令停产停业整顿", "立案处罚"), weight)[0] if defects else "合格"
        )
        due = day + timedelta(days=chance.choice((7, 15, 15, 30))) if defects else None
        done = min(due + timedelta(days=round(chance.gauss(-2, 4))), due + timedelta(days=9)) if due else None
        yield (
            code_with_check("JC", serial, 6),
            day,
            firm,
            uscc("91", district.code, 5_200_001 + place),
            trade,
            district.zh,
            way,
            defects,
            chance.choice(_TRADES[trade][1]) if defects else None,
            result,
            round(chance.triangular(0.5, 12, 2), 1) if result == "立案处罚" else None,
            due,
            max(done, day) if done and done < date(2026, 11, 12) and chance.random() > 0.04 else None,
        )


DATASETS: tuple[Maker, ...] = (emergency_shelters, serious_accidents_2026, safety_inspections)

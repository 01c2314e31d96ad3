"""Buses of the invented city: the network with its stops and lines, and how many people ride."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, District, code_with_check
from sample_city.kit import Column, GeoFile, Maker, Spec, Table, must

_POOL_STOPS = 512
"""So many places are drawn; those that no line calls at are not stops."""


@dataclass(frozen=True)
class _Line:
    """A bus line: *ends* are the places of its end districts in `DISTRICTS`, *riders* those of a usual day."""

    name: str
    kind: str
    ends: tuple[int, int]
    stops: int
    riders: int
    opened: tuple[int, int] = (0, 0)

    @property
    def code(self) -> str:
        return code_with_check("XL", _LINES.index(self) + 1, 3)


_LINES = (
    _Line("1路", "干线", (0, 1), 30, 18400),
    _Line("2路", "干线", (0, 2), 28, 15900),
    _Line("3路", "干线", (1, 3), 32, 16700),
    _Line("5路", "普线", (0, 0), 23, 9300),
    _Line("6路", "普线", (1, 1), 22, 8200),
    _Line("7路", "普线", (2, 0), 26, 7600),
    _Line("8路", "普线", (3, 0), 27, 8100),
    _Line("9路", "普线", (2, 2), 21, 4700),
    _Line("10路", "干线", (2, 1), 33, 14200),
    _Line("11路", "普线", (3, 3), 22, 4300),
    _Line("12路", "普线", (1, 4), 29, 5900),
    _Line("15路", "普线", (0, 3), 25, 6800),
    _Line("16路", "普线", (1, 0), 24, 7100),
    _Line("18路", "普线", (4, 4), 23, 3100),
    _Line("21路", "普线", (4, 4), 20, 2200),
    _Line("26路", "普线", (3, 2), 27, 3900),
    _Line("28路", "普线", (4, 1), 28, 4100),
    _Line("K1路", "快线", (0, 4), 17, 6300),
    _Line("K2路", "快线", (3, 1), 16, 3600, (2024, 9)),
    _Line("微1路", "微循环线", (0, 0), 15, 900),
    _Line("微2路", "微循环线", (1, 1), 14, 700, (2025, 3)),
    _Line("微3路", "微循环线", (2, 2), 16, 650, (2025, 3)),
    _Line("夜1路", "夜班线", (0, 1), 23, 520),
    _Line("夜2路", "夜班线", (2, 3), 21, 310),
)

_PLACES = (
    "东口", "西口", "南口", "北口", "公园", "小学", "中学", "医院", "市场", "新村", "广场", "路口", "桥头", "花园",
    "图书馆", "体育场", "客运站", "工业园", "文化宫", "养老院", "社区", "码头", "湿地", "公交场", "湖畔", "大学城",
    "科技园", "集市", "老街", "派出所", "植物园", "幼儿园",
)  # fmt: skip

_SUSPENDED = {("26路", "2025-05"), ("26路", "2025-06"), ("26路", "2025-07")}


@dataclass(frozen=True)
class _Stop:
    name: str
    street: str
    district: District
    longitude: float
    latitude: float


def bus_network(chance: Random) -> Spec:
    """Stops, lines, and the order in which the lines call at the stops."""
    routes = _routes(_pool(chance), chance)
    calls = Counter(stop for stops in routes.values() for stop in stops)
    stops = sorted(calls, key=lambda stop: (stop.district.code, stop.street, stop.name))
    codes = {stop: code_with_check("ZD", number, 4) for number, stop in enumerate(stops, 1)}
    return Spec(
        publisher="bus-group",
        name="bus-network",
        title="公共汽车线网与站点",
        description=(
            "市区和望舒县全部公共汽车线路、站点，以及每条线路依次停靠哪些站。每月核对一次，临时绕行不在其内。\n\n"
            "数据分成三张互相关联的表和一份地图文件：\n\n"
            "- **站点表**：一个站点一行，坐标为 CGCS2000 经纬度，同名而分设道路两侧的站台合记为一个站点；\n"
            "- **线路表**：一条线路一行，有票价、首末班时间和高峰发车间隔；\n"
            "- **停靠表**：一条线路、一个方向、一个站序一行，用编号连到前两张表；\n"
            "- **站点地图**：与站点表相同的站点，GeoJSON 格式，可以直接放进地图软件。\n\n"
            "上行指从线路表所列起点站开往终点站，下行相反。下行时少数站点因单行道不停靠，所以两个方向的站数可能不同。\n\n"
        ),
        keywords=["公共汽车", "公交线路", "公交站点", "线网", "地图"],
        themes=["traffic"],
        areas=["transport", "geospatial"],
        update_cycle="monthly",
        published=date(2022, 4, 18),
        updated=date(2026, 11, 5),
        version="4.2.0",
        en=(
            "Bus network: lines and stops",
            "All bus lines and stops of the city and Wangshu County, and which stops each line calls at, in order. "
            "Checked once a month; short-term diversions are not included. Coordinates are CGCS2000.",
            ["buses", "bus lines", "bus stops", "network", "map"],
        ),
        resources=[
            GeoFile(
                "stops-map",
                "公交站点地图",
                _features(codes, calls),
                "Map of bus stops",
                "每个站点一个点，属性有站点编号、站名和停靠线路数。",
                columns=[
                    _stop_code("站点编号，与站点表相同。", unique=True),
                    Column("站名", en="Stop name", description="站牌上的站名。", more=must()),
                    Column("停靠线路数", "integer", "Lines that call", "在该站停靠的线路数。", must(minimum=0)),
                ],
            ),
            _stops_table(codes, chance),
            _lines_table(routes, chance),
            _calls_table(routes, codes, chance),
        ],
        catalogue={"code": "307990001/000001", "category": {"class": "department", "item": "07"}},
    )


def bus_ridership(chance: Random) -> Spec:
    """Boardings by line and month over three years."""
    return Spec(
        publisher="bus-group",
        name="bus-ridership",
        title="公共汽车各线路月客运量",
        description=(
            "2023年11月以来公共汽车每条线路每月的乘车人次和平均每日发车班次。人次按刷卡、扫码和投币折算相加，换乘另计一次。"
            "春节所在的月份和暑假客流明显下降；设备故障造成漏记的月份留空，不作估算。"
        ),
        keywords=["公共汽车", "客运量", "客流", "公交线路"],
        themes=["traffic"],
        areas=["transport"],
        update_cycle="monthly",
        published=date(2024, 1, 15),
        updated=date(2026, 11, 9),
        temporal="2023-11-01/2026-10-31",
        en=(
            "Monthly bus ridership by line",
            "Boardings and average daily departures of every bus line since November 2023. Months in which the "
            "counting devices failed are left empty.",
            ["buses", "ridership", "passenger flow", "bus lines"],
        ),
        resources=[
            Table(
                "ridership",
                "月客运量",
                [
                    _line_of_network("线路编号，与“公共汽车线网与站点”中的编号一致。"),
                    Column("线路名称", description="乘客看到的线路名称。", more=must()),
                    Column("月份", "yearmonth", description="统计月份。", more=must()),
                    Column("客运量", "integer", description="当月乘车人次；漏记时为空。", more=_limits(0)),
                    Column("日均班次", "number", description="当月平均每日发车班次，双向合计。", more=_limits(0)),
                    Column("备注", description="停运、新开线路等说明。"),
                ],
                _ridership_rows(chance),
                "Monthly ridership",
                primary_key=["线路编号", "月份"],
            )
        ],
        catalogue={
            "code": "307990001/000002",
            "category": {"class": "department", "item": "07"},
            "granularity": "aggregated",
        },
    )


def _one_of(*values: str) -> dict[str, Any]:
    return {"constraints": {"enum": list(values)}}


def _limits(minimum: float, maximum: float | None = None) -> dict[str, Any]:
    return {"constraints": {"minimum": minimum, **({} if maximum is None else {"maximum": maximum})}}


def _line_code(description: str, **more: Any) -> Column:
    return Column("线路编号", en="Line code", description=description, more=must(pattern="XL[0-9]{4}", **more))


def _line_of_network(description: str) -> Column:
    """Return the line code of a table in another dataset, which says where the lines are listed."""
    column = _line_code(description)
    listed = {"dataset": "bus-network", "resource": "lines", "fields": "线路编号"}
    return replace(column, more={**column.more, "reference": listed})


def _stop_code(description: str, **more: Any) -> Column:
    return Column("站点编号", en="Stop code", description=description, more=must(pattern="ZD[0-9]{5}", **more))


def _pool(chance: Random) -> list[_Stop]:
    names = [(street, f"{street}{place}") for street in STREETS for place in _PLACES]
    chance.shuffle(names)
    weights = [item.population_thousands + 150 for item in DISTRICTS]
    stops = []
    for street, name in names[:_POOL_STOPS]:
        district = chance.choices(DISTRICTS, weights)[0]
        stops.append(_Stop(name, street, district, *district.point(chance, 0.05)))
    return stops


def _routes(pool: Sequence[_Stop], chance: Random) -> dict[_Line, list[_Stop]]:
    """Return the stops of each line in order: near the straight way between its ends, new stops before served ones."""
    calls: Counter[_Stop] = Counter()
    routes = {}
    for line in _LINES:
        starts, ends = ([stop for stop in pool if stop.district == DISTRICTS[end]] for end in line.ends)
        start, end = chance.choice(starts), chance.choice(ends)
        while _apart(start, end) < 0.0025 * line.stops:
            start, end = chance.choice(starts), chance.choice(ends)
        east, north = end.longitude - start.longitude, end.latitude - start.latitude
        length = east**2 + north**2
        near = []
        for stop in pool:
            x, y = stop.longitude - start.longitude, stop.latitude - start.latitude
            along, beside = (x * east + y * north) / length, abs(x * north - y * east) / length**0.5
            if 0 < along < 1 and stop not in (start, end):
                near.append((beside + 0.004 * calls[stop], along, stop))
        chosen = sorted(near, key=lambda item: item[0])[: line.stops - 2]
        routes[line] = [start, *(stop for _, _, stop in sorted(chosen, key=lambda item: item[1])), end]
        calls.update(routes[line])
    return routes


def _apart(one: _Stop, other: _Stop) -> float:
    """Return the distance in degrees; good enough at the size of a city."""
    return float(((one.longitude - other.longitude) ** 2 + (one.latitude - other.latitude) ** 2) ** 0.5)


def _features(codes: dict[_Stop, str], calls: Counter[_Stop]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for stop, code in codes.items():
        properties = {"站点编号": code, "站名": stop.name, "停靠线路数": calls[stop]}
        yield {"type": "Point", "coordinates": [stop.longitude, stop.latitude]}, properties


def _stops_table(codes: dict[_Stop, str], chance: Random) -> Table:
    columns = [
        _stop_code("站点编号，ZD 加四位序号和一位校验码。", unique=True),
        Column("站名", en="Stop name", description="站牌上的站名。", more=must()),
        Column("区划代码", en="Division code", description="所在区县的代码。", more=must(pattern="9901[0-9]{2}")),
        Column("所在道路", en="Street", description="站点所在道路。", more=must(enum=list(STREETS))),
        Column("经度", "number", "Longitude", "CGCS2000 经度，度。", must(minimum=149, maximum=152)),
        Column("纬度", "number", "Latitude", "CGCS2000 纬度，度。", must(minimum=19, maximum=22)),
        Column("站台形式", en="Kind of bay", description="站台的形式。", more=_one_of("港湾式", "直线式")),
        Column("候车亭", "boolean", "Shelter", "有没有候车亭。", must()),
        Column("启用日期", "date", "In use since", "启用的日期；早年建成的站点没有记录，为空。"),
    ]
    return Table(
        "stops",
        "站点表",
        columns,
        [_stop_row(stop, code, chance) for stop, code in codes.items()],
        "Stops",
        "一个站点一行。",
        primary_key=["站点编号"],
        crs="CGCS2000",
    )


def _stop_row(stop: _Stop, code: str, chance: Random) -> tuple[Any, ...]:
    rural = stop.district.code.endswith("121")
    bay = chance.choices(["港湾式", "直线式", None], [20 if rural else 55, 70 if rural else 42, 3])[0]
    opened = date(chance.randint(2009, 2025), chance.randint(1, 12), chance.choice((1, 8, 15, 18, 28)))
    return (
        code,
        stop.name,
        stop.district.code,
        stop.street,
        stop.longitude,
        stop.latitude,
        bay,
        chance.random() < (0.3 if rural else 0.72),
        opened if chance.random() < 0.86 else None,
    )


def _lines_table(routes: dict[_Line, list[_Stop]], chance: Random) -> Table:
    kinds = ["干线", "普线", "快线", "微循环线", "夜班线"]
    columns = [
        _line_code("线路编号，XL 加三位序号和一位校验码。", unique=True),
        Column("线路名称", en="Line", description="乘客看到的线路名称。", more=must(unique=True)),
        Column("线路类型", en="Kind of line", description="线路在线网中的类型。", more=must(enum=kinds)),
        Column("起点站", en="First stop", description="上行的第一站。", more=must()),
        Column("终点站", en="Last stop", description="上行的最后一站。", more=must()),
        Column("首班时间", "time", "First departure", "起点站首班车时间。", must()),
        Column("末班时间", "time", "Last departure", "起点站末班车时间；夜班线为次日凌晨。", must()),
        Column("高峰间隔", "integer", "Peak headway (minutes)", "高峰发车间隔，分钟；夜班线为空。", _limits(1)),
        Column("票价", "number", "Fare (yuan)", "全程票价，元。", must(minimum=0)),
        Column("线路长度", "number", "Length (km)", "上行长度，千米。", must(minimum=0)),
        Column("配车数", "integer", "Buses", "线路配备的车辆数，辆。", _limits(1)),
    ]
    rows = [_line_row(line, stops, chance) for line, stops in routes.items()]
    return Table("lines", "线路表", columns, rows, "Lines", "一条线路一行。", primary_key=["线路编号"])


def _line_row(line: _Line, stops: Sequence[_Stop], chance: Random) -> tuple[Any, ...]:
    night = line.kind == "夜班线"
    first = "22:30:00" if night else f"{chance.choice((5, 6))}:{chance.choice((0, 10, 20, 30, 40)):02d}:00".zfill(8)
    last = "04:30:00" if night else f"{chance.choice((20, 21, 22))}:{chance.choice((0, 15, 30, 45)):02d}:00"
    peak = {"干线": 5, "普线": 10, "快线": 12, "微循环线": 15}.get(line.kind)
    length_km = sum(_apart(one, other) for one, other in pairwise(stops)) * 107
    return (
        line.code,
        line.name,
        line.kind,
        stops[0].name,
        stops[-1].name,
        first,
        last,
        peak + chance.randint(-1, 4) if peak else None,
        {"快线": 4, "微循环线": 1}.get(line.kind, 2),
        round(length_km, 1),
        max(3, round(line.riders / 620) + chance.randint(-1, 2)),
    )


def _calls_table(routes: dict[_Line, list[_Stop]], codes: dict[_Stop, str], chance: Random) -> Table:
    columns = [
        _line_code("停靠的线路。"),
        Column("方向", "string", "Direction", "上行从起点站开往终点站，下行相反。", must(enum=["上行", "下行"])),
        Column("站序", "integer", "Position", "在该方向上的第几站，从 1 起。", must(minimum=1)),
        _stop_code("停靠的站点。"),
    ]
    rows: list[tuple[Any, ...]] = []
    for line, stops in routes.items():
        back = [stop for stop in reversed(stops) if stop in (stops[0], stops[-1]) or chance.random() > 0.04]
        for direction, way in (("上行", stops), ("下行", back)):
            rows.extend((line.code, direction, place, codes[stop]) for place, stop in enumerate(way, 1))
    return Table(
        "line-stops",
        "停靠表",
        columns,
        rows,
        "Calls of lines at stops",
        "一条线路、一个方向、一个站序一行。",
        primary_key=["线路编号", "方向", "站序"],
        foreign_keys=[(["线路编号"], "lines", ["线路编号"]), (["站点编号"], "stops", ["站点编号"])],
    )


def _ridership_rows(chance: Random) -> Iterator[tuple[Any, ...]]:
    months = [(year, month) for year in range(2023, 2027) for month in range(1, 13)]
    months = [item for item in months if (2023, 11) <= item <= (2026, 10)]
    year_share = {1: 0.95, 2: 0.78, 3: 1.03, 4: 1.04, 5: 1.02, 6: 1.0, 7: 0.93, 8: 0.9, 9: 1.06, 10: 0.97, 11: 1.05}
    for line in _LINES:
        departures = max(12, line.riders / 46) * chance.uniform(0.9, 1.1)
        for number, (year, month) in enumerate(months):
            if (year, month) < line.opened:
                continue
            text = f"{year}-{month:02d}"
            if (line.name, text) in _SUSPENDED:
                yield line.code, line.name, text, 0, 0, "因道路改造停运"
                continue
            days = 30 if month in (4, 6, 9, 11) else 28 if month == 2 else 31
            share = year_share.get(month, 1.01) * (0.86 if text == "2025-01" else 1.08 if text == "2025-02" else 1)
            riders = line.riders * days * share * (1 + 0.0012 * number) * chance.gauss(1, 0.025)
            age = (year - line.opened[0]) * 12 + month - line.opened[1]
            riders *= min(1, 0.45 + 0.08 * age)
            note = "本月新开通" if age == 0 else None
            counted = round(riders) if chance.random() > 0.015 else None
            yield line.code, line.name, text, counted, round(departures * chance.gauss(1, 0.02), 1), note


DATASETS: tuple[Maker, ...] = (bus_network, bus_ridership)

"""What the public libraries of the invented city lend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from sample_city.city import DISTRICTS
from sample_city.kit import Column, Maker, Spec, Table, must

_BRANCHES = (
    ("TS01", "总馆", 0, 5200),
    ("TS02", "澄波分馆", 1, 2900),
    ("TS03", "稻香分馆", 2, 1700),
    ("TS04", "听松分馆", 3, 1500),
    ("TS05", "望舒县图书馆", 4, 900),
    ("TS06", "少年儿童馆", 0, 3600),
)
"""Code, name, place of the district in `DISTRICTS`, loans in a usual month."""

_CLASSES = {
    "B": ("哲学、宗教", 0.06, 0.02),
    "F": ("经济", 0.07, 0.01),
    "G": ("文化、科学、教育、体育", 0.13, 0.2),
    "I": ("文学", 0.41, 0.55),
    "J": ("艺术", 0.07, 0.08),
    "K": ("历史、地理", 0.12, 0.06),
    "R": ("医药、卫生", 0.05, 0.01),
    "T": ("工业技术", 0.09, 0.07),
}
"""Of each class of books: its name, share of all loans, share in the children's library."""


def library_loans(chance: Random) -> Spec:
    """Loans by month, branch and class of books over five years."""
    return Spec(
        publisher="culture-tourism-bureau",
        name="library-loans",
        title="公共图书馆外借册次",
        description=(
            "2021年11月以来市图书馆总馆、各分馆和少年儿童馆每月外借多少册，按中国图书馆分类法的八个大类分列。"
            "寒假和暑假借书较多；听松分馆2024年改造闭馆四个月，望舒县图书馆2022年7月起才接入统一借阅系统。"
        ),
        keywords=["图书馆", "借阅", "图书分类", "公共文化"],
        themes=["education", "living"],
        update_cycle="monthly",
        published=date(2022, 1, 18),
        updated=date(2026, 11, 6),
        temporal="2021-11-01/2026-10-31",
        en=(
            "Library loans by month, branch and class",
            "Books borrowed from the city's libraries in each month since November 2021, by branch and class.",
            ["libraries", "loans", "book classes", "public culture"],
        ),
        resources=[
            Table(
                "loans",
                "外借册次",
                [
                    Column("月份", "yearmonth", description="统计月份。", more=must()),
                    Column("馆代码", description="馆的代码，见馆名表。", more=must(pattern="TS[0-9]{2}")),
                    Column("类号", description="中图法大类的字母。", more=must(enum=list(_CLASSES))),
                    Column("外借册次", "integer", description="当月外借的册次；闭馆时为空。", more=_count()),
                ],
                list(_loans(chance)),
                primary_key=["月份", "馆代码", "类号"],
                foreign_keys=[(["馆代码"], "branches", ["馆代码"]), (["类号"], "classes", ["类号"])],
            ),
            *_lookups(),
        ],
        catalogue={
            "code": "307990002/000011",
            "category": {"class": "department", "item": "07"},
            "granularity": "aggregated",
        },
    )


def _count() -> dict[str, Any]:
    return {"constraints": {"minimum": 0}}


def _lookups() -> list[Table]:
    """Return the tables of branches and of classes."""
    return [
        Table(
            "branches",
            "馆名表",
            [
                Column("馆代码", description="馆的代码。", more=must(unique=True, pattern="TS[0-9]{2}")),
                Column("馆名", description="馆的名称。", more=must(unique=True)),
                Column("区县", description="所在的区或县。", more=must(enum=[item.zh for item in DISTRICTS])),
            ],
            [(code, name, DISTRICTS[place].zh) for code, name, place, _ in _BRANCHES],
            primary_key=["馆代码"],
        ),
        Table(
            "classes",
            "图书大类表",
            [
                Column("类号", description="中图法大类的字母。", more=must(unique=True, pattern="[A-Z]")),
                Column("类名", description="大类的名称。", more=must(unique=True)),
            ],
            [(letter, name) for letter, (name, *_) in _CLASSES.items()],
            primary_key=["类号"],
        ),
    ]


def _loans(chance: Random) -> Iterator[tuple[Any, ...]]:
    for number in range(60):
        year, month = divmod(2021 * 12 + 10 + number, 12)
        holiday = {1: 1.16, 6: 1.34, 7: 1.4}.get(month, 0.93 if month in (5, 8) else 1.0)
        growth = (0.74 if number < 14 else 1) * (1 + 0.0025 * number)
        for code, _, _, usual in _BRANCHES:
            closed = code == "TS04" and (2024, 3) <= (year, month + 1) <= (2024, 6)
            if code == "TS05" and (year, month + 1) < (2022, 7):
                continue
            for letter, (_, adults, children) in _CLASSES.items():
                expected = usual * (children if code == "TS06" else adults) * growth
                expected *= 1 + (holiday - 1) * (1.6 if code == "TS06" else 0.7)
                loans = None if closed else max(0, round(expected * chance.gauss(1, 0.05)))
                yield (f"{year}-{month + 1:02d}", code, letter, loans)


DATASETS: tuple[Maker, ...] = (library_loans,)

"""A case of the corpus, and the made-up people, numbers and tables that cases are made of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stdnum import luhn
from stdnum.cn import ric

Group = Literal["identifiers", "quasi-identifiers", "marks", "look-alikes"]


@dataclass(frozen=True)
class Case:
    """A table (*rows* with its header) or a *text*; *group* says what is right of it."""

    group: Group
    name: str
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""


def identity_number(chance: random.Random, ahead: str = "") -> str:
    """Return the number of somebody who was born in 1850."""
    area = ahead or chance.choice(["110101", "310101", "440106", "650100", "330102"])
    number = f"{area}1850{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}{chance.randrange(1000):03d}"
    return number + ric.calc_check_digit(number + "0")


def identity_number_with_x(chance: random.Random) -> str:
    """Return one that ends with an X."""
    return next(number for number in iter(lambda: identity_number(chance), "") if number.endswith("X"))


def mobile(chance: random.Random) -> str:
    """Return a mobile of a range that nobody has."""
    return f"1380000{chance.randrange(10_000):04d}"


def card(chance: random.Random) -> str:
    """Return the number of a card that nobody has."""
    number = f"622202000000000{chance.randrange(1000):03d}"
    return number + str(luhn.calc_check_digit(number))


def person(chance: random.Random) -> str:
    """Return the name of nobody."""
    return chance.choice("张王李刘陈杨黄赵吴周") + chance.choice("示测样虚") + chance.choice("甲乙丙丁戊己")


def day(chance: random.Random) -> str:
    """Return a day of the last years."""
    return f"20{chance.randrange(15, 27)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"


def in_cell(group: Group, name: str, cell: str, title: str = "情况说明") -> Case:
    """Return a table with *cell* among others that hold nothing."""
    return Case(group, name, (("序号", title), ("1", "正常"), ("2", cell), ("3", "已办结")))


def column(group: Group, name: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Case:
    """Return a table."""
    return Case(group, name, (tuple(titles), *(tuple(row) for row in rows)))

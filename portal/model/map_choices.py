"""What a publisher wants a map to show (`maps.views` of catalog.yaml): by which column, in which classes, by circles.

A wish that would make the map lie is not followed: a rate is no area of a circle, a telephone number no shade.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.model.catalog import Field
from portal.model.number_natures import IDENTIFIERS, PLACES, may_be_added, says
from portal.model.text import LocalText

CLASS_WAYS = ("quantiles", "natural-breaks")
"""How numbers may be cut into classes."""
NUMBER_TYPES = frozenset(["number", "integer", "year"])
KIND_TYPES = frozenset(["string", "any", "boolean"])

NO_COLUMN = LocalText("表中没有这一列", "the table has no such column")
PERSONAL = LocalText("这一列可能涉及个人", "it may tell of single persons")
NO_KIND = LocalText("这一列既不是文字、是否，也不是数值", "it holds neither text nor yes and no nor numbers")
NO_NUMBERS = LocalText("这一列不是数值", "it holds no numbers")
CODE = LocalText("这一列是编号或坐标，不是数量", "its numbers are codes or coordinates")
NO_AMOUNT = LocalText(
    "这一列是比率、单价、读数一类的数值，面积表示不了；请改用 colour",
    "its numbers are rates, prices or readings, which no area tells; use colour",
)
NO_CLASSES = LocalText("只有数值列才分级", "only numbers have classes")
NO_WAY = LocalText("classes 只能是 quantiles 或 natural-breaks", "classes are quantiles or natural-breaks")


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What the map of a resource shows: *colour* and *size* are columns of it, *classes* how numbers are cut.

    What is "" is left to the rules.
    """

    dataset: str
    resource: str
    colour: str = ""
    classes: str = ""
    size: str = ""


def choice_faults(choice: MapChoice, fields: Sequence[Field], withheld: Collection[str]) -> Mapping[str, LocalText]:
    """Return why what is chosen cannot be shown, by its key; *withheld* columns may tell of single persons.

    >>> name, beds = Field("名称", LocalText(), "string"), Field("床位数", LocalText(), "integer")
    >>> faults = choice_faults(MapChoice("d", "r", "床位数", "equal", "名称"), [name, beds], [])
    >>> {key: reason.en for key, reason in faults.items()}
    {'size': 'it holds no numbers', 'classes': 'classes are quantiles or natural-breaks'}
    """
    named = {field.name: field for field in fields}
    found = {"colour": _colour_fault(choice.colour, named, withheld), "size": _size_fault(choice.size, named, withheld)}
    if choice.classes not in ("", *CLASS_WAYS):
        found["classes"] = NO_WAY
    elif choice.classes and choice.colour in named and named[choice.colour].type not in NUMBER_TYPES:
        found["classes"] = NO_CLASSES
    return {key: reason for key, reason in found.items() if reason}


def _colour_fault(column: str, named: Mapping[str, Field], withheld: Collection[str]) -> LocalText | None:
    field = named.get(column)
    if field is None or column in withheld:
        return None if not column else NO_COLUMN if field is None else PERSONAL
    if field.type not in NUMBER_TYPES | KIND_TYPES:
        return NO_KIND
    return CODE if field.type in NUMBER_TYPES and _is_code(field) else None


def _size_fault(column: str, named: Mapping[str, Field], withheld: Collection[str]) -> LocalText | None:
    field = named.get(column)
    if field is None or column in withheld:
        return None if not column else NO_COLUMN if field is None else PERSONAL
    if field.type not in ("number", "integer"):
        return NO_NUMBERS
    if _is_code(field):
        return CODE
    return None if may_be_added(field) else NO_AMOUNT


def _is_code(field: Field) -> bool:
    words = (field.name, field.title.zh, field.title.en)
    return says(IDENTIFIERS, words) or says(PLACES, words)

"""The form (填报表) as values: names of its sheets, questions, answers, rows of fields.

What a clerk fills in, and what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portal.model.text import LocalText

HELP_SHEET, METADATA_SHEET, FIELDS_SHEET, DATA_SHEET, LISTS_SHEET = "填报说明", "元数据", "字段", "数据", "选项"
RESULT_SHEET, CHANGES_SHEET = "检查结果", "修改记录"
OUR_SHEETS = frozenset([HELP_SHEET, METADATA_SHEET, FIELDS_SHEET, LISTS_SHEET, RESULT_SHEET, CHANGES_SHEET])
"""Sheets that hold no data."""

ROWS_OF_THE_FORM_MAX = 2_000
"""Neither questions nor fields go on further down."""

AnswerKind = Literal["text", "texts", "name", "choice", "choices", "day", "division"]


@dataclass(frozen=True)
class Question:
    """One row of the metadata sheet. *key* is where the answer goes in the descriptor, by its keys with dots.

    *choices* names the list to choose from (see `Choices.of`); a choice is written by its title. A required answer,
    starred on the form, refuses the form where it is missing; of the others the rules on metadata decide.
    """

    key: str
    label: LocalText
    help: LocalText
    example: str = ""
    kind: AnswerKind = "text"
    is_required: bool = False
    choices: str = ""


@dataclass(frozen=True)
class Group:
    """Questions that stand together under a title."""

    title: LocalText
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class FieldColumn:
    """One column of the sheet of fields; *key* names it in `FieldRow`."""

    key: str
    label: LocalText
    help: LocalText
    width: int
    choices: str = ""


@dataclass(frozen=True)
class Answer:
    """What stands in the cell of a question, and its row on the sheet."""

    text: str
    row: int = 0


@dataclass(frozen=True)
class FieldRow:
    """One row of the sheet of fields, as text."""

    name: str
    type: str = ""
    required: str = ""
    unique: str = ""
    values: str = ""
    minimum: str = ""
    maximum: str = ""
    description: str = ""
    english: str = ""
    row: int = 0


@dataclass(frozen=True)
class Form:
    """A form as it was filled in: answers by key of the question, and the rows of fields. *is_bare*: there was none."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    fields: tuple[FieldRow, ...] = ()
    is_bare: bool = False

"""Answers of a form to datapackage.yaml: choices, dates, yes and no; its rows of fields to a Table Schema.

What cannot be read is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.examining.reading.descriptors.dataset_names import is_name, propose_name
from portal.findings.details import phrase
from portal.findings.finding import Finding, found
from portal.incoming.form.choices import NO, OPEN_STATES, YES, Choices
from portal.incoming.form.form import FIELDS_SHEET, METADATA_SHEET, Answer, FieldRow, Form, Question
from portal.incoming.form.questions import FIELD_COLUMNS, FIELD_TYPES, QUESTIONS
from portal.incoming.form.receipt.clerk_words import question_told_of
from portal.model.text import LocalText, enumerated

SEPARATORS = re.compile(r"[、，,;；|\n]+")
ANSWER_COLUMN = 2
"""The column of the metadata sheet that is filled in."""
CHOICES_SHOWN_MAX = 12
"""Allowed answers that are named."""
TRUE_VALUES, FALSE_VALUES = ["是", "true", "TRUE", "1"], ["否", "false", "FALSE", "0"]

_MISSING = {
    "title-missing": "title",
    "description-missing": "description",
    "licence-missing": "licenses",
    "publisher-missing": "catalogue.publisher",
}
_ASKED_BY = _MISSING | {"publisher-unknown": "catalogue.publisher", "licence-unknown": "licenses"}
_KEPT = frozenset(["description", "catalogue.publisher"])
"""Starred questions that an update may leave to the dataset which is there; its title tells which one that is."""
_COORDINATES = frozenset(["crs-missing", "crs-unknown"])
"""Codes about a column that the answer to a question mends; without a form they stay at the column."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_NOT_A_DAY = LocalText("不是日期，应写成 2026-01-15", "it is no date; write it as 2026-01-15")


def read_day(text: str) -> str:
    """Return a day as ISO text, "" where *text* is none.

    >>> read_day("2026年1月5日"), read_day("2026/13/1")
    ('2026-01-05', '')
    """
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""


class FormReader:
    """Turns one form into a descriptor; collects findings, each at its cell of *file*."""

    def __init__(self, form: Form, choices: Choices, file: str) -> None:
        self.form = form
        self.choices = choices
        self.file = file
        self.findings: list[Finding] = []

    def descriptor(self) -> dict[str, Any]:
        """Return the descriptor without its resources; an empty answer leaves its key out."""
        values = {}
        for question in QUESTIONS:
            answer = self.form.answers.get(question.key)
            if answer is not None and answer.text:
                value = self._value(question, answer)
                if value not in ("", []):
                    values[question.key] = value
        return _descriptor(values, self._period(values), self._openness(values))

    def check_required(self, before: Mapping[str, Any] | None = None) -> None:
        """Find the starred questions without an answer; a bare file was asked none.

        *before* is the descriptor of the dataset that the form brings up to date: what a person wrote there stays.
        """
        for question in () if self.form.is_bare else QUESTIONS:
            is_there = question.key in _KEPT and _stated(before or {}, question.key)
            if question.is_required and not self._text(question.key) and not is_there:
                self._find("form-answer-missing", question, self.form.answers.get(question.key))

    @property
    def is_openness_known(self) -> bool:
        """Whether it can be told who may have the data: of a bare file it is everybody."""
        answer = self._text("open")
        return answer in OPEN_STATES or answer in OPEN_STATES.values()

    @property
    def may_be_open(self) -> bool:
        """Whether cells may be quoted: the data are open, or else nobody can tell."""
        return not self.is_openness_known or OPEN_STATES.get(self._text("open"), self._text("open")) == "open"

    def crs(self) -> str:
        """Return the coordinate reference system, which stands with the resource."""
        text = self._text("crs")
        return self.choices.of("reference_systems").get(text, text)

    def schema(self, columns: tuple[str, ...], inferred: Mapping[str, Any]) -> dict[str, Any]:
        """Return the Table Schema for *columns*: what the form says of each, else what was *inferred* from its values.

        A form without rows of fields leaves all of it as inferred, keys too.
        """
        if not self.form.fields:
            return dict(inferred)
        by_name = {field["name"]: field for field in inferred.get("fields", ())}
        rows = {row.name: row for row in self.form.fields}
        labels = {name.strip() for name in columns}
        for row in self.form.fields:
            if row.name not in labels:
                self._find_field("form-field-unmatched", row, "name", value=row.name)
        fields = [
            {**self._field(rows[name.strip()], by_name.get(name, {"name": name, "type": "string"})), "name": name}
            if name.strip() in rows
            else by_name.get(name, {"name": name, "type": "string"})
            for name in columns
        ]
        missing = {"missingValues": inferred["missingValues"]} if "missingValues" in inferred else {}
        return {"fields": fields, **missing}

    def in_terms_of_the_form(self, finding: Finding) -> Finding:
        """Return what is missing in the descriptor as what is missing in the form: there the publisher can add it.

        Of a bare file it stays what it is: nobody was asked yet.
        """
        question = self._question_of(finding)
        if question is None:
            return finding
        answer = self.form.answers.get(question.key)
        row = answer.row if answer and answer.row else None
        if finding.code in _MISSING and not self.form.is_bare:
            finding = found(
                "form-answer-missing",
                severity=finding.severity,
                dataset=finding.dataset,
                file=self.file,
                field=question.label.zh,
            )
        file = f"{self.file}#{METADATA_SHEET}" if row else self.file
        return replace(finding, file=file, row=row, column=ANSWER_COLUMN if row else None, field=question.label.zh)

    def _question_of(self, finding: Finding) -> Question | None:
        """Return the question whose answer a finding is about, where it is about one."""
        key = _ASKED_BY.get(finding.code, "")
        if finding.code in _COORDINATES and not self.form.is_bare:
            key = "crs"
        return next((item for item in QUESTIONS if item.key == key), None) or question_told_of(finding)

    def translations(self) -> dict[str, str]:
        """Return the English names of fields."""
        return {row.name: row.english for row in self.form.fields if row.english}

    def _text(self, key: str) -> str:
        answer = self.form.answers.get(key)
        return answer.text if answer else ""

    def _find(self, code: str, question: Question, answer: Answer | None, **details: Any) -> None:
        row = answer.row if answer and answer.row else None
        place: dict[str, Any] = {"file": f"{self.file}#{METADATA_SHEET}", "row": row}
        place["column"] = ANSWER_COLUMN if row else None
        self.findings.append(found(code, field=question.label.zh, **place, **details))

    def _find_field(self, code: str, row: FieldRow, key: str, **details: Any) -> None:
        column = next(number for number, item in enumerate(FIELD_COLUMNS, start=1) if item.key == key)
        label = FIELD_COLUMNS[column - 1].label.zh
        place: dict[str, Any] = {"file": f"{self.file}#{FIELDS_SHEET}", "row": row.row or None, "column": column}
        self.findings.append(found(code, field=label, **place, **details))

    def _value(self, question: Question, answer: Answer) -> Any:
        match question.kind:
            case "texts":
                return _several(answer.text)
            case "choice":
                return self._choice(question, answer, answer.text)
            case "choices":
                chosen = [self._choice(question, answer, text) for text in _several(answer.text)]
                return [item for item in chosen if item]
            case "day":
                day = read_day(answer.text)
                if not day:
                    self._find("form-answer-invalid", question, answer, reason=_NOT_A_DAY, value=answer.text)
                return day
            case "division":
                text = unicodedata.normalize("NFKC", answer.text).strip()
                if not re.fullmatch(r"\d{6}", text):
                    reason = LocalText("应是六位数字", "it should be six digits")
                    self._find("form-answer-invalid", question, answer, reason=reason, value=answer.text)
                return text
            case "name":
                if not is_name(answer.text):
                    proposed = phrase("可以写成 {name}", "it might be {name}", name=propose_name(answer.text))
                    self._find("form-answer-invalid", question, answer, reason=proposed, value=answer.text)
                return answer.text
        return answer.text

    def _choice(self, question: Question, answer: Answer, text: str) -> str:
        choices = self.choices.of(question.choices)
        value = choices.get(text) or (text if text in choices.values() else "")
        if not value and question.choices == "publishers":
            return text
        if not value:
            allowed = enumerated("zh", list(choices)[:CHOICES_SHOWN_MAX]) + (
                "……" if len(choices) > CHOICES_SHOWN_MAX else ""
            )
            self._find("form-choice-unknown", question, answer, value=text, allowed=allowed)
        return value

    def _period(self, values: Mapping[str, Any]) -> str:
        start, end = values.get("temporal_from", ""), values.get("temporal_to", "")
        question = next(item for item in QUESTIONS if item.key == "temporal_to")
        if bool(start) != bool(end):
            reason = LocalText("起止日期要一起填", "a period has a first and a last day")
        elif start > end:
            reason = LocalText("截止日期早于开始日期", "it ends before it begins")
        else:
            return f"{start}/{end}" if start else ""
        self._find("form-answer-invalid", question, self.form.answers.get("temporal_to"), reason=reason)
        return ""

    def _openness(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys of ``catalogue`` that say who may have the files; an answer not understood keeps them."""
        state, condition = values.get("open"), values.get("open_condition", "")
        if self.form.is_bare:
            return {}
        if state == "planned":
            if not values.get("planned_on"):
                question = next(item for item in QUESTIONS if item.key == "planned_on")
                self._find("form-answer-missing", question, self.form.answers.get("planned_on"))
            return {"planned": {"on": values.get("planned_on", "")}}
        if state == "conditional":
            if not condition:
                question = next(item for item in QUESTIONS if item.key == "open_condition")
                self._find("form-answer-missing", question, self.form.answers.get("open_condition"))
            return {"open": {"is_open": True, "condition": condition or "未注明"}}
        return {"open": {"is_open": state == "open"}}

    def _field(self, row: FieldRow, inferred: Mapping[str, Any]) -> dict[str, Any]:
        if row.type and row.type not in FIELD_TYPES:
            allowed = enumerated("zh", FIELD_TYPES)
            self._find_field("form-choice-unknown", row, "type", value=row.type, allowed=allowed)
        kind = {key: inferred[key] for key in ("type", "format", "codeFormat") if key in inferred}
        field: dict[str, Any] = {"name": row.name, **FIELD_TYPES.get(row.type, kind)}
        type_ = field.setdefault("type", "string")
        if "missingValues" in inferred:
            field["missingValues"] = inferred["missingValues"]
        if type_ == "boolean":
            field |= {"trueValues": TRUE_VALUES, "falseValues": FALSE_VALUES}
        if row.description:
            field["description"] = row.description
        constraints = dict(self._constraints(row, type_))
        return field | ({"constraints": constraints} if constraints else {})

    def _constraints(self, row: FieldRow, type_: str) -> Iterator[tuple[str, Any]]:
        for key in ("required", "unique"):
            text = getattr(row, key)
            if text == YES:
                yield key, True
            elif text not in ("", NO):
                self._find_field("form-choice-unknown", row, key, value=text, allowed=f"{YES}、{NO}")
        if row.values:
            values = [_bound(text, type_) for text in _several(row.values)]
            if None in values:
                self._find_field("form-answer-invalid", row, "values", reason=_not_of(type_), value=row.values)
            else:
                yield "enum", values
        for key in ("minimum", "maximum"):
            text = getattr(row, key)
            if text:
                bound = _bound(text, type_) if type_ in _ORDERED else None
                if bound is None:
                    self._find_field("form-answer-invalid", row, key, reason=_not_of(type_), value=text)
                else:
                    yield key, bound


_ORDERED = frozenset("integer number date datetime time year yearmonth".split())


def _not_of(type_: str) -> LocalText:
    titles = [title for title, known in FIELD_TYPES.items() if known == {"type": type_}]
    return LocalText(f"与类型“{'/'.join(titles)}”不符", f"it does not suit the type {type_}")


def _bound(text: str, type_: str) -> Any:
    """Return a bound or an allowed value as it stands in a schema; None where it does not suit the type."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if type_ in ("integer", "number", "year"):
        try:
            number = Decimal(plain)
        except InvalidOperation:
            return None
        if not number.is_finite() or abs(number) > 10**15:
            return None
        if number == number.to_integral_value():
            return int(number)
        return float(number) if type_ == "number" else None
    if type_ == "date":
        return read_day(text) or None
    return text


def _stated(descriptor: Mapping[str, Any], key: str) -> bool:
    """Whether a descriptor has a value at a key with dots."""
    value: Any = descriptor
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return bool(value)


def _several(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in SEPARATORS.split(text) if part.strip()))


def _descriptor(values: Mapping[str, Any], period: str, openness: Mapping[str, Any]) -> dict[str, Any]:
    """Put the values where they belong; the keys stand in the order in which a person would write them."""
    title = values.get("title", "")
    result: dict[str, Any] = {"name": values.get("name") or propose_name(title)}
    for key in ("title", "description", "keywords"):
        if key in values:
            result[key] = values[key]
    for key, value in values.items():
        if key.startswith("translations."):
            result.setdefault("translations", {}).setdefault("en", {})[key.rsplit(".", 1)[1]] = value
    if "licenses" in values:
        result["licenses"] = [{"name": values["licenses"]}]
    if "sources" in values:
        result["sources"] = [{"title": values["sources"]}]
    catalogue: dict[str, Any] = {}
    for key, value in values.items():
        parts = key.split(".")
        if parts[0] == "catalogue":
            inner = catalogue
            for part in parts[1:-1]:
                inner = inner.setdefault(part, {})
            inner[parts[-1]] = value
    if period:
        catalogue["temporal"] = period
    catalogue |= openness
    return result | ({"catalogue": catalogue} if catalogue else {})

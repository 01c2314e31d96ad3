"""Findings: every code says all it should, alike findings are one group, and what is printed is safe."""

from __future__ import annotations

import pytest

from portal.findings.codes import CODES, Code
from portal.findings.finding import PLACES_KEPT_MAX, ROWS_KEPT_MAX, Report, found
from portal.findings.words import finding_record
from portal.model.text import LANGUAGES


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_a_code_says_what_it_is_why_it_matters_and_how_to_mend_it(code: Code) -> None:
    """Title, explanation, message and mend of every code stand in Chinese and in English; titles are short."""
    texts = {name: getattr(code, name) for name in ("title", "explanation", "message", "mend")}
    missing = [(name, lang) for name, text in texts.items() for lang in LANGUAGES if not getattr(text, lang)]
    assert missing == []
    assert len(code.title.zh) <= 30
    assert len(code.title.en) <= 60
    assert "{" not in code.title.zh + code.title.en + code.explanation.zh + code.explanation.en


def test_a_thousand_equal_errors_are_one_group() -> None:
    """It has the first of them, their number, and the first places; another field is another group."""
    errors = [found("type-error", file="a.csv", row=row, column=3, field="n") for row in range(2, 1002)]
    groups = Report((*errors, found("type-error", file="a.csv", row=2, column=4, field="m"))).groups()
    assert [(group.first, group.count, group.places) for group in groups] == [
        (errors[0], 1000, tuple(f"a.csv:{row}:3" for row in range(2, 2 + PLACES_KEPT_MAX))),
        (found("type-error", file="a.csv", row=2, column=4, field="m"), 1, ("a.csv:2:4",)),
    ]


def test_alike_findings_of_different_severity_are_different_groups() -> None:
    """An error never hides among warnings."""
    warning = found("key-unknown", file="catalog.yaml", field="x")
    error = found("key-unknown", severity="error", file="catalog.yaml", field="x")
    assert [group.first for group in Report((warning, error)).groups()] == [warning, error]


def test_a_place_is_named_once_in_a_group() -> None:
    """Two findings of one row are counted twice and their place is shown once."""
    (group,) = Report((found("blank-row", file="a.csv", row=3), found("blank-row", file="a.csv", row=3))).groups()
    assert (group.count, group.places) == (2, ("a.csv:3",))


def test_findings_that_say_the_same_are_one_group_whatever_their_fields() -> None:
    """Two hundred columns without a name are one thing to mend."""
    labels = [found("blank-label", file="a.csv", row=1, column=column, field=f"field{column}") for column in (7, 8, 9)]
    assert [group.places for group in Report(tuple(labels)).groups()] == [("a.csv:1:7", "a.csv:1:8", "a.csv:1:9")]


def test_a_finding_on_a_column_names_so_many_rows_and_no_more() -> None:
    """Those after its first stand in its record too."""
    finding = found("subtotal-row", file="a.csv", row=2, further_rows=range(3, 1_000))
    assert finding.further_rows == tuple(range(3, 2 + ROWS_KEPT_MAX))
    assert finding_record(finding)["further_rows"] == list(finding.further_rows)
    assert finding_record(found("blank-row", file="a.csv", row=2))["further_rows"] == []

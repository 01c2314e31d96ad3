"""The departments that the census asks: which of them a workbook is called after."""

from __future__ import annotations

import pytest

from portal.incoming.census.reporting_departments import ReportingDepartments
from portal.model.catalog import Publisher
from portal.model.text import LocalText

DEPARTMENTS = ReportingDepartments(
    (
        Publisher("education", LocalText("示范市教育局"), former_names=("示范市教委",)),
        Publisher("exams", LocalText("示范市教育局考试院")),
        Publisher("health", LocalText("示范市卫生健康委员会"), former_names=("示范市卫生局",)),
    )
)


@pytest.mark.parametrize(
    ("stem", "department"),
    [
        ("示范市教育局普查表", "education"),
        ("示范市教育局（原示范市教委）普查表", "education"),
        ("示范市教育局考试院普查表", "exams"),
        ("示范市教育局、示范市卫生局普查表", None),
        ("示范市教育局考试院和示范市卫生健康委员会", None),
        ("示范市教育局和示范市教育局考试院", None),
        ("考试院", "exams"),
        ("普查表", None),
    ],
)
def test_a_workbook_is_one_departments_where_its_name_says_so(stem: str, department: str | None) -> None:
    """Several names of one department are clear, and one that is part of another is not meant; two are not clear."""
    found = DEPARTMENTS.of_file(stem)
    assert (found.id if found else None) == department

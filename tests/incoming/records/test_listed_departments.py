"""Departments of listings, and what publishers.yaml takes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.incoming.records.listed_departments import Departments, NewDepartment, add_departments, check_register
from portal.model.catalog import Publisher
from portal.model.errors import ConfigurationError
from portal.model.text import LocalText

LISTED = Publisher("statistics", LocalText("池州市统计局"), former_names=("池州统计处",))


def test_one_name_in_two_regions_is_two_departments() -> None:
    """统计局 of two cities are different; each has its city in name and id."""
    departments = Departments([], is_adding=True)
    found = [departments.resolve("统计局", source, region) for source, region in (("a", "池州市"), ("b", "柳州市"))]
    assert found == [("池州市统计局", "chi-zhou-shi-tong-ji-ju"), ("柳州市统计局", "liu-zhou-shi-tong-ji-ju")]


def test_a_listed_department_is_found_by_name_former_name_and_region() -> None:
    """Nothing is proposed for it."""
    departments = Departments([LISTED])
    names = ("市统计局", "统计局", "池州市统计局", "池州统计处")
    assert {departments.resolve(name, "a", "池州市")[1] for name in names} == {"statistics"}
    assert departments.new == ()


def test_a_department_that_is_not_listed_goes_by_its_name_until_it_is_entered() -> None:
    """An id that publishers.yaml does not know would stand on the site as a name."""
    departments = Departments([LISTED])
    assert departments.resolve("气象局", "a", "池州市") == ("池州市气象局", "")
    assert departments.new == (NewDepartment("chi-zhou-shi-qi-xiang-ju", "池州市气象局", ("a",)),)


def test_an_id_that_is_taken_gets_a_number() -> None:
    """Two names may sound alike."""
    departments = Departments([LISTED], is_adding=True)
    assert departments.resolve("事局", "a", "")[1] == "shi-ju"
    assert departments.resolve("市局", "a", "")[1] == "shi-ju-2"


def test_a_name_that_two_listings_without_region_share_is_told() -> None:
    """They are one department, unless somebody says where they are."""
    departments = Departments([])
    for source in ("a", "b"):
        departments.resolve("统计局", source, "")
    assert departments.shared == (("统计局", "a", "b"),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'publishers:\n  - {id: a-b, name: "甲“乙”"}\n'),
        ("# 说明\n", '# 说明\npublishers:\n  - {id: a-b, name: "甲“乙”"}\n'),
        (
            "publishers:\n- id: x # 注\n  name: y\n",
            'publishers:\n- id: x # 注\n  name: y\n- {id: a-b, name: "甲“乙”"}\n',
        ),
        ("publishers:\n    - {id: x}", 'publishers:\n    - {id: x}\n    - {id: a-b, name: "甲“乙”"}\n'),
    ],
)
def test_departments_are_entered_at_the_end_and_all_else_stays(tmp_path: Path, before: str, after: str) -> None:
    """Comments and style of what people wrote are not touched."""
    path = tmp_path / "publishers.yaml"
    if before:
        path.write_text(before, encoding="utf-8")
    check_register(tmp_path)
    add_departments(tmp_path, [NewDepartment("a-b", "甲“乙”", ())])
    assert path.read_text(encoding="utf-8") == after


@pytest.mark.parametrize("text", ["publishers:\n  - {id: x}\nother: 1\n", "publishers: [{id: x}]\n"])
def test_where_the_end_is_not_the_list_nothing_is_written(tmp_path: Path, text: str) -> None:
    """It is told before anything is imported."""
    path = tmp_path / "publishers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="publishers is not its last key"):
        check_register(tmp_path)
    assert path.read_text(encoding="utf-8") == text
    assert [item.name for item in tmp_path.iterdir()] == ["publishers.yaml"]

"""The header is the first row, unless titles, units or blanks stand above it; several rows become one name each."""

from __future__ import annotations

import pytest

from portal.examining.reading.header_rows import HeaderFound, find_header


@pytest.mark.parametrize(
    ("rows", "first", "last", "labels"),
    [
        pytest.param([["id", "name"], ["1", "a"]], 1, 1, ("id", "name"), id="plain"),
        pytest.param([["id"], ["1"], ["2"]], 1, 1, ("id",), id="one column"),
        pytest.param(
            [["id", "", "name"], ["1", "x", "a"], ["2", "y", "b"]], 1, 1, ("id", "", "name"), id="blank label"
        ),
        pytest.param([["a", "a"], ["1", "2"]], 1, 1, ("a", "a"), id="repeated label"),
        pytest.param([["地区", "2019", "2020"], ["甲", "1", "2"]], 1, 1, ("地区", "2019", "2020"), id="years"),
        pytest.param([["id", "name"]], 1, 1, ("id", "name"), id="no rows"),
        pytest.param([["x", "y"], ["a", "b"], ["c", "d"]], 1, 1, ("x", "y"), id="text only"),
        pytest.param([["标题"], ["a", "b"], ["1", "2"], ["3", "4"]], 2, 2, ("a", "b"), id="title"),
        pytest.param([["", ""], ["标题", ""], ["a", "b"], ["1", "2"]], 3, 3, ("a", "b"), id="blank row above"),
        pytest.param(
            [["标题", "", ""], ["单位：甲局", "", "日期：2024年1月"], ["a", "b", "c"], ["1", "2", "3"]],
            3,
            3,
            ("a", "b", "c"),
            id="title and signatures",
        ),
        pytest.param([["标题"], ["", "单位：万元"], ["a", "b"], ["1", "2"]], 3, 3, ("a", "b"), id="units"),
        pytest.param([["a", "b"], ["", "（万元）"], ["x", "1"], ["y", "2"]], 1, 2, ("a", "b"), id="units below"),
        pytest.param(
            [["地区", "人口", ""], ["", "男", "女"], ["甲", "1", "2"]],
            1,
            2,
            ("地区", "人口_男", "人口_女"),
            id="two rows",
        ),
        pytest.param(
            [["地区", "", "人口", ""], ["市", "县", "男", "女"], ["甲", "乙", "1", "2"], ["丙", "丁", "3", "4"]],
            1,
            2,
            ("地区_市", "地区_县", "人口_男", "人口_女"),
            id="two full rows",
        ),
    ],
)
def test_header_without_merged_cells(rows: list[list[str]], first: int, last: int, labels: tuple[str, ...]) -> None:
    """For text, blanks and the rows below tell."""
    found = find_header(rows)
    assert (found.first_row, found.last_row, found.labels) == (first, last, labels)


def test_merged_cells_join_three_rows() -> None:
    """Names follow the merged regions, down and across; the same name above and below stands once."""
    rows = [
        ["站名", "首班车", "", "末班车", ""],
        ["", "", "", "（周五）", ""],
        ["", "往东", "往西", "往东", "往西"],
        ["甲", "5:30", "5:32", "22:30", "22:32"],
    ]
    merged = [((0, 0), (2, 0)), ((0, 1), (1, 2)), ((0, 3), (0, 4)), ((1, 3), (1, 4))]
    assert find_header(rows, (), merged) == HeaderFound(
        1, 3, ("站名", "首班车_往东", "首班车_往西", "末班车_（周五）_往东", "末班车_（周五）_往西")
    )


def test_title_merged_over_the_table_is_a_title() -> None:
    """A first row merged over the width is no header, and names the row that it stands in."""
    rows = [["一览表", "", ""], ["a", "b", "c"], ["1", "2", "3"]]
    assert find_header(rows, (), [((0, 0), (0, 2))]) == HeaderFound(2, 2, ("a", "b", "c"), (1,))


@pytest.mark.parametrize(
    "remark",
    [
        ["制表：张某", "", "审核：李某", ""],
        ["制表人", "张某", "", ""],
        ["填报单位：教育局", "", "", "2024年1月"],
        ["（单位：人）", "", "", ""],
    ],
)
def test_who_made_the_table_is_no_part_of_the_header(remark: list[str]) -> None:
    """Rows of word and text below the title are passed over, whether text stands in the same cell or the next."""
    rows = [
        ["一览表", "", "", ""],
        remark,
        ["校", "区", "男", "女"],
        ["一中", "甲", "1", "2"],
        ["二中", "乙", "1", "2"],
    ]
    assert find_header(rows) == HeaderFound(3, 3, ("校", "区", "男", "女"), (1, 2))


@pytest.mark.parametrize("labels", [["填报人", "审核人", ""], ["日期", "人数", ""], ["名称", "说明：见附件", "备注"]])
def test_labels_that_look_like_remarks_stay(labels: list[str]) -> None:
    """Two such words side by side are labels, and so is a row as wide as the table."""
    assert find_header([labels, ["a", "b", "c"], ["d", "e", "f"]]).first_row == 1


def test_names_of_the_schema_find_the_header() -> None:
    """The row that holds the names or titles of the fields is the header, even where another could be one."""
    rows = [["甲局", "2024年"], ["编码", "名称"], ["a", "b"], ["c", "d"]]
    assert find_header(rows).first_row == 1
    assert find_header(rows, ("编码", "名称")) == HeaderFound(2, 2, ("编码", "名称"), (1,))


def test_data_rows_never_become_names_by_the_schema() -> None:
    """A first row without any name of the schema stays the header where no other row has them."""
    rows = [["x", "y"], ["1", "2"], ["3", "4"]]
    assert find_header(rows, ("id", "name")).first_row == 1


def test_line_breaks_leave_names() -> None:
    """A name broken over lines is one word in Chinese, two in English."""
    assert find_header([["行政区\n划代码", "unit\nprice"], ["1", "2"]]).labels == ("行政区划代码", "unit price")


def test_nothing_has_no_header() -> None:
    """No rows, or blank ones, give a header without names."""
    assert find_header([]) == HeaderFound(1, 1, ())
    assert find_header([["", ""]]).first_row == 1


def test_a_title_with_a_unit_beside_it_is_no_header() -> None:
    """One row holds both, merged or not, above a row full of labels; above a row with gaps it is a group of columns."""
    rows = [["某市学校统计表", "", "", "单位：人"], ["代码", "名称", "男", "女"], ["01", "甲", "1", "2"]]
    expected = HeaderFound(2, 2, ("代码", "名称", "男", "女"), (1,))
    assert find_header(rows, merged=[((0, 0), (0, 2))]) == expected
    assert find_header(rows) == expected
    groups = [["地区", "单位：人", "", ""], ["", "男", "女", "计"], ["甲", "1", "2", "3"]]
    assert find_header(groups, merged=[((0, 0), (1, 0)), ((0, 1), (0, 3))]).labels == (
        "地区",
        "单位：人_男",
        "单位：人_女",
        "单位：人_计",
    )

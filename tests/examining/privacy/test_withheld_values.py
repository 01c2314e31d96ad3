"""What is of single persons has no values in a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.examining.privacy.withheld_values import is_personal_title, withheld_columns
from portal.model.catalog import Dataset, DatasetSource, Field, Publisher, Resource, Schema
from portal.model.table_profile import ColumnProfile
from portal.model.text import LocalText


@pytest.mark.parametrize(
    "title", ["姓名", "联系人", "手机号码", "身份证号", "车牌号", "电子邮箱", "家庭住址", "contact person"]
)
def test_titles_of_personal_columns_are_known(title: str) -> None:
    """Names, telephones, numbers of papers, plates and addresses of homes are of single persons."""
    assert is_personal_title(title, "string")


@pytest.mark.parametrize("title", ["区县", "人数", "机构名称", "数量", "持身份证人数", "服务热线", "经度", "学校地址"])
def test_other_titles_are_not(title: str) -> None:
    """Counts of people, and what is of offices and places, are told."""
    assert not is_personal_title(title, "string")


def test_what_a_dataset_declares_is_withheld() -> None:
    """Contacts, approved exceptions and quasi-identifiers, however they are written."""
    catalogue = {
        "public_contact": ["窗口"],
        "quasi_identifiers": "街道",
        "privacy_exception": [{"fields": ["编号"], "reason": "依法公开"}, "nonsense", None],
    }
    source = DatasetSource(Path(), Path("datapackage.yaml"), {"catalogue": catalogue})
    dataset = Dataset("d", LocalText("d"), "d", "d/datapackage.yaml", Publisher("p", LocalText("p")), source=source)
    columns = [ColumnProfile(name, 0, 1, type="string") for name in ("窗口", "街道", "编号", "区县", "None", "")]
    assert withheld_columns(dataset, columns) == {"窗口", "街道", "编号"}


def test_every_title_of_a_column_counts() -> None:
    """Two tables may call one column differently, in either language; if one of them says a telephone, it is one."""
    titles = [
        LocalText("联系电话"),
        LocalText("编码"),
        LocalText("栏二", "Mobile phone"),
        LocalText("咨询电话", "Phone"),
    ]
    resources = tuple(
        Resource(f"t{number}", LocalText("t"), "table", "csv", "text/csv", schema=Schema((Field(name, title),)))
        for number, (name, title) in enumerate(zip(("f1", "f1", "f2", "f3"), titles, strict=True))
    )
    dataset = Dataset(
        "d", LocalText("d"), "d", "d/datapackage.yaml", Publisher("p", LocalText("p")), resources=resources
    )
    columns = [ColumnProfile(name, 0, 1, type="string") for name in ("f1", "f2", "f3")]
    assert withheld_columns(dataset, columns) == {"f1", "f2"}

"""What is of single persons has no values in a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.examining.privacy.withheld_values import is_personal_title, withheld_columns
from portal.model.catalog import Dataset, DatasetSource, Publisher
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

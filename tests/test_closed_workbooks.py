"""What a release says of a workbook that it does not give out."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from support import build_folder

NAME = "内部底稿甲"
OTHER = "内部底稿乙"


def _workbook(path: Path) -> None:
    """Write a workbook with two sheets of content, a hidden one, comments, formulas without a value, and telephones."""
    with xlsxwriter.Workbook(path) as book:
        for name in (NAME, OTHER, "内部底稿丙"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["编号", "内部栏目" if name == OTHER else "栏目", "手机"])
            for row in (1, 2):
                sheet.write_row(row, 0, [f"A{row}", "甲", f"1380000000{row}"])
                sheet.write_formula(row, 3, "=A1", None, "")
            sheet.write_comment(1, 1, "请联系 13800000009")
        sheet.hide()


@pytest.mark.parametrize(
    ("opening", "dialect", "is_told"),
    [("true", "", True), ("false", "", False), ("false", ", dialect: {sheet: 没有}", False)],
)
def test_the_sheets_of_what_is_not_given_out_are_not_named(
    tmp_path: Path, opening: str, dialect: str, is_told: bool
) -> None:
    """Neither in the report nor in the pages for publishers, by whatever finding; how many things there are is told."""
    folder = tmp_path / "datasets" / "office" / "one"
    folder.mkdir(parents=True)
    _workbook(folder / "t.xlsx")
    (folder / "datapackage.yaml").write_text(
        f"name: one\ntitle: 标题\nlicenses: [{{name: CC-BY-4.0}}]\ncatalogue: {{open: {{is_open: {opening}}}}}\n"
        f"resources: [{{name: t, path: t.xlsx{dialect}}}]\n",
        encoding="utf-8",
    )
    result = build_folder(tmp_path / "datasets", tmp_path / "build")
    assert result.folder is not None
    texts = [
        path.read_text(encoding="utf-8")
        for path in result.folder.rglob("*")
        if path.suffix in (".json", ".html", ".md", ".ttl")
    ]
    assert any("内部底稿" in text for text in texts) is is_told
    assert "workbook-comments" in {item.code for item in result.report}
    assert any(item.code.startswith("personal-") for item in result.report)

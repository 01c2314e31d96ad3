"""The page of a table as a file of the release: its first rows and its files, and what looking through it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed import parse

PAGE = "datasets/schools/resources/schools/rows/index.html"


@pytest.mark.parametrize(
    ("folder", "heading", "said"),
    [
        ("", "逐行查看“学校名录 · 学校表”", "这里只提供文件，没有服务器"),
        ("en/", "Look through “", "which does not answer here: this copy is given out as files alone"),
    ],
)
def test_without_a_server_there_are_the_first_rows_and_the_files(
    tiny_release: Path, folder: str, heading: str, said: str
) -> None:
    """No form that nobody answers; what it needs is said, and the whole table is one link away."""
    page = parse((tiny_release / "site" / folder / PAGE).read_text(encoding="utf-8"))
    assert page.one("h1").words.startswith(heading)
    assert page.all("form", class_="row-form") == page.all("script", src="explorer") == []
    assert said in page.one("p", class_="dataset__after").words
    assert [cell.words for cell in page.one("tbody").all("tr")[0].all("th", "td")][:2] == ["0001", "第一小学"]
    links = [link["href"].rpartition(".")[2] for link in page.all("a", class_="downloads__link")]
    assert links == ["xlsx", "csv", "json", "parquet"]

"""The fifth star: RDF and tables that link what they are about to what others describe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from parsed import parse
from support import TODAY

from portal.pipeline import build
from portal.quality.linked_data import links_to_others
from portal.settings import load_settings

SAME = "<http://www.w3.org/2002/07/owl#sameAs>"
LINKED = f"<http://data.example.cn/1> {SAME} <https://example.com/1> ."


@pytest.mark.parametrize(
    ("name", "text", "is_linked"),
    [
        ("a.ttl", LINKED, True),
        ("a.nt", LINKED, True),
        ("a.ttl", f"{LINKED}\n<http://data.example.cn/2> ", True),
        ("a.ttl", LINKED.replace("https://example.com", "http://data.example.cn"), False),
        ("a.ttl", "<http://data.example.cn/1> <http://purl.org/dc/terms/license> <https://example.com/1> .", False),
        ("a.ttl", f'<http://data.example.cn/1> {SAME} "https://example.com/1" .', False),
        ("a.ttl", f"<http://[/1> {SAME} <https://example.com/1> .", False),
        ("a.ttl", "\x00 no turtle", False),
        ("a.csv", LINKED, False),
    ],
)
def test_a_link_says_what_a_thing_is_on_another_host(tmp_path: Path, name: str, text: str, is_linked: bool) -> None:
    """A licence, a text, the same host or a file that is broken before the link are none."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert links_to_others(path, path.suffix[1:]) is is_linked


def test_statements_nested_without_end_are_not_read(tmp_path: Path) -> None:
    """A reader that follows them runs out of its stack."""
    path = tmp_path / "a.ttl"
    depth = 200_000
    path.write_text(f"<http://a/> <http://b/> {'<<( <http://a/> <http://b/> ' * depth}<http://a/>{' )>>' * depth} .")
    assert not links_to_others(path, "ttl")


def test_a_table_and_a_file_of_rdf_can_have_all_five(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """From the descriptor and the file to the page, which says for each what brings the next star."""
    head = "name: made\ntitle: 标题\ndescription: 说明。\nlicenses: [{name: CC-BY-4.0}]\nresources:\n"
    named = "{name: 网址, type: string, format: uri}"
    column = "{name: 地点, type: string, format: uri%s}"
    kind = ", rdfType: 'http://schema.org/Place'"
    table = "  - {name: %s, path: rows.csv, schema: {%sfields: [%s, %s]}}\n"
    root = write_dataset(
        head
        + table % ("plain", "", named, column % kind)
        + table % ("keyed", "primaryKey: [网址], ", named, column % "")
        + table % ("linked", "primaryKey: [网址], ", named, column % kind)
        + "  - {name: graph, path: graph.ttl}\n  - {name: web, path: web.ttl}\n",
        rows__csv="网址,地点\nhttp://data.example.cn/1,https://example.com/1\n",
        graph__ttl=LINKED,
        web__ttl=LINKED.replace("example.com", "data.example.cn"),
    )
    result = build(load_settings(root), tmp_path / "build", today=TODAY)
    assert result.release is not None
    page = parse((result.release / "site/en/datasets/made/index.html").read_text(encoding="utf-8")).words
    assert [page.count(f"{number} of 5 stars") for number in (3, 4, 5)] == [1, 2, 3]
    assert "+1 star" not in page
    text = (
        (root / "made" / "datapackage.yaml").read_text(encoding="utf-8").replace(kind, "").split("  - {name: graph")[0]
    )
    (root / "made" / "datapackage.yaml").write_text(text, encoding="utf-8")
    result = build(load_settings(root), tmp_path / "build", today=TODAY)
    assert result.release is not None
    page = parse((result.release / "site/en/datasets/made/index.html").read_text(encoding="utf-8")).words
    assert "+1 star Link to the data of others: a further column of addresses (format: uri)" in page

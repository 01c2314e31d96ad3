"""The fifth star: RDF and tables that link what they are about to what others describe."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parsed import parse
from support import TODAY

from portal.pipeline import build
from portal.publishing.quality.linked_data import links_to_others
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
        ("a.ttl", f"\ufeff{LINKED}", True),
        ("a.ttl", f"<#a> {SAME} <https://example.com/1> .", True),
        ("a.ttl", f"<#a> {SAME} <b> .", False),
        ("a.ttl", f"<http://data.example.cn/1> {SAME} <b> .", False),
        ("a.trig", f"<#g> {{ <#a> {SAME} <https://example.com/1> }}", True),
    ],
)
def test_a_link_says_what_a_thing_is_on_another_host(tmp_path: Path, name: str, text: str, is_linked: bool) -> None:
    """A licence, a text, the same host, the file itself or a file that is broken before the link are none."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert links_to_others(path, path.suffix[1:]) is is_linked


def test_statements_nested_without_end_are_not_read(tmp_path: Path) -> None:
    """A reader that follows them runs out of its stack."""
    path = tmp_path / "a.ttl"
    depth = 200_000
    path.write_text(f"<http://a/> <http://b/> {'<<( <http://a/> <http://b/> ' * depth}<http://a/>{' )>>' * depth} .")
    assert not links_to_others(path, "ttl")


HELD = """
import resource, sys
from pathlib import Path
from portal.publishing.quality.linked_data import links_to_others
memory = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = memory()
print(*(links_to_others(Path(path), "ttl") for path in sys.argv[1:]), memory() - before)
"""


def test_what_is_nested_without_end_is_read_so_far(tmp_path: Path) -> None:
    """A reader holds all that is open; what looks like an end within a text, an address or a comment is none."""
    hidden = ["", "']',", "<a)>,", "''']''',", "#]\n", ":\\),"]
    paths = [tmp_path / f"{number}.ttl" for number in range(len(hidden))]
    for path, closed in zip(paths, hidden, strict=True):
        path.write_text(f"@prefix : <http://a/> . :s :p {f'[:p {closed}' * 500_000}", encoding="utf-8")
    child = subprocess.run([sys.executable, "-c", HELD, *paths], capture_output=True, text=True, check=True)
    *linked, megabytes = child.stdout.split()
    assert linked == ["False"] * len(hidden)
    assert int(megabytes) < 40
    paths[0].write_text(f"{LINKED}\n{paths[0].read_text(encoding='utf-8')}", encoding="utf-8")
    assert links_to_others(paths[0], "ttl")


def test_what_is_nested_in_bounds_is_read(tmp_path: Path) -> None:
    """However many blank nodes and lists a file has, and whatever its texts, one after another they are no depth."""
    path = tmp_path / "many.ttl"
    nested = "<#a> <#b> [ <#b> ( 1 [] ), \"(((\", '[:', <http://a/(> ] . # [[[\n"
    path.write_text(f"{nested * 500}{LINKED}", encoding="utf-8")
    assert links_to_others(path, "ttl")


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
    assert result.folder is not None
    page = parse((result.folder / "site/en/datasets/made/index.html").read_text(encoding="utf-8")).words
    assert [page.count(f"{number} of 5 stars") for number in (3, 4, 5)] == [1, 2, 3]
    assert "+1 star" not in page
    text = (
        (root / "made" / "datapackage.yaml").read_text(encoding="utf-8").replace(kind, "").split("  - {name: graph")[0]
    )
    (root / "made" / "datapackage.yaml").write_text(text, encoding="utf-8")
    result = build(load_settings(root), tmp_path / "build", today=TODAY)
    assert result.folder is not None
    page = parse((result.folder / "site/en/datasets/made/index.html").read_text(encoding="utf-8")).words
    assert "+1 star Link to the data of others: a further column of addresses (format: uri)" in page

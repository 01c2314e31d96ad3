"""Where an entry says its resource is to be had: a link on its page, and in every form that has a place for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from made_published import BASE_URL, published
from parsed import parse
from support import build_folder

from portal.model.guide import GuideEntry
from portal.publishing.formats import dcat, schema_org

ENTRY = """name: made
title: 数据
description: 说明。
licenses: [{name: CC-BY-4.0}]
catalogue: {online_url: '%s'}
resources: []
"""
ADDRESS = "https://example.cn/d?id=1&x=%22a"


@pytest.fixture
def pages(write_dataset: Callable[..., Path], tmp_path: Path) -> Callable[[str], Path]:
    """Return the folder of the English page of an entry with the given address."""

    def make(address: str) -> Path:
        release = build_folder(write_dataset(ENTRY % address, folder="made"), tmp_path / "build").folder
        assert release is not None
        return release / "site" / "en" / "datasets" / "made"

    return make


def test_the_page_of_an_imported_entry_leads_to_the_source(pages: Callable[[str], Path]) -> None:
    """Beside the word that there are no files here, among the details, and in the Markdown."""
    folder = pages(ADDRESS)
    links = parse((folder / "index.html").read_text("utf-8")).one("main").all("a")
    assert [link["href"] for link in links if link.words == "View at the source"] == [ADDRESS, ADDRESS]
    assert f"- View at the source: <{ADDRESS}>\n" in (folder / "index.md").read_text("utf-8")


def test_a_page_that_gives_out_no_files_leads_there_too(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Where files are described and not given out, the link stands with that word; where they are, in the details."""
    closed = ENTRY.replace("resources: []", "resources: [{name: t, path: t.csv}]")
    places = {
        True: closed.replace("catalogue: {", "catalogue: {open: {is_open: true}, "),
        False: closed.replace(
            "catalogue: {", "catalogue: {open: {is_open: false}, sharing: {type: none, basis: 某法}, "
        ),
    }
    for is_open, descriptor in places.items():
        folder = write_dataset(descriptor % ADDRESS, folder="made", t__csv="a\n1\n")
        release = build_folder(folder, tmp_path / f"build-{is_open}").folder
        assert release is not None
        page = parse((release / "site" / "en" / "datasets" / "made" / "index.html").read_text("utf-8"))
        assert len(page.all("p", class_="dataset__source")) == (0 if is_open else 1)
        links = [link["href"] for shown in page.all("dl", class_="details") for link in shown.all("a")]
        assert ADDRESS in links


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.cn/a", "见官网", "https://["])
def test_what_is_no_address_on_the_web_is_no_link(pages: Callable[[str], Path], address: str) -> None:
    """Neither on the page nor for programs."""
    folder = pages(address)
    assert "View at the source" not in (folder / "index.html").read_text("utf-8")
    assert "View at the source" not in (folder / "index.md").read_text("utf-8")
    item = published(guide=GuideEntry(online_url=address))
    assert address not in dcat.dump(item, base_url=BASE_URL, serialization="turtle").decode()
    assert "sameAs" not in schema_org.dump(item, lang="zh", base_url=BASE_URL, portal_title="门户")


def test_programs_are_told_the_page_at_the_source() -> None:
    """DCAT as a second landing page, schema.org as the same thing beside its home page."""
    item = published(guide=GuideEntry(online_url=ADDRESS), homepage="https://example.cn/")
    graph = rdflib.Graph().parse(data=dcat.dump(item, base_url=BASE_URL, serialization="turtle"), format="turtle")
    landing = {str(page) for page in graph.objects(predicate=rdflib.DCAT.landingPage)}
    assert landing == {f"{BASE_URL}/datasets/stops/", ADDRESS}
    assert (rdflib.URIRef(ADDRESS), rdflib.RDF.type, rdflib.FOAF.Document) in graph
    found = schema_org.dump(item, lang="zh", base_url=BASE_URL, portal_title="门户")
    assert found["sameAs"] == ["https://example.cn/", ADDRESS]

"""What programs find in the head of the home page: the catalogue as files, schema.org, the Open Graph."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from parsed import Element, parse

from portal.model.portal import Portal
from portal.model.text import LocalText
from portal.publishing.formats.schema_org import dump_catalogue

BASE = "http://127.0.0.1:8000"


def page(release: Path, path: str) -> Element:
    """Return a page of the tiny catalogue."""
    return parse((release / "site" / path / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", ["", "en"])
def test_the_home_page_links_the_catalogue_in_every_format(tiny_release: Path, lang: str) -> None:
    """Each is an alternate with its media type, and is there; so is the calendar of deadlines."""
    found = {
        urljoin(f"{BASE}/{lang}/", link["href"]).removeprefix(f"{BASE}/").replace("//", "/").lstrip("/"): link["type"]
        for link in page(tiny_release, lang).all("link", rel="alternate")
        if "type" in link.attributes
    }
    assert found == {
        "catalog.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "catalog.csv": "text/csv",
        "catalog.json": "application/json",
        "catalog.jsonld": "application/ld+json",
        "catalog.ttl": "text/turtle",
        "catalog.rdf": "application/rdf+xml",
        "data.json": "application/json",
        f"{lang}/feed.xml".lstrip("/"): "application/atom+xml",
        f"{lang}/calendar.ics".lstrip("/"): "text/calendar",
    }
    assert all((tiny_release / "site" / path).is_file() for path in found)


def test_the_home_page_is_a_website_that_can_be_searched(tiny_release: Path) -> None:
    """Its JSON-LD names the address of searches and the catalogue of data in the page's own language."""
    html = (tiny_release / "site" / "en" / "index.html").read_text(encoding="utf-8")
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    website, catalogue = json.loads(written)["@graph"]
    assert (website["@type"], website["url"], website["inLanguage"]) == ("WebSite", f"{BASE}/en/", "en")
    action = website["potentialAction"]
    assert (action["@type"], action["target"]["urlTemplate"]) == (
        "SearchAction",
        f"{BASE}/en/datasets/?q={{search_term_string}}",
    )
    assert action["query-input"] == "required name=search_term_string"
    assert (catalogue["@type"], catalogue["@id"]) == ("DataCatalog", f"{BASE}/en/#catalog")
    assert f"{BASE}/catalog.ttl" in {item["contentUrl"] for item in catalogue["distribution"]}


def test_what_is_not_stated_is_left_out() -> None:
    """Without a licence, an organisation and files nothing is said of them but that the portal itself publishes."""
    website, catalogue = dump_catalogue(Portal(LocalText("门户"), base_url=BASE), lang="zh")["@graph"]
    assert {"license", "distribution", "dateModified"} & set(catalogue) == set()
    assert website["publisher"]["name"] == "门户"
    assert "alternateName" not in website


@pytest.mark.parametrize(
    ("path", "title", "locale"),
    [("", "小城开放数据", "zh_CN"), ("en/datasets/schools", "List of schools", "en_GB")],
)
def test_pages_have_an_open_graph(tiny_release: Path, path: str, title: str, locale: str) -> None:
    """Title, address, language, description and a picture that is there, for links in messages."""
    element = page(tiny_release, path)
    told = {item["property"]: item["content"] for item in element.all("meta") if "property" in item.attributes}
    assert (told["og:title"], told["og:locale"], told["og:type"]) == (title, locale, "website")
    assert told["og:url"] == element.one("link", rel="canonical")["href"]
    assert told["og:description"] == element.one("meta", name="description")["content"]
    image = told["og:image"].removeprefix(f"{BASE}/")
    assert (tiny_release / "site" / image).read_bytes().startswith(b"\x89PNG")


def test_what_search_engines_leave_alone_has_no_open_graph(tiny_release: Path) -> None:
    """The page for missing addresses has no address of its own to be shared."""
    html = (tiny_release / "site" / "404.html").read_text(encoding="utf-8")
    assert "og:" not in html

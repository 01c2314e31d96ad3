"""The pages of a release as a whole: links, languages, hosts, hostile texts, repeatable builds."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml
from flask.testing import FlaskClient
from parsed import Element, parse
from support import TODAY, build_folder

from portal.model.addresses import SHOWN_ANYWHERE, in_language
from portal.model.html_tags import without_tags
from portal.model.text import LANGUAGES
from portal.pipeline import build
from portal.settings import load_settings

SITE = "https://portal.example"
ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "iframe": "src"}


def pages_of(site: Path) -> dict[str, Element]:
    """Return every page of a site by the path of its address."""
    return {
        "/" + path.relative_to(site).as_posix().removesuffix("index.html"): parse(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def site(tiny_release: Path) -> Path:
    """The folder that a web server gives out."""
    return tiny_release / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Element]:
    """The pages of the tiny catalogue."""
    return pages_of(site)


def addresses(path: str, page: Element) -> Iterator[tuple[Element, str]]:
    """Yield every element of a page that leads somewhere, with the full address it leads to."""
    for element in page.all(*ADDRESSES):
        written = element.attributes.get(ADDRESSES[element.tag])
        if written is not None:
            yield element, urljoin(SITE + path, written)


def is_metadata(element: Element) -> bool:
    """Tell whether an element only names an address, which no browser fetches."""
    return element.tag == "link" and element["rel"] in ("canonical", "alternate")


def test_the_site_has_its_pages_in_both_languages(pages: dict[str, Element]) -> None:
    """Home, lists, each dataset with files and report of what is open, publisher, standard, missing page: all twice."""
    chinese = [
        "/",
        "/404.html",
        "/500.html",
        "/503.html",
        "/about/",
        "/data/bus-lines/",
        "/data/schools/",
        "/datasets/",
        "/datasets/bus-lines/",
        "/datasets/bus-lines/report/",
        "/datasets/bus-lines/resources/lines/rows/",
        "/datasets/bus-lines/resources/stops/rows/",
        "/datasets/salaries/",
        "/datasets/schools/",
        "/datasets/schools/report/",
        "/datasets/schools/resources/schools/rows/",
        "/accessibility/",
        "/developers/",
        "/help/",
        "/open-catalogue/",
        "/open-catalogue/education/",
        "/open-catalogue/transport/",
        "/publishers/",
        "/publishers/education/",
        "/privacy/",
        "/publishers/transport/",
        "/site-map/",
        "/quality/",
        "/standards/",
        "/standards/catalogue-entry/",
        "/standards/connection/",
        "/standards/department/",
        "/standards/information-system/",
        "/standards/private-network/",
        "/standards/task-ledger/",
        "/themes/",
        "/themes/education/",
        "/themes/finance/",
        "/terms/",
        "/themes/traffic/",
    ]
    assert sorted(pages) == sorted([*chinese, *(f"/en{path}" for path in chinese)])


def test_every_page_has_a_language_one_heading_and_a_title_of_its_own(pages: dict[str, Element]) -> None:
    """A page names its language, has one ``h1`` and one main part, and a title that no other page has."""
    for path, page in pages.items():
        assert page.one("html")["lang"] == ("en" if path.startswith("/en/") else "zh-CN"), path
        assert page.one("h1").words, path
        assert page.one("main")["id"] == "main", path
    titles = [page.one("title").words for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert all("小城开放数据" in title or "Small Town Open Data" in title for title in titles)


def test_ids_are_unique_and_what_refers_to_them_exists(pages: dict[str, Element]) -> None:
    """Labels, descriptions and jumps of a page lead to elements of that page."""
    for path, page in pages.items():
        ids = [item["id"] for item in page.all() if "id" in item.attributes]
        referred = {
            target
            for item in page.all()
            for name in ("for", "aria-labelledby", "aria-describedby")
            for target in item.attributes.get(name, "").split()
        } | {link["href"][1:] for link in page.all("a") if link.attributes.get("href", "").startswith("#")}
        assert len(set(ids)) == len(ids), path
        assert referred <= set(ids), path


def test_headings_leave_no_level_out(pages: dict[str, Element]) -> None:
    """The outline of a page goes down one level at a time."""
    for path, page in pages.items():
        levels = [int(item.tag[1]) for item in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path


def test_no_link_is_dead(pages: dict[str, Element], site: Path, client: FlaskClient) -> None:
    """Every address inside the site leads to a file of the release, or to a search or the API, which answer."""
    seen = set()
    for path, page in pages.items():
        for element, address in addresses(path, page):
            target, _ = urldefrag(address)
            if target.startswith(f"{SITE}/") and not is_metadata(element):
                seen.add(target.removeprefix(SITE))
    assert len(seen) > 60
    for target in sorted(seen):
        parts = urlsplit(target)
        file = site / unquote(parts.path).lstrip("/")
        is_made = parts.path.startswith(("/api/", "/large/")) or parts.path.endswith("/qr.svg")
        is_answered = is_made or (parts.query and parts.path.endswith("/datasets/"))
        assert (file / "index.html" if target.endswith("/") else file).is_file() or is_answered, target
        assert client.get(target).status_code == 200, target


def test_links_to_other_sites_are_those_of_licences(pages: dict[str, Element]) -> None:
    """The only addresses outside are links that a visitor may follow, here those of licences."""
    outside = {
        (element.tag, address)
        for path, page in pages.items()
        for element, address in addresses(path, page)
        if not address.startswith(f"{SITE}/") and not is_metadata(element)
    }
    assert outside == {
        ("a", "https://creativecommons.org/licenses/by/4.0/"),
        ("a", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("a", "tel:0000000"),
    }


def test_style_sheets_and_scripts_load_nothing_from_elsewhere(site: Path) -> None:
    """No style sheet imports another or names an address on another host, and no script calls one."""
    for path in (*site.rglob("*.css"), *site.rglob("*.js"), *site.rglob("*.svg")):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(\s*[\"']?//", text), path.name


def test_pages_have_no_inline_scripts_or_styles(pages: dict[str, Element]) -> None:
    """Nothing in a page needs an exception from its policy: scripts and styles are files; JSON-LD does not run."""
    for path, page in pages.items():
        inline = [item for item in page.all("script") if "src" not in item.attributes]
        assert [item["type"] for item in inline] in ([], ["application/ld+json"]), path
        assert page.all("style") == [], path
        names = {name for item in page.all() for name in item.attributes}
        assert not {name for name in names if name == "style" or name.startswith("on")}, path


def test_every_page_names_itself_and_its_translation(pages: dict[str, Element]) -> None:
    """A page has its full address and those in both languages; forms, and the page for nothing, are left out."""
    base = "http://127.0.0.1:8000"
    for path, page in pages.items():
        if path.endswith((*SHOWN_ANYWHERE, "/rows/")):
            assert page.one("meta", name="robots")["content"] == "noindex"
            assert page.all("link", rel="canonical") + page.all("link", rel="alternate") == []
            continue
        chinese = path.removeprefix("/en") if path.startswith("/en/") else path
        others = page.all("link", rel="alternate")
        alternates = {link["hreflang"]: link["href"] for link in others if "hreflang" in link.attributes}
        assert page.one("link", rel="canonical")["href"] == f"{base}{path}"
        assert alternates == {"zh-CN": f"{base}{chinese}", "en": f"{base}/en{chinese}"}
        assert {chinese, f"/en{chinese}"} <= set(pages)


def test_every_page_leads_to_the_other_language(pages: dict[str, Element]) -> None:
    """The link at the top leads to the same page in the other language."""
    for path, page in pages.items():
        link = page.one("a", class_="header__language")
        other = path.removeprefix("/en") if path.startswith("/en/") else f"/en{path}"
        assert urljoin(path, link["href"]) == (
            other.rpartition("/")[0] + "/" if path.endswith(SHOWN_ANYWHERE) else other
        ), path


def test_every_page_is_reached_from_the_home_page(pages: dict[str, Element]) -> None:
    """Who follows links from the home page comes to every page but the one for missing addresses."""
    reached, waiting = {"/"}, ["/"]
    while waiting:
        path = waiting.pop()
        for element, address in addresses(path, pages[path]):
            target = urlsplit(urldefrag(address)[0]).path
            if element.tag == "a" and address.startswith(SITE) and target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert set(pages) - reached == {in_language(lang, path) for lang in LANGUAGES for path in SHOWN_ANYWHERE}


def test_a_dataset_offers_the_spreadsheet_first(pages: dict[str, Element]) -> None:
    """The buttons of a resource are XLSX, CSV, JSON, Parquet, then the original; each is saved, not shown."""
    for path in ("/datasets/schools/", "/en/datasets/schools/"):
        links = pages[path].all("a", class_="downloads__link")
        assert [urljoin(path, link["href"]) for link in links] == [
            "/data/schools/schools.xlsx",
            "/data/schools/schools.csv",
            "/data/schools/schools.json",
            "/data/schools/schools.parquet",
            "/data/schools/original/schools.csv",
        ]
        assert all("download" in link.attributes for link in links)


def test_a_dataset_shows_its_rows_and_columns(pages: dict[str, Element]) -> None:
    """The first look has codes and formulas as text, numbers and dates as people read them in the page's language."""
    table = pages["/en/datasets/schools/"].one("table", class_="table--data")
    assert [cell.words for cell in table.all("th", scope="col")] == [
        "School code", "Name", "Pupils", "Founded", "Boarding",
    ]  # fmt: skip
    assert [[cell.words for cell in row.all("th", "td")] for row in table.one("tbody").all("tr")] == [
        ["0001", "第一小学", "320", "1 September 1956", "No"],
        ["0002", "城南, 中学", "1,024", "15 March 1978", "Yes"],
        ["0003", "=SUM(A1)", "", "1 September 2001", "No"],
    ]
    assert [item.words for item in table.all("time")] == ["1 September 1956", "15 March 1978", "1 September 2001"]


def test_a_closed_dataset_offers_no_file(pages: dict[str, Element]) -> None:
    """The page of an entry that is not open has its description and columns, and neither preview nor download."""
    for path in ("/datasets/salaries/", "/en/datasets/salaries/"):
        page = pages[path]
        assert page.one("span", class_="badge")["class"] == "badge badge--closed"
        assert page.all("table", class_="table--data") + page.all("a", class_="downloads__link") == []
        assert [item.words for item in page.all("code", class_="table__name")] == ["姓名", "工资"]


def test_json_ld_says_what_the_page_says(pages: dict[str, Element]) -> None:
    """The description for search engines is JSON in the language of the page, at the page's address."""
    for path in ("/datasets/schools/", "/en/datasets/schools/"):
        page = pages[path]
        document = json.loads(page.one("script", type="application/ld+json").text)
        assert document["name"] == page.one("h1").words
        assert document["url"] == page.one("link", rel="canonical")["href"]
        assert document["inLanguage"] == page.one("html")["lang"]
        assert len(document["distribution"]) == 6


def test_the_site_works_below_any_path(tiny: Path, tmp_path: Path) -> None:
    """Below a path all addresses stay below it: pages have relative ones, the page for missing addresses full paths."""
    settings = load_settings(tiny, base_url=f"{SITE}/open/data")
    release = build(settings, tmp_path / "build", today=TODAY).folder
    assert release is not None
    for path, page in pages_of(release / "site").items():
        below = f"/open/data{path}" if not path.endswith(SHOWN_ANYWHERE) else "/open/data/deep/below/nothing"
        for element, address in addresses(below, page):
            is_outside = element.tag == "a" and address.startswith(("https://creativecommons.org/", "tel:"))
            assert address.startswith(f"{SITE}/open/data/") or is_outside, (path, address)


def test_pages_of_the_site_do_not_depend_on_where_it_stands(tiny: Path, tmp_path: Path) -> None:
    """Only what must be absolute changes with the base URL: the addresses that pages fetch and link to stay."""
    written = []
    for number, base_url in enumerate(["https://a.example", "https://b.example/open"]):
        settings = load_settings(tiny, base_url=base_url)
        release = build(settings, tmp_path / str(number), today=TODAY).folder
        assert release is not None
        written.append(
            {
                (path, element.tag, element[ADDRESSES[element.tag]])
                for path, page in pages_of(release / "site").items()
                for element, _ in addresses(path, page)
                if not path.endswith(SHOWN_ANYWHERE) and not is_metadata(element)
            }
        )
    assert written[0] == written[1]


HOSTILE = (
    """</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>{{ 7*191 }}{% raw %}%(x)s%s${1}\u2028<!--"""
)
LINKS = "[a](javascript:alert(1)) <javascript:alert(2)> ![i](https://evil.example/i.png) [b](https://evil.example/)"


def hostile_catalogue(root: Path) -> None:
    """Write a catalogue whose every text tries to act."""

    def local(text: str) -> dict[str, str]:
        return {"zh": f"中{text}", "en": f"en{text}"}

    catalog = {
        "title": local(HOSTILE),
        "description": local(HOSTILE),
        "organisation": local(HOSTILE),
        "notice": local(HOSTILE),
        "examples": [local(HOSTILE)],
        "footer": {"organiser": local(HOSTILE), "phone": HOSTILE, "address": HOSTILE},
    }
    publisher = {
        "id": "evil",
        "name": local(HOSTILE),
        "description": local(HOSTILE + LINKS),
        "kind": HOSTILE,
        "phone": HOSTILE,
        "unit": HOSTILE,
    }
    descriptor: dict[str, Any] = {
        "name": "hostile",
        "title": f"题{HOSTILE}",
        "description": f"述{HOSTILE}\n\n{LINKS}",
        "keywords": [f"词{HOSTILE}"],
        "homepage": "javascript:alert(1)",
        "version": HOSTILE,
        "licenses": [{"name": f"L{HOSTILE}", "title": f"许{HOSTILE}", "path": "javascript:alert(1)"}],
        "sources": [{"title": f"源{HOSTILE}", "path": "javascript:alert(1)"}],
        "translations": {"en": {"title": f"T{HOSTILE}", "description": f"D{HOSTILE} {LINKS}", "keywords": [HOSTILE]}},
        "catalogue": {
            "themes": ["evil"],
            "code": HOSTILE,
            "update_cycle": HOSTILE,
            "granularity": HOSTILE,
            "spatial": HOSTILE,
            "temporal": HOSTILE,
            "areas": [HOSTILE],
            "sharing": {"type": "unconditional", "basis": HOSTILE, "condition": HOSTILE},
        },
        "resources": [
            {
                "name": "table",
                "title": f"表{HOSTILE}",
                "description": HOSTILE + LINKS,
                "path": "table.csv",
                "schema": {
                    "fields": [
                        {
                            "name": f"列{HOSTILE}",
                            "title": f"名{HOSTILE}",
                            "description": HOSTILE + LINKS,
                            "type": "string",
                            "constraints": {"enum": [HOSTILE, "值"]},
                        }
                    ],
                    "primaryKey": [f"列{HOSTILE}"],
                },
            },
            {"name": "link", "title": f"链{HOSTILE}", "path": 'https://evil.example/"><script>alert(1)</script>'},
        ],
    }
    quoted = HOSTILE.replace('"', '""')
    files = {
        "catalog.yaml": catalog,
        "publishers.yaml": {"publishers": [publisher]},
        "themes.yaml": {"themes": [{"id": "evil", "title": local(HOSTILE)}]},
        "evil/hostile/datapackage.yaml": descriptor,
    }
    for name, document in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    table = f'"列{quoted}"\r\n"{quoted}"\r\n"值"\r\n'
    (root / "evil/hostile/table.csv").write_text(table, encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile catalogue."""
    root = tmp_path_factory.mktemp("hostile")
    hostile_catalogue(root / "datasets")
    report = build_folder(root / "datasets", root / "build")
    assert (report.refused, report.folder is None) == ((), False)
    assert report.folder is not None
    return report.folder / "site"


def without_hash(name: str) -> str:
    """Return the plain name of a script or an image."""
    return re.sub(r"\.[0-9a-f]{10}(?=\.)", "", name)


def test_hostile_texts_make_no_script(hostile: Path) -> None:
    """No text of a catalogue becomes a script, a handler, an image, a frame or a link that runs something."""
    for path, page in pages_of(hostile).items():
        sources = [item["src"].rpartition("/")[2] for item in page.all("script") if "src" in item.attributes]
        scripts = {
            "copy.js",
            "large-type.js",
            "share.js",
            "served.js",
            "suggest.js",
            "facet-filter.js",
            "browser-search.js",
        }
        assert {without_hash(source) for source in sources} <= scripts, path
        images = {item["src"].rpartition("/")[2] for item in page.all("img")}
        assert {without_hash(image) for image in images} - {"qr.svg"} == {"mark.svg"}, path
        assert page.all("iframe", "object", "embed", "style", "base") == [], path
        assert [name for item in page.all() for name in item.attributes if name.startswith("on")] == [], path
        schemes = {urlsplit(address).scheme for _, address in addresses(path, page)}
        assert schemes <= {"http", "https"}, path


def test_hostile_texts_are_shown_as_they_are(hostile: Path) -> None:
    """Names of columns and cells stand on the page exactly as the publisher wrote them; nothing is computed.

    So do titles but for what is plainly HTML in them, which is told and left out.
    """
    words = " ".join(HOSTILE.split())
    page = pages_of(hostile)["/datasets/hostile/"]
    assert page.one("h1").words == " ".join(without_tags(f"题{HOSTILE}").split())
    assert page.one("table", class_="table--data").one("tbody").all("th")[0].words == words
    assert page.all("code", class_="table__name")[0].words == f"列{words}"
    for shown in (page.text, pages_of(hostile)["/en/datasets/hostile/"].text):
        assert str(7 * 191) not in shown


def test_json_ld_of_hostile_texts_is_whole(hostile: Path) -> None:
    """JSON-LD cannot be ended from inside: no sign of HTML stands in it as such, and its texts are unchanged."""
    for path, prefix in (("datasets/hostile/", "题"), ("en/datasets/hostile/", "T")):
        html = (hostile / path / "index.html").read_text(encoding="utf-8")
        (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert not set("<>&'\u2028\u2029") & set(written)
        document = json.loads(written)
        assert (document["version"], document["name"]) == (HOSTILE, without_tags(f"{prefix}{HOSTILE}"))


def test_hostile_addresses_are_not_linked(hostile: Path) -> None:
    """Of the addresses that a publisher states only those on the web become links."""
    outside = {
        address
        for path, page in pages_of(hostile).items()
        for _, address in addresses(path, page)
        if not address.startswith((SITE, "http://127.0.0.1:8000"))
    }
    assert {urlsplit(address).netloc for address in outside} == {"evil.example"}

"""Addresses: a browser that follows a relative one arrives, and what is said of a release stands there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.model.addresses import (
    ABOUT,
    ACCESSIBILITY,
    API,
    API_CATALOG,
    API_DATASETS,
    API_HEALTH,
    API_OPENAPI,
    CALENDAR,
    CKAN_ACTIONS,
    CKAN_DATASET,
    CROISSANT,
    DATA,
    DATA_JSON,
    DATA_PACKAGE,
    DATASETS,
    DEVELOPERS,
    ENTRY,
    FEED,
    HELP,
    HOME,
    LLMS,
    MARKDOWN_TWIN,
    OPEN_CATALOGUE,
    OPENSEARCH,
    PRIVACY,
    PROFILE,
    PUBLISHERS,
    QUALITY,
    ROBOTS,
    SEARCH_FILES,
    SHOWN_ANYWHERE,
    SITE_MAP,
    SITEMAP,
    STANDARDS,
    STATIC,
    TERMS,
    THEMES,
    api_dataset_path,
    beside,
    catalog_file,
    ckan_action_path,
    data_path,
    dataset_path,
    dcat_file,
    in_language,
    language_of,
    numbered,
    open_catalogue_file,
    open_catalogue_path,
    publisher_path,
    relative,
    report_path,
    rows_page_path,
    site_file,
    site_folder,
    standard_file_path,
    standard_path,
    theme_path,
    with_query,
)  # fmt: skip
from portal.model.text import LANGUAGES
from portal.publishing.formats.deadlines import deadlines_of
from portal.publishing.release import Release
from portal.standards.loading import all_standards


@dataclass(frozen=True)
class Built:
    """The folder ``site/`` of a release and the full paths that should be there."""

    site: Path
    paths: set[str]


SEGMENTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=8).filter(
        lambda text: text not in (".", "..")
    ),
    max_size=5,
)


@st.composite
def paths(draw: st.DrawFn) -> str:
    """Draw a full path: of a page, which ends in a slash, or of a file."""
    segments = draw(SEGMENTS)
    return (
        "/" + "".join(f"{segment}/" for segment in segments) + draw(st.sampled_from(["", "index.html", "文件 1.csv"]))
    )


@given(paths(), paths())
def test_a_relative_address_leads_to_its_target(here: str, target: str) -> None:
    """Seen from any page, the relative address of any target resolves to that target."""
    assert urljoin(quote(here), relative(here, target)) == quote(target)


@given(paths(), paths(), st.sampled_from(["/open", "/a/b/c", "/门户"]))
def test_a_relative_address_works_below_any_path(here: str, target: str, below: str) -> None:
    """A site that stands below another path has the same addresses."""
    assert urljoin(quote(below + here), relative(here, target)) == quote(below + target)


@given(paths(), paths())
def test_a_relative_address_names_no_host(here: str, target: str) -> None:
    """Whatever names occur, the address never leads to another site."""
    parts = urlsplit(relative(here, target))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")


@pytest.mark.parametrize(
    ("lang", "path", "full"),
    [("zh", "/", "/"), ("en", "/", "/en/"), ("zh", "/about/", "/about/"), ("en", "/a/", "/en/a/")],
)
def test_chinese_stands_at_the_root_and_english_below_en(lang: str, path: str, full: str) -> None:
    """The full path of a page begins with its language, save for Chinese."""
    assert in_language(lang, path) == full


def test_each_kind_of_page_has_its_place() -> None:
    """Paths of pages are part of what others rely on."""
    assert [dataset_path("x"), publisher_path("x"), theme_path("x")] == ["/datasets/x/", "/publishers/x/", "/themes/x/"]


def test_later_pages_of_a_list_stand_below_the_first() -> None:
    """The first page has the list's own path; no dataset's name begins with an underscore, so nothing is hidden."""
    assert [numbered("/datasets/", number) for number in (1, 2, 10)] == [
        "/datasets/",
        "/datasets/_page/2/",
        "/datasets/_page/10/",
    ]


def test_parameters_are_quoted() -> None:
    """Signs that mean something in an address are written so that they do not."""
    assert with_query("./", [("q", "a&b=c#d"), ("q", "水 质")]) == "./?q=a%26b%3Dc%23d&q=%E6%B0%B4+%E8%B4%A8"
    assert with_query("./", []) == "./"


@pytest.fixture(scope="module")
def everything(tiny_build: Release) -> Built:
    """Every address of the tiny release as its parts say it: full paths, those of pages in both languages."""
    names = [item.dataset.name for item in tiny_build.published]
    released = [item.dataset.name for item in tiny_build.published if item.dataset.is_released]
    publishers = {item.dataset.publisher.id for item in tiny_build.published}
    themes = {theme.id for item in tiny_build.published for theme in item.dataset.themes}
    standards = [standard.name for standard in all_standards()]
    awaited = [item for item in tiny_build.published if list(deadlines_of(item))]
    dated = [item.dataset for item in tiny_build.published if item.dataset.updated or item.dataset.published]
    pages = {
        HOME, DATASETS, THEMES, PUBLISHERS, OPEN_CATALOGUE, QUALITY, STANDARDS, DEVELOPERS, ABOUT, *SHOWN_ANYWHERE,
        HELP, TERMS, PRIVACY, ACCESSIBILITY, SITE_MAP, OPENSEARCH,
        *map(data_path, released), beside(HOME, CALENDAR),
        *(beside(publisher_path(item.dataset.publisher.id), CALENDAR) for item in awaited),
        *map(dataset_path, names), *map(report_path, released), *map(publisher_path, publishers),
        *map(theme_path, themes), *map(open_catalogue_path, publishers), *map(standard_path, standards),
        *(beside(dataset_path(name), MARKDOWN_TWIN) for name in names),
        *(
            rows_page_path(item.dataset.name, one.resource.name)
            for item in tiny_build.published for one in item.resources if one.table_file
        ),
        beside(HOME, FEED), *(beside(publisher_path(item.publisher.id), FEED) for item in dated),
        *(beside(theme_path(theme.id), FEED) for item in dated for theme in item.themes),
    }  # fmt: skip
    files = {
        *(catalog_file(ending) for ending in ("csv", "xlsx", "json", "jsonld", "ttl", "rdf")),
        *(open_catalogue_file(ending) for ending in ("csv", "xlsx", "json")),
        *(standard_file_path(name, ending) for name in standards for ending in ("xlsx", "yaml", "json")),
        *(beside(dataset_path(name), DATA_PACKAGE if name in released else ENTRY) for name in names),
        *(beside(dataset_path(name), CKAN_DATASET) for name in names),
        *(beside(dataset_path(name), dcat_file(ending)) for name in names for ending in ("jsonld", "ttl", "rdf")),
        *(beside(dataset_path(name), file) for name in released for file in (CROISSANT, FEED)),
        *(data_path(name, DATA_PACKAGE) for name in released),
        *(
            beside(dataset_path(item.dataset.name), PROFILE)
            for item in tiny_build.published if any(one.table_file for one in item.resources)
        ),
        DATA_JSON, LLMS, ROBOTS, SITEMAP, API_CATALOG,
    }  # fmt: skip
    assert tiny_build.folder
    return Built(tiny_build.folder / "site", {in_language(lang, path) for lang in LANGUAGES for path in pages} | files)


def test_every_address_of_a_release_is_a_file(everything: Built) -> None:
    """What the vocabulary says of a release stands there, pages and twins in both languages."""
    assert [path for path in sorted(everything.paths) if not (everything.site / site_file(path)).is_file()] == []


def test_every_file_of_a_release_has_its_address(everything: Built) -> None:
    """No page or file stands in a release without an address but data, assets, variants and what browsers search in."""
    known = {site_file(path) for path in everything.paths}
    there = {path.relative_to(everything.site).as_posix() for path in everything.site.rglob("*") if path.is_file()}
    there -= {name for name in there if name.endswith((".br", ".gz")) and name.rpartition(".")[0] in there}
    elsewhere = tuple(f"{site_folder(path)}/" for path in (DATA, STATIC, SEARCH_FILES))
    assert {name for name in there - known if not name.startswith(elsewhere)} == set()


def test_every_endpoint_answers(tiny_build: Release, client: FlaskClient) -> None:
    """The addresses of the API are those at which the server listens; CKAN's stand at two places."""
    name = tiny_build.published[0].dataset.name
    paths = [API_DATASETS, api_dataset_path(name), API_HEALTH, API_OPENAPI, ckan_action_path("package_list")]
    paths += [f"{place}package_list" for place in CKAN_ACTIONS]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert all(path.startswith(API) for path in paths)


@given(st.sampled_from(LANGUAGES), paths())
def test_the_language_of_an_address_is_read_back(lang: str, path: str) -> None:
    """What `in_language` puts before a path tells its language, whatever the path."""
    assume(language_of(path) == LANGUAGES[0])
    assert language_of(in_language(lang, path)) == lang

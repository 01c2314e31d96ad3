"""Addresses inside the site: a browser that follows a relative address arrives at its target."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.site.links import (
    dataset_path,
    in_language,
    numbered,
    publisher_path,
    relative,
    theme_path,
    with_query,
)

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

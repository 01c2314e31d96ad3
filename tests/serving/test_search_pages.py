"""The answer to a search as a page: rows, what may be meant and why, empty answers, filters, files; no robots."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from parsed import Element, parse
from support import TODAY

from portal.pipeline import build
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX
from portal.publishing.site.dataset_lists import result_files
from portal.serving.app import create_app
from portal.settings import load_settings

LISTS = ["/datasets/", "/en/datasets/"]


def page_of(client: FlaskClient, words: str, path: str = "/datasets/", more: str = "") -> Element:
    """Return the page that answers a search."""
    response = client.get(f"{path}?q={quote(words)}{more}")
    assert response.status_code == 200
    return parse(response.text)


def test_what_may_be_meant_stands_apart_with_its_reasons(client: FlaskClient) -> None:
    """Below the total, under a heading of its own; each says in words why it is there."""
    page = page_of(client, "xuexiao")
    assert page.one("p", role="status").words == "“xuexiao”共找到 0 个数据集"
    (section,) = page.all("section", class_="also")
    assert section.one("h2").words == "也许您要找"
    assert [item.words for item in section.all("li", class_="card__reason")] == ["“xuexiao”是“学校”的拼音"]
    assert section.one("a", class_="card__link").words == "学校名录"


def test_reasons_come_in_english(client: FlaskClient) -> None:
    """The page for English readers says them in English."""
    section = page_of(client, "哪里有学校", "/en/datasets/").one("section", class_="also")
    assert section.one("h2").words == "You may mean"
    assert [item.words for item in section.all("li", class_="card__reason")] == ["It has “学校”"]


def test_an_exact_answer_has_no_second_heading(client: FlaskClient) -> None:
    """Where nothing else may be meant, nothing is said of it."""
    page = page_of(client, "学校名录")
    assert page.all("section", class_="also") == []
    assert [mark.words for mark in page.one("a", class_="card__link").all("mark")] == ["学校名录"]


def test_rows_that_answer_stand_above_the_datasets(client: FlaskClient) -> None:
    """In a table with what the row says, its dataset, place and date, and a link to the row."""
    page = page_of(client, "第一小学")
    table = page.one("section", class_="found-rows").one("table")
    name, *cells = [cell.words for cell in table.one("tbody").all("th", "td")]
    assert name == "第一小学"
    assert "学生数：320" in cells[0]
    assert cells[1:] == ["学校名录 数据第 2 行", "全国", "2026年3月1日"]
    asked = dict(parse_qsl(urlsplit(table.one("tbody").all("a")[0]["href"]).query))
    assert asked == {"_column": "名称", "_is": "eq", "_value": "第一小学"}


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_answer_says_what_was_understood_and_what_to_do(client: FlaskClient, path: str) -> None:
    """It shows the things asked for, the nearest wider search as a link, and whom to ask for the data."""
    empty = page_of(client, "学校 公交", path).one("div", class_="empty")
    assert [item.words for item in empty.all("span", class_="pill")] == ["学校", "公交"]
    (wider,) = [link for link in empty.all("a") if "q=" in link["href"]]
    assert (wider.words, dict(parse_qsl(urlsplit(wider["href"]).query))) == ("学校", {"q": "学校"})
    assert "000-0000" in empty.words


def test_an_empty_answer_says_what_letters_stand_for_and_what_was_passed_over(client: FlaskClient) -> None:
    """Pinyin is understood as the words that it spells; a filler that is all there is may be what is wanted."""
    empty = page_of(client, "请问xuexiao").one("div", class_="empty")
    assert [item.words for item in empty.one("p", class_="empty__understood").all("span", class_="pill")] == ["学校"]
    assert [item.words for item in empty.one("p", class_="empty__dropped").all("span", class_="pill")] == ["请问"]
    (wider,) = [link for link in empty.all("a") if "q=" in link["href"]]
    assert page_of(client, wider.words).all("div", class_="empty") == []
    empty = page_of(client, "请问在哪里").one("div", class_="empty")
    assert [item.words for item in empty.all("span", class_="pill")] == ["在哪里", "请问"]


def test_a_letter_that_asks_for_data_is_begun(tiny: Path, tmp_path: Path) -> None:
    """Where the portal states a mailbox, the address holds what was searched for."""
    catalog = tiny / "catalog.yaml"
    catalog.write_text(
        catalog.read_text(encoding="utf-8").replace("phone:", "email: data@town.example, phone:"), "utf-8"
    )
    release = build(load_settings(tiny), tmp_path / "build", today=TODAY)
    assert release.folder
    empty = page_of(create_app(release.folder).test_client(), "没有 & 的").one("div", class_="empty")
    (letter,) = [link["href"] for link in empty.all("a") if link["href"].startswith("mailto:")]
    assert letter.startswith("mailto:data@town.example?subject=")
    assert parse_qsl(urlsplit(letter).query)[0] == ("subject", "申请开放数据：没有 & 的")
    assert "“没有 & 的”" in unquote(letter)


def test_one_persons_record_is_never_open(client: FlaskClient) -> None:
    """The page says so, and does not propose to ask for it."""
    page = page_of(client, "我的工资")
    assert "受法律保护" in page.one("p", class_="list-page__notice").words
    assert "申请开放数据" not in page.one("div", class_="empty").words


@pytest.mark.parametrize("path", LISTS)
def test_the_field_takes_as_many_characters_as_count(client: FlaskClient, path: str) -> None:
    """A pasted text would make an address that no server takes."""
    fields = parse(client.get(path).text).all("input", type="search")
    assert {field["maxlength"] for field in fields} == {str(QUERY_CHARACTERS_MAX)}


def test_results_come_as_files(client: FlaskClient) -> None:
    """The same search as CSV, JSON and a feed, which readers of feeds find in the head, too."""
    page = page_of(client, "学校", more="&theme=education&sort=title")
    files = page.one("ul", class_="list-page__files").all("a")
    asked = [("q", "学校"), ("theme", "education"), ("sort", "title"), ("lang", "zh")]
    paths = ["../api/v1/datasets.csv", "../api/v1/datasets", "../api/v1/datasets.atom"]
    assert [urlsplit(link["href"]).path for link in files] == paths
    assert [parse_qsl(urlsplit(link["href"]).query) for link in files] == [asked] * 3
    assert [client.get("/" + link["href"].removeprefix("../")).status_code for link in files] == [200] * 3
    feeds = [link["href"] for link in page.all("link", type="application/atom+xml")]
    assert files[2]["href"] in feeds


def test_a_table_that_has_not_all_of_the_result_says_so() -> None:
    """Where more is found than one file may have, the link says that it is of the first ones."""
    labels = [
        [file.label for file in result_files(SearchQuery("水"), total, "/datasets/", "en")] for total in (1_000, 1_001)
    ]
    others = ["This list as JSON", "Subscribe to this search (Atom)"]
    assert labels == [["This list as CSV", *others], ["The first 1,000 datasets as CSV", *others]]


def test_open_and_closed_is_a_filter(client: FlaskClient) -> None:
    """Like every other: with counts, and shown as a chip that takes it away."""
    page = parse(client.get("/datasets/?open=closed").text)
    assert [link.words for link in page.all("a", class_="chips__link")] == ["开放属性: 不予开放"]
    assert [link["href"].split("/")[-2] for link in page.all("a", class_="card__link")] == ["salaries"]


def test_links_that_narrow_are_not_followed(client: FlaskClient) -> None:
    """Robots leave combinations of filters alone: the page says so, each link does, and robots.txt."""
    for html in (client.get("/datasets/").text, client.get("/datasets/?theme=education").text):
        links = parse(html).all("a", class_="facet__link")
        assert links
        assert {link["rel"] for link in links} == {"nofollow"}
    page = parse(client.get("/en/datasets/?theme=education").text)
    assert page.one("meta", name="robots")["content"] == "noindex, nofollow"
    assert "Disallow: /datasets/?\n" in client.get("/robots.txt").text


def test_every_value_of_a_filter_can_be_reached(client: FlaskClient) -> None:
    """A page of its own shows all values of one filter; without it the list is the page of the release."""
    whole = client.get("/datasets/?whole=publisher")
    assert (whole.status_code, whole.data == client.get("/datasets/").data) == (200, False)
    assert client.get("/datasets/?whole=colour").data == client.get("/datasets/").data


def test_lists_are_shown_where_words_cannot_be_looked_for(tiny_release: Path, tmp_path: Path) -> None:
    """The page has the list, says that searching is out of order, and that it may come back (503)."""
    release = Path(shutil.copytree(tiny_release, tmp_path / "release"))
    shutil.rmtree(release / "search" / "whoosh")
    response = create_app(release).test_client().get("/datasets/?q=%E5%AD%A6%E6%A0%A1&theme=education")
    page = parse(response.text)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "检索暂时不可用" in page.one("p", role="alert").words
    assert page.one("input", name="q")["value"] == "学校"
    assert [link.words for link in page.all("a", class_="card__link")] == ["学校名录"]


@pytest.mark.parametrize("file", ["terms.sqlite", "named_rows.sqlite"])
def test_words_are_found_to_the_letter_without_their_helpers(tiny_release: Path, tmp_path: Path, file: str) -> None:
    """Where the file of terms or that of names is damaged, exact hits come all the same."""
    release = Path(shutil.copytree(tiny_release, tmp_path / "release"))
    path = release / "search" / file
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(b"\x00" * len(content))
    client = create_app(release).test_client()
    assert [item["name"] for item in client.get("/api/v1/datasets?q=学校").get_json()["items"]] == ["schools"]
    assert client.get("/api/v1/suggest?q=学").status_code == 200


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "words", ["字", '"', "OR", "-", "*" * 200, "\x00", "\u202e", "😀", "publisher:", "<mark>学校</mark>"]
)
def test_strange_words_get_a_page(client: FlaskClient, path: str, words: str) -> None:
    """Whatever is typed gets an answer, and nothing of it becomes HTML."""
    response = client.get(path, query_string={"q": words})
    assert response.status_code == 200
    assert not re.search(r"<mark>", response.text)


def test_a_text_that_is_far_too_long_is_told_so(client: FlaskClient) -> None:
    """Whoever pastes ten thousand characters reads that the address is too long."""
    response = client.get("/datasets/", query_string={"q": "字" * 10_000})
    assert response.status_code == 414
    assert "网址太长" in parse(response.text).one("main").words

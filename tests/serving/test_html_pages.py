"""What the server answers as HTML: searches and errors, in both languages."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from parsed import Element, parse

HOSTILE = [
    '<script>alert(1)</script>"',
    '"><img src=x onerror=alert(1)>',
    "'onfocus='alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "%s %(query)s %%",
    "javascript:alert(1)",
]

LISTS = [("zh-CN", "/datasets/", ""), ("en", "/en/datasets/", "/en")]


def get(client: FlaskClient, path: str, status: int = 200) -> Element:
    """Return the page at a path, read as HTML."""
    response = client.get(path)
    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")
    return parse(response.text)


def cards(page: Element) -> list[str]:
    """Return the addresses of the datasets in a list, as they stand in the page."""
    return [link["href"] for link in page.all("a", class_="card__link")]


@pytest.mark.parametrize(("lang", "path", "root"), LISTS)
def test_a_search_shows_what_fits(client: FlaskClient, lang: str, path: str, root: str) -> None:
    """A search gives a page in the language of its address with the datasets found, each with a relative link."""
    page = get(client, f"{path}?q=学校")
    assert page.one("html")["lang"] == lang
    assert len(page.all("h1")) == 1
    assert [urljoin(path, href) for href in cards(page)] == [f"{root}/datasets/schools/"]
    assert page.one("input", name="q")["value"] == "学校"
    assert "学校" in page.one("p", role="status").words


def test_a_search_in_english_finds_chinese_entries(client: FlaskClient) -> None:
    """Both languages are searched in both; the page shows the titles of its own."""
    assert get(client, "/en/datasets/?q=学校").one("a", class_="card__link").words == "List of schools"
    assert get(client, "/datasets/?q=school").one("a", class_="card__link").words == "学校名录"


def test_chinese_words_that_were_typed_have_their_language(client: FlaskClient) -> None:
    """An English page that repeats them says so to who has it read aloud."""
    assert "学校" in [item.words for item in get(client, "/en/datasets/?q=学校").all("span", lang="zh-CN")]


def test_a_list_without_a_search_is_the_page_of_the_release(client: FlaskClient) -> None:
    """Without parameters the built page comes, with its validator."""
    response = client.get("/datasets/")
    assert response.data == client.get("/datasets/index.html").data
    assert response.headers["ETag"]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ("publisher=transport", ["bus-lines", "salaries"]),
        ("publisher=transport&format=CSV", ["bus-lines"]),
        ("theme=finance&theme=education", ["schools", "salaries"]),
        ("q=公交&sort=title", ["bus-lines"]),
        ("sort=title", ["bus-lines", "schools", "salaries"]),
        ("q=没有", []),
        ("q=", ["bus-lines", "schools", "salaries"]),
    ],
)
def test_filters_and_orders_are_those_of_the_api(client: FlaskClient, parameters: str, names: list[str]) -> None:
    """A page shows the datasets that the API gives for the same parameters, in the same order."""
    shown = [href.split("/")[-2] for href in cards(get(client, f"/datasets/?{parameters}"))]
    given = [item["name"] for item in client.get(f"/api/v1/datasets?{parameters}").get_json()["items"]]
    assert shown == given == names


def test_a_facet_link_adds_its_filter(client: FlaskClient) -> None:
    """Every facet value leads to a search with one more filter, which finds as many datasets as the link says."""
    page = get(client, "/datasets/?publisher=transport")
    links = [link for link in page.all("a", class_="facet__link") if "aria-current" not in link.attributes]
    assert links
    for link in links:
        found = client.get(urljoin("/datasets/", link["href"]).replace("/datasets/", "/api/v1/datasets", 1)).get_json()
        counts = {item["label"]: item["count"] for values in found["facets"].values() for item in values}
        label, count = link.one("span", class_="facet__label").words, link.one("span", class_="facet__count").words
        assert counts[label] == int(count)


def test_a_chosen_filter_can_be_taken_away(client: FlaskClient) -> None:
    """A chosen value stands above the list and in its facet, each with the search without it."""
    page = get(client, "/datasets/?q=交通&publisher=transport&format=CSV")
    chips = {link.words: link["href"] for link in page.all("a", class_="chips__link")}
    without = {query(href) for href in chips.values()}
    assert without == {(("q", "交通"), ("format", "CSV")), (("q", "交通"), ("publisher", "transport"))}
    selected = [link for link in page.all("a", class_="facet__link") if link.attributes.get("aria-current") == "true"]
    assert {query(link["href"]) for link in selected} == without
    assert query(page.one("a", class_="chips__reset")["href"]) == (("q", "交通"),)


def query(href: str) -> tuple[tuple[str, str], ...]:
    """Return the parameters of an address."""
    return tuple(parse_qsl(urlsplit(href).query))


def test_a_new_search_keeps_the_filters(client: FlaskClient) -> None:
    """The form sends the chosen filters and order along with the new words."""
    form = get(client, "/datasets/?q=a&theme=finance&theme=traffic&sort=title").one("form")
    hidden = [(item["name"], item["value"]) for item in form.all("input", type="hidden")]
    assert hidden == [("theme", "finance"), ("theme", "traffic"), ("sort", "title")]
    assert (form["method"], urljoin("/datasets/", form["action"])) == ("get", "/datasets/")


def test_the_other_language_shows_the_same_search(client: FlaskClient) -> None:
    """The link to the other language keeps words and filters."""
    for path, other in (("/datasets/", "/en/datasets/"), ("/en/datasets/", "/datasets/")):
        link = get(client, f"{path}?q=%E5%AD%A6&theme=education").one("a", class_="header__language")
        assert urljoin(path, link["href"]) == f"{other}?q=%E5%AD%A6&theme=education"


def test_search_engines_do_not_index_searches(client: FlaskClient) -> None:
    """The answer to a search is neither indexed nor followed, and has no address of its own for engines."""
    page = get(client, "/datasets/?q=学校")
    assert page.one("meta", name="robots")["content"] == "noindex, nofollow"
    assert page.all("link", rel="canonical") == []


@pytest.mark.parametrize("lang_path", ["/datasets/", "/en/datasets/"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_words(client: FlaskClient, lang_path: str, text: str) -> None:
    """What a visitor typed comes back in the form exactly as typed, and makes no element, handler or link."""
    response = client.get(lang_path, query_string={"q": text, "publisher": text})
    page = parse(response.text)
    assert response.status_code == 200
    assert page.one("input", name="q")["value"] == " ".join(text.split())
    assert_inert(page)


@pytest.mark.parametrize("path", ["/datasets/", "/en/datasets/"])
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_filters_are_shown_as_words(client: FlaskClient, path: str, value: str) -> None:
    """A filter that nobody has is named on the page as text."""
    response = client.get(path, query_string={"publisher": value})
    page = parse(response.text)
    assert response.status_code == 200
    assert " ".join(value.split()) in page.one("main").words
    assert_inert(page)


@pytest.mark.parametrize("path", ["/<script>alert(1)</script>", "/en/<img src=x onerror=alert(1)>", "/{{ 7*7 }}"])
def test_hostile_addresses_are_not_found(client: FlaskClient, path: str) -> None:
    """An address that holds HTML is not found, and makes no element."""
    assert_inert(get(client, path, 404))


def assert_inert(page: Element) -> None:
    """Check that a page has only its own script, no handlers, and no links that run something."""
    scripts = [item.attributes.get("src", item.text) for item in page.all("script")]
    assert [script for script in scripts if not re.search(r"static/js/[a-z-]+\.[0-9a-f]{10}\.js$", script)] == []
    assert [name for item in page.all() for name in item.attributes if name.startswith("on")] == []
    assert [
        item for item in page.all("a") if urlsplit(item["href"]).scheme not in ("", "http", "https", "mailto", "tel")
    ] == []
    images = [item["src"] for item in page.all("img")]
    assert [image for image in images if not re.search(r"static/img/mark\.[0-9a-f]{10}\.svg$", image)] == []


@pytest.mark.parametrize(("lang", "path", "root"), LISTS)
@pytest.mark.parametrize(
    ("parameters", "named"),
    [("page=0", "page"), ("per_page=x", "per_page"), ("sort=y", "sort")],
)
def test_a_wrong_parameter_gives_a_page_that_names_it(
    client: FlaskClient, lang: str, path: str, root: str, parameters: str, named: str
) -> None:
    """Status 400 comes as a page in the language of the address that says what is wrong and where to go on."""
    page = get(client, f"{path}?{parameters}", 400)
    assert page.one("html")["lang"] == lang
    assert named in page.one("p", class_="lead").words
    assert f"{root}/" in [link["href"] for link in page.one("main").all("a")]


@pytest.mark.parametrize(
    ("path", "lang", "root"),
    [
        ("/nothing", "zh-CN", "/"),
        ("/datasets/nobody/", "zh-CN", "/"),
        ("/english/", "zh-CN", "/"),
        ("/en/nothing", "en", "/en/"),
        ("/en/datasets/nobody/deep/", "en", "/en/"),
    ],
)
def test_a_missing_page_says_so_in_its_language(client: FlaskClient, path: str, lang: str, root: str) -> None:
    """Status 404 comes as a page in the language of the address, whose links work at any depth."""
    page = get(client, path, 404)
    assert (page.one("html")["lang"], len(page.all("h1"))) == (lang, 1)
    assert page.one("meta", name="robots")["content"] == "noindex"
    links = [link["href"] for link in page.one("main").all("a")]
    assert links == ["tel:0000000", f"{root}", f"{root}datasets/", f"{root}themes/", f"{root}publishers/"]
    for href in (*links[1:], *(link["href"] for link in page.all("link", rel="stylesheet"))):
        assert client.get(href).status_code == 200


def test_the_built_page_for_missing_addresses_is_the_one_that_is_served(client: FlaskClient) -> None:
    """A static web server that shows 404.html shows what the app shows."""
    for root in ("/", "/en/"):
        assert client.get(f"{root}nothing").data == client.get(f"{root}404.html").data


def test_a_page_cannot_be_posted_to(client: FlaskClient) -> None:
    """Other methods are refused with a page for people, which says which methods are allowed."""
    response = client.post("/datasets/")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert len(parse(response.text).all("h1")) == 1


@pytest.mark.parametrize("path", ["/datasets/?q=a", "/datasets/?page=0", "/nothing", "/"])
def test_every_page_forbids_foreign_and_inline_scripts(client: FlaskClient, path: str) -> None:
    """Searches, errors and built pages have one policy."""
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == client.get("/about/").headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_pager_keeps_the_size_of_a_page(client: FlaskClient) -> None:
    """The next page goes on where this one ends."""
    page = get(client, "/datasets/?per_page=1")
    after = get(client, urljoin("/datasets/", page.one("a", rel="next")["href"]))
    assert [href.split("/")[-2] for href in cards(after)] == ["schools"]


def test_parameters_that_others_add_to_links_are_passed_over(client: FlaskClient) -> None:
    """A link that was shared with a tracking parameter still leads to the list."""
    assert client.get("/datasets/?utm_source=x").data == client.get("/datasets/").data
    assert cards(get(client, "/datasets/?q=school&utm_source=x")) == cards(get(client, "/datasets/?q=school"))


def test_a_folder_without_its_slash_keeps_the_query(client: FlaskClient) -> None:
    """What stands behind the question mark is not lost on the way, and the way stays on the same host."""
    for path, location in (
        ("/datasets", "datasets/?q=school"),
        ("/en/datasets", "datasets/?q=school"),
        ("/themes", "themes/?q=school"),
    ):
        response = client.get(f"{path}?q=school", headers={"Host": "evil.example"})
        assert (response.status_code, response.headers["Location"]) == (308, location)


def test_a_page_past_the_end_is_the_last_page(client: FlaskClient) -> None:
    """A list that has become shorter does not look empty."""
    assert cards(get(client, "/datasets/?per_page=2&page=9")) == cards(get(client, "/datasets/?per_page=2&page=2"))


def test_the_type_of_every_page_is_said_and_never_guessed(client: FlaskClient) -> None:
    """Pages that the server makes have the header that released pages have."""
    for path in ("/", "/nothing", "/datasets/?q=a", "/datasets/?page=0"):
        assert client.get(path).headers.get("X-Content-Type-Options") == "nosniff"

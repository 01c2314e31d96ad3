"""Pages of the explorer as tests read them: rows, sentences, chips, fields and faults."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urljoin

from flask.testing import FlaskClient
from parsed import Element, parse

EXPLORED = "/datasets/explored/resources/{}/rows/"
UNFOLDED = ("_form", "filters")
"""What an address asks for the filters of all columns."""


def page_of(client: FlaskClient, table: str, *asked: tuple[str, str], status: int = 200, lang: str = "zh") -> Element:
    """Return the page of a table of the dataset ``explored`` that answers what is asked."""
    return ask(client, ("/en" if lang == "en" else "") + EXPLORED.format(table), *asked, status=status)


def ask(client: FlaskClient, path: str, *asked: tuple[str, str], status: int = 200) -> Element:
    """Return the page at a path that answers what is asked."""
    response = client.get(f"{path}?{urlencode(asked)}" if asked else path)
    if response.status_code == 303:
        response = client.get(followed(path, response.headers["Location"]))
    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8"), response.text
    return parse(response.text)


def followed(path: str, location: str) -> str:
    """Return where a browser goes; the client of Flask does not read what is relative."""
    return urljoin(path, location)


def led_to(client: FlaskClient, table: str, *asked: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what the short address asks to which a long one leads."""
    response = client.get(f"{EXPLORED.format(table)}?{urlencode(asked)}")
    assert response.status_code == 303, response.text
    return parse_qsl(response.headers["Location"].partition("?")[2])


def rows_of(page: Element) -> list[list[str]]:
    """Return the table, its headings first."""
    (table,) = page.all("table", class_="table--look")
    return [[cell.words for cell in row.all("th", "td")] for row in table.all("tr")]


def column_of(page: Element, number: int = 0) -> list[str]:
    """Return the cells of one column."""
    return [row[number] for row in rows_of(page)[1:]]


def said_on(page: Element) -> list[str]:
    """Return the sentences about what was found."""
    return [item.words for item in page.one("div", class_="row-answer__said").all("p")]


def chips_of(page: Element) -> dict[str, list[tuple[str, str]]]:
    """Return each condition, and what is asked without it."""
    return {item.words: query_of(item["href"]) for item in page.all("a", class_="chips__link")}


def query_of(href: str) -> list[tuple[str, str]]:
    """Return what an address of the same page asks."""
    return parse_qsl(href.partition("?")[2])


def form_of(page: Element) -> list[tuple[str, str]]:
    """Return what a browser sends of the form as it stands."""
    return list(_sent(page.one("form", class_="row-form").all("input", "select")))


def _sent(fields: Sequence[Element]) -> list[tuple[str, str]]:
    sent = []
    for one in fields:
        if one.tag == "select":
            options = one.all("option")
            chosen = [item for item in options if "selected" in item.attributes] or options[:1]
            sent += [(one["name"], item["value"]) for item in chosen[:1]]
        elif one.attributes.get("type") != "checkbox" or "checked" in one.attributes:
            sent.append((one["name"], one.attributes.get("value", "on")))
    return sent


def faults_of(page: Element) -> dict[str, str]:
    """Return what is wrong by the name of the field, told with the answer and at the field alike."""
    told = {item["data-field"]: item.words for item in page.all("li") if "data-field" in item.attributes}
    names = {
        item["aria-describedby"]: item["name"]
        for item in page.all("select", "input")
        if "aria-invalid" in item.attributes
    }
    at_fields = {
        names[item["id"]]: item.words for item in page.all("p", class_="row-form__error") if item["id"] in names
    }
    assert at_fields.items() <= told.items()
    return told

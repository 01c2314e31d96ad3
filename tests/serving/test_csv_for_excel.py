"""CSV for Excel on the page of a dataset: a byte order mark, or GB18030, for every table that is given out."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient
from parsed import parse

ROWS = "../../api/v1/datasets/bus-lines/resources/lines/rows?_format=csv&_encoding="


@pytest.mark.parametrize(
    ("encoding", "content_type"), [("utf-8-sig", "text/csv; charset=utf-8"), ("gb18030", "text/csv; charset=gb18030")]
)
def test_the_page_leads_to_a_csv_that_excel_opens(client: FlaskClient, encoding: str, content_type: str) -> None:
    """The link gives all rows of the published table in the other encoding, to be saved."""
    page = parse(client.get("/datasets/bus-lines/").text)
    links = [link.attributes["href"] for one in page.all("p", class_="resource__excel") for link in one.all("a")]
    assert f"{ROWS}{encoding}" in links
    answer = client.get(f"/api/v1/datasets/bus-lines/resources/lines/rows?_format=csv&_encoding={encoding}")
    published = client.get("/data/bus-lines/lines.csv").data.decode("utf-8")
    assert (answer.status_code, answer.content_type) == (200, content_type)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    rows = [list(csv.reader(io.StringIO(text))) for text in (answer.data.decode(encoding), published)]
    assert rows[0] == rows[1]


def test_what_is_closed_has_none(client: FlaskClient) -> None:
    """A dataset that is not open offers no rows, and its page runs no script for them."""
    text = client.get("/datasets/salaries/").text
    assert ("resource__excel" in text, "served.js" in text) == (False, False)

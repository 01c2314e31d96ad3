"""An answer that is known (304) says of caching what the answer itself says (RFC 9110, 15.4.5), whoever gives it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

TABLE = "/api/v1/datasets/odd/resources/odd/rows"
WAYS = ("limit", "sort")


def dump_of(client: FlaskClient) -> str:
    """Return the address of a dump."""
    resources = client.get("/api/3/action/package_show?id=odd").get_json()["result"]["resources"]
    return next(f"/datastore/dump/{item['id']}" for item in resources if item["datastore_active"])


@pytest.mark.parametrize(
    "path",
    ["/datasets/?q=x", "/api/v1/datasets", "/api/3/action/package_search", f"{TABLE}?_format=csv&_sort=-limit", "dump"],
)
def test_what_is_known_is_kept_as_long_as_what_is_told(row_client: FlaskClient, path: str) -> None:
    """Cache-Control, ETag and the headers that the answer hangs on are those of the answer."""
    path = dump_of(row_client) if path == "dump" else path
    told = row_client.get(path, headers={"Accept-Encoding": "gzip"})
    known = row_client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": told.headers["ETag"]})
    assert (told.status_code, known.status_code, known.data) == (200, 304, b"")
    of_both = [
        (answer.headers["ETag"], answer.headers["Cache-Control"], sorted(answer.vary)) for answer in (told, known)
    ]
    assert of_both[0] == of_both[1]
    assert of_both[0][1] == "no-cache"


def test_values_in_another_order_are_another_answer(row_client: FlaskClient) -> None:
    """The first of two columns to sort by comes first, so no tag is good for both questions."""
    tags = {row_client.get(f"{TABLE}?_sort={one}&_sort={two}").headers["ETag"] for one, two in (WAYS, WAYS[::-1])}
    assert len(tags) == 2

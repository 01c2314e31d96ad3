"""Words that look like numbers and are none that a machine can hold, and cursors that somebody made, are no failure."""

from __future__ import annotations

import base64

import pytest
from flask.testing import FlaskClient

ROWS = "/api/v1/datasets/odd/resources/odd/rows"


@pytest.mark.parametrize(
    "word", ["1e999999", "-1e999999", "1e999999999999999999", "-1e999999999999999999", "1e-999999999999999999", "sNaN"]
)
def test_a_word_that_is_a_number_beyond_all_others_finds_nothing(row_client: FlaskClient, word: str) -> None:
    """Numbers of a million digits, or of more than any decimal has, are words in no row, by GET and by POST."""
    asked = row_client.get(ROWS, query_string={"_q": word})
    posted = row_client.post(ROWS, json={"q": word})
    assert [(answer.status_code, answer.get_json()["rows"]) for answer in (asked, posted)] == [(200, []), (200, [])]


def test_a_cursor_that_points_behind_all_numbers_is_refused(row_client: FlaskClient) -> None:
    """Whoever writes a place of his own into a cursor is told that it is none, whether rows or groups are asked for."""
    for asked in ({"_limit": "1"}, {"_limit": "1", "_group_by": "limit"}):
        cursor = row_client.get(ROWS, query_string=asked).get_json()["next"]
        data = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        made = base64.urlsafe_b64encode(data[:-8] + b"\xff" * 8).decode().rstrip("=")
        answer = row_client.get(ROWS, query_string={**asked, "_cursor": made})
        assert (answer.status_code, answer.get_json()["parameter"]) == (409, "_cursor")

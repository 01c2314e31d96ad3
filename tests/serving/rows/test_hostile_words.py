"""Words of a question that look like numbers and are none that a machine can hold are looked for, and not found."""

from __future__ import annotations

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

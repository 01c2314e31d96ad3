"""QR codes of datasets' pages: they lead to the page in its language, and there is none of what does not exist."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import segno

from portal.serving.app import create_app


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_code_leads_to_the_page_beside_it(tiny_release: Path, prefix: str) -> None:
    """At the address at which the portal is reached, as a picture that scripts cannot hide in."""
    client = create_app(tiny_release).test_client()
    answer = client.get(f"{prefix}/datasets/schools/qr.svg", base_url="http://data.city.example")
    wanted = io.BytesIO()
    code = segno.make(f"http://data.city.example{prefix}/datasets/schools/", error="m", micro=False)
    code.save(wanted, kind="svg", scale=4, border=4, light="#fff")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/svg+xml", wanted.getvalue())
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_what_does_not_exist_has_no_code(tiny_release: Path) -> None:
    """Whatever its name."""
    client = create_app(tiny_release).test_client()
    for path in ("/datasets/nobody/qr.svg", "/datasets/..%2f/qr.svg", "/datasets/qr.svg"):
        assert client.get(path).status_code == 404

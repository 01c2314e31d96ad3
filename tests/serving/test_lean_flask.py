"""Flask without sessions and subdomains: hosts are read as Flask reads them, and nothing is kept about who asks."""

from __future__ import annotations

import pytest
from flask import Flask, Response, request, session
from flask.testing import FlaskClient

from portal.serving.lean_flask import LeanFlask, root_address

HOSTS = (
    "localhost",
    "a.example:8080",
    "a.example:80",
    "a.example:443",
    "A.Example",
    "xn--fiq228c.example",
    "[::1]:8000",
)


def client_of(app: Flask) -> FlaskClient:
    """Return a client of an app that tells by what address it was asked."""

    @app.get("/<name>/")
    def told(name: str) -> Response:
        return Response(f"{request.host} {request.host_url} {root_address(request.scheme, request.host)} {name}")

    return app.test_client()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/x/", "/x", "/%E4%B8%AD%E6%96%87/?q=%E4%B8%AD", "/%FF/", "/x/y"])
def test_addresses_are_read_as_flask_reads_them(scheme: str, host: str, path: str) -> None:
    """Rules, redirects to the address with a slash, and what absolute addresses begin with."""
    given = {"HTTP_HOST": host, "wsgi.url_scheme": scheme}
    told = [
        (answer.status_code, answer.data, answer.headers.get("Location"))
        for app in (Flask("plain", static_folder=None), LeanFlask("lean"))
        for answer in [client_of(app).get(path, environ_overrides=given)]
    ]
    assert told[0] == told[1]
    if told[0][0] == 200:
        _, host_url, root, _ = told[1][1].decode().split(" ", 3)
        assert host_url == f"{root}/"


def test_nothing_is_kept_about_who_asks() -> None:
    """No cookie is sent, and what a view would keep fails."""
    app = LeanFlask("lean")
    app.secret_key = "known"

    @app.get("/")
    def keep() -> str:
        session["who"] = "somebody"
        return ""

    answer = app.test_client().get("/")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (500, False)

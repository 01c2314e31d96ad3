"""What stands in /.well-known/: the catalogue of APIs, and whom to tell of a weakness."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient
from support import build_folder

from portal.model.portal import Portal
from portal.pipeline import build
from portal.publishing.formats.well_known import api_catalog, security_txt
from portal.serving.app import create_app
from portal.settings import load_settings

BASE = "https://data.example.cn"


def test_the_apis_are_told_as_a_linkset() -> None:
    """The catalogue of APIs names each API, its description, its guide in both languages and its state."""
    catalog, native, ckan, files = api_catalog(Portal(base_url=BASE))["linkset"]
    guide = [
        {"href": f"{BASE}/developers/", "type": "text/html", "hreflang": ["zh"]},
        {"href": f"{BASE}/en/developers/", "type": "text/html", "hreflang": ["en"]},
    ]
    assert catalog == {
        "anchor": f"{BASE}/.well-known/api-catalog",
        "item": [{"href": f"{BASE}/api/v1"}, {"href": f"{BASE}/api/3"}, {"href": f"{BASE}/catalog.jsonld"}],
    }
    assert native == {
        "anchor": f"{BASE}/api/v1",
        "service-desc": [{"href": f"{BASE}/api/v1/openapi.json", "type": "application/json"}],
        "service-doc": guide,
        "status": [{"href": f"{BASE}/api/v1/health", "type": "application/json"}],
    }
    assert ckan == {"anchor": f"{BASE}/api/3", "service-doc": guide}
    assert [item["href"] for item in files["alternate"]] == [
        f"{BASE}/catalog.ttl",
        f"{BASE}/catalog.rdf",
        f"{BASE}/data.json",
    ]


def test_what_is_named_is_there(client: FlaskClient) -> None:
    """Every address that the catalogue of APIs leads to is answered."""
    document = client.get("/.well-known/api-catalog").get_json(force=True)
    links = [
        link["href"]
        for entry in document["linkset"]
        for relation, links in entry.items()
        if relation not in ("anchor", "item")
        for link in links
    ]
    statuses = {client.get(link.removeprefix("http://127.0.0.1:8000")).status_code for link in links}
    assert (len(links) > 8, statuses) == (True, {200})


def test_programs_learn_of_it_by_head(client: FlaskClient) -> None:
    """GET and HEAD have the media type of a linkset with the profile, and a Link to the catalogue itself."""
    for response in (client.get("/.well-known/api-catalog"), client.head("/.well-known/api-catalog")):
        assert response.status_code == 200
        assert response.content_type == ('application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"')
        assert response.headers["Link"] == '</.well-known/api-catalog>; rel="api-catalog"'


def test_a_contact_for_weaknesses_is_published(tiny: Path, tmp_path: Path) -> None:
    """What catalog.yaml says under ``security`` stands in security.txt, the day of expiry counted from the build's."""
    with (tiny / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "security: {phone: +86 21 0000 0000, email: security@example.cn, policy: 'https://example.cn/policy'}\n"
        )
    release = build(load_settings(tiny, base_url=BASE), tmp_path / "build", today=date(2026, 6, 1)).folder
    assert release is not None
    response = create_app(release).test_client().get("/.well-known/security.txt")
    assert (response.status_code, response.content_type) == (200, "text/plain; charset=utf-8")
    assert response.text == (
        "Contact: mailto:security@example.cn\n"
        "Contact: tel:+86-21-0000-0000\n"
        "Expires: 2027-05-31T00:00:00Z\n"
        "Preferred-Languages: zh, en\n"
        f"Canonical: {BASE}/.well-known/security.txt\n"
        "Policy: https://example.cn/policy\n"
    )


def test_without_a_contact_there_is_no_file(client: FlaskClient, tiny_release: Path) -> None:
    """A portal that names no contact has no security.txt."""
    assert client.get("/.well-known/security.txt").status_code == 404
    assert not (tiny_release / "site/.well-known/security.txt").exists()


def test_it_names_its_own_address_only_where_that_is_safe() -> None:
    """Canonical stands where the portal is reached by https, as the standard wants it."""
    told = [
        security_txt(Portal(security_contact=("mailto:a@example.cn",), base_url=base, has_base_url=True), date.min)
        for base in ("http://data.example.cn", BASE)
    ]
    assert ["Canonical" in text for text in told] == [False, True]


def test_the_files_are_those_of_the_release(tiny: Path, tmp_path: Path) -> None:
    """They lie in the release, so that a web server without the portal hands them out."""
    release = build_folder(tiny, tmp_path / "build").folder
    assert release is not None
    text = (release / "site/.well-known/api-catalog").read_text(encoding="utf-8")
    assert json.loads(text) == api_catalog(load_settings(tiny).portal)

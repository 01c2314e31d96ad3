"""What is declared of the API is what the server answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from parsed import parse

from portal.model.api import Endpoint
from portal.publishing import endpoints
from portal.publishing.endpoints import ENDPOINTS, NATIVE
from portal.serving.app import create_app
from portal.serving.ckan.actions import ACTIONS


def test_every_endpoint_of_the_server_is_declared(tiny_release: Path) -> None:
    """No address below /api/v1 is answered that is not told, and none told that is not answered."""
    rules = [rule.rule for rule in create_app(tiny_release).url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    declared = [endpoint.path.replace("{", "<").replace("}", ">") for endpoint in NATIVE]
    assert len(declared) > 3
    assert sorted(rules) == sorted(declared)


def test_every_action_of_the_server_is_declared() -> None:
    """The actions that are carried out are those with declared parameters."""
    assert set(ACTIONS) == set(endpoints.ACTIONS)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.operation)
def test_every_example_can_be_tried(client: FlaskClient, endpoint: Endpoint) -> None:
    """What stands as an example is answered."""
    assert (
        client.get(endpoint.example.format(name="schools", publisher="education", resource="schools")).status_code
        == 200
    )


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.operation)
def test_every_parameter_says_what_it_means_in_both_languages(endpoint: Endpoint) -> None:
    """A parameter without a Chinese or an English meaning cannot be declared by chance."""
    silent = [item.name for item in endpoint.parameters if not (item.meaning.zh and item.meaning.en)]
    assert silent == []


@pytest.mark.parametrize("path", ["/developers/", "/en/developers/"])
def test_the_page_for_developers_tells_of_every_endpoint(client: FlaskClient, path: str) -> None:
    """The page lists the addresses that are declared, in their order."""
    shown = [item.text for item in parse(client.get(path).text).all("code", class_="endpoint__path")]
    assert shown == [endpoint.path for endpoint in ENDPOINTS]
    assert shown[:2] == ["/api/v1/datasets", "/api/v1/datasets.csv"]

"""package_search over HTTP: CKAN's parameters, shapes and errors."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

ACTION = "/api/3/action/package_search"


def result(client: FlaskClient, **parameters: Any) -> Any:
    """Return the result of a search that succeeds, asked for by GET."""
    response = client.get(ACTION, query_string=parameters)
    assert response.status_code == 200, response.text
    return response.get_json()["result"]


def names(client: FlaskClient, **parameters: Any) -> list[str]:
    """Return the names of what a search finds."""
    return [item["name"] for item in result(client, **parameters)["results"]]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"q": "title:学校"}, ["schools"]),
        ({"q": "organization:transport", "sort": "name asc"}, ["bus-lines", "salaries"]),
        ({"fq": "organization:transport", "sort": "name desc"}, ["salaries", "bus-lines"]),
        ({"fq": "-organization:transport"}, ["schools"]),
        ({"fq": ["organization:transport", "res_format:CSV"]}, ["bus-lines"]),
        ({"fq": "organization:transport", "fq_list": "tags:公交"}, ["bus-lines"]),
        ({"q": "公交 OR 学校", "sort": "name asc"}, ["bus-lines", "schools"]),
        ({"q": "学校", "defType": "lucene"}, ["schools"]),
        ({"q": "学校", "defType": "edismax", "mm": "1", "qf": "title^2 notes", "tie": "0.1"}, ["schools"]),
        ({"q": "公交", "qf": "notes"}, ["bus-lines"]),
        ({"q": '""', "rows": 1, "start": 1, "sort": "name asc"}, ["salaries"]),
        ({"sort": "title_string asc, name desc", "rows": 1}, ["bus-lines"]),
        ({"sort": "rank", "rows": 1, "bf": "x", "boost": "y", "wt": "json", "df": "title"}, ["bus-lines"]),
        ({"fq": "metadata_modified:[2026-06-01T12:00:00Z TO *] metadata_created:[* TO 2026-02-01T00:00:00Z]",
          "sort": "name asc"}, ["bus-lines", "salaries"]),
        ({"fq": "license_id:cc-by", "ext_page": "2", "include_drafts": "true", "use_default_schema": "1"}, ["schools"]),
        ({"start": 10**8}, []),
    ],
)  # fmt: skip
def test_a_search_is_understood_as_by_ckan(client: FlaskClient, parameters: dict[str, Any], found: list[str]) -> None:
    """Words, fields, filters, orders and pages; what a portal without drafts need not know is passed over."""
    assert names(client, **parameters) == found


FACETS = {"organization": {"transport": 2, "education": 1}, "res_format": {"CSV": 2, "JSON": 2}}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_facets_have_the_shape_of_ckan(client: FlaskClient, method: str) -> None:
    """The most frequent values by name in facets; with titles, and sorted by them backwards, in search_facets."""
    if method == "GET":
        parameters = {"facet.field": '["organization", "res_format"]', "facet.limit": "2", "rows": "0"}
        response = client.get(ACTION, query_string=parameters)
    else:
        response = client.post(
            ACTION, json={"facet.field": ["organization", "res_format"], "facet.limit": 2, "rows": 0}
        )
    assert response.get_json()["result"] == {
        "count": 3,
        "facets": FACETS,
        "results": [],
        "sort": "score desc, metadata_modified desc",
        "search_facets": {
            "organization": {
                "title": "organization",
                "items": [
                    {"name": "education", "display_name": "小城教育局", "count": 1},
                    {"name": "transport", "display_name": "小城交通局", "count": 2},
                ],
            },
            "res_format": {
                "title": "res_format",
                "items": [
                    {"name": "JSON", "display_name": "JSON", "count": 2},
                    {"name": "CSV", "display_name": "CSV", "count": 2},
                ],
            },
        },
    }


@pytest.mark.parametrize(
    ("parameters", "facets"),
    [
        ({"facet.field": '["tags"]', "fq": "organization:education"}, {"tags": {"学校": 1, "教育": 1}}),
        ({"facet.field": '["tags"]', "fq": "organization:education", "facet.mincount": 0, "facet.limit": -1},
         {"tags": {"学校": 1, "教育": 1, "公交": 0}}),
        ({"facet.field": '["organization"]', "facet.mincount": 2}, {"organization": {"transport": 2}}),
        ({"facet.field": '["organization"]', "facet.limit": 0}, {"organization": {}}),
        ({"facet.field": '["organization"]', "facet": "false"}, {}),
        ({"facet.field": '["state", "nothing", "title"]'}, {"state": {"active": 3}, "nothing": {}, "title": {}}),
        ({"facet.field": '["sharing_type"]'}, {"sharing_type": {"unconditional": 2, "none": 1}}),
        ({"facet.field": ["groups", "license_id"], "q": "name:schools"},
         {"groups": {"education": 1}, "license_id": {"cc-by": 1}}),
        ({"facet.field": "[]"}, {}),
    ],
)  # fmt: skip
def test_facets_count_what_is_found(client: FlaskClient, parameters: dict[str, Any], facets: Any) -> None:
    """Any field with values can be counted, extras too, over all that is found."""
    assert result(client, rows=0, **parameters)["facets"] == facets


def test_single_fields_can_be_asked_for(client: FlaskClient) -> None:
    """With fl a dataset is what Solr holds of it; extras stand by their own names."""
    asked = {"q": "name:schools", "fl": "id,name res_format tags extras_sharing_type metadata_modified nothing"}
    assert result(client, **asked)["results"] == [
        {
            "id": "1070da9e-600a-5d3a-b512-a05a16238b58",
            "name": "schools",
            "res_format": ["CSV", "XLSX", "JSON", "Parquet"],
            "tags": ["学校", "教育"],
            "sharing_type": "unconditional",
            "metadata_modified": "2026-06-01T23:59:59Z",
        }
    ]
    assert result(client, fl="name", rows=1)["results"] == [{"name": "bus-lines"}]


@pytest.mark.parametrize(
    ("parameters", "status", "error"),
    [
        ({"rows": -1}, 409, {"rows": ["Must be a natural number"]}),
        ({"start": "x"}, 409, {"start": ["Invalid integer"]}),
        ({"facet.limit": "x"}, 409, {"facet.limit": ["Invalid integer"]}),
        ({"facet.mincount": -1}, 409, {"facet.mincount": ["Must be a natural number"]}),
        ({"facet.field": "tags"}, 409, {"facet.field": ["Could not parse as valid JSON"]}),
        ({"facet.field": "[" * 1000}, 409, {"facet.field": ["Could not parse as valid JSON"]}),
        ({"facet.field": '"tags"'}, 409, {"facet.field": ["Not a list"]}),
        ({"facet.field": "[1]"}, 409, {"facet.field": ["Not a string: 1"]}),
        ({"b": 1, "a": 1}, 400, "\"Invalid search parameters: ['a', 'b']\""),
        ({"sort": "name"}, 400, "'Invalid \"sort\" parameter'"),
        ({"sort": "nothing asc"}, 400, "'Invalid \"sort\" parameter'"),
        ({"fq": "metadata_modified:[yesterday TO *]"}, 400, '"Invalid Date String:\'yesterday\'"'),
        ({"q": "x", "defType": "func"}, 400, '"Unknown query type \'func\'"'),
        ({"q": "x", "mm": "many"}, 400, '"mm is no rule: \'many\'"'),
        ({"q": "x", "qf": "^"}, 400, '"qf is no list of fields: \'^\'"'),
        ({"fq": ["a:b"] * 200}, 400, "'The search has more than 100 filters'"),
        ({"q": ":" * 40_000}, 400, "'The query has more than 32768 characters'"),
        ({"q": "x:\x00"}, 400, "'The query holds control characters'"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_in_ckans_words(
    client: FlaskClient, parameters: dict[str, Any], status: int, error: Any
) -> None:
    """Parameters of the wrong kind are a Validation Error, queries that cannot be understood a Search Query Error."""
    response = client.post(ACTION, json=parameters)
    details = response.get_json()["error"]
    if status == 409:
        assert (response.status_code, details) == (409, {"__type": "Validation Error", **error})
    else:
        message = f"Search Query is invalid: {error}"
        assert (response.status_code, details) == (400, {"__type": "Search Query Error", "message": message})


@pytest.mark.parametrize("value", [None, [], {}, [[1]], {"a": [1]}, 1.5, True, "\ud800", "a\r\nb", "../../etc/passwd"])
@pytest.mark.parametrize("name", ["q", "fq", "fq_list", "sort", "rows", "facet.field", "fl", "qf", "mm", "defType"])
def test_odd_values_are_answered_or_refused(client: FlaskClient, name: str, value: Any) -> None:
    """Whatever stands in a parameter, the server does not fail."""
    assert client.post(ACTION, json={name: value}).status_code in (200, 400, 409)


def test_datasets_are_completed_while_typing(client: FlaskClient) -> None:
    """By a part of the name, or by words of the title, of which the last may be unfinished."""
    address = "/api/3/action/package_autocomplete"
    asked = [
        client.get(address, query_string={"q": text, "limit": 5}).get_json()["result"] for text in ("US-L", "学校", "*")
    ]
    bus = {"name": "bus-lines", "title": "公交线路与站点", "match_field": "name", "match_displayed": "bus-lines"}
    school = {"name": "schools", "title": "学校名录", "match_field": "title", "match_displayed": "学校名录 (schools)"}
    assert asked == [[bus], [school], []]
    assert client.get(address).get_json()["error"] == {"__type": "Validation Error", "q": ["Missing value"]}


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["bus-lines", "schools", "salaries"]),
        ({"limit": 2}, ["bus-lines", "schools"]),
        ({"limit": 2, "offset": 1}, ["schools", "salaries"]),
        ({"limit": 2, "page": 2}, ["salaries"]),
    ],
)
def test_current_datasets_come_whole_and_in_parts(
    client: FlaskClient, parameters: dict[str, Any], found: list[str]
) -> None:
    """current_package_list_with_resources gives datasets as package_search does."""
    response = client.get("/api/3/action/current_package_list_with_resources", query_string=parameters)
    shown = response.get_json()["result"]
    assert [item["name"] for item in shown] == found
    assert shown == result(client, fq=f"name:({' OR '.join(found)})")["results"]


def test_pages_count_from_one(client: FlaskClient) -> None:
    """There is no page 0."""
    response = client.get("/api/3/action/current_package_list_with_resources?limit=1&page=0")
    assert response.get_json()["error"] == {"__type": "Validation Error", "page": ["Must be a positive integer"]}

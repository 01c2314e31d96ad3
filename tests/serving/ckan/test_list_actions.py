"""Lists of CKAN: organizations, groups, tags, licences, resources, each alone and as lists that can be narrowed."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.publishing.formats.ckan_ids import ckan_id
from portal.publishing.formats.ckan_resources import resource_id

CSV = resource_id("schools", "data/schools/schools.csv")
EDUCATION_ID = ckan_id("publisher", "education")


def asked(client: FlaskClient, action: str, **parameters: Any) -> tuple[int, Any]:
    """Return the status of an action asked for by POST, and its result or error."""
    response = client.post(f"/api/3/action/{action}", json=parameters)
    document = response.get_json()
    return response.status_code, document["result"] if document["success"] else document["error"]


@pytest.fixture
def today(client: FlaskClient) -> str:
    """The day of the first release of the tiny catalogue, as CKAN writes it."""
    with client.application.app_context():
        day = client.application.extensions["kaifang"].current().today
    return f"{day.isoformat()}T00:00:00.000000"


@pytest.fixture
def education(today: str) -> dict[str, Any]:
    """The education bureau in CKAN's words, with what a list tells."""
    return {
        "id": EDUCATION_ID,
        "name": "education",
        "title": "小城教育局",
        "display_name": "小城教育局",
        "type": "organization",
        "description": "",
        "image_url": "",
        "image_display_url": "",
        "created": today,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
        "package_count": 1,
        "num_followers": 0,
    }


EXTRAS = {
    "extras": [{"key": "title_en", "value": "Small Town Education Bureau", "state": "active"}],
    "tags": [],
    "groups": [],
    "users": [],
}


@pytest.mark.parametrize("key", ["education", EDUCATION_ID])
def test_an_organization_is_a_publisher(client: FlaskClient, education: dict[str, Any], key: str) -> None:
    """organization_show tells all of a publisher by its name or id, and how many datasets it has."""
    assert asked(client, "organization_show", id=key) == (200, {**education, **EXTRAS})


def test_parts_of_an_organization_are_left_out_on_demand(client: FlaskClient, education: dict[str, Any]) -> None:
    """Each include_ parameter adds or takes away its key alone, in any spelling of true and false."""
    without = {f"include_{name}": "False" for name in ("extras", "tags", "groups", "users", "dataset_count")}
    status, shown = asked(client, "organization_show", id="education", include_member_count=1, **without)
    del education["package_count"]
    assert (status, shown) == (200, {**education, "member_count": 0})


def test_the_datasets_of_an_organization_are_shown_on_demand(client: FlaskClient) -> None:
    """With include_datasets the newest datasets stand under packages, as package_show gives them."""
    status, shown = asked(client, "organization_show", id="transport", include_datasets=True)
    expected = [asked(client, "package_show", id=name)[1] for name in ("bus-lines", "salaries")]
    assert (status, shown["packages"], shown["package_count"]) == (200, expected, 2)


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({}, ["transport", "education"]),
        ({"sort": "name"}, ["education", "transport"]),
        ({"sort": "name desc"}, ["transport", "education"]),
        ({"sort": "package_count"}, ["transport", "education"]),
        ({"sort": "package_count asc"}, ["education", "transport"]),
        ({"order_by": "packages"}, ["transport", "education"]),
        ({"limit": 1}, ["transport"]),
        ({"limit": "1", "offset": "1"}, ["education"]),
        ({"offset": 9}, []),
        ({"organizations": ["education", "nobody"]}, ["education"]),
        ({"organizations": "transport,education", "sort": "name"}, ["education", "transport"]),
        ({"q": "教育"}, ["education"]),
        ({"type": "group"}, []),
        ({"colour": "red", "include_users": True}, ["transport", "education"]),
    ],
)
def test_organizations_are_listed(client: FlaskClient, parameters: dict[str, Any], names: list[str]) -> None:
    """organization_list gives names in the order of titles, or as asked for; what it does not know is passed over."""
    assert asked(client, "organization_list", **parameters) == (200, names)


def test_a_list_tells_all_fields_on_demand(client: FlaskClient, education: dict[str, Any]) -> None:
    """With all_fields there is a whole entry for each, and extras or users where they are asked for."""
    one = {"organizations": ["education"], "all_fields": True}
    assert asked(client, "organization_list", **one) == (200, [education])
    whole = {**one, **{f"include_{name}": True for name in ("extras", "tags", "groups", "users")}}
    assert asked(client, "organization_list", **whole) == (200, [{**education, **EXTRAS}])


@pytest.mark.parametrize(
    ("action", "parameters", "status", "error"),
    [
        ("organization_show", {}, 409, {"id": ["Missing value"], "__type": "Validation Error"}),
        ("organization_show", {"id": "traffic"}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        ("organization_show", {"id": ["education"]}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        ("group_show", {"id": "transport"}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        (
            "group_show",
            {"id": "traffic", "include_users": "perhaps"},
            409,
            {"message": "Parameter is not an bool", "__type": "Validation Error"},
        ),
        (
            "organization_list",
            {"sort": "created"},
            409,
            {"message": "Cannot sort by field `created`", "__type": "Validation Error"},
        ),
        (
            "organization_list",
            {"sort": "name up"},
            409,
            {"message": "Invalid sort direction `up`", "__type": "Validation Error"},
        ),
        (
            "group_list",
            {"limit": "many"},
            409,
            {"limit": ["Invalid integer"], "__type": "Validation Error"},
        ),
        ("group_list", {"q": {"a": 1}}, 409, {"q": ["Must be a string"], "__type": "Validation Error"}),
        ("group_package_show", {"id": "nobody"}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        (
            "group_package_show",
            {"id": "traffic", "limit": -1},
            409,
            {"message": "Limit must be a positive integer", "__type": "Validation Error"},
        ),
        ("tag_show", {"id": "没有"}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        ("tag_show", {}, 409, {"id": ["Missing value"], "__type": "Validation Error"}),
        (
            "vocabulary_show",
            {"id": "x"},
            404,
            {"message": 'Not found: Could not find vocabulary "x"', "__type": "Not Found Error"},
        ),
        ("resource_show", {"id": "x\0\ud800"}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        ("resource_view_list", {"id": "x"}, 404, {"message": "Not found", "__type": "Not Found Error"}),
        ("resource_search", {}, 409, {"query": "Missing value", "__type": "Validation Error"}),
        (
            "resource_search",
            {"query": "csv"},
            409,
            {"query": "Must be <field>:<value> pair(s)", "__type": "Validation Error"},
        ),
        (
            "resource_search",
            {"query": ["format:csv", "colour:red"]},
            409,
            {"query": 'Field "colour" not recognised in resource_search.', "__type": "Validation Error"},
        ),
    ],
)
def test_what_cannot_be_answered_is_said_in_ckans_words(
    client: FlaskClient, action: str, parameters: dict[str, Any], status: int, error: dict[str, Any]
) -> None:
    """Status, type and message are those of CKAN."""
    assert asked(client, action, **parameters) == (status, error)


def test_a_group_is_a_topic(client: FlaskClient, today: str) -> None:
    """group_show tells all of a topic by its name or id."""
    id_ = ckan_id("theme", "traffic")
    expected = {
        "id": id_,
        "name": "traffic",
        "title": "交通运输",
        "display_name": "交通运输",
        "type": "group",
        "description": "",
        "image_url": "",
        "image_display_url": "",
        "created": today,
        "is_organization": False,
        "approval_status": "approved",
        "state": "active",
        "package_count": 1,
        "num_followers": 0,
        **EXTRAS,
        "extras": [{"key": "title_en", "value": "Transport", "state": "active"}],
    }
    assert [asked(client, "group_show", id=key) for key in ("traffic", id_)] == [(200, expected)] * 2


def test_topics_with_datasets_are_listed_by_their_number(client: FlaskClient) -> None:
    """Sorted by their datasets, topics without any are left out, as CKAN does; otherwise all topics are listed."""
    _, counted = asked(client, "group_list", sort="package_count")
    _, listed = asked(client, "group_list")
    assert sorted(counted) == ["education", "finance", "traffic"]
    assert set(counted) < set(listed)


def test_the_datasets_of_a_topic_are_shown(client: FlaskClient) -> None:
    """group_package_show gives whole datasets; of an organization it gives none."""
    shown = asked(client, "package_show", id="bus-lines")[1]
    assert asked(client, "group_package_show", id="traffic", limit="5") == (200, [shown])
    assert asked(client, "group_package_show", id="transport") == (200, [])


def test_names_are_completed(client: FlaskClient) -> None:
    """What begins or ends anywhere in a name or title completes it."""
    assert asked(client, "organization_autocomplete", q="EDU") == (
        200,
        [{"id": EDUCATION_ID, "name": "education", "title": "小城教育局"}],
    )
    assert asked(client, "group_autocomplete", q="交通") == (
        200,
        [{"id": ckan_id("theme", "traffic"), "name": "traffic", "title": "交通运输"}],
    )
    assert asked(client, "tag_autocomplete", query="学") == (200, ["学校"])


def tag(name: str) -> dict[str, Any]:
    """Return a tag in CKAN's words."""
    return {"id": ckan_id("tag", name), "name": name, "display_name": name, "vocabulary_id": None}


@pytest.mark.parametrize(
    ("parameters", "result"),
    [
        ({}, ["公交", "学校", "教育"]),
        ({"query": " 校 "}, ["学校"]),
        ({"q": "没有"}, []),
        ({"vocabulary_id": "x"}, []),
        ({"query": "学校", "all_fields": "true"}, [tag("学校")]),
    ],
)
def test_tags_are_listed(client: FlaskClient, parameters: dict[str, Any], result: list[Any]) -> None:
    """tag_list gives the keywords of all datasets, sorted, or those that hold a word."""
    assert asked(client, "tag_list", **parameters) == (200, result)


def test_a_tag_is_shown_with_its_datasets(client: FlaskClient) -> None:
    """tag_show takes the name or the id, and gives whole datasets where asked to."""
    assert asked(client, "tag_show", id="学校") == (200, tag("学校"))
    shown = asked(client, "package_show", id="schools")[1]
    found = asked(client, "tag_show", id=ckan_id("tag", "学校"), include_datasets=True)
    assert found == (200, {**tag("学校"), "packages": [shown]})


def test_tags_are_searched(client: FlaskClient) -> None:
    """tag_search counts all and gives a page."""
    page = [{key: value for key, value in tag("教育").items() if key != "display_name"}]
    assert asked(client, "tag_search", query=["教"], limit=1) == (200, {"count": 1, "results": page})
    assert asked(client, "tag_search") == (200, {"count": 0, "results": []})


def test_licences_are_listed_by_ckans_ids(client: FlaskClient) -> None:
    """license_list has an entry for none, and all values are texts."""
    status, licences = asked(client, "license_list")
    assert [item["id"] for item in licences] == [
        "notspecified",
        "cc-by",
        "cc-by-sa",
        "cc-zero",
        "odc-odbl",
        "odc-by",
        "odc-pddl",
        "cc-nc",
    ]
    assert (status, licences[1]) == (
        200,
        {
            "id": "cc-by",
            "title": "知识共享署名 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
            "status": "active",
            "family": "",
            "maintainer": "",
            "is_generic": "False",
            "domain_content": "False",
            "domain_data": "True",
            "domain_software": "False",
            "od_conformance": "approved",
            "osd_conformance": "not reviewed",
        },
    )


def test_a_resource_is_shown_as_its_dataset_shows_it(client: FlaskClient) -> None:
    """resource_show gives the entry of package_show; a resource has no views."""
    first = asked(client, "package_show", id="schools")[1]["resources"][0]
    assert first["id"] == CSV
    assert asked(client, "resource_show", id=CSV) == (200, first)
    assert asked(client, "resource_view_list", id=CSV, limit=0) == (200, [])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name:原始", ["schools/original/schools.csv", "bus-lines/original/lines.csv", "bus-lines/original/stops.csv"]),
        (["format:CSV", "url:/DATA/SCHOOLS/SCHOOLS"], ["schools/schools.csv"]),
        (["url:http://localhost/data/schools/", "format:parquet"], ["schools/schools.parquet"]),
        ("url_type:upload", []),
        ("hash:sha256:zz", []),
        ("name:%", []),
        ("description:'; DROP TABLE x", []),
    ],
)
def test_resources_are_searched(client: FlaskClient, query: str | list[str], names: list[str]) -> None:
    """resource_search finds a part of a field in any case; several terms must all hold."""
    status, found = asked(client, "resource_search", query=query)
    urls = sorted(f"http://localhost/data/{name}" for name in names)
    assert (status, found["count"], sorted(item["url"] for item in found["results"])) == (200, len(names), urls)


def test_resources_are_found_by_hash_and_size(client: FlaskClient) -> None:
    """A hash is found by its beginning, a size by itself; a page may be asked for, in an order."""
    first = asked(client, "resource_show", id=CSV)[1]
    assert asked(client, "resource_search", query=[f"hash:{first['hash'][:20]}", f"size:{first['size']}"])[1] == {
        "count": 1,
        "results": [first],
    }
    _, page = asked(client, "resource_search", query="format:json", order_by="size", offset=1, limit=1)
    _, whole = asked(client, "resource_search", query="format:json", order_by="size")
    assert (page["count"], page["results"]) == (3, whole["results"][1:2])
    assert [item["size"] for item in whole["results"]] == sorted(item["size"] for item in whole["results"])


def test_nobody_edits_anything_here(client: FlaskClient) -> None:
    """No organization is the asker's, and there is no vocabulary."""
    assert asked(client, "organization_list_for_user", permission="read") == (200, [])
    assert asked(client, "vocabulary_list") == (200, [])

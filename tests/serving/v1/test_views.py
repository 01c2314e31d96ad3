"""/api/v1: lists, filters, one dataset, errors, and the description that programs read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate
from support import TODAY

from portal import __version__
from portal.pipeline import build
from portal.serving.app import create_app
from portal.settings import load_settings

HOST = "http://localhost"

CC_BY = {
    "name": "CC-BY-4.0",
    "title": "知识共享署名 4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}

SCHOOLS = {
    "name": "schools",
    "title": "学校名录",
    "description": "小城全部学校的代码、名称、学生人数和建校日期。数据是为测试编写的，不对应任何真实学校。",
    "publisher": {"id": "education", "title": "小城教育局"},
    "themes": [{"id": "education", "title": "教育文化"}],
    "formats": ["CSV", "JSON", "XLSX"],
    "license": CC_BY,
    "sharing": "unconditional",
    "open": "open",
    "updated": "2026-03-01",
    "quality": {
        "points": 365,
        "points_max": 405,
        "band": "excellent",
        "stars": 3,
        "freshness": "current",
        "due": "2028-03-01",
    },
    "demonstration": False,
    "url": f"{HOST}/datasets/schools/",
}

SALARIES = {
    "name": "salaries",
    "title": "工资发放记录",
    "description": "只公布目录条目，不公布文件。",
    "publisher": {"id": "transport", "title": "小城交通局"},
    "themes": [{"id": "finance", "title": "财税金融"}],
    "formats": [],
    "license": None,
    "sharing": "none",
    "open": "closed",
    "updated": "2026-02-01",
    "quality": {
        "points": None,
        "points_max": None,
        "band": None,
        "stars": 0,
        "freshness": "unscheduled",
        "due": None,
    },
    "demonstration": False,
    "url": f"{HOST}/datasets/salaries/",
}


UNMARKED = {"highlights": None}
"""What an item says of its marks where no words were asked for."""


def get(client: FlaskClient, path: str) -> Any:
    """Return the JSON that stands at a path of the API."""
    response = client.get(f"/api/v1{path}")
    assert (response.status_code, response.content_type) == (200, "application/json")
    return response.get_json()


def names(client: FlaskClient, parameters: str) -> list[str]:
    """Return the names of the datasets that a search gives, in its order."""
    return [item["name"] for item in get(client, f"/datasets?{parameters}")["items"]]


def test_the_list_holds_every_dataset_the_newest_first(client: FlaskClient) -> None:
    """Without parameters the answer is the whole catalogue, closed entries among it, on one page."""
    answer = get(client, "/datasets")
    items = {item["name"]: item for item in answer["items"]}
    assert list(items) == ["bus-lines", "schools", "salaries"]
    assert (items["schools"], items["salaries"]) == (SCHOOLS | UNMARKED, SALARIES | UNMARKED)
    assert (answer["total"], answer["page"], answer["pages"]) == (3, 1, 1)
    assert answer["query"] == {"q": "", "sort": "updated", "per_page": 20, "lang": "zh"}


def test_every_facet_is_counted_and_labelled(client: FlaskClient) -> None:
    """Facets give each value with its name for people and the number of datasets."""

    def values(*items: tuple[str, str, int]) -> list[dict[str, Any]]:
        return [{"value": value, "label": label, "count": count} for value, label, count in items]

    assert get(client, "/datasets")["facets"] == {
        "publisher": values(("transport", "小城交通局", 2), ("education", "小城教育局", 1)),
        "theme": values(("education", "教育文化", 1), ("finance", "财税金融", 1), ("traffic", "交通运输", 1)),
        "area": values(("transport", "交通", 1)),
        "format": values(("CSV", "CSV", 2), ("JSON", "JSON", 2), ("XLSX", "XLSX", 2)),
        "license": values(("CC-BY-4.0", "知识共享署名 4.0", 1), ("CC0-1.0", "知识共享公有领域贡献 1.0", 1)),
        "sharing": values(("unconditional", "无条件共享", 2), ("none", "不予共享", 1)),
        "open": values(("open", "无条件开放", 2), ("closed", "不予开放", 1)),
        "update_cycle": values(("annual", "每年", 1), ("monthly", "每月", 1)),
        "spatial": values(("100000", "全国", 1)),
        "year": values(("2026", "2026", 3)),
    }


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("q=学校", ["schools"]),
        ("q=學校", ["schools"]),
        ("q=school", ["schools"]),
        ("q=公交 站名", ["bus-lines"]),
        ("q=公交 学校", []),
        ("publisher=transport", ["bus-lines", "salaries"]),
        ("publisher=transport&publisher=education", ["bus-lines", "schools", "salaries"]),
        ("publisher=transport&format=CSV", ["bus-lines"]),
        ("theme=finance&theme=education", ["schools", "salaries"]),
        ("license=CC0-1.0", ["bus-lines"]),
        ("area=transport", ["bus-lines"]),
        ("sharing=none", ["salaries"]),
        ("open=closed", ["salaries"]),
        ("update_cycle=annual", ["schools"]),
        ("spatial=100000", ["schools"]),
        ("year=2025", []),
        ("sort=title", ["bus-lines", "schools", "salaries"]),
        ("per_page=1&page=3", ["salaries"]),
        ("per_page=2&page=2", ["salaries"]),
        ("page=9", []),
    ],
)
def test_a_search_gives_the_datasets_that_fit(client: FlaskClient, parameters: str, expected: list[str]) -> None:
    """Words must all occur, values of one filter are alternatives, different filters narrow each other."""
    assert names(client, parameters) == expected


def test_counts_of_a_facet_ignore_its_own_filter(client: FlaskClient) -> None:
    """Who has chosen one publisher sees how many datasets the others have."""
    facets = get(client, "/datasets?publisher=education")["facets"]
    assert {item["value"]: item["count"] for item in facets["publisher"]} == {"transport": 2, "education": 1}
    assert {item["value"]: item["count"] for item in facets["theme"]} == {"education": 1}


def test_pages_are_counted(client: FlaskClient) -> None:
    """An answer says which page it is of how many; beyond the last one it is empty, and the total stays."""
    shown = [get(client, f"/datasets?per_page=2&page={page}") for page in (1, 2, 3)]
    assert [(answer["page"], answer["pages"], answer["total"], len(answer["items"])) for answer in shown] == [
        (1, 2, 3, 2),
        (2, 2, 3, 1),
        (3, 2, 3, 0),
    ]


def test_the_query_is_given_back_as_it_was_understood(client: FlaskClient) -> None:
    """The answer says what was asked: words without superfluous blanks, filters, order and language."""
    answer = get(client, "/datasets?q=%20bus%20%20lines&theme=traffic&theme=traffic&per_page=5&lang=en")
    assert answer["query"] == {
        "q": "bus lines",
        "theme": ["traffic"],
        "sort": "relevance",
        "per_page": 5,
        "lang": "en",
    }


def test_titles_come_in_english(client: FlaskClient) -> None:
    """With ``lang=en`` titles, labels and the address of the page are English; what has no translation stays."""
    answer = get(client, "/datasets?lang=en")
    items = {item["name"]: item for item in answer["items"]}
    assert items["schools"] == SCHOOLS | UNMARKED | {
        "title": "List of schools",
        "description": "Code, name, number of pupils and founding day of every school in Small Town. "
        "The data are made up for tests.",
        "publisher": {"id": "education", "title": "Small Town Education Bureau"},
        "themes": [{"id": "education", "title": "Education and culture"}],
        "license": CC_BY | {"title": "Creative Commons Attribution 4.0"},
        "url": f"{HOST}/en/datasets/schools/",
    }
    assert items["bus-lines"]["title"] == "公交线路与站点"
    labels = {item["value"]: item["label"] for item in answer["facets"]["publisher"]}
    assert labels == {"transport": "Small Town Transport Bureau", "education": "Small Town Education Bureau"}


def file_shape(site: Path, path: str, format_: str, media_type: str, *, original: bool = False) -> dict[str, Any]:
    """Return what the API says of the file at *path* of the site."""
    content = (site / path).read_bytes()
    return {
        "format": format_,
        "url": f"{HOST}/{path}",
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": media_type,
        "original": original,
    }


def field_shape(name: str, type_: str, profile: tuple[int, int, str | None, str | None], **constraints: Any) -> Any:
    """Return what the API says of a column; *profile* is gaps, distinct, minimum, maximum."""
    known = dict(zip(("gaps", "distinct", "minimum", "maximum"), profile, strict=True))
    shape = {"name": name, "title": name, "type": type_, "format": "default", "description": ""}
    return shape | {"constraints": constraints} | known


CITED = "小城教育局. 学校名录[DS/OL]. 小城开放数据, 2026 (2026-03-01)[2026-06-01]. http://localhost/datasets/schools/."

DESCRIPTIONS = [
    ("DCAT-AP (JSON-LD)", "application/ld+json", "index.jsonld"),
    ("DCAT-AP (Turtle)", "text/turtle", "index.ttl"),
    ("DCAT-AP (RDF/XML)", "application/rdf+xml", "index.rdf"),
    ("Data Package", "application/json", "datapackage.json"),
    ("CKAN", "application/json", "ckan.json"),
    ("Markdown", "text/markdown", "index.md"),
    ("Croissant", "application/ld+json", "croissant.json"),
    ("Atom", "application/atom+xml", "feed.xml"),
]


def test_a_dataset_is_described_whole(client: FlaskClient, tiny_release: Path) -> None:
    """One dataset comes with all metadata, its files with hashes, and its columns with constraints and profile."""
    site = tiny_release / "site"
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    resource = {
        "name": "schools",
        "title": "学校表",
        "description": "",
        "kind": "table",
        "format": "csv",
        "url": None,
        "crs": "",
        "rows": 3,
        "files": [
            file_shape(site, "data/schools/original/schools.csv", "csv", "text/csv; charset=utf-8", original=True),
            file_shape(site, "data/schools/schools.xlsx", "xlsx", xlsx),
            file_shape(site, "data/schools/schools.csv", "csv", "text/csv; charset=utf-8"),
            file_shape(site, "data/schools/schools.json", "json", "application/json"),
            file_shape(site, "data/schools/schools.parquet", "parquet", "application/vnd.apache.parquet"),
        ],
        "fields": [
            field_shape("学校代码", "string", (0, 3, None, None), required=True, pattern="[0-9]{4}"),
            field_shape("名称", "string", (0, 3, None, None), required=True),
            field_shape("学生数", "integer", (1, 2, "320", "1024"), minimum=0),
            field_shape("建校日期", "date", (0, 3, "1956-09-01", "2001-09-01")),
            field_shape("寄宿", "boolean", (0, 2, None, None)),
        ],
        "primary_key": ["学校代码"],
        "foreign_keys": [],
    }
    detail = get(client, "/datasets/schools")
    citation = detail.pop("citation")
    assert (citation["gb7714"], list(citation)) == (CITED, ["gb7714", "bibtex", "csl_json"])
    assert detail == SCHOOLS | {
        "keywords": ["学校", "教育"],
        "licenses": [CC_BY],
        "sharing_details": {"type": "unconditional", "condition": "无条件", "basis": "", "method": ""},
        "open_condition": "",
        "planned_on": None,
        "code": "",
        "related_codes": [],
        "category": {"code": "", "class_id": "", "item": "", "directory": "", "subdirectory": ""},
        "data_format": {"class_id": "spreadsheet", "type": "", "other": "csv"},
        "items": [
            {"name": name, "name_en": english, "data_type": letter, "length": None}
            for name, english, letter in (
                ("学校代码", "School code", "C"),
                ("名称", "Name", "C"),
                ("学生数", "Pupils", "I"),
                ("建校日期", "Founded", "D"),
                ("寄宿", "Boarding", "L"),
            )
        ],
        "update_cycle": "annual",
        "granularity": "",
        "published": "2026-03-01",
        "areas": [],
        "spatial": "100000",
        "temporal": "",
        "version": "",
        "homepage": "",
        "superseded_by": "",
        "changed": "2026-06-01T23:59:59Z",
        "former_names": [],
        "derived_from": [],
        "sources": [],
        "contact": {"publisher": "小城教育局", "unit": "", "phone": ""},
        "descriptions": [
            {"title": title, "media_type": media_type, "url": f"{HOST}/datasets/schools/{file}"}
            for title, media_type, file in DESCRIPTIONS
        ],
        "package": file_shape(site, "data/schools/schools.zip", "zip", "application/zip"),
        "use": None,
        "resources": [resource],
    }


def test_of_a_closed_dataset_only_the_declared_columns_are_told(client: FlaskClient) -> None:
    """An entry that is not open names its tables and columns, and no file, number of rows or value."""
    (resource,) = get(client, "/datasets/salaries")["resources"]
    unknown = {"gaps": None, "distinct": None, "minimum": None, "maximum": None}
    assert (resource["files"], resource["rows"], resource["url"]) == ([], None, None)
    assert [(item["name"], {key: item[key] for key in unknown}) for item in resource["fields"]] == [
        ("姓名", unknown),
        ("工资", unknown),
    ]


def test_foreign_keys_are_told(client: FlaskClient) -> None:
    """A reference from one table to another stands in the description."""
    lines, stops = get(client, "/datasets/bus-lines")["resources"]
    assert (lines["foreign_keys"], stops["primary_key"]) == ([], ["线路", "序号"])
    assert stops["foreign_keys"] == [{"fields": ["线路"], "resource": "lines", "reference_fields": ["线路"]}]


def test_health_names_the_release(client: FlaskClient, tiny_release: Path) -> None:
    """The state of the service tells which release it serves, since when, and how many datasets it has."""
    info = json.loads((tiny_release / "release.json").read_text(encoding="utf-8"))
    assert get(client, "/health") == {
        "status": "ok",
        "release": info["id"],
        "built_at": info["built_at"],
        "datasets": 3,
        "version": __version__,
    }


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/datasets?colour=red", "colour"),
        ("/datasets?page=0", "page"),
        ("/datasets?per_page=101", "per_page"),
        ("/datasets?sort=size", "sort"),
        ("/datasets?lang=fr", "lang"),
        ("/datasets/schools?lang=fr", "lang"),
        ("/datasets?per_page=x&per_page=5", "per_page"),
        ("/datasets?q=a&q=b", "q"),
        ("/changes?cursor=x&cursor=", "cursor"),
    ],
)
def test_a_wrong_parameter_is_a_problem_that_names_it(client: FlaskClient, path: str, parameter: str) -> None:
    """Status 400 comes as a problem document with a sentence in both languages and the parameter at fault."""
    response = client.get(f"/api/v1{path}")
    document = response.get_json()
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert {key: document[key] for key in ("type", "title", "status", "parameter")} == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "parameter": parameter,
    }
    assert set(document) == {"type", "title", "status", "detail", "detail_zh", "parameter"}
    assert parameter in document["detail"]
    assert parameter in document["detail_zh"]


def test_an_unknown_dataset_is_a_problem(client: FlaskClient) -> None:
    """Status 404 says which name nobody has."""
    response = client.get("/api/v1/datasets/nobody")
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert response.get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": 'There is no dataset "nobody".',
        "detail_zh": "没有名为“nobody”的数据集。",
    }


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/datasets", "/api/v1/datasets/a/b"])
def test_an_unknown_address_below_api_is_a_problem(client: FlaskClient, path: str) -> None:
    """Programs get a problem document, not a page for people, where there is nothing."""
    response = client.get(path)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert response.get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "detail_zh": "这个地址没有内容。",
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_is_read_only(client: FlaskClient, method: str) -> None:
    """Other methods are refused, and the answer says which ones are allowed."""
    response = client.open("/api/v1/datasets", method=method)
    assert (response.status_code, response.content_type) == (405, "application/problem+json")
    assert response.get_json()["title"] == "Method Not Allowed"
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", ["/api/v1/datasets", "/api/v1/datasets/nobody", "/api/3/action/package_list"])
def test_browsers_may_read_the_api_from_any_site(client: FlaskClient, path: str) -> None:
    """Every answer, errors too, may be read by scripts of other sites, and its type is not guessed."""
    headers = client.get(path).headers
    assert (headers["Access-Control-Allow-Origin"], headers["X-Content-Type-Options"]) == ("*", "nosniff")


def test_addresses_begin_as_configured(tiny: Path, tmp_path: Path) -> None:
    """With a base URL every address in an answer begins with it, however the service was asked."""
    base_url = "https://data.example.cn/open"
    report = build(load_settings(tiny, base_url=f"{base_url}/"), tmp_path / "build", today=TODAY)
    assert report.folder is not None
    document = get(create_app(report.folder).test_client(), "/datasets/schools")
    addresses = [document["url"], *(file["url"] for resource in document["resources"] for file in resource["files"])]
    assert [address.partition(base_url)[2] for address in addresses] == [
        "/datasets/schools/",
        "/data/schools/original/schools.csv",
        "/data/schools/schools.xlsx",
        "/data/schools/schools.csv",
        "/data/schools/schools.json",
        "/data/schools/schools.parquet",
    ]


def test_every_operation_may_be_refused_for_the_moment(client: FlaskClient) -> None:
    """Programs made from the description know that they may be told to come again, and when."""
    paths = get(client, "/openapi.json")["paths"]
    operations = [operation for item in paths.values() for operation in item.values()]
    told = {
        (status, name)
        for operation in operations
        for status in ("429", "503")
        for name in operation["responses"][status]["headers"]
    }
    assert told == {("429", "Retry-After"), ("503", "Retry-After")}


def test_what_is_no_parameter_is_repeated_in_short(client: FlaskClient) -> None:
    """A name without end, or with signs that break lines, is not sent back as it came."""
    problem = client.get(f"/api/v1/stats?a%0D%0Ab{'c' * 200}=1").get_json()
    assert problem["detail"] == f'There is no parameter "a  b{"c" * 55}…"; use lang.'


def test_the_description_is_openapi(client: FlaskClient) -> None:
    """openapi.json is a valid OpenAPI 3.1 document that names the place where it is served."""
    document = get(client, "/openapi.json")
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": f"{HOST}/api/v1"}]


def test_bounds_and_defaults_are_described(client: FlaskClient) -> None:
    """Programs learn which orders, languages and pages there are before they ask, and that a blank is the default."""
    described = get(client, "/openapi.json")["paths"]["/datasets"]["get"]["parameters"]
    schemas = {item["name"]: item["schema"] for item in described}
    assert {name: schemas[name] for name in ("q", "theme", "sort", "page", "per_page", "lang")} == {
        "q": {"type": "string"},
        "theme": {"type": "array", "items": {"type": "string"}},
        "sort": {"type": "string", "enum": ["", "relevance", "updated", "title", "quality", "used"]},
        "page": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 10_000}, {"const": ""}], "default": 1},
        "per_page": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 100}, {"const": ""}], "default": 20},
        "lang": {"type": "string", "enum": ["", "zh", "en"], "default": "zh"},
    }


def test_every_filter_is_described(client: FlaskClient) -> None:
    """The description of the search names every parameter that it understands."""
    described = get(client, "/openapi.json")["paths"]["/datasets"]["get"]["parameters"]
    facets = ["publisher", "theme", "area", "format", "license", "sharing", "open", "update_cycle", "spatial", "year"]
    assert [item["name"] for item in described] == ["q", *facets, "sort", "page", "per_page", "lang"]
    assert all(item["description"] and item["in"] == "query" for item in described)


@pytest.mark.parametrize(
    ("described_path", "path"),
    [
        ("/datasets", "/datasets"),
        ("/datasets", "/datasets?q=学校&lang=en&publisher=education"),
        ("/datasets", "/datasets?q=没有"),
        ("/datasets", "/datasets?page=0"),
        ("/datasets/{name}", "/datasets/schools"),
        ("/datasets/{name}", "/datasets/bus-lines?lang=en"),
        ("/datasets/{name}", "/datasets/salaries"),
        ("/datasets/{name}", "/datasets/nobody"),
        ("/datasets/{name}", "/datasets/schools?lang=fr"),
        ("/health", "/health"),
    ],
)
def test_answers_have_the_described_shape(client: FlaskClient, described_path: str, path: str) -> None:
    """Every answer, errors too, has its status, media type and shape in openapi.json, and no key beside them."""
    document = get(client, "/openapi.json")
    response = client.get(f"/api/v1{path}")
    described = document["paths"][described_path]["get"]["responses"][str(response.status_code)]
    schema = described["content"][response.content_type]["schema"]
    validator = OAS31Validator(
        schema | {"components": closed(document["components"])}, format_checker=oas31_format_checker
    )
    assert [error.message for error in validator.iter_errors(response.get_json())] == []


def closed(components: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas so that keys which they do not name are errors."""
    schemas = components["schemas"]
    return {"schemas": {name: {"additionalProperties": False} | schema for name, schema in schemas.items()}}

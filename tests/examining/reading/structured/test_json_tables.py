"""JSON, NDJSON and GeoJSON become tables without losing a digit; what is no table stays a file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from understood import understood

from portal.examining.reading.structured.json_tables import features
from portal.findings.words import finding_record, message_of
from portal.model.limits import Limits

FIELDS = {"fields": [{"name": "b", "type": "string"}, {"name": "a", "type": "string"}]}


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ('[{"a":1,"b":"x"},{"b":null,"c":[1,{"d":"甲"}]}]', 'a,b,c\n1,x,\n,,"[1, {""d"": ""甲""}]"\n'),
        ('[["a","b"],[1,true],[2]]', "a,b\n1,true\n2\n"),
        ('{"data":[{"a":1}],"total":1}', "a\n1\n"),
        ('{"result":{"rows":[["a"],[1]]},"n":[1,2]}', "a\n1\n"),
        ('{"data":[{"a":1}],"meta":[{"a":2}]}', "a\n1\n"),
        ('[{"a":1.10},{"a":1e5},{"a":123456789012345678901},{"a":0.1},{"a":2.0}]',
         "a\n1.10\n100000\n123456789012345678901\n0.1\n2\n"),
    ],
)  # fmt: skip
def test_a_list_of_objects_or_arrays_is_a_table(tmp_path: Path, text: str, table: str) -> None:
    """At the top or wrapped; keys in the order in which they first appear, numbers digit by digit."""
    assert understood(tmp_path, {"t.json": text}).text == table


def test_values_keep_the_types_that_json_gives_them(tmp_path: Path) -> None:
    """Without a schema a column of numbers stays one of numbers; a column of several types may hold anything."""
    made = understood(tmp_path, {"t.json": '[{"n":1,"x":1.5,"b":true,"s":"01","m":1},{"n":null,"x":2,"m":"a"}]'})
    types = {field["name"]: field["type"] for field in made.whole.schema["fields"]}
    assert types == {"n": "integer", "x": "number", "b": "boolean", "s": "any", "m": "any"}


def test_a_declared_schema_is_the_schema(tmp_path: Path) -> None:
    """What the publisher says of the columns is not changed."""
    made = understood(tmp_path, {"t.json": '[{"b":1,"a":2}]'}, schema=FIELDS)
    assert made.whole.schema == FIELDS


def test_a_wrapped_list_is_told(tmp_path: Path) -> None:
    """What was taken for the table stands among the decisions."""
    made = understood(tmp_path, {"t.json": '{"result":{"rows":[{"a":1}]}}'})
    assert [item.value_en for item in made.whole.decisions if item.what == "format"] == [
        "a list of objects in result.rows"
    ]


@pytest.mark.parametrize("text", ['{"a":1}', "[1,2]", "[]", "3", '{"x":[{"a":1}],"y":[{"a":1}]}', '[["a",""],[1,2]]'])
def test_json_that_holds_no_one_table_is_published_as_it_is(tmp_path: Path, text: str) -> None:
    """Where nobody declared a table, that is no fault."""
    made = understood(tmp_path, {"t.json": text})
    assert (made.codes, made.demoted, made.table) == ([("published-as-is", None, None)], True, None)


def test_a_declared_table_must_be_one(tmp_path: Path) -> None:
    """None and several are errors; the property chooses among several."""
    assert understood(tmp_path, {"t.json": '{"a":1}'}, type="table").codes == [("json-no-table", None, None)]
    several = {"t.json": '{"x":[{"a":1}],"y":{"z":[{"a":2}]}}'}
    made = understood(tmp_path, several, type="table")
    assert made.codes == [("json-several-tables", None, None)]
    assert "x, y.z" in message_of(made.findings[0]).en
    for dialect in ({"property": "y.z"}, {"json": {"property": "y.z"}}):
        assert understood(tmp_path, several, dialect=dialect).text == "a\n2\n"


def test_the_columns_of_a_schema_come_first_and_in_its_order(tmp_path: Path) -> None:
    """Keys of an object have no order of their own; keys that are not declared follow and are seen."""
    assert understood(tmp_path, {"t.json": '[{"a":"1","x":"2"}]'}, schema=FIELDS).text == "b,a,x\n,1,2\n"
    assert understood(tmp_path, {"t.json": "[]"}, schema=FIELDS).text == "b,a\n"


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("t.json", '[{"a":1},{"a":1,"a":2}]', [("json-duplicate-key", 3, None)]),
        ("t.json", '{"a":1,"a":2}', [("json-duplicate-key", None, None)]),
        ("t.json", '[{"a":NaN}]', [("json-not-finite", None, None)]),
        ("t.json", '[{"a":-Infinity}]', [("json-not-finite", None, None)]),
        ("t.json", '[{"a":1},\n{"a":}]', [("format-error", 2, 6)]),
        ("t.json", "[" * 100_000, [("json-too-deep", None, None)]),
        ("t.json", '[{"a":' + "9" * 20_000 + "}]", [("format-error", None, None)]),
        ("t.json", '[{"a":"\\ud800"}]', [("encoding-error", None, None)]),
        ("t.json", '[{"a":"\\u0000"}]', [("nul-byte", 2, 1)]),
        ("t.json", '[{"a":1},[2]]', [("format-error", 3, None)]),
        ("t.json", "<html></html>", [("html-as-csv", None, None)]),
        ("t.ndjson", '{"a":1}\n\n[2]\n', [("format-error", 3, None)]),
        ("t.ndjson", "\n\n[1]", [("json-header-missing", 3, None)]),
        ("t.ndjson", '{"a":1}\n{"a":1,"a":2}\n', [("json-duplicate-key", 2, None)]),
        ("t.ndjson", '{"a":1}\n{"a":NaN}\n', [("json-not-finite", 2, None)]),
        ("t.ndjson", '{"a":1}\n{"a":\n', [("format-error", 2, 1)]),
        ("t.ndjson", '{"a":1}\n[2]\n', [("format-error", 2, None)]),
        ("t.json", "[NaN,\n" + "[" * 5000, [("json-not-finite", None, None)]),
        ("t.ndjson", "[" * 5000, [("json-too-deep", 1, None)]),
        ("t.ndjson", '{"a":1}\n{"a":' + "[" * 5000 + "]" * 5000 + "}\n", [("json-too-deep", 2, None)]),
        ("t.geojson", '{"type":"FeatureCollection","features":[{"type":"Point"}]}', [("format-error", None, None)]),
        ("t.geojson", '{"type":"FeatureColl', [("format-error", 1, 9)]),
    ],
)  # fmt: skip
def test_faults_are_found_at_their_place(
    tmp_path: Path, name: str, text: str, codes: list[tuple[str, int | None, int | None]]
) -> None:
    """Never an exception, never a lost value."""
    made = understood(tmp_path, {name: text})
    assert (made.codes, made.table) == (codes, None)


@pytest.mark.parametrize("name", ["t.json", "t.ndjson"])
def test_lists_and_objects_may_stand_64_deep_in_each_other(tmp_path: Path, name: str) -> None:
    """The list of a JSON document counts as a level, as does the object that is a row; the next level is too deep."""
    around = ("[", "]") if name == "t.json" else ("", "")
    levels = 64 - len(around[0]) - 1

    def document(levels: int) -> str:
        return around[0] + '{"a":' + "[" * levels + "1" + "]" * levels + "}" + around[1]

    whole = "[" * levels + "1" + "]" * levels
    assert understood(tmp_path / "whole", {name: document(levels)}).text == f"a\n{whole}\n"
    assert [code for code, *_ in understood(tmp_path / "deep", {name: document(levels + 1)}).codes] == ["json-too-deep"]


def test_pairs_of_surrogates_are_one_character(tmp_path: Path) -> None:
    """Only halves are refused, and a backslash written twice is none."""
    assert understood(tmp_path, {"t.json": '[{"a":"\\ud83d\\ude00 \\\\ud800"}]'}).text == "a\n😀 \\ud800\n"


def test_lines_are_rows_with_the_number_of_the_line(tmp_path: Path) -> None:
    """The labels of objects stand in no line."""
    made = understood(tmp_path, {"t.ndjson": '{"a":1,"b":"x"}\n{"b":"y","c":1e5}\n\n'})
    assert made.text == "a,b,c\n1,x,\n,y,100000\n"
    assert made.whole.place_of(3) == ("made/t.ndjson", 2)
    arrays = understood(tmp_path, {"t.jsonl": '["a","b"]\n[1,2]\n'})
    assert (arrays.text, arrays.whole.place_of(2)) == ("a,b\n1,2\n", ("made/t.jsonl", 2))


def test_blank_lines_are_no_rows_and_count_in_the_file(tmp_path: Path) -> None:
    """A mark at the start, blank lines anywhere, keys that come late: rows keep the number of their line."""
    made = understood(tmp_path, {"t.ndjson": '\ufeff{"a":1}\r\n\r\n{"b":2}\n  \n\n{"a":3}\n'})
    assert made.text == "a,b\n1,\n,2\n3,\n"
    assert [made.whole.place_of(row)[1] for row in (2, 3, 4)] == [1, 3, 6]
    arrays = understood(tmp_path, {"t.jsonl": '\n["a"]\n\n[1]\n'})
    assert [arrays.whole.place_of(row)[1] for row in (1, 2)] == [2, 4]


NAMED = [
    '{"meta":{"view":{"columns":[{"id":-1,"name":"名"},{"name":"数"}]}},"data":[["甲",1],["乙",2]]}',
    '{"columns":["名","数"],"index":[0,1],"data":[["甲",1],["乙",2]]}',
    '{"success":true,"result":{"fields":[{"id":"名","type":"text"},{"id":"数"}],"rows":[["甲",1],["乙",2]]}}',
    '{"result":{"fields":[{"id":"名"},{"id":"数"}],"records":[{"名":"甲","数":1},{"名":"乙","数":2}]}}',
]


@pytest.mark.parametrize("text", NAMED)
def test_names_that_a_file_gives_to_its_columns_are_the_labels(tmp_path: Path, text: str) -> None:
    """The first record is none: Socrata, CKAN and pandas name the columns beside the rows."""
    made = understood(tmp_path, {"t.json": text})
    assert (made.text, made.codes) == ("名,数\n甲,1\n乙,2\n", [])


def test_first_record_is_never_the_header(tmp_path: Path) -> None:
    """One with a number is refused where a table is meant; where all is text it is asked, until the dialect says so."""
    records = '[["01",1],["02",2]]'
    assert understood(tmp_path, {"t.json": records}, type="table").codes == [("json-header-missing", 1, None)]
    assert understood(tmp_path, {"t.json": records}).codes == [("published-as-is", None, None)]
    words = '[["甲","东区"],["乙","西区"]]'
    assert understood(tmp_path, {"t.json": words}).codes == [("json-header-assumed", 1, None)]
    assert understood(tmp_path, {"t.json": words}, dialect={"header": True}).codes == []
    assert understood(tmp_path, {"t.json": '[["名","数"],["乙",2]]'}).codes == []


def _collection(*items: dict[str, object]) -> str:
    features = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, **item} for item in items]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


POINT = '"{""type"": ""Point"", ""coordinates"": [1, 2]}"'


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([{"id": "A", "properties": {"名": "甲"}}, {"id": 7, "properties": None}],
         f"名,id,geometry\n甲,A,{POINT}\n,7,{POINT}\n"),
        ([{"id": 1, "properties": {"id": 1}}], f"id,geometry\n1,{POINT}\n"),
        ([{"id": "A", "properties": {"id": 1}}], f"id,id_geojson,geometry\n1,A,{POINT}\n"),
        ([{"properties": {"geometry": "文"}}], f"geometry,geometry_geojson\n文,{POINT}\n"),
        ([{"properties": {"a": 1}}, {"geometry": None, "properties": {"a": 2}}], f"a,geometry\n1,{POINT}\n2,\n"),
    ],
)  # fmt: skip
def test_features_keep_id_and_geometry_under_names_of_their_own(
    tmp_path: Path, items: list[dict[str, object]], text: str
) -> None:
    """No property takes their place; a schema drafted from the labels reads the same, and one without them too."""
    content = {"t.geojson": _collection(*items)}
    made = understood(tmp_path, content)
    assert made.text == text
    labels = made.whole.labels
    drafted = understood(tmp_path, content, schema={"fields": [{"name": name, "type": "any"} for name in labels]})
    assert (drafted.text, drafted.whole.labels) == (text, labels)
    first = {"fields": [{"name": labels[0], "type": "any"}]}
    short = understood(tmp_path, content, schema=first).whole
    assert tuple(field["name"] for field in short.schema["fields"]) == short.labels == labels


COLLECTION = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"名": "甲"}, "geometry": {"type": "Point", "coordinates": [116.4, 39]}},
            {"type": "Feature", "properties": None, "geometry": None},
        ],
    }
)


def test_features_are_rows_with_the_geometry_last(tmp_path: Path) -> None:
    """Properties are the columns; a schema of the properties is filled up with the geometry."""
    text = '名,geometry\n甲,"{""type"": ""Point"", ""coordinates"": [116.4, 39]}"\n,\n'
    assert understood(tmp_path, {"t.geojson": COLLECTION}).text == text
    fields = [{"name": "名", "type": "string"}]
    made = understood(tmp_path, {"t.geojson": COLLECTION}, schema={"fields": fields})
    assert (made.text, made.whole.schema) == (text, {"fields": [*fields, {"name": "geometry", "type": "any"}]})


def test_features_can_be_read_one_at_a_time(tmp_path: Path) -> None:
    """Coordinates keep their digits."""
    path = tmp_path / "t.geojson"
    path.write_text(COLLECTION, encoding="utf-8")
    first, second = features(path)
    assert (first["geometry"]["coordinates"], second["geometry"]) == ([Decimal("116.4"), 39], None)


def test_other_geojson_and_large_geometries_stay_files(tmp_path: Path) -> None:
    """A geometry alone has no rows, and one too long for a cell is no reason to refuse the map."""
    assert understood(tmp_path, {"t.geojson": '{"type":"Point","coordinates":[1,2]}'}).demoted
    made = understood(tmp_path, {"t.geojson": COLLECTION}, limits=Limits(cell_characters_max=20))
    assert (made.demoted, made.codes) == (True, [("published-as-is", None, None)])


def test_rows_in_the_descriptor_are_a_table(tmp_path: Path) -> None:
    """Objects or arrays, as in a file."""
    assert understood(tmp_path, {}, data=[{"a": 1, "b": 1.5}, {"c": "z"}]).text == "a,b,c\n1,1.5,\n,,z\n"
    assert understood(tmp_path, {}, data=[["a"], [1]]).text == "a\n1\n"
    assert understood(tmp_path, {}, data=[1, 2]).codes == [("format-error", 1, None)]


def test_json_in_gb18030_is_read(tmp_path: Path) -> None:
    """The encoding is decided as for every text."""
    made = understood(tmp_path, {"t.json": '[{"名称":"市政府"}]'.encode("gbk")})
    assert (made.text, [item.code for item in made.findings]) == ("名称\n市政府\n", ["encoding-assumed"])


def test_nothing_of_a_closed_dataset_is_quoted(tmp_path: Path) -> None:
    """A key may be a name or a number of somebody."""
    made = understood(tmp_path, {"t.json": '[{"secret":1,"secret":2}]'}, closed=True)
    assert [item.code for item in made.findings] == ["json-duplicate-key"]
    assert "secret" not in str(finding_record(made.findings[0]))

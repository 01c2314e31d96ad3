"""Whatever makes no sense is refused with its place, what is wrong and what to write, in both languages."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from asked_columns import COLUMNS, asked
from hypothesis import given
from hypothesis import strategies as st

from portal.model.errors import QueryError
from portal.serving.rows.posted_questions import WHERE_DEPTH_MAX, read_posted


def refused(query_string: str) -> tuple[str, str]:
    """Return the parameter at fault and the sentence for it."""
    with pytest.raises(QueryError) as raised:
        asked(query_string)
    assert raised.value.message.zh != raised.value.message.en
    return raised.value.parameter, raised.value.message.en


def refused_body(body: object) -> tuple[str, str]:
    """Return the place at fault in a posted document and the sentence for it."""
    with pytest.raises(QueryError) as raised:
        read_posted(body if isinstance(body, bytes) else json.dumps(body).encode(), COLUMNS)
    return raised.value.parameter, raised.value.message.en


@pytest.mark.parametrize(
    ("query_string", "parameter", "said"),
    [
        ("站=a", "站", 'There is no column "站". Did you mean 站点?'),
        ("浓渡__gte=3", "浓渡__gte", 'There is no column "浓渡". Did you mean 浓度?'),
        (
            "市场.名=a",
            "市场.名",
            'There is no column "市场.名". Did you mean 市场.名称, 市场.代码, 市场, "市场.类别", 市场."x.y"?',
        ),
        ("=5", "", 'There is no column "". The columns are'),
        ("浓度__gt3=3", "浓度__gt3", 'There is no operator "gt3"; did you mean gt. Use eq, ne, gt, gte, lt, lte, in,'),
        ("_id=5", "_id", 'What begins with an underscore is a parameter of the portal. For the column write "_id".'),
        ("_id__gte=5", "_id__gte", 'For the column write "_id"__gte.'),
        ("_offset=5", "_offset", 'There is no parameter "_offset". Use _fields, _sort, _limit,'),
        ("_near=121.47,31.23,500", "_near", "The table does not have one column of longitudes and one of latitudes"),
        ("_near=121.47,31.23", "_near", 'The value "121.47,31.23" of _near is to be longitude,latitude,metres'),
        ("_near=181,31.23,500", "_near", "is to be longitude,latitude,metres"),
        ("_near=121.47,31.23,100001", "_near", "of at most 100000 metres."),
        ("_near=180.5,31.23,500", "_near", "is to be longitude,latitude,metres"),
        ("_near=121.47,-90.1,500", "_near", "is to be longitude,latitude,metres"),
        ("_near=121.47,31.23,100000.5", "_near", "of at most 100000 metres."),
        ("_near=1;2,3,4", "_near", "is to be longitude,latitude,metres"),
        ("_gaps=yes", "_gaps", "_gaps is true or false."),
        ("浓度__gte=高", "浓度__gte", 'The value "高" of 浓度__gte is not a number (number); write e.g. 35.5.'),
        ("浓度=NaN", "浓度", 'The value "NaN" of 浓度 is not a number (number); write e.g. 35.5.'),
        ("浓度=1e999", "浓度", "is not a number"),
        ("浓度=１", "浓度", "is not a number"),
        ("次数=3.5", "次数", 'The value "3.5" of 次数 is not an integer (integer); write e.g. 30.'),
        (f"次数={'9' * 100}", "次数", f'The value "{"9" * 59}…" of 次数 is not an integer'),
        ("次数__in=1,x", "次数__in", 'The value "x" of 次数__in is not an integer'),
        ("年份=20", "年份", 'The value "20" of 年份 is not a year (year); write e.g. 2026.'),
        ("达标=也许", "达标", 'The value "也许" of 达标 is not true or false (boolean); write e.g. 是 / 否.'),
        ("日期=2026-02-30", "日期", 'The value "2026-02-30" of 日期 is not a day (date); write e.g. 2026-01-31.'),
        ("日期=01/02/2026", "日期", "is not a day"),
        ("时刻=2026-02-30", "时刻", "is not a day with a time (datetime); write e.g. 2026-01-31T08:30:00."),
        ("钟点=25:00", "钟点", "is not a time"),
        ("年月=2026-13", "年月", "is not a month"),
        ("浓度=", "浓度", "浓度 has no value. For cells without a value ask __isnull=true;"),
        ("站点__contains=", "站点__contains", "站点__contains has no value; write the text to look for."),
        ("站点__isnull=x", "站点__isnull", '站点__isnull is true or false, not "x".'),
        ("浓度__gt=1&浓度__gt=2", "浓度__gt", "浓度__gt may stand once, and stands 2 times."),
        ("浓度__contains=3", "浓度__contains", 'The column "浓度" is of type number, which contains does not suit.'),
        (
            "达标__gt=是",
            "达标__gt",
            'The column "达标" is of type boolean, which gt does not suit. Use eq, ne, in, isnull.',
        ),
        ("站点=a%00b", "站点", 'The value "a b" of 站点 holds control characters; leave them out.'),
        ("站%00点=a", "?", "holds control characters"),
        ("_q=a%00b", "_q", "holds control characters"),
        ("站%0D%0A点=a", "站\r\n点", 'There is no column "站  点".'),
        (f"站点={'a' * 5000}", "站点", "The value of 站点 has more than 4000 characters; make it shorter."),
        (
            "&".join(["站点__ne=a"] * 501),
            "站点__ne",
            "站点__ne has 501 values, of at most 500. Ask in several requests.",
        ),
        ("站点__in=" + ",".join(map(str, range(501))), "站点__in", "has 501 values, of at most 500"),
        ("_fields=站点,无", "_fields", 'There is no column "无"'),
        ("_fields=", "_fields", "_fields has no value."),
        ('_fields="站点', "_fields", 'There is no column ""站点".'),
        ("_sort=-无", "_sort", 'There is no column "无"'),
        ("_limit=0", "_limit", "_limit is a whole number from 1 to 10000, or all."),
        ("_limit=10001", "_limit", "_limit is a whole number from 1 to 10000, or all."),
        ("_limit=-1", "_limit", "_limit is a whole number"),
        ("_cursor=a&_limit=all", "_limit", "With a cursor _limit must say how many rows a page has."),
        ("_cursor=a&_format=csv", "_limit", "With a cursor _limit must say how many rows a page has."),
        ("_cursor=a&_cursor=b", "_cursor", "_cursor may stand once."),
        ("_distinct=yes", "_distinct", "_distinct is true or false."),
        ("_format=pdf", "_format", "_format is one of json, csv, ndjson, xlsx."),
        ("_encoding=big5&_format=csv", "_encoding", "_encoding is one of utf-8, utf-8-sig, gb18030."),
        ("_encoding=gb18030", "_encoding", "_encoding is for _format=csv alone."),
        ("_excel_safe=true&_format=xlsx", "_excel_safe", "_excel_safe is for _format=csv alone."),
        ("_aggregate=stddev(浓度)", "_aggregate", 'There is no function "stddev(浓度)"; write e.g. avg(column).'),
        ("_aggregate=avg", "_aggregate", "avg needs a column: avg(column)."),
        ("_aggregate=sum(站点)", "_aggregate", 'The column "站点" is of type string, which sum does not suit.'),
        (
            "_aggregate=max(达标)",
            "_aggregate",
            'The column "达标" is of type boolean, which max does not suit. Use count.',
        ),
        (
            "_group_by=日期:hour",
            "_group_by",
            'The column "日期" is of type date and cannot be grouped by "hour". Use year,',
        ),
        ("_group_by=站点:month", "_group_by", 'cannot be grouped by "month". Leave out what follows the colon.'),
        ("_group_by=站点&_sort=浓度", "_sort", 'Groups cannot be sorted by "浓度". Use 站点, count.'),
        ("_group_by=站点&_fields=站点", "_fields", "_fields cannot stand with groups"),
        ("_aggregate=count&_distinct=true", "_distinct", "_distinct cannot stand with groups"),
        (
            "_group_by=count&_format=ndjson",
            "_format",
            'Two columns of the answer are called "count", which NDJSON cannot tell apart; take json or csv.',
        ),
        (
            "_distinct=true&_fields=站点&_sort=浓度",
            "_sort",
            'With _distinct the column "浓度" of _sort must be among _fields.',
        ),
        (
            "&".join(f"站点__ne=a{n}" for n in range(60)) + "&" + "&".join(f"市场__ne=a{n}" for n in range(60)),
            "where",
            "There are 120 conditions",
        ),
    ],
)
def test_a_bad_parameter_is_named_with_what_to_write(query_string: str, parameter: str, said: str) -> None:
    """Unknown names come with near ones, values with their type and an example."""
    found, sentence = refused(query_string)
    assert found == parameter
    assert said in sentence


DEEP: Any = {"field": "站点", "value": "a"}
for _ in range(WHERE_DEPTH_MAX):
    DEEP = {"not": DEEP}


@pytest.mark.parametrize(
    ("body", "place", "said"),
    [
        (b"", "body", 'The body of the request is no JSON (line 1 column 1). Write e.g. {"limit": 10}.'),
        (b'{"limit": ', "body", "is no JSON (line 1 column 11)"),
        (b"\xff{}", "body", "is no JSON (UTF-8)"),
        (b'{"where": NaN}', "body", "is no JSON"),
        (b'{"limit": ' + b"9" * 5000 + b"}", "body", "is no JSON"),
        (b"[" * 100_000, "body", "The JSON is nested too deep."),
        ([], "body", "body is to be an object of JSON"),
        ({"_limit": 3}, "_limit", 'There is no "_limit". Use where, fields, sort,'),
        ({"limit": "many"}, "limit", 'limit is to be a whole number or "all".'),
        ({"limit": True}, "limit", "limit is to be a whole number"),
        ({"limit": 10_001}, "limit", "limit is a whole number from 1 to 10000, or all."),
        ({"limit": 10**30}, "limit", "limit is a whole number from 1 to 10000, or all."),
        ({"fields": "站点"}, "fields", "fields is to be a list of texts"),
        ({"fields": ["无"]}, "fields", 'There is no column "无"'),
        ({"distinct": "true"}, "distinct", "distinct is to be true or false."),
        ({"q": 5}, "q", "q is to be a text that is not blank."),
        ({"format": ""}, "format", "format is to be a text that is not blank."),
        ({"where": []}, "where", "where is to be an object"),
        ({"where": {}}, "where.field", "where.field is to be the name of a column."),
        ({"where": {"and": []}}, "where.and", "where.and is to be a list of at least one condition."),
        ({"where": {"and": [], "or": []}}, "where.and", 'there is no "and"'),
        ({"where": {"and": [{"field": "站点"}]}}, "where.and[0].value", "where.and[0] lacks a value."),
        ({"where": {"field": "无", "value": 1}}, "where.field", 'There is no column "无"'),
        ({"where": {"field": "浓度", "op": "like", "value": 1}}, "where.op", 'There is no operator "like".'),
        ({"where": {"field": "浓度", "op": ["eq"], "value": 1}}, "where.op", "There is no operator"),
        ({"where": {"field": "浓度", "value": "高"}}, "where.value", 'The value "高" of where.value is not a number'),
        ({"where": {"field": "浓度", "value": None}}, "where.value", 'For cells without a value use "op": "isnull".'),
        ({"where": {"field": "浓度", "value": [1]}}, "where.value", "is to be a text, a number, true or"),
        ({"where": {"field": "浓度", "value": True}}, "where.value", 'The value "true" of where.value is not a number'),
        (
            {"where": {"field": "站点", "value": 7}},
            "where.value",
            'is of type string: write the value as a text, e.g. "7".',
        ),
        ({"where": {"field": "站点", "value": "\ud800"}}, "where.value", "holds control characters"),
        (
            {"where": {"field": "站点", "op": "in", "value": "a"}},
            "where.value",
            "is to be a list of at least one value",
        ),
        ({"where": {"field": "站点", "op": "in", "value": []}}, "where.value", "is to be a list of at least one value"),
        ({"where": {"field": "站点", "op": "isnull", "value": 1}}, "where.value", "is to be true or false"),
        ({"where": {"field": "站点", "value": "a", "like": "b"}}, "where.like", 'there is no "like"'),
        ({"where": DEEP}, "where" + ".not" * 10, "where is nested more than 10 deep; write it flatter."),
        (
            {"where": {"or": [{"field": "站点", "value": "a"}] * 101}},
            "where",
            "There are 101 conditions, of at most 100.",
        ),
    ],
)
def test_a_bad_document_is_refused_with_the_place_in_it(body: object, place: str, said: str) -> None:
    """The way to the fault stands with it, however deep it is."""
    found, sentence = refused_body(body)
    assert found == place
    assert said in sentence


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["站点", "eq", "in"]),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(
            st.sampled_from(["where", "and", "or", "not", "field", "op", "value", "sort", "limit", "q"]), part
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_document_is_a_question_or_refused(document: object) -> None:
    """No JSON brings anything else than an answer or a refusal."""
    with contextlib.suppress(QueryError):
        read_posted(json.dumps(document).encode(), COLUMNS)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=8) | st.sampled_from(["_sort", "_fields", "_group_by", "浓度__in"]), st.text(max_size=8)
        )
    )
)
def test_any_query_string_is_a_question_or_refused(pairs: list[tuple[str, str]]) -> None:
    """Neither do any parameters."""
    parameters: dict[str, list[str]] = {}
    for key, value in pairs:
        parameters.setdefault(key, []).append(value)
    from portal.serving.rows.row_questions import read_question

    with contextlib.suppress(QueryError):
        read_question(parameters, COLUMNS)

"""One vocabulary: what `portal.model` says once, no other module spells by hand.

Every text in the code of the portal is looked at, docstrings and comments aside; what may stand for a reason is listed
with it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from portal.model.known_formats import ATOM_MEDIA_TYPE, BY_NAME

PORTAL = Path(__file__).parent.parent / "portal"

PLACES = "datasets|themes|publishers|open-catalogue|quality|standards|developers|about|data|api|static"
ADDRESS = re.compile(rf"(^|[/}}`(])(en/)?({PLACES})/|^/({PLACES})$|^/en$|/404\.html")
FILES_OF_THE_SITE = re.compile(
    r"(^|[/}])(catalog\.(csv|xlsx|json|jsonld|ttl|rdf)|data\.json|feed\.xml|sitemap\.xml|robots\.txt|llms\.txt|index\.md"
    r"|index\.(jsonld|ttl|rdf)|ckan\.json|croissant\.json|registers\.json)$"
)

ADDRESSES_ALLOWED = {
    (
        "publishing/formats/data_json.py",
        "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    ): "theirs",
    ("publishing/formats/data_json.py", "https://project-open-data.cio.gov/v1.1/schema/catalog.json"): "theirs",
    ("publishing/quality/visiting.py", "}robots.txt"): "that of any other host",
}


MEDIA_TYPES_ALLOWED: dict[tuple[str, str], str] = {}


def texts(source: str) -> Iterator[str]:
    """Yield every text in Python code, an f-string as its pieces with ``}`` before what follows a value.

    >>> list(texts('def f(x):\\n    "doc"\\n    return f"a/{x}/b", "c"'))
    ['a/', '}/b', 'c']
    """
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for before, part in zip([None, *node.values], node.values, strict=False):
                if isinstance(part, ast.Constant):
                    passed.add(id(part))
                    mark = "}" if isinstance(before, ast.FormattedValue) else ""
                    found.append((part.lineno, part.col_offset, mark + str(part.value)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            found.append((node.lineno, node.col_offset, node.value))
    yield from (text for _, _, text in sorted(found))


@cache
def texts_of_the_portal() -> Mapping[str, tuple[str, ...]]:
    """Return the texts of every file by its path below ``portal/``."""
    return {
        path.relative_to(PORTAL).as_posix(): tuple(texts(path.read_text(encoding="utf-8")))
        for path in sorted(PORTAL.rglob("*.py"))
    }


def spelled(pattern: re.Pattern[str], *homes: str) -> set[tuple[str, str]]:
    """Return file and text of everything in the portal that *pattern* finds outside the files in *homes*."""
    return {
        (name, text)
        for name, found in texts_of_the_portal().items()
        if not name.startswith(homes)
        for text in found
        if pattern.search(text)
    }


@pytest.mark.parametrize("pattern", [ADDRESS, FILES_OF_THE_SITE], ids=["pages", "files"])
def test_addresses_are_spelled_in_one_file(pattern: re.Pattern[str]) -> None:
    """No module but `portal.model.addresses` writes the path of a page, a file of the site or an endpoint."""
    assert spelled(pattern, "model/addresses.py") - set(ADDRESSES_ALLOWED) == set()


def test_nothing_is_allowed_that_does_not_occur() -> None:
    """An exception goes when what it was for is gone."""
    found = spelled(ADDRESS, "model/addresses.py") | spelled(FILES_OF_THE_SITE, "model/addresses.py")
    assert set(ADDRESSES_ALLOWED) <= found


@pytest.mark.parametrize("source", ['f"{base}/datasets/{name}/"', '"/en/about/"', 'f"/data/{name}"', '"en/datasets/"'])
def test_a_path_spelled_by_hand_is_seen(source: str) -> None:
    """The patterns find what used to stand in eighteen places."""
    assert any(ADDRESS.search(text) for text in texts(f"x = {source}"))


# What may list endings for a reason of its own, by file and the endings listed.
ENDINGS_ALLOWED = {
    ("look_settings.py", ".jpeg .jpg .png .webp"): "pictures that browsers show as a ground",
    ("look_settings.py", ".png .svg .webp"): "pictures that browsers show as a sign",
    ("cli/check.py", "csv json xlsx"): "what a report on a check can be had as",
    ("cli/running/checking.py", "csv json xlsx"): "what writes each report on a check",
    ("cli/running/importing_lists.py", ".csv .json"): "what a report on an import can be had as",
    ("examining/privacy/documents/member_kinds.py", "bz2 gz xz"): "the modules of Python that unpack them",
    ("examining/privacy/inside_files.py", "geojson json"): "what may hold more than the one table",
    ("incoming/listing/format_words.py", "csv ods tsv xlsm"): "words of listings, which are no endings",
    ("incoming/listing/format_words.py", "geojson htm json pptx rar rdf zip"): "words of listings",
    ("incoming/listing/format_words.py", "jpeg png shp tif tiff"): "words of listings",
    ("incoming/listing/mapping.py", ".yaml .yml"): "mappings are written in YAML alone",
    ("model/guide.py", "OFD doc docx html pdf ppt txt wps xml"): "the types that the guide names",
    ("model/html_tags.py", "html svg"): "tags of HTML",
    ("model/guide.py", "accdb htm jpeg mdb"): "which type of the guide an ending is",
    ("model/guide.py", "bmp gif jpg"): "the types that the guide names",
    ("model/guide.py", "et xls xlsx"): "the types that the guide names",
    ("model/guide.py", "mpg rm swf"): "the types that the guide names",
    ("publishing/ckan_parameters.py", "csv tsv"): "how CKAN's DataStore writes records",
    ("publishing/files/dataset_files.py", "csv json xlsx"): "what writes each",
    (
        "publishing/formats/dcat/vocabulary.py",
        "CSV DOC DOCX GEOJSON HTML JPEG JSON KML ODS PARQUET PDF PNG RTF TSV TXT XLS XLSX XML ZIP",
    ): "names of the EU's table of file types",
    ("publishing/formats/dcat/vocabulary.py", "gz jpg jsonl ndjson"): "names of the EU's table of file types",
    ("publishing/rows/row_parameters.py", "csv json ndjson xlsx"): "what rows can be had as",
    ("serving/rows/row_answers.py", "csv json ndjson xlsx"): "what writes each",
    ("publishing/quality/linked_data.py", "nq nt trig ttl"): "what reads each",
    ("publishing/site/pages/open_catalogue_page.py", "csv json xlsx"): "what the open catalogue can be had as",
    ("publishing/site/pages/standard_page.py", "json xlsx yaml"): "what a standard can be had as",
    ("serving/ckan/datastore/datastore_actions.py", "csv tsv"): "how CKAN's DataStore writes records",
    ("publishing/site/pages/dataset_charts.py", "png svg"): "what a chart can be downloaded as",
    ("serving/ckan/datastore/datastore_dump.py", "csv json tsv xml"): "what CKAN's DataStore can be dumped as",
}


def endings_listed(source: str) -> Iterator[str]:
    """Yield the endings of every collection in Python code that lists two or more, sorted and joined.

    >>> list(endings_listed('a = {".csv", ".xlsx"}; b = "csv ods xlsx".split(); c = {"csv": 1}; d = ("csv", x)'))
    ['.csv .xlsx', 'csv ods xlsx']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            listed: list[object] = [item.value for item in node.elts if isinstance(item, ast.Constant)]
        elif isinstance(node, ast.Dict):
            listed = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = node.func.value
            listed = [*text.value.split()] if isinstance(text, ast.Constant) and isinstance(text.value, str) else []
        else:
            continue
        endings = {item for item in listed if isinstance(item, str) and item.removeprefix(".").lower() in BY_NAME}
        if len(endings) > 1:
            yield " ".join(sorted(endings))


def test_endings_are_listed_in_one_file() -> None:
    """No module but `portal.model.known_formats` lists formats; what does has its reason."""
    listed = {
        (name, endings)
        for path in sorted(PORTAL.rglob("*.py"))
        if (name := path.relative_to(PORTAL).as_posix()) != "model/known_formats.py"
        for endings in endings_listed(path.read_text(encoding="utf-8"))
    }
    assert listed == set(ENDINGS_ALLOWED)


def test_media_types_are_spelled_in_one_file() -> None:
    """No module but `portal.model.known_formats` spells the media type of a format that it knows."""
    types = {item.media_type or item.own_media_type for item in BY_NAME.values()} | {ATOM_MEDIA_TYPE}
    pattern = re.compile("|".join(re.escape(item) for item in types if item))
    assert spelled(pattern, "model/known_formats.py", "serving/") == set(MEDIA_TYPES_ALLOWED)


CODES = re.compile(r"11 12 13|11\|12\|13|1\[1-5\]|10X98765432|ABCDEFGHJKLMNPQRTUWXY|京津沪")


def test_tables_of_chinese_codes_stand_in_one_file() -> None:
    """No module but `portal.model.cn_codes` lists the provinces or the characters of a code."""
    assert spelled(CODES, "model/cn_codes.py") == set()


def test_weights_of_check_digits_stand_in_one_file() -> None:
    """No module lists the weights of GB 11643 or GB 32100: they are powers, and python-stdnum has them."""
    weights = ({7, 9, 10, 5, 8, 4, 2, 1, 6, 3}, {1, 3, 9, 27, 19, 26, 16, 17})
    listed = [
        (path.name, node.lineno)
        for path in sorted(PORTAL.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple | ast.List)
        for numbers in [{item.value for item in node.elts if isinstance(item, ast.Constant)}]
        if any(numbers >= known for known in weights)
    ]
    assert listed == []


def test_what_joins_names_stands_in_one_file() -> None:
    """Names in a sentence are joined by `portal.model.text`: nobody glues them by a sign of their own."""
    delimiters = "examining/reading/text/odd_tables.py"  # signs that may part the cells of a table, joined by nobody
    assert spelled(re.compile("^ ?[、；] ?$"), "model/text.py", delimiters) == set()


def test_names_of_both_languages_are_joined_together() -> None:
    """Nobody makes a text of both languages out of two lists that are joined by hand."""
    by_hand = [
        (path.name, node.lineno)
        for path in sorted(PORTAL.rglob("*.py"))
        if path.name != "text.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "LocalText"
        and len(node.args) > 1
        and any(re.search(r"'[,;、；] ?'\.join\(", ast.unparse(argument)) for argument in node.args)
    ]
    assert by_hand == []

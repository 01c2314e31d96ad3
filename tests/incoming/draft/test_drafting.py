"""A bare file becomes a dataset's folder: copied, described, and never over something that is there."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Report
from portal.findings.words import message_of
from portal.incoming.draft.dataset_folder import draft_dataset
from portal.incoming.draft.descriptor_text import DraftedResource, descriptor_text
from portal.model.errors import ConfigurationError
from portal.model.limits import Limits
from portal.settings import load_settings
from portal.yamlfile import read_document

STOPS = "站点编号,站名,所在区,候车亭数\n0101,市场路口,城北区,2\n0102,中心医院,城北区,3\n0201,火车站,城南区,6\n"


@pytest.fixture
def stops(tmp_path: Path) -> Path:
    """Give a small table in GBK, as an office machine saves it."""
    path = tmp_path / "公交站点.csv"
    path.write_bytes(STOPS.encode("gbk"))
    return path


def test_a_file_in_gbk_is_described_and_copied(stops: Path, tmp_path: Path) -> None:
    """The name is pinyin, the title the file's, the code text, the key found; the encoding stays a question."""
    draft = draft_dataset([stops], tmp_path / "datasets", publisher="jiaotong")
    assert draft.folder == tmp_path / "datasets" / "jiaotong" / "gong-jiao-zhan-dian"
    assert read_document(draft.descriptor) == {
        "name": "gong-jiao-zhan-dian",
        "title": "公交站点",
        "catalogue": {"publisher": "jiaotong", "themes": [], "open": {"is_open": False}},
        "resources": [
            {
                "name": "gong-jiao-zhan-dian",
                "title": "公交站点",
                "path": "公交站点.csv",
                "schema": {
                    "fields": [
                        {"name": "站点编号", "type": "string", "constraints": {"required": True}},
                        {"name": "站名", "type": "string", "constraints": {"required": True}},
                        {"name": "所在区", "type": "string", "constraints": {"required": True}},
                        {"name": "候车亭数", "type": "integer", "constraints": {"required": True, "minimum": 0}},
                    ],
                    "primaryKey": ["站点编号"],
                },
            }
        ],
    }
    assert (draft.folder / "公交站点.csv").read_bytes() == stops.read_bytes()
    assert sorted(path.name for path in draft.folder.parent.iterdir()) == ["gong-jiao-zhan-dian"]


def test_the_next_resource_code_is_proposed(stops: Path, tmp_path: Path) -> None:
    """Of the publisher's usual category, after the highest number anywhere in the catalogue, padded as there."""
    for folder, code in (
        ("jiaotong/one", "307021000/000012"),
        ("jiaotong/two", "'307021000/000009'"),
        ("jiaotong/three", "307022/7"),
        ("other/four", "307021000/000030"),
        ("other/five", "31/900000"),
    ):
        place = tmp_path / "datasets" / folder
        place.mkdir(parents=True)
        text = f"name: {place.name}\ncatalogue: {{publisher: x, code: {code}, related_codes: [307021000/000099]}}\n"
        place.joinpath("datapackage.yaml").write_text(text, encoding="utf-8")
    draft = draft_dataset([stops], tmp_path / "datasets", publisher="jiaotong")
    document = read_document(draft.descriptor)
    assert isinstance(document, dict)
    assert document["catalogue"]["code"] == "307021000/000031"


def test_without_a_code_to_go_by_none_is_proposed(stops: Path, tmp_path: Path) -> None:
    """A publisher whose datasets have no codes gets a line to fill in if the guide is followed."""
    for name in ("one", "two"):  # the example in the first draft is no code to go by
        draft = draft_dataset([stops], tmp_path / "datasets", publisher="jiaotong", name=name)
        assert "\n  # code: 307021000/000001\n" in draft.descriptor.read_text(encoding="utf-8")


def test_what_only_the_publisher_knows_is_left_to_fill_in(stops: Path, tmp_path: Path) -> None:
    """No licence is assumed; each missing thing is a line to uncomment, and what was seen stands behind the field."""
    draft = draft_dataset([stops], tmp_path / "datasets", title="站点", name="stops")
    text = draft.descriptor.read_text(encoding="utf-8")
    assert draft.to_fill_in == (
        "description",
        "licenses",
        "keywords",
        "catalogue.themes",
        "catalogue.update_cycle",
        "catalogue.published",
        "catalogue.open",
        "catalogue.publisher",
        "encoding",
    )
    assert text.count("请填写：") == len(draft.to_fill_in)
    assert "\n# licenses: [{name: CC-BY-4.0}]\n" in text
    assert "\n    # encoding: gb18030\n" in text
    assert "  # 2 … 6\n" in text
    assert draft.folder == tmp_path / "datasets" / "drafts" / "stops"


def test_coordinates_ask_for_their_reference_system(tmp_path: Path) -> None:
    """Only the publisher knows it."""
    path = tmp_path / "stops.csv"
    path.write_text("名称,经度,纬度\n甲,121.47,31.23\n乙,121.48,31.24\n", encoding="utf-8")
    draft = draft_dataset([path], tmp_path / "datasets")
    assert draft.to_fill_in[-1] == "crs"
    assert "\n    # crs: CGCS2000\n" in draft.descriptor.read_text(encoding="utf-8")


def test_several_files_are_several_resources(stops: Path, tmp_path: Path) -> None:
    """Each under a name of its own; what is no table is published as it is."""
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "公交站点.csv"
    other.write_text("线路\n1\n", encoding="utf-8")
    note = tmp_path / "说明.pdf"
    note.write_bytes(b"%PDF-1.4\n")
    draft = draft_dataset([stops, other, note], tmp_path / "datasets", name="stops")
    resources = read_document(draft.descriptor)["resources"]
    assert [(item["name"], item["path"], "schema" in item) for item in resources] == [
        ("gong-jiao-zhan-dian", "公交站点.csv", True),
        ("gong-jiao-zhan-dian-2", "公交站点-2.csv", True),
        ("shuo-ming", "说明.pdf", False),
    ]


def test_nothing_is_overwritten(stops: Path, tmp_path: Path) -> None:
    """A folder of that name, below any publisher, is left alone."""
    datasets = tmp_path / "datasets"
    kept = draft_dataset([stops], datasets, publisher="a").descriptor
    before = kept.stat()
    for publisher in ("a", "b", ""):
        with pytest.raises(ConfigurationError, match="exists already"):
            draft_dataset([stops], datasets, publisher=publisher)
    assert kept.stat().st_mtime_ns == before.st_mtime_ns
    assert sorted(path.name for path in datasets.rglob("*")) == [
        "a",
        "datapackage.yaml",
        "gong-jiao-zhan-dian",
        "公交站点.csv",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"name": "公交"}, '"公交" cannot name a dataset; try gong-jiao'),
        ({"name": "../x"}, "cannot name a dataset"),
        ({"publisher": "../x"}, "is no id of a publisher"),
        ({"limits": Limits(file_bytes_max=10)}, "over the limit of 10 bytes"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_leaves_nothing(
    stops: Path, tmp_path: Path, arguments: dict[str, Any], sentence: str
) -> None:
    """Names that break the rule, ways out of the folder, files over the limit."""
    with pytest.raises(ConfigurationError, match=sentence):
        draft_dataset([stops], tmp_path / "datasets", **arguments)
    assert not (tmp_path / "datasets").exists()


def test_a_name_that_a_descriptor_may_not_hold_is_replaced(tmp_path: Path) -> None:
    """Hidden files, and one that would take the descriptor's place."""
    hidden, twin = tmp_path / ".秘.csv", tmp_path / "datapackage.json"
    hidden.write_text("a\n1\n", encoding="utf-8")
    twin.write_text('[{"a": 1}]', encoding="utf-8")
    draft = draft_dataset([hidden, twin], tmp_path / "datasets", name="odd")
    paths = [item["path"] for item in read_document(draft.descriptor)["resources"]]
    assert paths == ["mi.csv", "data-datapackage.json"]
    assert sorted(path.name for path in draft.folder.iterdir()) == [
        "data-datapackage.json",
        "datapackage.yaml",
        "mi.csv",
    ]


def test_a_file_that_cannot_be_read_as_a_table_is_drafted_with_its_finding(tmp_path: Path) -> None:
    """The clerk sees what is wrong; the description goes without fields."""
    path = tmp_path / "broken.csv"
    path.write_bytes(b"a,b\n\x00,\x00\n")
    draft = draft_dataset([path], tmp_path / "datasets")
    assert Report(draft.understood.findings).count("error")
    assert read_document(draft.descriptor)["resources"] == [{"name": "broken", "title": "broken", "path": "broken.csv"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.pdf", b""),
        ("a.csv", b"\n  \n\n"),
        ("a.csv.gz", gzip.compress(b"", mtime=0)),
        ("a.csv", b"\xef\xbb\xbf"),
    ],
)
def test_an_empty_file_is_refused_and_leaves_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    """There is nothing in it to describe."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"is empty|holds nothing"):
        draft_dataset([path], tmp_path / "datasets")
    assert [item for item in (tmp_path / "datasets").rglob("*") if item.is_file()] == []


def test_a_packed_file_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    """Neither ending stands in name or title."""
    path = tmp_path / "站点.csv.gz"
    path.write_bytes(gzip.compress(STOPS.encode()))
    draft = draft_dataset([path], tmp_path / "datasets")
    document = read_document(draft.descriptor)
    (resource,) = document["resources"]
    assert (document["name"], document["title"]) == ("zhan-dian", "站点")
    assert (resource["name"], resource["path"]) == ("zhan-dian", "站点.csv.gz")
    assert len(resource["schema"]["fields"]) == 4


def test_the_tables_of_a_zip_are_resources(tmp_path: Path) -> None:
    """One among other files needs no name; each of several is named, and all are read back as tables."""
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    with zipfile.ZipFile(one, "w") as archive:
        archive.writestr("站点.csv", STOPS)
        archive.writestr("说明.txt", "说明")
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("站点.csv", STOPS)
        archive.writestr("b/线路.csv", "线路\n1\n")
    (resource,) = read_document(draft_dataset([one], tmp_path / "datasets").descriptor)["resources"]
    assert (resource["path"], resource["type"], len(resource["schema"]["fields"])) == ("one.zip", "table", 4)
    draft = draft_dataset([two], tmp_path / "datasets")
    resources = read_document(draft.descriptor)["resources"]
    assert [(item["name"], item["title"], item["path"], item["innerpath"]) for item in resources] == [
        ("zhan-dian", "站点", "two.zip", "站点.csv"),
        ("xian-lu", "线路", "two.zip", "b/线路.csv"),
    ]
    catalog, report = load_catalog(load_settings(tmp_path / "datasets"))
    assert [item.kind for dataset in catalog.datasets for item in dataset.resources] == ["table"] * 3
    assert report.findings == ()


def test_a_zip_without_a_table_is_drafted_as_it_is(tmp_path: Path) -> None:
    """So is one that is broken; what is in it is nothing to describe."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.shp", "x")
    broken = tmp_path / "y.zip"
    broken.write_bytes(b"PK\x03\x04 broken")
    draft = draft_dataset([path, broken], tmp_path / "datasets")
    assert read_document(draft.descriptor)["resources"] == [
        {"name": "x", "title": "x", "path": "x.zip"},
        {"name": "y", "title": "y", "path": "y.zip"},
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "no",
        "~",
        "01001",
        "1e3",
        "a: b",
        "# x",
        "- x",
        "{a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "'",
        '"',
        "\\",
        " ",
        "=",
        "<<",
    ]
)
LEAVES = TEXTS | st.integers(-(10**6), 10**6) | st.booleans()
FIELDS = st.fixed_dictionaries(
    {"name": TEXTS, "type": st.sampled_from(["string", "integer"])},
    optional={
        "constraints": st.dictionaries(
            st.sampled_from(["enum", "minimum", "unique"]), LEAVES | st.lists(LEAVES, max_size=3), max_size=3
        ),
        "missingValues": st.lists(TEXTS, max_size=3),
    },
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, TEXTS.filter(bool), st.lists(FIELDS, min_size=1, max_size=4), st.lists(TEXTS, max_size=2))
def test_the_text_says_exactly_what_was_drafted(
    tmp_path: Path, name: str, title: str, publisher: str, fields: list[dict[str, Any]], key: list[str]
) -> None:
    """Whatever the labels hold, the descriptor is read back with the same values."""
    entry = {"name": name, "title": title, "dialect": {"sheet": title}, "schema": {"fields": fields, "primaryKey": key}}
    path = tmp_path / "datapackage.yaml"
    path.write_text(descriptor_text(name, title, publisher, (DraftedResource(entry, {}, True),)), encoding="utf-8")
    assert read_document(path) == {
        "name": name,
        "title": title,
        "catalogue": {"publisher": publisher, "themes": [], "open": {"is_open": False}},
        "resources": [entry],
    }


def workbook(path: Path, sheets: dict[str, list[list[Any]]], merged: dict[str, list[str]] | None = None) -> Path:
    """Write a workbook of *sheets*; *merged* are ranges of cells by sheet, whose text stands in the first cell."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in cells])
        for region in (merged or {}).get(name, []):
            column, row = ord(region[0]) - ord("A"), int(region[1]) - 1
            sheet.merge_range(region, rows[row][column])
    book.close()
    return path


HEAD: list[list[Any]] = [["站名", "首班车", None], [None, "往城北", "往城南"]]
MERGED = ["A1:A2", "B1:C1"]


def test_each_sheet_of_a_workbook_is_a_resource(tmp_path: Path) -> None:
    """Merged headers are joined; the sheet is named in the dialect; an empty sheet is left."""
    path = workbook(
        tmp_path / "时刻表.xlsx",
        {
            "1号线": [*HEAD, ["市场路口", "05:30", "06:04"], ["火车站", "05:41", "05:53"]],
            "2号线": [*HEAD, ["体育场", "06:00", "06:20"], ["火车站", "06:08", "06:12"]],
            "Sheet3": [],
        },
        {"1号线": MERGED, "2号线": MERGED},
    )
    draft = draft_dataset([path], tmp_path / "datasets")
    resources = read_document(draft.descriptor)["resources"]
    assert [(item["name"], item["title"], item["path"], item["dialect"]) for item in resources] == [
        ("1-hao-xian", "1号线", "时刻表.xlsx", {"sheet": "1号线"}),
        ("2-hao-xian", "2号线", "时刻表.xlsx", {"sheet": "2号线"}),
    ]
    assert [[field["name"] for field in item["schema"]["fields"]] for item in resources] == [
        ["站名", "首班车_往城北", "首班车_往城南"]
    ] * 2


def test_the_title_above_a_header_is_the_title(tmp_path: Path) -> None:
    """A line of units is not; a title given on the command line goes first."""
    rows: list[list[Any]] = [
        ["小城学校一览表"],
        ["单位：人"],
        ["学校代码", "学生数"],
        ["01", 320],
        ["02", 410],
        ["03", 95],
    ]
    path = workbook(tmp_path / "附件2.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:B1"]})
    draft = draft_dataset([path], tmp_path / "datasets")
    document = read_document(draft.descriptor)
    assert (document["name"], document["title"]) == ("fu-jian-2", "小城学校一览表")
    assert [field["type"] for field in document["resources"][0]["schema"]["fields"]] == ["string", "integer"]
    given = draft_dataset([path], tmp_path / "other", title="学校")
    assert read_document(given.descriptor)["title"] == "学校"


def test_blank_rows_and_another_table_below_are_declared_to_be_no_data(tmp_path: Path) -> None:
    """Row by row, so that whoever looks the draft over sees which."""
    below: list[list[Any]] = [[], ["运营间隔"], ["时段", "早高峰", "平峰"], ["间隔", "3 分", "5 分"]]
    rows = [*HEAD, ["市场路口", "05:30", "06:04"], [], ["火车站", "05:41", "05:53"], *below]
    path = workbook(tmp_path / "时刻表.xlsx", {"1号线": rows}, {"1号线": MERGED})
    draft = draft_dataset([path], tmp_path / "datasets")
    (resource,) = read_document(draft.descriptor)["resources"]
    assert resource["dialect"] == {"commentRows": [4, 6, 7, 8, 9]}


def test_what_a_draft_tells_holds_no_identifier(tmp_path: Path) -> None:
    """The gate is not asked yet, and a property of the document is quoted."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.set_properties({"author": "测试某13800000001"})
    for number, row in enumerate([["代码", "名称"], ["01", "甲"], ["02", "乙"]]):
        book.add_worksheet("数据") if number == 0 else None
        book.worksheets()[0].write_row(number, 0, row)
    book.close()
    (finding,) = draft_dataset([path], tmp_path / "datasets").understood.findings
    assert finding.code == "workbook-properties"
    assert "测试某138****0001" in message_of(finding).en
    assert "测试某138****0001" in message_of(finding).zh


def test_a_sheet_whose_columns_have_no_names_of_their_own_is_left_out(tmp_path: Path) -> None:
    """The finding says which column; the other sheets are described."""
    path = workbook(
        tmp_path / "a.xlsx",
        {"甲": [["名称", "数值"], ["x", 1], ["y", 2]], "乙": [["名称", "名称"], ["x", "z"], ["y", "z"]]},
    )
    draft = draft_dataset([path], tmp_path / "datasets")
    assert draft.left_out == ("乙",)
    assert [item["title"] for item in read_document(draft.descriptor)["resources"]] == ["甲"]
    (finding,) = draft.understood.findings
    assert (finding.code, finding.sheet, finding.row, finding.column) == ("duplicate-label", "乙", 1, 2)
    assert "  # 乙：" in draft.descriptor.read_text(encoding="utf-8")


def test_numbers_that_may_be_read_in_two_ways_are_asked_about(tmp_path: Path) -> None:
    """They are drafted as text, and the finding names the column."""
    path = tmp_path / "t.csv"
    path.write_text("a;b\n5;1,5\n17;2,25\n1.001;1.234\n", encoding="utf-8")
    draft = draft_dataset([path], tmp_path / "datasets", name="t")
    findings = draft.understood.findings
    assert [(item.code, item.column, item.field) for item in findings] == [("number-groups-unclear", 1, "a")]
    assert [item["type"] for item in read_document(draft.descriptor)["resources"][0]["schema"]["fields"]] == [
        "string"
    ] * 2

"""Listings into entries: every kind of file, what is left over, and a second import."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from support import PROJECT, SHARED, needs_shared_data, real_cases

from portal.examining.reading.descriptors.publishers_and_themes import load_publishers
from portal.incoming.listing.import_report import dump_csv, dump_json
from portal.incoming.listing.list_import import ListOutcome, import_listing
from portal.incoming.listing.mapping import load_mapping, mapping_for
from portal.incoming.records.listed_departments import Departments
from portal.incoming.records.record import CatalogueRecord
from portal.incoming.records.three_way import import_records
from portal.settings import load_settings
from portal.yamlfile import read_document

TODAY = date(2026, 6, 1)
MAPPINGS = PROJECT / "docs" / "examples" / "mappings"
LISTINGS = sorted((SHARED / "cn" / "catalog").glob("*.json*")) if SHARED.is_dir() else []
RECORDS_SAMPLED = 40

MAPPING = """
source: {id: city, title: 池州市清单, url: "https://example.com/", region: 池州市, spatial: "341700"}
empty: [暂无]
fields:
  title: [标题, 名称]
  publisher: 单位
  description: 摘要
  themes: {from: 领域, split: "[、,]", map: {水文: [weather, energy], 其他: ""}}
  keywords: {from: [标签, 行业], merge: true, split: "[、,]"}
  open: {from: 开放, map: {全开: open, 不开: closed}}
  update_cycle: {from: 周期, map: {每天: daily}}
  published: {from: 日期, formats: ["%Y年%m月%d日"]}
  formats: {from: 格式, split: "[、,]"}
  online_url: 网址
ignore: [电话]
"""
SCHOOLS = {
    "标题": "学校",
    "单位": "教育局",
    "摘要": "全市学校",
    "领域": "教育文化、水文",
    "标签": "学校,学生",
    "行业": "教育",
    "开放": "无条件开放",
    "周期": "每天",
    "日期": "2026年1月15日",
    "格式": "xls、csv",
    "网址": "https://example.com/1",
    "电话": "1",
}
ENTRY = {
    "name": "xue-xiao",
    "title": "学校",
    "description": "全市学校",
    "keywords": ["学校", "学生", "教育"],
    "sources": [{"title": "池州市清单", "path": "https://example.com/"}],
    "catalogue": {
        "publisher": "池州市教育局",
        "themes": ["education", "weather", "energy"],
        "format": {"class": "spreadsheet", "type": "xls", "other": "csv"},
        "open": {"is_open": True},
        "update_cycle": "daily",
        "published": "2026-01-15",
        "spatial": "341700",
        "online_url": "https://example.com/1",
    },
    "resources": [],
}


def bring(folder: Path, *files: Path, mapping: str | Path = MAPPING, **options: Any) -> ListOutcome:
    """Import listings into the folder of datasets below *folder*."""
    path = mapping if isinstance(mapping, Path) else folder / "mapping.yaml"
    if isinstance(mapping, str):
        path.write_text(mapping, encoding="utf-8")
    found, findings = load_mapping(path)
    assert found is not None, findings
    datasets = folder / "datasets"
    datasets.mkdir(exist_ok=True)
    settings = load_settings(datasets)
    departments = Departments(load_publishers(settings)[0])
    return import_listing(found, files, settings, departments, TODAY, **options)


def listing(folder: Path, *records: Mapping[str, Any]) -> Path:
    """Write records as a JSON listing."""
    path = folder / "list.json"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


def entry(folder: Path, name: str) -> Any:
    """Return the descriptor of an entry."""
    (path,) = (folder / "datasets").glob(f"*/{name}/datapackage.yaml")
    return read_document(path)


def codes(outcome: ListOutcome) -> list[tuple[str, int | None]]:
    """Return what was found, as codes with rows."""
    return [(finding.code, finding.row) for finding in outcome.findings]


def as_csv(encoding: str) -> bytes:
    """Return the record as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([SCHOOLS.keys(), SCHOOLS.values()])
    return text.getvalue().encode(encoding)


def as_workbook() -> bytes:
    """Return the record as a workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, SCHOOLS.keys())
        sheet.write_row(1, 0, SCHOOLS.values())
    return content.getvalue()


def as_json(value: Any) -> bytes:
    """Return JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", as_csv("utf-8")),
        ("list.csv", as_csv("gb18030")),
        ("list.xlsx", as_workbook()),
        ("list.json", as_json([SCHOOLS])),
        ("list.json", as_json([{**SCHOOLS, "标签": ["学校", "学生"], "格式": ["xls", "csv"]}])),
        ("list.ndjson", as_json(SCHOOLS) + b"\n"),
        ("list.json.gz", gzip.compress(as_json([SCHOOLS]))),
        ("list.json", as_json({"total": 1, "data": [SCHOOLS]})),
    ],
    ids=["csv", "gbk", "xlsx", "json", "json-lists", "ndjson", "gz", "wrapped"],
)
def test_a_listing_of_every_kind_gives_the_same_entry(tmp_path: Path, name: str, content: bytes) -> None:
    """What is a table to the portal is a listing to the import."""
    path = tmp_path / name
    path.write_bytes(content)
    mapping = MAPPING.replace('split: "[、,]"', r'''split: "[\\[\\]\"、,\\s]+"''')
    outcome = bring(tmp_path, path, mapping=mapping)
    assert [item for item in codes(outcome) if item[0] != "encoding-assumed"] == []
    assert entry(tmp_path, "xue-xiao") == ENTRY


def test_records_stand_where_the_mapping_says(tmp_path: Path) -> None:
    """A path of keys leads to the list, and dots into objects of a record."""
    document = {"result": {"records": [{"标题": "学校", "org": {"name": "教育局"}}], "more": [{"a": 1}]}}
    (tmp_path / "list.json").write_bytes(as_json(document))
    mapping = (
        "source: {id: a}\nrecords: $.result.records\nfields: {title: 标题, publisher: org.name, open: {value: open}}\n"
    )
    outcome = bring(tmp_path, tmp_path / "list.json", mapping=mapping)
    assert (outcome.records, codes(outcome)) == (1, [])
    assert entry(tmp_path, "xue-xiao")["catalogue"]["publisher"] == "教育局"


def test_what_has_no_meaning_is_counted_and_told_with_examples(tmp_path: Path) -> None:
    """A field that is not used, words without a meaning, a day and an address that are none."""
    odd = {**SCHOOLS, "领域": "玄学", "周期": "偶尔", "日期": "去年", "网址": "无", "备用": "值", "电话": "2"}
    outcome = bring(tmp_path, listing(tmp_path, odd, {**odd, "标题": "医院", "备用": "138" + "00001234"}))
    assert {name: (item.number, item.examples) for name, item in outcome.unused.items()} == {
        "备用": (2, ["值", "138****1234"])
    }
    assert {key: item.number for key, item in outcome.unmapped.items()} == {
        ("themes", "领域", "玄学"): 2,
        ("update_cycle", "周期", "偶尔"): 2,
        ("published", "日期", "去年"): 2,
        ("online_url", "网址", "无"): 2,
    }
    assert codes(outcome) == [("listing-field-unmapped", None), *[("listing-value-unmapped", 2)] * 4]
    assert entry(tmp_path, "xue-xiao")["catalogue"].keys() == {"publisher", "format", "open", "spatial"}


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("全开", {"is_open": True}),
        ("有条件开放", {"is_open": True, "condition": "有条件开放"}),
        ("不开", {"is_open": False}),
        ("仅供核验", {"is_open": True, "condition": "仅供核验"}),
        ("", {"is_open": False}),
        ("暂无", {"is_open": False}),
    ],
)
def test_nothing_is_more_open_than_the_listing_says(tmp_path: Path, words: str, opening: dict[str, Any]) -> None:
    """Words that nobody gave a meaning are a condition; where there are none the entry is closed."""
    bring(tmp_path, listing(tmp_path, {**SCHOOLS, "开放": words}))
    assert entry(tmp_path, "xue-xiao")["catalogue"]["open"] == opening


def test_a_record_without_a_title_stands_whole_in_the_report(tmp_path: Path) -> None:
    """It is no entry, and it is not lost; personal data in it are masked."""
    untitled = {**SCHOOLS, "标题": " ", "摘要": "电话 138" + "00001234"}
    outcome = bring(tmp_path, listing(tmp_path, untitled, SCHOOLS))
    report = json.loads(dump_json([outcome], []))["sources"][0]
    assert (report["records"], report["imported"], report["not_imported"]) == (2, 1, 1)
    (lost,) = report["records_not_mapped"]
    assert lost["row"] == 2
    assert lost["record"] == {**untitled, "摘要": "电话 138****1234"}
    assert codes(outcome) == [("listing-record-unmapped", 2)]


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(("field", "text"), [("涉密属性", "机密"), ("涉密属性", "涉密"), ("网络", "涉密内网")])
def test_a_record_that_is_marked_secret_makes_no_entry(tmp_path: Path, field: str, text: str, dry_run: bool) -> None:
    """Refused as a build would, tried or not; no part of it stands in the report, not even as an example."""
    mapping = MAPPING.replace("  online_url", "  secrecy: 涉密属性\n  network: 网络\n  online_url")
    rows = [SCHOOLS | {"涉密属性": "非涉密"}, SCHOOLS | {"标题": "甲库", "另注": "乙地", field: text}]
    listing = tmp_path / "list.json"
    listing.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    outcome = bring(tmp_path, listing, mapping=mapping, dry_run=dry_run)
    secret = [
        (item.severity, item.row, item.value) for item in outcome.findings if item.code == "listing-record-secret"
    ]
    assert (len(outcome.entries.names), outcome.lost_number, len(secret), secret[0][0]) == (1, 1, 1, "error")
    written = dump_json([outcome], []) + "".join(str(path) for path in (tmp_path / "datasets").rglob("*"))
    assert not any(word in written + str(outcome.findings) for word in ("甲库", "乙地"))


def test_records_of_one_title_are_all_kept_under_names_of_their_own(tmp_path: Path) -> None:
    """Whether they are the same is told; another department's is no duplicate."""
    path = listing(tmp_path, SCHOOLS, SCHOOLS, {**SCHOOLS, "摘要": "2025 年"}, {**SCHOOLS, "单位": "卫生局"})
    outcome = bring(tmp_path, path)
    assert [(item.place.row, item.is_same, item.entry) for item in outcome.duplicates] == [
        (3, True, "xue-xiao-chi-zhou-shi-jiao-yu-ju"),
        (4, False, "xue-xiao-chi-zhou-shi-jiao-yu-ju-2"),
    ]
    assert outcome.entries.names[3] == "xue-xiao-chi-zhou-shi-wei-sheng-ju"
    again = bring(tmp_path, path)
    assert (again.entries.names, len(again.entries.unchanged)) == (outcome.entries.names, 4)


def test_a_second_import_changes_nothing_and_keeps_what_people_edited(tmp_path: Path) -> None:
    """An edit stays while the listing stays, and what the listing alone changed is taken over."""
    path = listing(tmp_path, SCHOOLS, {**SCHOOLS, "标题": "医院"})
    bring(tmp_path, path)
    (file,) = (tmp_path / "datasets").glob("*/xue-xiao/datapackage.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("全市学校", "全市中小学"), encoding="utf-8")
    edited = bring(tmp_path, path)
    assert (edited.entries.kept, edited.entries.unchanged) == (("xue-xiao",), ("yi-yuan",))
    changed = bring(tmp_path, listing(tmp_path, {**SCHOOLS, "周期": "每年"}, {**SCHOOLS, "标题": "医院"}))
    assert changed.entries.changed == ("xue-xiao",)
    found = entry(tmp_path, "xue-xiao")
    assert (found["description"], found["catalogue"]["update_cycle"]) == ("全市中小学", "annual")


def test_entries_stay_when_their_department_is_entered_later(tmp_path: Path) -> None:
    """They went by its name, and are known again when publishers.yaml has it."""
    path = listing(tmp_path, SCHOOLS)
    bring(tmp_path, path)
    register = tmp_path / "datasets" / "publishers.yaml"
    register.write_text("publishers:\n  - {id: education, name: 池州市教育局}\n", encoding="utf-8")
    assert bring(tmp_path, path).entries.unchanged == ("xue-xiao",)


def test_the_same_record_in_another_listing_is_an_entry_of_its_own(tmp_path: Path) -> None:
    """Two portals may list one dataset; nobody's words are taken for the other's."""
    path = listing(tmp_path, SCHOOLS)
    bring(tmp_path, path)
    other = bring(
        tmp_path, path, mapping=MAPPING.replace("id: city, title: 池州市清单", "id: other, title: 另一份清单")
    )
    assert other.entries.written == ("xue-xiao-chi-zhou-shi-jiao-yu-ju",)
    assert codes(other) == []


def test_an_import_that_was_interrupted_is_taken_up_again(tmp_path: Path) -> None:
    """What was written before is known, so that nothing stands twice."""
    records = [CatalogueRecord("学校", provider="教育局", key="1"), CatalogueRecord("学校", provider="教育局", key="2")]

    def interrupted() -> Iterator[CatalogueRecord]:
        yield from records
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_records(interrupted(), tmp_path, "city", TODAY)
    again = import_records(records, tmp_path, "city", TODAY)
    assert again.unchanged == ("xue-xiao", "xue-xiao-jiao-yu-ju")
    assert again.written == ()


def test_a_topic_that_the_portal_does_not_have_is_told(tmp_path: Path) -> None:
    """A mapping made for other topics leaves no entry with unknown ones."""
    (tmp_path / "datasets").mkdir()
    themes = "themes:\n  - {id: water, title: {zh: 水利}}\n  - {id: weather, title: {zh: 气象}}\n"
    (tmp_path / "datasets" / "themes.yaml").write_text(themes, encoding="utf-8")
    outcome = bring(tmp_path, listing(tmp_path, {**SCHOOLS, "领域": "水文、水利"}))
    assert entry(tmp_path, "xue-xiao")["catalogue"]["themes"] == ["weather", "water"]
    assert {key: item.taken for key, item in outcome.unmapped.items()} == {("themes", "领域", "水文"): ("weather",)}


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    """The outcome is that of an import."""
    outcome = bring(tmp_path, listing(tmp_path, SCHOOLS), dry_run=True)
    assert outcome.entries.written == ("xue-xiao",)
    assert list((tmp_path / "datasets").rglob("*")) == []


def test_a_file_that_cannot_be_read_makes_nothing_vanish(tmp_path: Path) -> None:
    """The other files of the source are imported; what the broken one had is left alone."""
    first, second = listing(tmp_path, SCHOOLS), tmp_path / "second.json"
    second.write_bytes(as_json([{**SCHOOLS, "标题": "医院"}]))
    assert bring(tmp_path, first, second).imported == 2
    second.write_bytes(b'[{"a": ')
    broken = bring(tmp_path, first, second)
    assert (broken.imported, broken.entries.vanished) == (1, ())
    assert [finding.code for finding in broken.findings] == ["format-error"]


def test_the_report_as_csv_starts_no_formula(tmp_path: Path) -> None:
    """A cell of a listing never runs in a spreadsheet program."""
    outcome = bring(tmp_path, listing(tmp_path, {**SCHOOLS, "领域": "=1+1", "=cmd": "x"}))
    lines = list(csv.reader(io.StringIO(dump_csv([outcome], []).decode("utf-8-sig"))))
    assert ["value-not-mapped", "city", str(tmp_path / "list.json"), "2", "领域", "'=1+1", "1", "", "themes: "] in lines
    assert ["field-not-used", "city", "", "", "'=cmd", "", "1", "", "x"] in lines


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("[a-z]*.yaml")), ids=lambda path: path.stem)
def test_the_mappings_of_the_manual_can_be_used(path: Path) -> None:
    """Each is whole with what it extends."""
    mapping, findings = load_mapping(path)
    assert findings == ()
    assert mapping is not None


def sample(file: Path, folder: Path) -> tuple[Path, int]:
    """Write some records of a real listing, spread evenly, and return how many there are."""
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    records = json.loads(content)
    chosen = records[:: max(1, len(records) // RECORDS_SAMPLED)]
    path = folder / file.name.removesuffix(".gz")
    path.write_bytes(as_json(chosen))
    return path, len(chosen)


@needs_shared_data
@pytest.mark.parametrize("file", real_cases(LISTINGS), ids=lambda file: file.name)
def test_no_record_and_no_field_of_a_real_listing_is_lost(file: Path, tmp_path: Path) -> None:
    """Each record becomes an entry, and each field is either used or said not to be wanted."""
    path, number = sample(file, tmp_path)
    outcome = bring(tmp_path, path, mapping=mapping_for(file, MAPPINGS))
    assert (outcome.records, outcome.imported, outcome.lost_number) == (number, number, 0)
    assert dict(outcome.unused) == {}
    assert len(list((tmp_path / "datasets").glob("*/*/datapackage.yaml"))) == number


JSON_MAPPING = """
source: {id: city, title: 清单, url: "https://example.com/"}
fields:
  title: title
  publisher: org.name
  description: description
  keywords: {from: [keyword, tags.name], merge: true, split: ","}
  spatial: spatial
  licence: license.titel
  open: {from: access, map: {public: open}}
"""


def test_lists_of_json_are_lists_and_objects_are_told(tmp_path: Path) -> None:
    """Keywords of a list stand each for itself, also of objects in a list; HTML goes, and a geometry is no place."""
    records = [
        {"title": "[2024] 预算", "org": {"name": "财政局"}, "description": "<p>医院与<b>医生</b>。</p>",
         "access": "public", "keyword": ["医院", "准备,就绪"], "tags": [{"name": "预算"}, {"id": 1}],
         "license": {"title": "CC-BY-4.0"},
         "spatial": {"type": "Point", "coordinates": [118, 26]}},
        {"title": "水质", "org": {"name": "环境局"}, "description": None, "access": "public", "keyword": []},
    ]  # fmt: skip
    file = tmp_path / "data.json"
    file.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    outcome = bring(tmp_path, file, mapping=JSON_MAPPING)
    paths = {path.parent.name: path for path in (tmp_path / "datasets").rglob("datapackage.yaml")}
    first, second = (read_document(paths[name]) for name in outcome.entries.names)
    assert (first["title"], first["description"]) == ("[2024] 预算", "医院与医生。")
    assert first["keywords"] == ["医院", "准备", "就绪", "预算"]
    assert "keywords" not in second
    assert "spatial" not in first["catalogue"]
    told = [(item.code, item.field, item.row) for item in outcome.findings if item.code != "listing-field-unmapped"]
    assert told == [("listing-field-absent", "licence", None), ("listing-value-unmapped", "spatial", 2)]

"""Descriptors from strangers: names, paths and references that try to get out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.descriptors.dataset_names import is_name, is_resource_name, propose_name
from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.findings.finding import Report
from portal.findings.words import mend_of, message_of
from portal.settings import load_settings

NAMES = [
    "../x",
    "a/b",
    "",
    "CON",
    "con",
    "nul.csv",
    "a" * 300,
    "<script>alert(1)</script>",
    "公交站点",
    "Aa",
    "-x",
    ".x",
    "a b",
    "a\n",
]


def read(folder: Path) -> tuple[list[str], Report]:
    """Read a folder; return the names of the datasets and the report."""
    catalog, report = load_catalog(load_settings(folder))
    return [dataset.name for dataset in catalog.datasets], report


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_breaks_the_rule_is_refused_with_a_proposal(write_dataset: Callable[..., Path], name: str) -> None:
    """The finding shows the name and proposes one that follows the rule."""
    text = name.replace("\n", "\\n")
    names, report = read(write_dataset(f'name: "{text}"\ntitle: 公交站点\nresources: []\n'))
    assert names == []
    (finding,) = [item for item in report if item.severity == "error"]
    assert finding.code == "name-invalid"
    proposal = mend_of(finding).en.rsplit("Proposed: ", 1)[1]
    assert is_name(proposal)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("公交站点", "gong-jiao-zhan-dian"),
        ("../x", "x"),
        ("CON", "data-con"),
        ("Schools 2026", "schools-2026"),
        ("", "dataset"),
    ],
)
def test_a_proposal_resembles_what_was_meant(text: str, proposal: str) -> None:
    """Chinese becomes pinyin, and what is not allowed is left out."""
    assert propose_name(text) == proposal


@given(st.text())
def test_every_proposal_follows_the_rule(text: str) -> None:
    """Whatever is proposed may be used, for datasets and for resources."""
    assert is_name(propose_name(text))
    assert is_resource_name(propose_name(text))


PATHS = [
    "../secret.csv",
    "a/../../secret.csv",
    "/etc/passwd",
    "file:///etc/passwd",
    "file:table.csv",
    "ftp://example.com/x.csv",
    "s3://bucket/x.csv",
    "C:/Windows/win.ini",
    "..\\\\secret.csv",
    ".git/config",
    "sub/.hidden.csv",
    "~/x.csv",
    "http://",
    "out.csv",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_out_is_refused(write_dataset: Callable[..., Path], path: str) -> None:
    """Whatever way it tries, the dataset is refused and nothing is opened."""
    root = write_dataset(f'name: made\nresources: [{{name: table, path: "{path}"}}]\n')
    (root / "secret.csv").write_text("a\n1\n")
    (root / "made" / "out.csv").symlink_to(root / "secret.csv")
    names, report = read(root)
    assert names == []
    assert [item.code for item in report if item.severity == "error"] == ["path-unsafe"]


@pytest.mark.parametrize("path", ["table.csv", "data/table.csv", "数据/表 1.csv", "./table.csv"])
def test_a_relative_path_inside_is_fine(tmp_path: Path, path: str) -> None:
    """Folders below, Chinese names and spaces are allowed."""
    assert inside(tmp_path, path) == tmp_path / path


@given(st.text(min_size=1, max_size=40))
def test_no_accepted_path_leaves_the_folder(text: str) -> None:
    """What is not refused lies inside."""
    folder = Path("/srv/data")
    try:
        path = inside(folder, text)
    except UnsafePath:
        return
    assert Path(os.path.normpath(path)).is_relative_to(folder)


@pytest.mark.parametrize("key", ["schema", "dialect"])
def test_a_reference_may_not_lead_out_either(write_dataset: Callable[..., Path], key: str) -> None:
    """A schema or dialect in a file is read only from the dataset's folder, and never from the network."""
    text = "name: made\nresources: [{{name: table, path: table.csv, {key}: '{value}'}}]\n"
    for value, code in (("../../x.json", "path-unsafe"), ("https://example.com/x.json", "reference-remote")):
        _, report = read(write_dataset(text.format(key=key, value=value), table__csv="a\n1\n"))
        assert [item.code for item in report if item.severity == "error"] == [code]


def test_a_schema_in_a_file_is_read_and_its_faults_have_a_place(write_dataset: Callable[..., Path]) -> None:
    """A schema beside the descriptor is used; where it is broken the finding names that file and line."""
    text = "name: made\nresources: [{name: table, path: table.csv, schema: schema.yaml}]\n"
    good = write_dataset(text, table__csv="a\n1\n", schema__yaml="fields: [{name: a, type: integer}]\n")
    catalog, _ = load_catalog(load_settings(good))
    assert [field.type for field in catalog.datasets[0].resources[0].schema.fields] == ["integer"]
    _, report = read(write_dataset(text, table__csv="a\n1\n", schema__yaml="fields:\n  - {name: a\n"))
    (finding,) = [item for item in report if item.severity == "error"]
    assert (finding.code, finding.file, finding.row) == ("descriptor-syntax", "made/schema.yaml", 3)


def test_links_in_place_of_folders_and_descriptors_are_not_followed(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """A link could show any file of the machine; it is reported and passed over."""
    root = write_dataset("name: made\nresources: []\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "datapackage.yaml").write_text("name: outside\nresources: []\n")
    (root / "linked").symlink_to(outside)
    (root / "other").mkdir()
    (root / "other" / "datapackage.yaml").symlink_to(outside / "datapackage.yaml")
    names, report = read(root)
    assert names == ["made"]
    assert sorted((item.code, item.file) for item in report if item.code == "symlink-skipped") == [
        ("symlink-skipped", "linked"),
        ("symlink-skipped", "other/datapackage.yaml"),
    ]


def test_the_first_of_several_descriptors_counts(write_dataset: Callable[..., Path]) -> None:
    """YAML before JSON, and the others are named."""
    names, report = read(write_dataset("name: made\nresources: []\n", datapackage__json='{"name": "other"}'))
    assert names == ["made"]
    assert "datapackage.json" in message_of(next(item for item in report if item.code == "descriptor-ambiguous")).en


@pytest.mark.parametrize(
    "document",
    [
        "",
        "just text",
        "[]",
        "name: made",
        "{name: made, resources: {}}",
        "{name: made, resources: [table.csv]}",
        "{name: made, resources: [], catalogue: open}",
    ],
)
def test_a_descriptor_of_another_shape_is_refused(write_dataset: Callable[..., Path], document: str) -> None:
    """It is one finding, and no exception."""
    names, report = read(write_dataset(document))
    assert names == []
    assert [item.code for item in report if item.severity == "error"] == ["descriptor-shape"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(
        "title description keywords licenses contributors sources translations catalogue created version".split()
    ),
)
def test_no_value_anywhere_stops_the_reading(value: object, key: str) -> None:
    """Whatever stands under a key, reading gives a dataset or a finding."""
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        document = {"name": "made", "resources": [], key: value}
        (Path(folder) / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
        names, report = read(Path(folder))
        assert names == ["made"] or report.refused()

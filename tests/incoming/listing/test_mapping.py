"""Mappings: what a good one means, and that of a wrong one the line is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.incoming.listing.mapping import FieldRule, ListMapping, load_mapping, mapping_for
from portal.model.errors import ConfigurationError

SOURCE = "source: {id: city, title: 清单, region: 池州市}\n"
FIELDS = "fields: {title: 标题, publisher: 单位, open: 开放}\n"


def write(folder: Path, text: str, name: str = "m.yaml") -> Path:
    """Write a mapping."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def loaded(path: Path) -> ListMapping:
    """Return a mapping that is known to be good."""
    mapping, findings = load_mapping(path)
    assert findings == ()
    assert mapping is not None
    return mapping


def fault(path: Path) -> Finding:
    """Return what is wrong with a mapping."""
    mapping, findings = load_mapping(path)
    assert mapping is None
    return findings[0]


def test_the_shortest_mapping_names_a_source_and_three_fields(tmp_path: Path) -> None:
    """Title, publisher and openness must be said; all else may be left out."""
    mapping = loaded(write(tmp_path, SOURCE + FIELDS))
    assert (mapping.source_id, mapping.region, mapping.used) == ("city", "池州市", frozenset(["标题", "单位", "开放"]))


def test_a_mapping_takes_over_what_it_extends(tmp_path: Path) -> None:
    """Value maps join, a field that only names its source keeps the map below, and ignored fields add up."""
    base = "ignore: [电话]\nfields:\n  open: {map: {开: open}}\n  themes: {from: 领域, map: {交通: traffic, 气象: x}}\n"
    write(tmp_path, base, "base.yaml")
    own = SOURCE + (
        "extends: base.yaml\nfields:\n  title: 标题\n  publisher: 单位\n  open: 开放\n"
        '  themes: {map: {气象: "", 教育: education}}\nignore: [邮箱]\n'
    )
    mapping = loaded(write(tmp_path, own))
    assert mapping.fields["open"] == FieldRule(sources=("开放",), words={"开": ("open",)})
    words = {"交通": ("traffic",), "气象": (), "教育": ("education",)}
    assert mapping.fields["themes"] == FieldRule(sources=("领域",), words=words)
    assert mapping.ignored == frozenset(["电话", "邮箱"])


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (SOURCE + FIELDS + "feilds: {}\n", "m.yaml:3:1", "there is no such key"),
        (SOURCE + "fields:\n  title: 标题\n  autor: 作者\n", "m.yaml:4:3", "the catalogue has no field autor"),
        (SOURCE + "fields:\n  open: {map: {开: opened}}\n", "m.yaml:3:16", '"opened" should be one of'),
        (SOURCE + "fields:\n  keywords: {from: a, split: '['}\n", "m.yaml:3:23", "the regular expression is wrong"),
        (SOURCE + "fields: {title: 标题, publisher: 单位}\n", "m.yaml:2:1", "open is missing under fields"),
        (FIELDS, "m.yaml", "source.id is missing"),
        ("source: {id: ../x}\n" + FIELDS, "m.yaml:1:10", "lower-case letters, digits and hyphens only"),
        ("extends: none.yaml\n" + SOURCE + FIELDS, "m.yaml:1:1", "there is no file none.yaml"),
        ("extends: m.yaml\n" + SOURCE + FIELDS, "m.yaml:1:1", "they extend each other"),
        ("fields: [a\n", "m.yaml:2:1", ""),
        ("- a\n", "m.yaml", "there is no mapping at the top"),
        ("fields: {title: {from: {a: b}}}\n", "m.yaml:1:18", "it should be text, or a list of texts"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(tmp_path: Path, text: str, place: str, reason: str) -> None:
    """Whoever wrote the mapping finds the place at once."""
    finding = fault(write(tmp_path, text))
    assert (finding.code, finding.place) == ("mapping-invalid", place)
    assert reason in message_of(finding).en


def test_a_fault_in_an_extended_mapping_names_that_file(tmp_path: Path) -> None:
    """The mapping that was asked for is not to blame."""
    write(tmp_path, "fields:\n  titel: 标题\n", "base.yaml")
    assert fault(write(tmp_path, "extends: base.yaml\n" + SOURCE + FIELDS)).place == "base.yaml:2:3"


def test_of_a_folder_the_mapping_that_applies_is_chosen(tmp_path: Path) -> None:
    """None and several are both a sentence for the person who called."""
    first = write(tmp_path, SOURCE + FIELDS + "applies_to: [a*.json, x.csv]\n", "first.yaml")
    write(tmp_path, SOURCE + FIELDS + "applies_to: ab.json\n", "second.yaml")
    write(tmp_path, "broken: [\n", "third.yaml")
    assert mapping_for(Path("ac.json"), tmp_path) == first
    with pytest.raises(ConfigurationError, match=r"Several mappings apply to ab.json: first.yaml, second.yaml"):
        mapping_for(Path("ab.json"), tmp_path)
    with pytest.raises(ConfigurationError, match=r"No mapping in .* applies to b.json"):
        mapping_for(Path("b.json"), tmp_path)

"""The standards that come with the portal: whole, consistent, readable as Table Schema, strict on what they show."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from frictionless import Schema
from support import PROJECT

from portal.model.catalog import EDITIONS
from portal.model.guide import FORMAT_CLASSES
from portal.model.references import REFERENCES
from portal.model.terms import CODE_FORMATS, SHARING_TYPES, UPDATE_CYCLES
from portal.standards.loading import NAMES, all_standards, areas, standard_file, standard_named
from portal.standards.register import Standard
from portal.standards.table_schema import fitted_schema, matched_fields, plain_schema, schema_for_people, table_schema
from portal.standards.visibility import is_publishable, is_restricted, visible_fields
from portal.yamlfile import read_document

STANDARDS = all_standards()
FIELD_KEYS = set(
    "codeFormat constraints description name references refused source title type values visibility".split()
)
STANDARD_KEYS = set("area counted_by description fields foreignKeys name primaryKey title version".split())


def named(name: str) -> Standard:
    """Return a standard that exists."""
    standard = standard_named(name)
    assert standard is not None
    return standard


@pytest.mark.parametrize("name", NAMES)
def test_a_standard_has_no_key_that_nobody_reads(name: str) -> None:
    """A slip in the YAML cannot turn into a field that is shown."""
    document = read_document(standard_file(name))
    assert document["name"] == name
    assert set(document) <= STANDARD_KEYS
    for field in document["fields"]:
        assert set(field) <= FIELD_KEYS, field["name"]
        assert set(field["visibility"]) == set(EDITIONS)
        assert all(isinstance(value, bool) for value in field["visibility"].values())


def test_every_yaml_file_is_a_known_standard() -> None:
    """None lies about without being read."""
    assert {path.stem for path in standard_file("department").parent.glob("*.yaml")} == set(NAMES)


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda item: item.name)
def test_every_text_exists_in_chinese_and_english(standard: Standard) -> None:
    """Titles, descriptions and values."""
    texts = [standard.title, standard.description, *(item.title for item in standard.fields)]
    texts += [text for item in standard.fields for text in (item.description, *item.values) if text]
    assert [text for text in texts if not (text.zh and text.en)] == []


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda item: item.name)
def test_a_heading_names_one_field(standard: Standard) -> None:
    """Names, Chinese titles and English titles are each unique, and find their field."""
    for headings in (
        [item.name for item in standard.fields],
        [item.title.zh for item in standard.fields],
        [item.title.en.upper() + " *" for item in standard.fields],
    ):
        assert matched_fields(standard, headings) == list(standard.fields)


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda item: item.name)
def test_what_a_standard_refers_to_exists(standard: Standard) -> None:
    """Its area, its keys, the fields of others, the published standards, and the orders its fields come from."""
    assert standard.area in {area.id for area in areas()}
    assert standard.field(standard.counted_by).code_format == "uscc"
    assert all(standard.field(name).is_required for name in standard.primary_key)
    for key in standard.foreign_keys:
        assert [standard.field(name) for name in key.fields]
        assert key.reference_fields == named(key.standard).primary_key
    for item in standard.fields:
        assert set(item.references) <= set(REFERENCES)
        assert not item.source or any(item.source.startswith(number) for number in REFERENCES), item.source
        assert item.code_format in ("", *CODE_FORMATS)


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda item: item.name)
def test_frictionless_reads_every_form_of_the_schema(standard: Standard) -> None:
    """As it is published, and fitted to a table."""
    titles = [item.title.zh for item in standard.fields]
    for schema in (table_schema(standard), plain_schema(standard), fitted_schema(standard, titles)):
        read = Schema.from_descriptor(schema)
        assert [field.type for field in read.fields] == [item.type for item in standard.fields]


def test_the_lists_of_values_are_those_of_the_guide() -> None:
    """The catalogue's register has no lists of its own."""
    entry = named("catalogue-entry")
    for field, terms in (("update_cycle", UPDATE_CYCLES), ("sharing_type", SHARING_TYPES)):
        assert [value.zh for value in entry.field(field).values] == [text.zh for text in terms.values()]
    assert {value.zh for value in entry.field("format_class").values} == {text.zh for text in FORMAT_CLASSES.values()}


def test_the_public_sees_of_information_systems_only_whose_they_are() -> None:
    """Rows, money, networks and protection are for departments; filing numbers and remarks for nobody."""
    systems = named("information-system")
    assert visible_fields(systems, "open") == {"owner", "owner_uscc"}
    hidden = {item.name for item in systems.fields} - visible_fields(systems, "sharing")
    assert hidden == {"mlps_filing_no", "classified_level", "remarks"}


def test_which_registers_are_given_out_whole_in_part_or_not_at_all() -> None:
    """The public gets rows of two of them; departments get a part of the others."""
    assert {item.name for item in STANDARDS if is_publishable(item, "open")} == {"catalogue-entry", "department"}
    assert all(is_publishable(item, "sharing") for item in STANDARDS)
    for edition in EDITIONS:
        assert [name for name in NAMES if not is_restricted(name, edition)] == ["catalogue-entry", "department"]


def test_no_page_offers_a_value_that_is_refused() -> None:
    """Records of classified systems are recognised, but nobody is asked for them."""
    systems = named("information-system")
    fitted = plain_schema(systems)
    for schema, shown in (
        (fitted, ["无", "秘密", "机密", "绝密"]),
        (table_schema(systems), ["无"]),
        (schema_for_people(systems, fitted), ["无"]),
    ):
        field = next(item for item in schema["fields"] if item["name"] == "classified_level")
        assert field["constraints"]["enum"] == shown


def test_there_are_the_eight_areas_of_the_plan() -> None:
    """In its order, each with what there is or what is missing."""
    assert [area.title.zh for area in areas()] == (
        "数据采集 数据质量 目录分类与管理 共享交换接口 共享交换服务 多级共享平台对接 平台运行管理 网络安全保障".split()
    )
    texts = chain.from_iterable((*area.held, *area.missing) for area in areas())
    assert all(text.zh and text.en for text in texts)


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda item: item.name)
def test_the_manual_has_every_field_and_who_sees_it(standard: Standard) -> None:
    """The section of a standard lists its fields, the required ones marked, and what is public and what is hidden."""
    page = (PROJECT / "docs" / "reference" / "standards.md").read_text(encoding="utf-8")
    section = page.partition(f"\n### {standard.name}\n")[2].partition("\n### ")[0]
    listed, _, shown = section.partition("\n- public: ")
    public, _, hidden = shown.partition("\n- hidden: ")
    told = [(name, title.removesuffix(" ●"), "●" in title) for name, title in re.findall(r"`(\w+)` ([^、。]+)", listed)]
    assert told == [(item.name, item.title.zh, item.is_required) for item in standard.fields]
    everything = [item.name for item in standard.fields]
    assert (everything if public == "all" else re.findall(r"`(\w+)`", public)) == [
        name for name in everything if name in visible_fields(standard, "open")
    ]
    assert re.findall(r"`(\w+)`", hidden) == [item.name for item in standard.fields if not item.editions]

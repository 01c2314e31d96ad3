"""Reading what people write: scalars stay what was typed, and every fault has a place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from portal.findings.words import said
from portal.model.limits import DESCRIPTOR_BYTES_MAX, DESCRIPTOR_NODES_MAX
from portal.model.text import LANGUAGES
from portal.yamlfile import UnreadableFile, read_document


def read(tmp_path: Path, text: str | bytes, name: str = "file.yaml") -> Any:
    """Write *text* and read it back."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path)


def fault(tmp_path: Path, text: str | bytes, name: str = "file.yaml") -> tuple[str, int | None, int | None]:
    """Return code, row and column of what is wrong with *text*."""
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path, text, name)
    assert all(said(caught.value.reason, lang) for lang in LANGUAGES)
    return caught.value.code, caught.value.row, caught.value.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-15", "2026-01-15"),
        ("no", "no"),
        ("on", "on"),
        ("007", "007"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("7", 7),
        ("-7", -7),
        ("1.5", 1.5),
        ("1.0", 1.0),
        ("1.10", "1.10"),
        ("0.10", "0.10"),
        ("+86", "+86"),
        ("-0", "-0"),
        (".5", ".5"),
        ("5.", "5."),
        ("1e3", "1e3"),
        ("12e5", "12e5"),
        ("0o17", "0o17"),
        ("3.14159265358979323846", "3.14159265358979323846"),
        ("1e400", "1e400"),
        (".inf", ".inf"),
        ("true", True),
        ("~", None),
        ("''", ""),
    ],
)
def test_scalars_follow_yaml_1_2(tmp_path: Path, text: str, value: object) -> None:
    """Only true, false and numbers that are shown again as they were typed are no text."""
    result = read(tmp_path, f"key: {text}")["key"]
    assert (result, type(result)) == (value, type(value))


def test_bounds_are_numbers_however_they_are_typed(tmp_path: Path) -> None:
    """They are compared with numbers; an enum holds what a cell must be, so it stays as typed."""
    text = "constraints: {minimum: 1.10, maximum: 1e3, exclusiveMaximum: +5, enum: [1.10], pattern: 1.10}"
    wanted = {"minimum": 1.1, "maximum": 1000.0, "exclusiveMaximum": 5, "enum": ["1.10"], "pattern": "1.10"}
    result = read(tmp_path, text)["constraints"]
    assert result == wanted
    assert type(result["exclusiveMaximum"]) is int


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("constraints: {minimum: 1e400}", "x.yaml"),
        ("constraints: {minimum: !!float nan}", "x.yaml"),
        ("constraints: {maximum: !!float -inf}", "x.yaml"),
        ("a: !!float nan", "x.yaml"),
        ("a: !!float inf", "x.yaml"),
        ("a: !!float .inf", "x.yaml"),
        ('{"a": 1e400}', "x.json"),
        ('{"a": NaN}', "x.json"),
        ('{"a": Infinity}', "x.json"),
        ('{"a": -Infinity}', "x.json"),
    ],
)
def test_a_number_that_no_float_holds_is_refused(tmp_path: Path, text: str, name: str) -> None:
    """It would silently be infinity or no number, which no JSON can say again."""
    assert fault(tmp_path, text, name)[0] == "descriptor-syntax"


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("a: %s", "x.yaml", (1, 4)),
        ("constraints:\n  minimum: %s", "x.yaml", (2, 12)),
        ("constraints: {maximum: 1e400}", "x.yaml", (1, 24)),
        ('{"a": %s}', "x.json", (None, None)),
    ],
)
def test_a_number_that_is_too_long_is_refused_in_our_words(
    tmp_path: Path, text: str, name: str, place: tuple[int | None, int | None]
) -> None:
    """Python has a bound on digits, and advice to programmers, which is none to whoever wrote the file."""
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path, text.replace("%s", "9" * 5000), name)
    reason = caught.value.reason
    assert [said(reason, lang) for lang in LANGUAGES] == ["数字过长或过大", "a number is too long or too large"]
    assert (caught.value.row, caught.value.column) == place


def test_a_bound_that_an_alias_shares_is_a_number_only_as_a_bound(tmp_path: Path) -> None:
    """Elsewhere it stays what was typed, whichever of the two comes first."""
    assert read(tmp_path, "constraints: {minimum: &m 1.10}\nversion: *m\n") == {
        "constraints": {"minimum": 1.1},
        "version": "1.10",
    }
    assert read(tmp_path, "before: &c {minimum: &m 1.10}\nconstraints: *c\nversion: *m\n") == {
        "before": {"minimum": "1.10"},
        "constraints": {"minimum": 1.1},
        "version": "1.10",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
@pytest.mark.parametrize("name", ["file.yaml", "file.json"])
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path, name: str) -> None:
    """Nobody may stop a build by a pipe into which nobody writes."""
    os.mkfifo(tmp_path / name)
    with pytest.raises(UnreadableFile) as caught:
        read_document(tmp_path / name)
    assert (caught.value.code, said(caught.value.reason, "en")) == (
        "descriptor-unreadable",
        "it is no plain file (a pipe or a device)",
    )


def test_the_key_on_stays_a_word(tmp_path: Path) -> None:
    """A key that YAML 1.1 takes for true keeps its name."""
    assert read(tmp_path, "planned: {on: 2026-12-01}") == {"planned": {"on": "2026-12-01"}}


def test_a_yaml_fault_has_line_and_column(tmp_path: Path) -> None:
    """Where the text stops being YAML is where the finding points."""
    assert fault(tmp_path, "a: 1\nb: c: d\n") == ("descriptor-syntax", 2, 5)


def test_a_json_fault_has_line_and_column(tmp_path: Path) -> None:
    """The same for JSON."""
    assert fault(tmp_path, '{\n "a": 1,\n "b" 2\n}', "file.json") == ("descriptor-syntax", 3, 6)


@pytest.mark.parametrize(
    ("text", "name"), [("a: 1\na: 2\n", "x.yaml"), ('{"a": 1, "a": 2}', "x.json"), ("k: {b: 1, b: 2}", "x.yaml")]
)
def test_a_key_that_stands_twice_is_refused(tmp_path: Path, text: str, name: str) -> None:
    """The second value would silently win."""
    assert fault(tmp_path, text, name)[0] == "descriptor-syntax"


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['true']",
        "a: !own 1",
        "? [1]\n: 2",
        "a: \x01",
        "a: *nowhere",
        "!!merge a: {b: 1}",
        "!!seq a: 1",
        "a: !!timestamp 2020-01-01",
        "a: !!timestamp x",
        "a: !!binary aGk=",
        "a: !!binary ?",
        "a: !!set {b, c}",
        "a: !!omap [b: 1]",
        "a: !!pairs [b: 1]",
        "a: !!value x",
        "a: !!bool maybe",
        "a: !!bool yes",
        "a: !!null x",
        "a: !!int x",
        "a: !!int 0x1F",
        "a: !!int [1]",
        "a: !!float {b: 1}",
        "a: !!str [b]",
        "a: !!str {=: b}",
        "a: !!seq b",
        "a: !!map [b]",
        "a: !<tag:yaml.org,2002:bound> 1",
        "!!int x: 1",
    ],
)
def test_tags_and_other_tricks_are_refused(tmp_path: Path, text: str) -> None:
    """Nothing but mappings, lists and scalars comes out of a file; whoever wrote it learns on which line."""
    code, row, _ = fault(tmp_path, text)
    assert code == "descriptor-syntax"
    assert row == 1 or "\x01" in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!str 5", "5"),
        ("!!str 2020-01-01", "2020-01-01"),
        ("!!int 5", 5),
        ("!!float 1.5", 1.5),
        ("!!bool true", True),
        ("!!null ~", None),
        ("!!seq [1]", [1]),
        ("!!map {b: 1}", {"b": 1}),
    ],
)
def test_a_tag_that_says_what_is_there_anyway_is_allowed(tmp_path: Path, text: str, value: object) -> None:
    """Some programs write them."""
    result = read(tmp_path, f"a: {text}")["a"]
    assert (result, type(result)) == (value, type(value))


@pytest.mark.parametrize("key", ["2020", "1.5", "true", "~", "!!null a"])
def test_a_key_that_is_no_text_has_its_place(tmp_path: Path, key: str) -> None:
    """A year as a key needs quotes; whoever wrote it learns where."""
    assert fault(tmp_path, f"a: 1\nb:\n  {key}: 2\n") == ("descriptor-syntax", 3, 3)


@pytest.mark.parametrize("key", ["007", "1.10", "+86", "2020-01", "no"])
def test_a_key_that_is_text_as_it_was_typed_is_one(tmp_path: Path, key: str) -> None:
    """What would be text as a value is text as a key."""
    assert read(tmp_path, f"{key}: 1") == {key: 1}


def test_aliases_that_blow_up_are_refused(tmp_path: Path) -> None:
    """A few lines of aliases that stand for billions of items are stopped early."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert fault(tmp_path, "\n".join(lines))[0] == "descriptor-too-large"


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}", "constraints: &a {constraints: *a}"])
def test_an_alias_within_what_it_stands_for_is_refused(tmp_path: Path, text: str) -> None:
    """Written out it would never end."""
    assert fault(tmp_path, text)[0] == "descriptor-too-large"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * 3000 + "]" * 3000, "x.json"),
        ("[" * 100_000, "x.json"),
        ("[" * 41 + "]" * 41, "x.json"),
        ("[" * 41 + "]" * 41, "x.yaml"),
        ("- " * 100_000, "x.yaml"),
    ],
)
def test_deep_nesting_is_refused(tmp_path: Path, text: str, name: str) -> None:
    """Neither format may nest deeper than 40 levels, whole or broken off."""
    assert fault(tmp_path, text, name)[0] == "descriptor-too-large"


def test_large_files_are_refused(tmp_path: Path) -> None:
    """A descriptor over the limit is not even parsed; one with too many items is not used."""
    assert fault(tmp_path, b"#" * (DESCRIPTOR_BYTES_MAX + 1))[0] == "descriptor-too-large"
    assert fault(tmp_path, "[" + "1," * (DESCRIPTOR_NODES_MAX + 1) + "1]", "x.json")[0] == "descriptor-too-large"


def test_bytes_that_are_not_utf_8_have_their_line(tmp_path: Path) -> None:
    """A file in another encoding is refused at the first line that gives it away."""
    assert fault(tmp_path, "a: 1\nb: 市政府\n".encode("gb18030")) == ("descriptor-unreadable", 2, None)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Windows editors write one."""
    assert read(tmp_path, "\ufeffa: 1") == {"a": 1}


def test_a_file_that_is_not_there_is_a_finding_too(tmp_path: Path) -> None:
    """Reading never raises anything else."""
    with pytest.raises(UnreadableFile) as caught:
        read_document(tmp_path / "nothing.yaml")
    assert caught.value.code == "descriptor-unreadable"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("b: {<<: *a, c: 3}", {"x": "1", "y": "2", "c": 3}),
        ("b: {c: 3, <<: *a}", {"x": "1", "y": "2", "c": 3}),
        ("b: {<<: *a, x: 9}", {"x": 9, "y": "2"}),
        ("b: {<<: [*a, {y: 7, z: 8}]}", {"x": "1", "y": "2", "z": 8}),
        ("b: {<<: [{y: 7}, *a]}", {"x": "1", "y": 7}),
        ("b: {<<: {<<: *a, z: 8}}", {"x": "1", "y": "2", "z": 8}),
        ("b: {<<: {}}", {}),
        ('b: {"<<": 1}', {"<<": 1}),
    ],
)
def test_merge_keys_bring_what_a_mapping_does_not_say_itself(tmp_path: Path, text: str, value: Any) -> None:
    """As PyYAML and so Frictionless read them; a quoted one is a key like any other."""
    assert read(tmp_path, f"a: &a {{x: '1', y: '2'}}\n{text}\n")["b"] == value


def test_bounds_that_a_merge_key_brings_are_numbers_too(tmp_path: Path) -> None:
    """What several fields share by an alias is compared like what a field states itself."""
    text = "shared: &s {minimum: 1.10}\nfield: {constraints: {<<: *s, maximum: 2.50}}\n"
    assert read(tmp_path, text)["field"]["constraints"] == {"minimum": 1.1, "maximum": 2.5}


@pytest.mark.parametrize("text", ["b: {<<: 1}", "b: {<<: [1]}", "b: {<<: ~}", "b: {<<: *a, <<: *a}"])
def test_a_merge_key_that_brings_no_mapping_is_a_fault_at_its_place(tmp_path: Path, text: str) -> None:
    """So is one that stands twice."""
    assert fault(tmp_path, f"a: &a {{x: 1}}\n{text}\n")[:2] == ("descriptor-syntax", 2)


def test_a_key_that_stands_twice_is_a_fault_beside_a_merge_key_too(tmp_path: Path) -> None:
    """What was typed twice in one mapping is never settled in silence."""
    assert fault(tmp_path, "a: &a {x: 1}\nb: {<<: *a, y: 1, y: 2}\n")[:2] == ("descriptor-syntax", 2)


def test_merge_keys_cannot_blow_up(tmp_path: Path) -> None:
    """Every use of an alias counts as written out."""
    lines = ["a0: &a0 {k: 1}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, 40)]
    assert fault(tmp_path, "\n".join(lines))[0] == "descriptor-too-large"


@pytest.mark.parametrize("text", ["b: *a\nc: *a", "b: {<<: *a}\nc: {<<: *a}"])
def test_what_an_alias_brings_stands_in_one_place_alone(tmp_path: Path, text: str) -> None:
    """Frictionless changes the schemas it is given; two tables may share the lines, never the value."""
    document = read(tmp_path, f"a: &a {{schema: {{fields: [1]}}}}\n{text}\n")
    document["b"]["schema"]["fields"].append(2)
    assert document["a"]["schema"] == document["c"]["schema"] == {"fields": [1]}

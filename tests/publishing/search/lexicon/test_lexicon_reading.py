"""The lexicon's files: what is read of them, and what in them is told as a finding with its row."""

from __future__ import annotations

from pathlib import Path

from portal.findings.finding import Finding
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.lexicon.lexicon_reading import GROUP_WORDS_MAX, ReadLexicon, read_lexicon
from portal.publishing.search.lexicon.lexicon_rules import check_groups


def read(folder: Path, text: str, name: str = "a.yaml") -> ReadLexicon:
    """Read a lexicon of one file."""
    (folder / name).write_text(text, encoding="utf-8")
    return read_lexicon(None, folder)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    """Return the codes, places and values of findings."""
    return [(item.code, item.place, item.value or item.field) for item in findings]


def test_a_group_is_read_with_all_its_words(tmp_path: Path) -> None:
    """Every list, the dialects, the topic, and where it stands; digits need no quotes."""
    text = """\
topic: justice
groups:
- words: [失信被执行人]
  same: [失信人]
  plain: [老赖, 12345]
  dialect: {粤: [赖猫]}
  english: [defaulters]
  broader: [法院执行]
"""
    group = Group(
        words=("失信被执行人",),
        same=("失信人",),
        plain=("老赖", "12345"),
        dialect=(("粤", ("赖猫",)),),
        english=("defaulters",),
        broader=("法院执行",),
        topic="justice",
        file="a.yaml",
        row=3,
    )
    assert read(tmp_path, text) == ReadLexicon((group,), ())


def test_what_is_wrong_in_a_file_is_told_with_its_row(tmp_path: Path) -> None:
    """Unknown keys, words that are none and too short ones; the rest of the group counts."""
    text = """\
topic: health
colour: red
apples: 2
groups:
- words: [医院, 水]
  sames: [x]
  plain: 看病
  english: [hospital, x, 5G]
- plain: [没有正式的词]
- 医保
"""
    outcome = read(tmp_path, text)
    assert [(group.words, group.plain, group.english) for group in outcome.groups] == [
        (("医院",), (), ("hospital", "5G"))
    ]
    assert told(outcome.findings) == [
        ("lexicon-invalid", "a.yaml:3", "apples"),
        ("lexicon-invalid", "a.yaml:2", "colour"),
        ("lexicon-invalid", "a.yaml:6", "sames"),
        ("lexicon-word-short", "a.yaml:5", "水"),
        ("lexicon-invalid", "a.yaml:5", "plain"),
        ("lexicon-word-short", "a.yaml:8", "x"),
        ("lexicon-invalid", "a.yaml:9", "words"),
        ("lexicon-invalid", "a.yaml:10", "groups"),
    ]


def test_a_file_that_is_no_yaml_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    """One bad file costs nothing else."""
    (tmp_path / "b.yaml").write_text("groups:\n- words: [公园]\n", encoding="utf-8")
    outcome = read(tmp_path, "groups: [\n")
    assert [group.words for group in outcome.groups] == [("公园",)]
    assert [item.code for item in outcome.findings] == ["lexicon-invalid"]


def test_the_operators_files_stand_behind_those_of_the_portal(tmp_path: Path) -> None:
    """lexicon.yaml and lexicon-*.yaml in the folder of datasets; an empty one says nothing."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, name, word in ((ours, "a", "公园"), (theirs, "lexicon", "游园"), (theirs, "lexicon-b", "绿道")):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yaml").write_text(f"groups:\n- words: [{word}]\n", encoding="utf-8")
    (theirs / "lexicon-empty.yaml").touch()
    (theirs / "other.yaml").write_text("groups: 1", encoding="utf-8")
    outcome = read_lexicon(theirs, ours)
    assert [group.words[0] for group in outcome.groups] == ["公园", "绿道", "游园"]
    assert outcome.findings == ()


def test_a_list_of_very_many_words_is_cut_and_told(tmp_path: Path) -> None:
    """A list has a limit."""
    words = ", ".join(f"词语{number}" for number in range(GROUP_WORDS_MAX + 1))
    outcome = read(tmp_path, f"groups:\n- words: [{words}]\n")
    assert len(outcome.groups[0].words) == GROUP_WORDS_MAX
    assert told(outcome.findings) == [("lexicon-invalid", "a.yaml:2", "words")]


def test_a_circle_over_a_word_of_two_groups_is_found() -> None:
    """An operator's group beside one of the portal may close it as well."""
    groups = (
        Group(("公园",), file="a.yaml", row=1),
        Group(("公园",), broader=("绿地",), file="b.yaml", row=1),
        Group(("绿地",), broader=("公园",), file="b.yaml", row=2),
    )
    assert told(check_groups(groups)) == [
        ("lexicon-word-twice", "b.yaml:1", "公园"),
        ("lexicon-circle", "b.yaml:1", "公园"),
    ]


def test_words_twice_unknown_broader_words_and_circles_are_found() -> None:
    """Each at its group; a plain word may stand in several groups."""
    groups = [
        Group(("区县",), plain=("地方",), broader=("城市",), file="a.yaml", row=1),
        Group(("城市",), plain=("地方",), broader=("省份",), file="a.yaml", row=2),
        Group(("省份",), same=("区县",), broader=("城市", "国家"), file="a.yaml", row=3),
        Group(("乡镇",), plain=("乡镇",), file="a.yaml", row=4),
    ]
    assert told(check_groups(groups)) == [
        ("lexicon-word-twice", "a.yaml:3", "区县"),
        ("lexicon-word-twice", "a.yaml:4", "乡镇"),
        ("lexicon-broader-unknown", "a.yaml:3", "国家"),
        ("lexicon-circle", "a.yaml:2", "城市"),
    ]


def test_the_lexicon_that_comes_with_the_portal_has_no_fault() -> None:
    """Its files can be read, and its groups agree."""
    outcome = read_lexicon(None)
    assert told((*outcome.findings, *check_groups(outcome.groups))) == []

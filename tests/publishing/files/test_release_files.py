"""What a release says of itself: its report, its counts, and the hash of all that it was made of."""

from __future__ import annotations

import json
from pathlib import Path

from support import build_folder


def test_the_report_holds_every_finding_in_the_agreed_shape(tiny: Path, tmp_path: Path) -> None:
    """report.json lists what the build found, with every key, null where one does not apply."""
    (tiny / "education" / "schools" / "schools.csv").write_text(
        "学校代码,名称,学生数,建校日期,寄宿\n0001,甲,很多,1956-09-01,否\n", encoding="utf-8"
    )
    result = build_folder(tiny, tmp_path / "build")
    assert result.folder is not None
    findings = json.loads((result.folder / "report.json").read_text(encoding="utf-8"))["findings"]
    error = next(item for item in findings if item["severity"] == "error")
    assert error == {
        "code": "type-error",
        "severity": "error",
        "dataset": "schools",
        "resource": "schools",
        "file": "education/schools/schools.csv",
        "row": 2,
        "further_rows": [],
        "column": 3,
        "field": "学生数",
        "value": "很多",
        "message": {
            "zh": "字段“学生数”的值“很多”不是整数。",
            "en": 'Field "学生数" holds "很多", which is not an integer.',
        },
        "mend": {"zh": "请填写阿拉伯数字的整数，例如 30。", "en": "Write digits, e.g. 30."},
    }


def test_release_json_tells_what_was_refused_and_counted(tiny: Path, tmp_path: Path) -> None:
    """Counts are those of what was published."""
    (tiny / "education" / "schools" / "schools.csv").unlink()
    result = build_folder(tiny, tmp_path / "build")
    assert result.folder is not None
    document = json.loads((result.folder / "release.json").read_text(encoding="utf-8"))
    assert document["id"] == result.folder.name
    assert document["refused"] == ["schools"]
    assert document["counts"] == {
        "datasets": 2,
        "resources": 3,
        "files": 10,
        "rows": 5,
        "errors": 1,
        "warnings": document["counts"]["warnings"],
    }


def test_the_inputs_hash_follows_everything_that_makes_a_release(tiny: Path, tmp_path: Path) -> None:
    """A schema in a file of its own, a template of the portal's own and a cell each change the name of the release."""

    def name() -> str:
        release = build_folder(tiny, tmp_path / "build").folder
        assert release is not None
        return release.name[17:29]

    folder = tiny / "transport" / "extra"
    folder.mkdir()
    (folder / "t.csv").write_text("a\n1\n")
    (folder / "s.yaml").write_text("fields: [{name: a, type: string}]\n")
    (folder / "datapackage.yaml").write_text("name: extra\nresources: [{name: t, path: t.csv, schema: s.yaml}]\n")
    names = [name()]
    (folder / "s.yaml").write_text("fields: [{name: a, type: integer}]\n")
    names.append(name())
    (folder / "t.csv").write_text("a\n2\n")
    names.append(name())
    own = tiny.parent / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / "about.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    names.append(name())
    assert len(set(names)) == len(names)
    assert name() == names[-1]

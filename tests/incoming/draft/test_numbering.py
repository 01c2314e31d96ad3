"""The next resource code: after every one in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.incoming.draft.numbering import proposed_code


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("json", '{"homepage": "https://x.example.com/#a", "catalogue": {"code": "307021000/000007"}}'),
        ("json", '{"catalogue": {"code": "307021000/000007"}, "x": {"code": "307021000/000002"}}'),
        ("json", '{"homepage": "https://x.example.com/#a", "catalogue": {"code": "307021000/000007"}, }'),
        ("yaml", '{"homepage": "https://x.example.com/#a", "catalogue": {"code": "307021000/000007"}}'),
        ("yaml", 'catalogue: {note: "C#", code: 307021000/000007}\n'),
        ("yaml", "catalogue: {note: C#, code: 307021000/000007}\n"),
        ("yaml", "catalogue: {note: it's, code: 307021000/000007}\n"),
        ("yaml", 'catalogue: {note: "C\n  #1", code: 307021000/000007}\n'),
        ("yaml", "catalogue:\n  # code: 307021000/000001\n  code:\n    307021000/000007\n"),
        ("yaml", "catalogue:\n  code: &it 307021000/000007 # 原为 code: 307021000/000050\n"),
        ("yaml", "catalogue: {code: 307021000/000007}\nx: [{code: 307021000/000050}, {code: 307021000/000002}]\n"),
        ("yaml", "catalogue: {code: 307021000/000007} # code: 307021000/000050\ntitle: [\n"),
        ("yml", "catalogue: {note: C#, code: 307021000/000006}\nother: {code: 307021000/000007}\ntitle: [\n"),
    ],
)
def test_a_code_in_use_is_seen_however_it_is_written(tmp_path: Path, file: str, text: str) -> None:
    """Behind a # that begins no comment, on a line with others, and in a descriptor that cannot be read."""
    place = tmp_path / "jiaotong" / "one"
    place.mkdir(parents=True)
    place.joinpath(f"datapackage.{file}").write_text(text, encoding="utf-8")
    assert proposed_code(tmp_path, "jiaotong") == "307021000/000008"


def test_a_published_code_is_not_proposed_again(tmp_path: Path) -> None:
    """Also where the dataset is gone; those of other fronts, and what is no code, change nothing."""
    place = tmp_path / "jiaotong" / "one"
    place.mkdir(parents=True)
    place.joinpath("datapackage.yaml").write_text("catalogue: {code: 307021000/000007}\n", encoding="utf-8")
    released = ["307021000/000012", "307022000/000099", "307021000/000003", "x"]
    assert proposed_code(tmp_path, "jiaotong", released) == "307021000/000013"
    assert proposed_code(tmp_path, "shangwu", released) == ""

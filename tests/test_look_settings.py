"""``look:`` of catalog.yaml: a colour that can be read on, files inside the folder; all else is told and left out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.findings.words import message_of
from portal.look_settings import LOOK_FILE_BYTES_MAX, read_look
from portal.model.look import Look, LookFile, contrast
from portal.publishing.site.own_look import logo_path, look_styles, styles_path, write_look

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_without_a_look_the_portal_looks_as_usual(tmp_path: Path) -> None:
    """No style sheet of its own, and the usual sign."""
    assert read_look(None, tmp_path) == (Look(), ())
    assert (logo_path(Look()), styles_path(Look())) == ("/static/img/mark.svg", "")


def test_what_is_stated_becomes_files_of_the_site(tmp_path: Path) -> None:
    """Logo and picture under names of ours, styles after those of the colour."""
    (tmp_path / "pictures").mkdir()
    files = {"logo": ("pictures/Logo.PNG", b"png"), "picture": ("city.jpg", b"jpg"), "styles": ("own.css", b".x{}\n")}
    for name, content in files.values():
        (tmp_path / name).write_bytes(content)
    stated: dict[str, Any] = {key: name for key, (name, _) in files.items()}
    look, findings = read_look({"colour": "#8A1C1C", **stated}, tmp_path)
    assert findings == ()
    assert look == Look(
        "#8a1c1c", *(LookFile(name, hashlib.sha256(content).hexdigest()) for name, content in files.values())
    )
    write_look(look, tmp_path, tmp_path / "static")
    assert logo_path(look) == "/static/own/logo.png"
    assert (tmp_path / "static/own/logo.png").read_bytes() == b"png"
    assert (tmp_path / "static/own/picture.jpg").read_bytes() == b"jpg"
    written = (tmp_path / "static/css/look.css").read_text("utf-8")
    assert written.startswith(":root { --accent: #8a1c1c;")
    assert 'url("../own/picture.jpg")' in written
    assert written.endswith(".x{}\n")


@pytest.mark.parametrize(
    ("stated", "field", "part"),
    [
        ("red", "look", "mapping"),
        ({"colour": "red"}, "look.colour", "is written like"),
        ({"colour": "#fff"}, "look.colour", "is written like"),
        ({"colour": "#ffd27a"}, "look.colour", "a contrast of 1.4:1"),
        ({"logo": "none.svg"}, "look.logo", "no such file"),
        ({"logo": "../secret.svg"}, "look.logo", "in the folder"),
        ({"logo": "/etc/passwd"}, "look.logo", "in the folder"),
        ({"logo": "link.svg"}, "look.logo", "in the folder"),
        ({"logo": "page.html"}, "look.logo", "one of .svg, .png, .webp"),
        ({"picture": "big.jpg"}, "look.picture", "more than 1 MB"),
        ({"styles": "page.html"}, "look.styles", "one of .css"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_out(tmp_path: Path, stated: Any, field: str, part: str) -> None:
    """With its place and the reason."""
    folder = tmp_path / "datasets"
    folder.mkdir()
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "page.html").write_text("", encoding="utf-8")
    (folder / "big.jpg").write_bytes(b"0" * (LOOK_FILE_BYTES_MAX + 1))
    (folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    look, (finding,) = read_look(stated, folder)
    assert look == Look()
    assert (finding.code, finding.field) == ("look-unusable", field)
    assert part in message_of(finding).en


def test_an_unknown_key_is_told(tmp_path: Path) -> None:
    """It is misspelt most often."""
    _, (finding,) = read_look({"color": "#0f4c81"}, tmp_path)
    assert (finding.code, finding.field) == ("key-unknown", "look.color")


@given(COLOURS)
def test_text_can_be_read_whatever_the_colour(colour: str) -> None:
    """Every colour that is taken makes links readable on dark pages, too."""
    look, findings = read_look({"colour": colour}, Path())
    assert bool(findings) == (contrast(colour, "#ffffff") < 4.5)
    if look.accent:
        dark = look_styles(look).partition("dark)")[2].partition("--link: ")[2][:7]
        assert contrast(dark, "#10161d") >= 4.5


@given(COLOURS)
def test_contrast_is_that_of_wcag(colour: str) -> None:
    """The same both ways, 1 to itself, and at most 21."""
    ratio = contrast(colour, "#ffffff")
    assert ratio == contrast("#ffffff", colour)
    assert 1 <= ratio <= 21
    assert contrast(colour, colour) == 1

"""Templates are compiled once for both languages, and for all releases of a process."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from portal.publishing.site.contexts.page_contexts import Page, PortalInfo
from portal.publishing.site.render import Renderer

PORTAL = PortalInfo("门户", "", "", "https://data.example.cn", date(2026, 6, 1))


def filled(folder: Path, source: str, lang: str) -> str:
    """Return what a template of this text is filled to."""
    folder.mkdir(exist_ok=True)
    (folder / "own.html").write_text(source, encoding="utf-8")
    return Renderer(folder).render("own.html", Page(lang, "/x/", "标题", "", "", PORTAL, None))


def test_a_constant_is_said_in_the_language_of_each_page(tmp_path: Path) -> None:
    """A filter of a language leaves nothing of it in the compiled template."""
    source = '{{ "学校名录"|marked }} {{ _("Interrupted.") }}'
    assert filled(tmp_path, source, "en") == '<span lang="zh-CN">学校名录</span> Interrupted.'
    assert filled(tmp_path, source, "zh") == "学校名录 已中断。"


def test_a_template_that_changed_is_compiled_anew(tmp_path: Path) -> None:
    """In the next release of the same process, under the same name."""
    assert filled(tmp_path, "one", "zh") == "one"
    assert filled(tmp_path, "another", "zh") == "another"
    assert filled(tmp_path, "one", "zh") == "one"


def test_templates_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    """Each portal has its own."""
    assert filled(tmp_path / "a", "of a", "zh") == "of a"
    assert filled(tmp_path / "b", "of b", "zh") == "of b"

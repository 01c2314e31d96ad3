"""catalog.yaml: defaults, what it may say, and what happens when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.model.errors import ConfigurationError
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.settings import load_settings


def test_without_a_file_the_defaults_serve(tmp_path: Path) -> None:
    """Any folder can be built."""
    settings = load_settings(tmp_path)
    assert settings.portal.title == LocalText("开放数据门户", "Open data portal")
    assert (settings.profile, settings.limits, settings.portal.has_base_url) == ("basic", Limits(), False)


def test_what_the_file_says_is_used(tmp_path: Path) -> None:
    """Title, address, limits and footer come from catalog.yaml."""
    (tmp_path / "catalog.yaml").write_text(
        "title: {zh: 甲, en: A}\nbase_url: https://data.example.cn/open/\nlimits: {errors_max: 5}\n"
        "footer: {icp: 京ICP备0号, phone: 010-0}\n",
        encoding="utf-8",
    )
    settings = load_settings(tmp_path)
    assert settings.portal.base_url == "https://data.example.cn/open"
    assert settings.limits == Limits(errors_max=5)
    assert [(item.key, item.text.zh, item.href) for item in settings.portal.footer] == [
        ("phone", "010-0", "tel:0100"),
        ("icp", "京ICP备0号", "https://beian.miit.gov.cn/"),
    ]


@pytest.mark.parametrize(
    ("text", "required"), [("review: required", True), ("review: off", False), ("title: 甲", False)]
)
def test_approval_is_required_where_the_file_says_so(tmp_path: Path, text: str, required: bool) -> None:
    """``review: required`` turns it on; it is off by default."""
    (tmp_path / "catalog.yaml").write_text(text, encoding="utf-8")
    assert load_settings(tmp_path).review_required is required


def test_an_address_on_the_command_line_takes_precedence(tmp_path: Path) -> None:
    """--base-url is stronger than the file."""
    (tmp_path / "catalog.yaml").write_text("base_url: https://a.example\n", encoding="utf-8")
    assert load_settings(tmp_path, base_url="https://b.example").portal.base_url == "https://b.example"


@pytest.mark.parametrize(
    "text",
    [
        "title: [",
        "- a list",
        "profile: other",
        "base_url: ftp://example.cn",
        "base_url: http://",
        "base_url: 'http://[::1'",
        "limits: {errors_max: 0}",
        "limits: {errors_max: many}",
        "limits: {nonsense: 1}",
        "limits: 5",
        "review: maybe",
        "security: security@example.cn",
        "security: {mail: security@example.cn}",
        "security: {email: nobody}",
        "security: {email: 'a@example.cn\\nContact: b@example.cn'}",
        "security: {url: 'http://example.cn/report'}",
        "security: {policy: 'https://example.cn/a b'}",
        "security: {phone: many}",
    ],
)
def test_settings_that_cannot_be_used_stop_with_a_sentence(tmp_path: Path, text: str) -> None:
    """A wrong setting is a wrong call: it is said in both languages and nothing is built."""
    (tmp_path / "catalog.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.message.zh
    assert caught.value.message.en


def test_a_misspelt_key_is_a_finding(tmp_path: Path) -> None:
    """It is a warning in an ordinary portal and an error in a national one."""
    (tmp_path / "catalog.yaml").write_text("titel: x\n", encoding="utf-8")
    assert [(item.code, item.severity, item.field) for item in load_settings(tmp_path).findings] == [
        ("key-unknown", "warning", "titel")
    ]
    (tmp_path / "catalog.yaml").write_text("titel: x\nprofile: national\n", encoding="utf-8")
    assert load_settings(tmp_path).findings[0].severity == "error"

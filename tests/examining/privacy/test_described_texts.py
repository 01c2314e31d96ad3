"""What people write beside the data is screened, under every key: of a dataset, and of the portal itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.examining.loaded import load, require_publishable_settings
from portal.examining.privacy import described_texts
from portal.examining.privacy.described_texts import in_settings
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.model.errors import ConfigurationError
from portal.settings import load_settings

ID = "110101185001010018"
CARD = "6222020000000000000"
MOBILE = "13800001234"
TODAY = date(2026, 6, 1)
TABLE = "a,b\n1,2\n"

Screened = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    "more",
    [
        f"contributors: [{{title: 张某 {ID}}}]\n",
        f'licenses: [{{name: CC-BY-4.0, title: "许可 {ID}"}}]\n',
        f'contact: "张某 {ID}"\n',
        f"email: '{ID}'\n",
        f"maintainers: [{{name: {ID}}}]\n",
        f"x: {{data: ['{ID}']}}\n",
        f'sources: [{{title: 甲, email: "{ID}"}}]\n',
        f"catalogue: {{privacy_exception: [{{fields: [a], reason: '{ID}', approved_by: 甲, date: '2026-05-01'}}]}}\n",
    ],
    ids=["contributors", "licenses", "contact", "email", "maintainers", "data", "sources", "exception"],
)
def test_no_key_of_a_description_is_passed_over(screened: Screened, more: str) -> None:
    """An identity number refuses wherever it stands in the descriptor, under keys for contacts too."""
    assert [item.code for item in screened(more, a__csv=TABLE)] == ["personal-id"]


def test_a_mark_under_a_key_for_contacts_refuses(screened: Screened) -> None:
    """No key excuses a secrecy mark."""
    assert [item.code for item in screened("contributors: [{title: 机密★5年}]\n", a__csv=TABLE)] == ["secrecy-mark"]


def test_contacts_may_stand_under_the_keys_for_them(screened: Screened) -> None:
    """A telephone and a mailbox under contributors and contact are meant; elsewhere in a description they are not."""
    meant = f"contributors: [{{title: 张某, email: a@qq.com}}]\ncontact: '{MOBILE}'\n"
    assert screened(meant, a__csv=TABLE) == []
    assert [item.code for item in screened(f"note: '请致电 {MOBILE}'\n", a__csv=TABLE)] == ["personal-phone"]


def test_more_texts_than_are_looked_at_are_told(screened: Screened, monkeypatch: pytest.MonkeyPatch) -> None:
    """A description with too many texts is not passed over in silence."""
    monkeypatch.setattr(described_texts, "TEXTS_MAX", 5)
    assert "document-read-in-part" in {item.code for item in screened(a__csv=TABLE)}


def portal_with(folder: Path, **files: str) -> Path:
    """Write settings of a portal into *folder*."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "files",
    [
        {"catalog": f"description: {{zh: 负责人身份证{ID}}}\n"},
        {"catalog": "footer: {organiser: 机密★5年}\n"},
        {"publishers": f"publishers: [{{id: a, name: 甲局, responsible: 银行卡号{CARD}}}]\n"},
        {"publishers": f"publishers: [{{id: a, name: 甲局, phone: '{ID}'}}]\n"},
        {"themes": f"themes: [{{id: a, title: {{zh: 证件{ID}}}}}]\n"},
    ],
    ids=["description", "footer", "card", "phone", "theme"],
)
def test_settings_with_something_private_publish_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    """An identity number, a card or a mark in catalog, publishers or themes stops the build; it is shown masked."""
    loaded = load(load_settings(portal_with(tmp_path, **files)), today=TODAY)
    assert [(item.code, item.severity) for item in loaded.report] == [("settings-private", "error")]
    with pytest.raises(ConfigurationError) as raised:
        require_publishable_settings(loaded)
    assert ID not in str(raised.value)
    assert CARD not in str(raised.value)


def test_the_words_of_the_search_are_looked_at_too(tmp_path: Path) -> None:
    """They are published with its index; a file that is no YAML is not, and hides none of the others."""
    (tmp_path / "lexicon-a.yaml").write_text("groups: [", encoding="utf-8")
    (tmp_path / "lexicon-b.yaml").write_text("groups:\n- words: [公园]\n  plain: ['13912345678']\n", encoding="utf-8")
    (finding,) = in_settings(tmp_path, TODAY)
    assert (finding.code, finding.file) == ("settings-contact", "lexicon-b.yaml")


def test_a_mobile_in_settings_is_a_contact_where_one_is_meant(tmp_path: Path) -> None:
    """Under phone it is the office's own; elsewhere it is a warning, and the portal is published."""
    portal_with(tmp_path, catalog=f"footer: {{phone: '{MOBILE}'}}\n")
    assert list(in_settings(tmp_path, TODAY)) == []
    portal_with(tmp_path, catalog=f"footer: {{organiser: 张某 手机{MOBILE}}}\n")
    (finding,) = in_settings(tmp_path, TODAY)
    assert (finding.code, finding.severity, finding.field) == ("settings-contact", "warning", "footer.organiser")
    assert message_of(finding).zh.startswith("catalog.yaml 的 footer.organiser 中有像手机号的内容，例如 138****1234")
    require_publishable_settings(load(load_settings(tmp_path), today=TODAY))

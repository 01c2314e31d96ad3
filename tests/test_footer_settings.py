"""``footer:`` of catalog.yaml: what leads where, and what a government site is told that it lacks."""

from __future__ import annotations

from typing import Any

import pytest

from portal.findings.words import message_of
from portal.footer_settings import FOOTER_LABELS, check_footer, footer_items

WHOLE = {
    "organiser": "市数据局", "phone": "010-1234 5678", "site_id": "1101000001", "icp": "京ICP备1号",
    "police": "京公网安备1号",
    "report": "https://zfwzgl.example/1",
}  # fmt: skip


def checked(value: Any, profile: str = "national", base_url: str = "https://data.city.gov.cn") -> list[tuple[str, str]]:
    """Return code and field of each finding."""
    found = check_footer(value, profile=profile, base_url=base_url)
    return [(finding.code, finding.field or "") for finding in found]


def test_what_can_be_followed_has_an_address() -> None:
    """Telephones, mailboxes, the registers of filings and the platform for faults, in the order of the manual."""
    stated = {**WHOLE, "email": "data@city.example", "address": "人民路1号"}
    assert {item.key: item.href for item in footer_items(stated)} == {
        "organiser": "",
        "phone": "tel:01012345678",
        "email": "mailto:data@city.example",
        "address": "",
        "site_id": "",
        "icp": "https://beian.miit.gov.cn/",
        "police": "https://beian.mps.gov.cn/",
        "report": "https://zfwzgl.example/1",
    }
    assert [item.key for item in footer_items(stated)] == list(dict.fromkeys(k for k in FOOTER_LABELS if k in stated))


@pytest.mark.parametrize(
    "stated",
    [
        {"phone": "请到窗口询问"},
        {"phone": "010-1234 5678 / 010-8765 4321"},
        {"email": "a@b?bcc=c@d"},
        {"email": "javascript:alert(1)"},
        {"report": "javascript:alert(1)"},
        {"report": "www.gov.cn"},
    ],
)
def test_what_leads_nowhere_for_sure_is_text_alone(stated: dict[str, str]) -> None:
    """Several numbers are no number, and an address that could run something is none."""
    (item,) = footer_items(stated)
    assert (item.text.zh, item.href) == (*stated.values(), "")


@pytest.mark.parametrize(
    ("value", "profile", "base_url", "wanted"),
    [
        (WHOLE, "national", "https://data.city.gov.cn", []),
        ({}, "national", "https://data.city.gov.cn", [("footer-missing", "footer")]),
        (None, "national", "https://data.city.gov.cn", [("footer-missing", "footer")]),
        ({}, "national", "https://data.city.example", []),
        ({}, "national", "https://notgov.cn", []),
        ({}, "basic", "https://data.city.gov.cn", []),
        ({"telephone": "1"}, "basic", "", [("key-unknown", "footer.telephone")]),
        ({"site_id": "123"}, "basic", "", [("site-id-unusual", "footer.site_id")]),
        ({"report": "see above"}, "basic", "", [("footer-link-unusable", "footer.report")]),
    ],
)
def test_what_is_wrong_or_missing_is_found(
    value: Any, profile: str, base_url: str, wanted: list[tuple[str, str]]
) -> None:
    """What has to be stated is asked of government sites by the national profile alone."""
    assert checked(value, profile, base_url) == wanted


def test_what_is_missing_is_named_in_both_languages() -> None:
    """With the keys to write."""
    without = {key: text for key, text in WHOLE.items() if key not in ("icp", "police")}
    (finding,) = check_footer(without, profile="national", base_url="https://gov.cn")
    assert message_of(finding).zh == "政府网站应在页脚写明：ICP 备案号、公安备案号。"
    assert message_of(finding).en == "A government site has to state in its footer: ICP filing, Public-security filing."

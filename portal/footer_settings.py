"""``footer:`` of catalog.yaml: what the footer of every page states, with its links, and what a government site lacks.

Sources: 政府网站发展指引（国办发〔2017〕47号）, which names what a government site states of itself;
非经营性互联网信息服务备案管理办法, which has the filing number lead to the ministry's register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from portal.findings.details import listed
from portal.findings.finding import Finding, Severity, found
from portal.model.phone_addresses import phone_address
from portal.model.portal import FooterItem
from portal.model.text import LocalText

FOOTER_LABELS = {
    "organiser": LocalText("主办单位", "Operated by"),
    "undertaker": LocalText("承办单位", "Run by"),
    "phone": LocalText("联系电话", "Telephone"),
    "email": LocalText("电子邮箱", "E-mail"),
    "address": LocalText("地址", "Address"),
    "site_id": LocalText("网站标识码", "Site identification code"),
    "icp": LocalText("ICP 备案号", "ICP filing"),
    "police": LocalText("公安备案号", "Public-security filing"),
    "report": LocalText("网站找错", "Faults of this site"),
}
"""What an operator may state, in the order in which it is shown."""
REQUIRED_KEYS = ("organiser", "phone", "site_id", "icp", "police", "report")
"""What a site at a ``.gov.cn`` address has to state."""
REPORT_TEXT = LocalText("我为政府网站找错", "Report them to the national platform")
"""What the link to that platform says."""
REGISTERS = {"icp": "https://beian.miit.gov.cn/", "police": "https://beian.mps.gov.cn/"}
"""Where the numbers of filings can be looked up."""
SITE_ID_DIGITS = 10
"""Digits of the identification code of a government site."""


def footer_items(value: object) -> Iterator[FooterItem]:
    """Yield what is stated, in the order in which it is shown."""
    if not isinstance(value, Mapping):
        return
    for key, label in FOOTER_LABELS.items():
        if text := LocalText.of(value.get(key)):
            href = _href(key, text.zh.strip())
            yield FooterItem(key, label, REPORT_TEXT if key == "report" and href else text, href)


def check_footer(value: object, *, profile: str, base_url: str) -> Iterator[Finding]:
    """Find keys that nobody reads, a code that is none, an address that leads nowhere, and what has to be stated."""
    stated = value if isinstance(value, Mapping) else {}
    for key in stated:
        if key not in FOOTER_LABELS:
            yield found("key-unknown", severity=_severity(profile), file="catalog.yaml", field=f"footer.{key}")
    items = {item.key: item for item in footer_items(value)}
    site_id = LocalText.of(stated.get("site_id")).zh.strip()
    if site_id and not re.fullmatch(rf"[0-9a-zA-Z]{{{SITE_ID_DIGITS}}}", site_id):
        yield found("site-id-unusual", file="catalog.yaml", field="footer.site_id", value=site_id)
    if "report" in items and not items["report"].href:
        yield found("footer-link-unusable", file="catalog.yaml", field="footer.report", value=items["report"].text.zh)
    missing = [key for key in REQUIRED_KEYS if key not in items]
    if profile == "national" and missing and _is_government(base_url):
        labels = listed(FOOTER_LABELS[key] for key in missing)
        yield found("footer-missing", file="catalog.yaml", field="footer", keys=listed(missing), labels=labels)


def _severity(profile: str) -> Severity:
    return "error" if profile == "national" else "warning"


def _is_government(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return host == "gov.cn" or host.endswith(".gov.cn")


def _href(key: str, text: str) -> str:
    """Return where an entry leads, "" where it leads nowhere.

    >>> _href("phone", "021-1234 5678"), _href("email", "data@city.example"), _href("report", "javascript:alert(1)")
    ('tel:02112345678', 'mailto:data@city.example', '')
    """
    if key == "phone":
        return phone_address(text)
    if key == "email":
        return f"mailto:{text}" if re.fullmatch(r"[^\s@<>:,?&]+@[^\s@<>:,?&]+", text) else ""
    if key == "report":
        return text if re.fullmatch(r"https?://[^\s\"'<>]+", text) else ""
    return REGISTERS.get(key, "")

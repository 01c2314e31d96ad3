"""The OpenSearch description: titles escaped and short, a template that browsers fill in."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring

from portal.model.portal import Portal
from portal.model.text import LocalText
from portal.publishing.formats.opensearch import dump

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_a_browser_learns_where_to_search_in_which_language() -> None:
    """The name is cut to what the standard allows, and nothing in it is read as XML."""
    portal = Portal(title=LocalText("开放<数据>" * 5, "A & B"), base_url="https://data.city.example/open")
    for lang, name, path in (("zh", "开放<数据>开放<数据>开放<数", "/datasets/"), ("en", "A & B", "/en/datasets/")):
        root = fromstring(dump(portal, lang))
        assert root.findtext(f"{NAMESPACE}ShortName") == name
        url = root.find(f"{NAMESPACE}Url")
        assert url is not None
        assert url.attrib == {
            "type": "text/html",
            "template": f"https://data.city.example/open{path}?q={{searchTerms}}",
        }

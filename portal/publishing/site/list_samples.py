"""Samples of the answer to a search, rendered by the server's own templates, for the search in the browser.

A script takes the parts out of them and fills in texts, so its markup is the server's. What stands between braces is
filled in there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.model.portal import Portal
from portal.publishing.search.engine import Hits
from portal.publishing.search.found import Broader, Found, Thing, Understood
from portal.publishing.site.contexts.list_contexts import Choice, DatasetCard, DatasetListPage, Facet, FacetValue, Pager
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.labels import Labels
from portal.publishing.site.search_answers import empty_answer

_DAY = date(2026, 1, 1)
_VALUES = 9
"""Values of the facet in a sample: so many that the rest of them is folded away."""


def list_samples(labels: Labels, portal: Portal) -> dict[str, DatasetListPage]:
    """Return samples by name: *whole* with one of everything, *empty* that found nothing by filters.

    *personal* is *whole* to whoever asked for one person's record.
    """
    whole = _whole(labels, portal)
    return {"whole": whole, "personal": replace(whole, is_personal=True), "empty": _empty()}


def _whole(labels: Labels, portal: Portal) -> DatasetListPage:
    """Return an answer with one of everything."""
    card = DatasetCard(
        title="-",
        path="/",
        summary="-",
        publisher=Link("-", "/"),
        formats=("-",),
        updated=_DAY,
        rows="-",
        badges=(("open", "-"),),
        use="-",
        reasons=("-",),
        thumbnail="/",
    )
    value = FacetValue("-", 0, "-")
    nothing = Hits(0, (), {})
    found = Found(nothing, Understood(things=(Thing("-", ()),), dropped=("*",)), broader=Broader("-", (), 0))
    return DatasetListPage(
        summary="-",
        query="-",
        total=1,
        cards=(card,),
        pager=Pager(2, 3, "-", "-", ((1, "-"), None, (2, "-"))),
        facets=(Facet("facet", "-", (value,) * _VALUES),),
        filters=(("{label}", "-"),),
        sorts=(Choice("-", "-", selected=False),),
        kept=(("-", "-"),),
        reset="-",
        is_search=True,
        also=(card,),
        empty=empty_answer(found, "{query}", portal, labels.lang, lambda text: text),
    )


def _empty() -> DatasetListPage:
    return DatasetListPage(
        summary="-",
        query="",
        total=0,
        cards=(),
        pager=None,
        facets=(),
        filters=(("-", "-"),),
        reset="-",
        is_search=True,
    )

"""Colours of series: one palette in tokens.css for charts and maps, and the same in pictures of charts."""

from __future__ import annotations

import re
from pathlib import Path

from portal.publishing.site.charts.drawing.figure import DARK, LIGHT

TOKENS = Path(__file__).parents[3] / "site_templates" / "static" / "css" / "tokens.css"


def test_pictures_have_the_colours_of_pages() -> None:
    """What a chart is saved as looks like the chart."""
    light, _, rest = TOKENS.read_text(encoding="utf-8").partition("@media (prefers-color-scheme: dark)")
    found = [tuple(re.findall(r"--series-\d: (#\w+);", text)) for text in (light, rest.partition("@media")[0])]
    assert found == [LIGHT, DARK]

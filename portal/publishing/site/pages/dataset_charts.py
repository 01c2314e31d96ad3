"""Charts on a dataset's page: what the drawing step kept, as SVG in the language of the page, with the numbers."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from portal.i18n import translate
from portal.model.addresses import chart_file
from portal.model.text import clauses
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.charts.chart_step import source_line
from portal.publishing.site.charts.chart_tables import table_of
from portal.publishing.site.charts.drawing.canvas import narrow, wide
from portal.publishing.site.charts.drawing.figure import inline
from portal.publishing.site.charts.kept_charts import KeptChart, read_kept
from portal.publishing.site.charts.wording.chart_titles import below, finding, spoken_kind
from portal.publishing.site.contexts.chart_contexts import ChartsView, ChartView

PICTURES = "svg png".split()
"""What a chart can be downloaded as, where the machine that built it had a Chinese font."""


def charts_view(published: PublishedDataset, folder: Path | None, lang: str) -> ChartsView:
    """Return the charts of a dataset that were kept in *folder*; none where nothing was drawn."""
    if folder is None:
        return ChartsView()
    kept = read_kept(folder / f"{published.dataset.name}.json")
    drawn = {item.name: item for item in published.charts}
    views = tuple(
        _view(item, published, lang, number, has_picture=item.name in drawn and drawn[item.name].has_picture)
        for number, item in enumerate(kept.charts, start=1)
    )
    first = published.charts[0] if published.charts else None
    has_image = first is not None and first.has_picture
    return ChartsView(
        views,
        kept.reason.to(lang),
        chart_file(published.dataset.name, first.name, "png", lang) if first and has_image else "",
        first.finding.to(lang) if first and has_image else "",
    )


def _view(kept: KeptChart, published: PublishedDataset, lang: str, number: int, *, has_picture: bool) -> ChartView:
    chart, id_ = kept.chart, f"chart-{number}"
    title = finding(chart, lang)
    notes = below(chart, lang)
    source = source_line(published, lang)
    description = clauses(lang, [spoken_kind(chart, lang), translate(lang, "the numbers stand in the table below it")])
    table = table_of(chart, lang)
    pictures = tuple(
        Markup(inline(chart, look, title, description, f"{id_}-{look.name}"))  # noqa: S704 - every text in it is escaped
        for look in (narrow(lang), wide(lang))
    )
    endings = PICTURES if has_picture else PICTURES[:1]
    return ChartView(
        id=id_,
        finding=title,
        title=kept.title.to(lang),
        pictures=pictures,
        source=source,
        notes=notes,
        header=table.header,
        rows=table.rows,
        places=table.places,
        table_note=table.note,
        files=tuple(
            (ending.upper(), chart_file(published.dataset.name, kept.name, ending, lang)) for ending in endings
        ),
    )

"""The stage *draw*: charts of each dataset read from its stores of rows, written to `/data/<dataset>/charts/`.

In parallel processes, as tables are stored. What the pages need is kept in a working folder, one file a dataset, so
memory does not grow with the catalogue. A chart that cannot be made costs nothing but itself.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from portal.findings.finding import Finding, found
from portal.i18n import day_text, translate
from portal.model.addresses import chart_file
from portal.model.errors import raise_refusal
from portal.model.limits import Limits
from portal.model.text import LANGUAGES, LocalText, clauses
from portal.publishing.formats.places import place_name
from portal.publishing.publication import PublishedChart, PublishedDataset
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.site.charts.chart_values import chart_of_rows
from portal.publishing.site.charts.choosing.chart_plan import NoChart, Plan
from portal.publishing.site.charts.choosing.chart_rules import choose
from portal.publishing.site.charts.choosing.common_tables import CommonTable, common_tables
from portal.publishing.site.charts.choosing.declared_plans import declared_plans
from portal.publishing.site.charts.choosing.table_shape import TableShape, shape_of
from portal.publishing.site.charts.drawing.figure import card, thumbnail
from portal.publishing.site.charts.kept_charts import KeptChart, KeptCharts, write_kept
from portal.publishing.site.charts.png_pictures import chinese_font, picture
from portal.publishing.site.charts.wording.chart_titles import finding
from portal.publishing.site.charts.wording.why_no_chart import NO_ROWS, NOT_READ
from portal.workers import Progress, Silence, each

logger = logging.getLogger(__name__)

TABLES_TRIED_MAX = 4
"""Tables of a dataset that are looked at for a chart."""


@dataclass(frozen=True)
class Drawing:
    """Where charts are read from and written to: rows, site, a folder for what pages need, names of places."""

    rows: Path
    site: Path
    kept: Path
    places: Mapping[str, LocalText]

    def place(self, code: str) -> LocalText:
        """Return what a division is called: by the portal, else by the standard."""
        return self.places.get(code) or (place_name(code) if code.isascii() and code.isdigit() else LocalText())


def draw_charts(
    datasets: Sequence[PublishedDataset],
    drawing: Drawing,
    limits: Limits,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
) -> tuple[list[PublishedDataset], list[Finding]]:
    """Draw the charts of *datasets*; return them with what was drawn, and what there is to say."""
    progress = progress or Silence()
    progress.step("draw", len(datasets))
    drawing.kept.mkdir(parents=True)
    drawn = []
    for item, charts in each(
        partial(_draw_one, drawing),
        datasets,
        jobs=jobs,
        seconds_max=limits.dataset_seconds_max,
        killed=_none_drawn,
        is_light=lambda item: not any(resource.table_file for resource in item.resources),
    ):
        drawn.append(replace(item, charts=charts))
        progress.advance(item.dataset.name)
    has_charts = any(item.charts for item in drawn)
    return drawn, [found("no-chinese-font")] if has_charts and chinese_font() is None else []


def _none_drawn(item: PublishedDataset) -> tuple[PublishedChart, ...]:
    return ()


def _draw_one(drawing: Drawing, item: PublishedDataset) -> tuple[PublishedChart, ...]:
    shapes = [shape for shape in (shape_of(resource, item) for resource in item.resources) if shape]
    if not shapes:
        return ()
    try:
        found = charts_of(item, shapes, drawing)
    except Exception as error:
        _note(item, error)
        found = KeptCharts(reason=NOT_READ.reason)
    kept: list[KeptChart] = []
    drawn: list[PublishedChart] = []
    for chart in found.charts:
        try:
            drawn.append(_written(chart, item, drawing, len(drawn)))
            kept.append(chart)
        except Exception as error:
            _note(item, error)
    reason = NOT_READ.reason if found.charts and not kept else found.reason
    write_kept(KeptCharts(tuple(kept), reason), drawing.kept / f"{item.dataset.name}.json")
    return tuple(drawn)


def _note(item: PublishedDataset, error: Exception) -> None:
    """Note what nobody foresaw in a table; raise where it was the machine that refused."""
    raise_refusal(error)
    logger.debug("charts of %s", item.dataset.name, exc_info=error)


def charts_of(item: PublishedDataset, shapes: Sequence[TableShape], drawing: Drawing) -> KeptCharts:
    """Return the charts that a dataset declares; where it declares none, the one that a rule chooses."""
    stores = RowStores(drawing.rows)
    try:
        common = list(common_tables(item))
        together = [table.shape for table in common if table.shape]
        made = [_made(plan, item, stores, drawing) for plan in declared_plans(item, shapes, together)]
        declared = [chart for chart in made if isinstance(chart, KeptChart)]
        if declared:
            return KeptCharts(tuple(declared))
        reason = next((chart.reason for chart in made if isinstance(chart, NoChart)), LocalText())
        for shape in tables_tried(shapes, common):
            plan = choose(shape)
            if shape.together and not (isinstance(plan, Plan) and plan.time):
                continue
            chart = plan if isinstance(plan, NoChart) else _made(plan, item, stores, drawing)
            if isinstance(chart, KeptChart):
                return KeptCharts((chart,))
            reason = reason or chart.reason
        return KeptCharts(reason=reason)
    finally:
        stores.close()


def tables_tried(shapes: Sequence[TableShape], common: Sequence[CommonTable]) -> list[TableShape]:
    """Return the tables of which a chart is tried, in order: of several of one shape all together, then the newest.

    Of the newest it is said which it is.
    """
    newest = {member.resource.name: table for table in common for member in table.members}
    found: list[TableShape] = []
    for shape in [shape for shape in shapes if not shape.is_lookup] or shapes:
        table = newest.get(shape.resource)
        if table is None:
            found.append(shape)
        elif table.members[0].resource.name == shape.resource:
            found += [*([table.shape] if table.shape else []), replace(shape, is_one_of_several=True)]
    return found[:TABLES_TRIED_MAX]


def _made(plan: Plan, item: PublishedDataset, stores: RowStores, drawing: Drawing) -> KeptChart | NoChart:
    ask = stores.together if plan.together else stores.table
    table = ask(item.dataset.name, plan.resource)
    if table is None or (plan.together and plan.together.rows != table.rows):
        return NO_ROWS
    try:
        chart = chart_of_rows(plan, table, drawing.place)
    except Exception as error:
        _note(item, error)
        return NOT_READ
    if isinstance(chart, NoChart):
        return chart
    name = plan.rule if plan.is_declared else plan.together.name if plan.together else plan.resource
    return KeptChart(name, plan.resource, chart, plan.title)


def _written(kept: KeptChart, item: PublishedDataset, drawing: Drawing, number: int) -> PublishedChart:
    """Write the files of a chart: a picture in each language, of the first as PNG too, and its thumbnail.

    A PNG costs twenty times what an SVG does, and other sites show one of a dataset.
    """
    name, chart = item.dataset.name, kept.chart
    titles = {lang: finding(chart, lang) for lang in LANGUAGES}
    cards = {lang: card(chart, lang, titles[lang], source_line(item, lang)) for lang in LANGUAGES}
    has_picture = False
    for lang, svg in cards.items():
        path = drawing.site / chart_file(name, kept.name, "svg", lang).lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
        png = picture(svg) if number == 0 else None
        if png:
            has_picture = True
            path.with_suffix(".png").write_bytes(png)
    if number == 0:
        path = drawing.site / chart_file(name, kept.name, "thumbnail.svg").lstrip("/")
        path.write_text(thumbnail(chart), encoding="utf-8")
    return PublishedChart(kept.name, kept.resource, chart.kind, LocalText(titles["zh"], titles["en"]), has_picture)


def source_line(item: PublishedDataset, lang: str) -> str:
    """Return whom the numbers come from, and of which day they are."""
    dataset = item.dataset
    parts = [translate(lang, "Source: %(publisher)s, “%(dataset)s”", publisher=dataset.publisher.title.to(lang),
                       dataset=dataset.title.to(lang))]  # fmt: skip
    if dataset.updated:
        parts.append(translate(lang, "data of %(day)s", day=day_text(lang, dataset.updated)))
    if dataset.is_demonstration:
        parts.append(translate(lang, "made-up demonstration data"))
    return clauses(lang, parts)

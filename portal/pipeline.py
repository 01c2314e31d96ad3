"""THE RECIPE of ``portal build``: a folder of datasets becomes a release. Read this first.

Loaded -> Examined -> Published -> Assessed -> Release: each stage is a value, and no step reaches back or edits what an
earlier one made. A dataset with an error is left out and reported, the others go on.

- *load* (`examining.loaded`) reads the descriptors, and `publishing.background` what else a build goes by. Where all
  of that is as it was, the release that is current stays (`publishing.unchanged`).
- *examine* (`examining.examined`) puts every dataset to the questions that decide whether it may be published.
- *publish* (`publishing.published`) writes the files of what was accepted, in every format.
- *store* (`publishing.rows.store_step`) keeps the rows of the published tables so that they can be asked for.
- *draw* (`publishing.site.charts.chart_step`) makes charts of what was stored.
- *assess* (`publishing.assessed`) scores metadata, data, freshness and links.
- *index*, *describe* and *render* (`publishing.search.indexing`, `publishing.files.descriptions`,
  `publishing.site.release_pages`) write search, formats for programs, and pages, all out of one `ReleaseContent`.
- *finish* (`publishing.finishing`) compresses and lists the files, links what did not change, and makes the
  release current.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from portal.examining.examined import examine, rules_of
from portal.examining.loaded import load, require_publishable_settings
from portal.publishing.assessed import assess, content_of
from portal.publishing.background import read_background
from portal.publishing.files.descriptions import describe
from portal.publishing.files.release_files import ReleaseStamp
from portal.publishing.finishing import finish
from portal.publishing.inputs import hash_inputs
from portal.publishing.published import publish
from portal.publishing.release import Release, exclusive, new_release, working_folder, writing_below
from portal.publishing.rows.store_step import store_rows
from portal.publishing.search.indexing import index
from portal.publishing.search.named_rows.name_index import FILE_NAME as NAMED_ROWS
from portal.publishing.search.named_rows.name_index import write_named_rows
from portal.publishing.search.named_rows.table_values import table_values
from portal.publishing.site.charts.chart_step import Drawing, draw_charts
from portal.publishing.site.release_pages import render
from portal.publishing.unchanged import unchanged_release
from portal.settings import Settings
from portal.workers import Progress, Silence


def build(
    settings: Settings,
    out: Path,
    *,
    today: date,
    strict: bool = False,
    fresh: bool = False,
    jobs: int = 1,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
) -> Release:
    """Turn the datasets of *settings* into a new release below *out* and make it current.

    Where nothing changed since the current release was made, that one stays, unless the build is to be *fresh*.
    *cache_dir* keeps what checks found, so that a table that did not change is not checked again. With *strict* nothing
    is released where anything is refused. Raises ConfigurationError or ReleaseError where the settings or *out* cannot
    be used; ``current`` is then as it was.
    """
    progress = progress or Silence()
    with exclusive(out), writing_below(out), working_folder(out) as work:
        progress.step("load")
        loaded = load(settings, skip=out, today=today)
        require_publishable_settings(loaded)
        background = read_background(settings, out, today)
        inputs = hash_inputs(loaded, background)
        current = None if fresh or background.changes.differ else unchanged_release(out, inputs, background)
        if current and not (strict and current.report.count("error")):
            return current
        rules = replace(rules_of(settings), today=today, cache_dir=cache_dir)
        noted = loaded.noting(background.findings)
        examined = examine(noted, work, rules, released=background.codes, jobs=jobs, progress=progress)
        if strict and examined.report.count("error"):
            return Release(None, (), examined.report)
        stamp = ReleaseStamp.now(inputs, settings.edition)
        with new_release(out, stamp.id) as draft:
            site = draft.folder / "site"
            published = publish(examined, site, settings.limits, jobs=jobs, progress=progress)
            if strict and published.report.count("error"):
                return Release(None, (), published.report)
            assessed = assess(published, background)
            content = content_of(loaded, examined, assessed, background)
            rows = draft.folder / "rows"
            content = content.noting(
                store_rows(content.datasets, site, rows, settings.limits, jobs=jobs, progress=progress)
            )
            drawing = Drawing(rows, site, work / "charts", dict(settings.portal.places))
            drawn, noted_charts = draw_charts(content.datasets, drawing, settings.limits, jobs=jobs, progress=progress)
            content = replace(content, datasets=drawn).noting(noted_charts)
            progress.step("index")
            values = table_values(content.datasets, site)
            everything = index(
                content, draft.folder / "search", background.lexicon, settings.limits.whoosh_datasets_max, values
            )
            names = draft.folder / "search" / NAMED_ROWS
            content = content.noting(write_named_rows(content.datasets, site, names, settings.limits))
            progress.step("describe")
            content = content.noting(describe(content, site))
            progress.step("render")
            render(content, everything, draft.folder, charts=drawing.kept)
            progress.step("manifest")
            return finish(draft, content, stamp, jobs=jobs)

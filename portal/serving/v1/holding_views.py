"""Endpoints of /api/v1 about the catalogue as a whole: publishers, topics, register standards, statistics."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response

from portal.publishing.catalogue_counts import CatalogueCounts, Holding, counts_of, read_counts
from portal.publishing.endpoints import BASE, PUBLISHER, PUBLISHERS, STANDARD, STANDARDS, STATS, THEMES
from portal.publishing.search.dataset_store import Records
from portal.publishing.search.indexing import RECORDS_FILE
from portal.publishing.site.labels import Labels
from portal.serving.current_release import OpenRelease
from portal.serving.problems import problem
from portal.serving.this_request import public_address, serving
from portal.serving.v1.answering import answer, language, rule
from portal.serving.v1.group_shapes import PublisherList, ThemeList, publisher_detail, publisher_item, theme_item
from portal.serving.v1.standard_shapes import StandardList, standard_detail, standard_item
from portal.serving.v1.stats_shapes import stats
from portal.standards.loading import all_standards, standard_named

holdings = Blueprint("holdings", __name__, url_prefix=BASE)


@holdings.get(rule(PUBLISHERS))
def publishers() -> Response:
    """List everybody who provides data; who only is registered has no page and stands in no list."""
    release, lang = serving(), language(PUBLISHERS)
    held, address = counts(release).publishers, public_address(release)
    items = [
        publisher_item(item, held[item.id], lang, address) for item in release.directory.publishers if item.id in held
    ]
    return answer(PublisherList(total=len(items), items=items))


@holdings.get(rule(PUBLISHER))
def publisher(name: str) -> Response:
    """Describe one publisher, by its present id or a former one."""
    release, lang = serving(), language(PUBLISHER)
    held = counts(release).publishers
    wanted = release.moved.get(("publishers", name), name)
    for item in release.directory.publishers:
        if item.id == wanted and item.id in held:
            return answer(publisher_detail(item, held[item.id], release.directory, lang, public_address(release)))
    return problem(404, f'There is no publisher "{name}".', detail_zh=f"没有提供方“{name}”。")


@holdings.get(rule(THEMES))
def themes() -> Response:
    """List the topics of the portal."""
    release, lang = serving(), language(THEMES)
    held, address = counts(release).themes, public_address(release)
    items = [theme_item(item, held.get(item.id, Holding()), lang, address) for item in release.directory.themes]
    return answer(ThemeList(total=len(items), items=items))


@holdings.get(rule(STANDARDS))
def standards() -> Response:
    """List the register standards."""
    release, lang = serving(), language(STANDARDS)
    followers, address = counts(release).standards, public_address(release)
    items = [standard_item(item, followers.get(item.name, 0), lang, address) for item in all_standards()]
    return answer(StandardList(total=len(items), items=items))


@holdings.get(rule(STANDARD))
def standard(name: str) -> Response:
    """Describe one register standard with its fields."""
    release, lang = serving(), language(STANDARD)
    found = standard_named(name)
    if found is None:
        return problem(404, f'There is no standard "{name}".', detail_zh=f"没有标准“{name}”。")
    return answer(standard_detail(found, counts(release).standards.get(name, 0), lang, public_address(release)))


@holdings.get(rule(STATS))
def catalogue_stats() -> Response:
    """Give the catalogue in numbers."""
    release, lang = serving(), language(STATS)
    return answer(stats(counts(release), Labels(release.directory, lang), release.info["id"], release.today))


def counts(release: OpenRelease) -> CatalogueCounts:
    """Return the counts of a release; of one of an earlier version they are counted once, without a trend."""
    return _counts(release.folder / "search")


@lru_cache(maxsize=2)
def _counts(folder: Path) -> CatalogueCounts:
    kept = read_counts(folder)
    if kept:
        return kept
    records = Records(folder / RECORDS_FILE)
    return counts_of(records.several(records.names()))

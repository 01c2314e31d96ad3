"""Endpoints of /api/v1: one dataset, health, openapi.json.

The catalogue for programs. Answers have the shapes of `portal.serving.v1.shapes`.
"""

from __future__ import annotations

import json

from flask import Blueprint, Response

from portal.publishing.endpoints import BASE, DATASET, HEALTH, OPENAPI
from portal.serving.current_release import OpenRelease
from portal.serving.damage import damaged
from portal.serving.problems import problem
from portal.serving.this_request import public_address, serving
from portal.serving.v1.answering import answer, language, rule
from portal.serving.v1.openapi import document as openapi_document
from portal.serving.v1.service_shapes import Health
from portal.serving.v1.shapes import DatasetDetail, dataset_detail

native = Blueprint("native", __name__, url_prefix=BASE)


@native.get(rule(DATASET))
def dataset(name: str) -> Response:
    """Describe one dataset."""
    release = serving()
    lang = language(DATASET)
    found = described_dataset(release, name, lang, public_address(release))
    if found is None:
        return problem(404, f'There is no dataset "{name}".', detail_zh=f"没有名为“{name}”的数据集。")
    return answer(found)


def described_dataset(release: OpenRelease, name: str, lang: str, address: str) -> DatasetDetail | None:
    """Return a dataset with all that is known of it, by its present name or a former one; None where there is none."""
    published = release.records.get(release.moved.get(("datasets", name), name))
    if published is None:
        return None
    title = release.directory.portal.title.to(lang)
    return dataset_detail(published, lang, address, portal_title=title, today=release.today)


@native.get(rule(HEALTH))
def health() -> Response:
    """Tell whether the service is up, and which release it serves; 503 where a part of that cannot be served."""
    release = serving()
    info, damage = release.info, release.watch.damage()
    if damage:
        raise damaged(damage)
    return answer(
        Health(
            status="ok",
            release=info["id"],
            built_at=info["built_at"],
            datasets=info["counts"]["datasets"],
            version=info["version"],
        )
    )


@native.get(rule(OPENAPI))
def openapi() -> Response:
    """Describe this API for programs."""
    text = json.dumps(openapi_document(public_address(serving())), ensure_ascii=False)
    return Response(text, content_type="application/json")

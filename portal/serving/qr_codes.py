"""QR codes of datasets' pages, made when they are asked for: a portal of many datasets would write them for nobody."""

from __future__ import annotations

import io
from functools import lru_cache

from flask import Blueprint, Response, abort

from portal.model.addresses import QR_CODE, dataset_path, in_language
from portal.model.known_formats import media_type_of
from portal.serving.headers import page_like, revalidated
from portal.serving.this_request import public_address, serving

KEPT_MAX = 256
"""Codes that were made last and are kept."""

qr_codes = Blueprint("qr_codes", __name__)


@qr_codes.get(f"{dataset_path('<name>')}{QR_CODE}", defaults={"lang": "zh"}, endpoint="qr_zh")
@qr_codes.get(in_language("en", f"{dataset_path('<name>')}{QR_CODE}"), defaults={"lang": "en"}, endpoint="qr_en")
def qr_code(name: str, lang: str) -> Response:
    """Return the code that leads to the page of a dataset, as SVG."""
    release = serving()
    if release.records.get(name) is None:
        abort(404)
    address = public_address(release) + in_language(lang, dataset_path(name))
    response = Response(_code(address), content_type=media_type_of("svg"))
    return revalidated(page_like(response))


@lru_cache(maxsize=KEPT_MAX)
def _code(address: str) -> bytes:
    import segno

    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", scale=4, border=4, light="#fff")
    return file.getvalue()

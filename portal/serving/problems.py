"""Errors of the API as JSON: ``application/problem+json`` (RFC 9457), with a sentence in both languages a status."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Response

from portal.model.text import LocalText

PROBLEM_TYPE = "application/problem+json"

SENTENCES: Mapping[int, LocalText] = {
    400: LocalText("请求不符合 HTTP 的写法。", "The request is not well formed."),
    404: LocalText("这个地址没有内容。", "There is nothing at this address."),
    405: LocalText("这个地址不接受这种方法；可用的方法见 Allow。", "This address takes the methods that Allow lists."),
    406: LocalText("没有 Accept 所要求的格式。", "There is no answer in a form that Accept asks for."),
    408: LocalText("请求没有及时发完。", "The request did not come in time."),
    413: LocalText("请求的正文太大，上限为 1 MiB。", "The body of the request is too large; at most 1 MiB is read."),
    414: LocalText("请求的网址太长。请减少条件，或用 POST。", "The address is too long. Ask for less, or by POST."),
    415: LocalText("不认识请求正文的格式。", "The body of the request is in a form that is not known here."),
    429: LocalText(
        "请求过于频繁，请在 Retry-After 所示的秒数之后再试。",
        "Too many requests; come again after the seconds that Retry-After states.",
    ),
    431: LocalText("请求的头部太长。", "The headers of the request are too long."),
    500: LocalText("服务器出错，原因见运行日志。", "The server failed; the operator finds the reason in its log."),
}
"""What is said where nothing more exact is known."""


def problem(status: int, detail: str, *, detail_zh: str = "", parameter: str = "") -> Response:
    """Return a problem document; *parameter* is the argument at fault."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"detail_zh": detail_zh} if detail_zh else {}),
        **({"parameter": parameter} if parameter else {}),
    }
    return Response(json.dumps(document, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)


def problem_of(status: int, otherwise: str) -> Response:
    """Return the problem document of a status alone; one without a sentence of its own says *otherwise*."""
    sentence = SENTENCES.get(status) or LocalText("", otherwise)
    return problem(status, sentence.en, detail_zh=sentence.zh)

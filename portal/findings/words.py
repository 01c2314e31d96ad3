"""Sentences of findings: message and mend in Chinese and English, for whoever reads them; their JSON shape.

They are made here and only where somebody reads them: on the terminal, in a receipt, on a page, in a report. Nothing
in the portal compares, masks or changes a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.findings.codes import CODES
from portal.findings.codes.declare import names_in
from portal.findings.details import (
    DETAIL_CHARACTERS_MAX,
    DescriptorKey,
    Detail,
    Listed,
    Phrase,
    Quoted,
    Row,
    Rows,
    row_list_said,
    rows_said,
    shown,
)
from portal.findings.finding import PLACES, Finding
from portal.model.text import LANGUAGES, LocalText, enumerated

UNKNOWN = "…"
"""Stands in a sentence for a detail that is not known, or must not be shown."""


@dataclass(frozen=True)
class Reader:
    """Who reads: a publisher, who knows the descriptor. Others override how they are told of it."""

    def message(self, finding: Finding) -> LocalText:
        """Return the template of what *finding* says."""
        return CODES[finding.code].message

    def mend(self, finding: Finding) -> LocalText:
        """Return the template of how to mend it."""
        return CODES[finding.code].mend

    def words(self, text: str, lang: str) -> str:
        """Return words of ours, a template or a part of one, as this reader knows them."""
        return text

    def text(self, text: str, lang: str) -> str:
        """Return a quoted text as this reader knows it."""
        return text

    def key(self, key: str, lang: str) -> str:
        """Return how a key of the descriptor is named in a sentence."""
        return LocalText(f"描述文件的 {key}", f"{key} of the descriptor").to(lang)


PUBLISHER = Reader()


def message_of(finding: Finding, reader: Reader = PUBLISHER) -> LocalText:
    """Return what *finding* says, in both languages.

    >>> from portal.findings.finding import found
    >>> message_of(found("duplicate-label", value="代码", note=LocalText("与 A 列同名", "column A has it too"))).zh
    '列名“代码”重复：与 A 列同名。'
    """
    return _filled(reader.message(finding), finding, reader)


def mend_of(finding: Finding, reader: Reader = PUBLISHER) -> LocalText:
    """Return how to mend what *finding* says, in both languages."""
    return _filled(reader.mend(finding), finding, reader)


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return the shape that reports and the API give out (the same everywhere)."""
    message, mend = message_of(finding), mend_of(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "dataset": finding.dataset,
        "resource": finding.resource,
        "file": finding.file,
        "row": finding.row,
        "further_rows": list(finding.further_rows),
        "column": finding.column,
        "field": finding.field,
        "value": finding.value,
        "message": {"zh": message.zh, "en": message.en},
        "mend": {"zh": mend.zh, "en": mend.en},
    }


def as_phrase(finding: Finding) -> Phrase:
    """Return what *finding* says as a detail of another finding, without the stop at its end."""
    declared = CODES[finding.code]
    parts = ((name, _detail(finding, name)) for name in declared.told)
    words = LocalText(declared.message.zh.rstrip("。"), declared.message.en.rstrip("."))
    return Phrase(words, tuple((name, part) for name, part in parts if part is not None))


def _filled(template: LocalText, finding: Finding, reader: Reader) -> LocalText:
    return LocalText(*(_said_by(template.to(lang), finding, lang, reader) for lang in LANGUAGES))


def _said_by(template: str, finding: Finding, lang: str, reader: Reader) -> str:
    texts = {}
    for name in names_in(template):
        detail = _detail(finding, name)
        texts[name] = UNKNOWN if detail is None else said(detail, lang, reader)
    return reader.words(template, lang).format_map(_Known(texts))


def _detail(finding: Finding, name: str) -> Detail | None:
    own = finding.detail(name)
    if own is not None or name not in PLACES:
        return own
    place = getattr(finding, name)
    return shown(place, DETAIL_CHARACTERS_MAX) if isinstance(place, str) else place


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return UNKNOWN


def said(detail: Detail, lang: str, reader: Reader = PUBLISHER) -> str:
    """Return *detail* as it stands in a sentence in *lang*.

    >>> said(Listed(("甲", "乙")), "zh"), said(Listed(("a", "b"), count=7), "en"), said(Row(3), "en")
    ('甲、乙', 'a, b and others, 7 in all', '3')
    """
    match detail:
        case str():
            return reader.text(detail, lang)
        case LocalText():
            return reader.words(detail.to(lang), lang)
        case Quoted(zh, en):
            return reader.text(zh if lang == "zh" else en, lang)
        case DescriptorKey(key):
            return reader.key(key, lang)
        case Row(number):
            return str(number)
        case Rows(numbers, is_cut, as_ranges):
            return (rows_said if as_ranges else row_list_said)(numbers, is_cut=is_cut).to(lang)
        case Listed(items, count):
            texts = [said(item, lang, reader) for item in items]
            if count <= len(items):
                return enumerated(lang, texts)
            names = enumerated(lang, texts)
            return f"{names} 等 {count} 个" if lang == "zh" else f"{names} and others, {count} in all"
        case Phrase(words, parts, characters_max):
            texts_of = {name: said(part, lang, reader) for name, part in parts}
            text = reader.words(words.to(lang), lang).format_map(_Known(texts_of))
            return shown(text, characters_max) if characters_max else text
    return str(detail)

"""Rules on departments of publishers.yaml: codes, kinds, parents, and where reforms (机构改革) led."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from portal.examining.validation.cells.check_digits import uscc_fault
from portal.findings.details import quoted
from portal.findings.finding import Finding, found
from portal.model.catalog import Publisher
from portal.model.terms import PUBLISHER_KINDS
from portal.model.text import enumerated_texts

FILE = "publishers.yaml"


def check_departments(publishers: Iterable[Publisher]) -> Iterator[Finding]:
    """Check the departments of publishers.yaml together; the findings are of the file and of no dataset."""
    listed = {item.id: item for item in publishers if item.is_listed}
    yield from _codes(listed)
    for item in listed.values():
        if item.kind and item.kind not in PUBLISHER_KINDS:
            yield _find(item, "value-unknown", "kind", value=item.kind, allowed=enumerated_texts(PUBLISHER_KINDS).zh)
    yield from _leads(listed, "parent", lambda item: item.parent, "publisher-parent-unknown")
    yield from _leads(listed, "successor", lambda item: item.successor, "publisher-successor-unknown")
    yield from _former(listed, "former_names", {item.title.zh: item.id for item in reversed(listed.values())})
    yield from _former(listed, "former_ids", {item.id: item.id for item in listed.values()})


def _codes(listed: dict[str, Publisher]) -> Iterator[Finding]:
    """统一社会信用代码: of GB 32100, and of one department."""
    seen: dict[str, str] = {}
    for item in listed.values():
        if not item.uscc:
            continue
        reason = uscc_fault(item.uscc)
        first = seen.setdefault(item.uscc, item.id)
        if reason:
            yield _find(item, "publisher-code-invalid", "uscc", value=item.uscc, reason=reason)
        elif first != item.id:
            yield _find(item, "publisher-code-duplicate", "uscc", value=item.uscc, other=first)


def _leads(listed: dict[str, Publisher], key: str, next_of: Callable[[Publisher], str], code: str) -> Iterator[Finding]:
    """What a department is under, or was followed by, is listed, and the way never comes back to where it began.

    Each department is walked over once, so that long chains cost no more than short ones.
    """
    settled: set[str] = set()
    for item in listed.values():
        way: dict[str, None] = {}
        id_ = item.id
        while id_ in listed and id_ not in way and id_ not in settled:
            way[id_] = None
            id_ = next_of(listed[id_])
        if id_ in way:
            circle = [*list(way)[list(way).index(id_) :], id_]
            yield _find(listed[id_], "publisher-circle", key, value=" → ".join(circle))
        elif id_ and id_ not in listed:
            last = listed[list(way)[-1]]
            yield _find(last, code, key, value=id_)
        settled.update(way)


def _former(listed: dict[str, Publisher], key: str, present: dict[str, str]) -> Iterator[Finding]:
    """A former name or id leads to one department: none bears it now, and no second one claims it."""
    claimed: dict[str, str] = {}
    for item in listed.values():
        for name in getattr(item, key):
            other = present.get(name) or claimed.get(name)
            claimed.setdefault(name, item.id)
            if other and other != item.id:
                yield _find(item, "publisher-former-taken", key, value=name, other=other)


def _find(publisher: Publisher, code: str, key: str, **details: Any) -> Finding:
    return found(code, file=FILE, field=f"{publisher.id}.{key}", department=quoted(publisher.title), **details)

"""Link check: links to other sites gathered from the catalogue and visited in parallel; dead ones found.

`portal links` asks, no build does. Hosts are visited side by side, the links of one host one after the other with a
pause between; what robots.txt forbids is not visited. An earlier answer may be young enough to serve again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.publishing.quality.link_answers import LinkAnswer, LinkAnswers, link_key
from portal.publishing.quality.visiting import Manners, Visitor


@dataclass(frozen=True)
class Place:
    """Where a link stands: in which field of which dataset."""

    dataset: str
    file: str
    field: str
    resource: str | None = None


def links_of(datasets: Iterable[Dataset]) -> dict[str, list[Place]]:
    """Return every link to the outside with the places where it stands, in the order of datasets.

    Of a dataset whose files are not given out its resources' links are
    not gathered; what is no address of the web is left out too.
    """
    links: dict[str, list[Place]] = {}
    for dataset in datasets:
        for text, field, resource in _texts(dataset):
            url = link_key(text)
            if url and urlsplit(url).scheme.lower() in ("http", "https"):
                links.setdefault(url, []).append(Place(dataset.name, dataset.descriptor_file, field, resource))
    return links


def _texts(dataset: Dataset) -> Iterator[tuple[str, str, str | None]]:
    for number, resource in enumerate(dataset.resources if dataset.is_released else ()):
        if resource.kind == "link":
            yield resource.url, f"resources[{number}].path", resource.name
    yield dataset.homepage, "homepage", None
    for licence in dataset.licences:
        yield licence.url, "licenses", None
    for origin in dataset.origins:
        yield origin.url, "sources", None
    yield dataset.guide.online_url, "catalogue.online_url", None


def check_links(
    urls: Sequence[str],
    earlier: LinkAnswers,
    *,
    today: date,
    days_max: int,
    manners: Manners,
) -> Iterator[LinkAnswer]:
    """Yield what came of each of *urls*; an earlier answer of at most *days_max* days ago is not asked for again.

    ``days_max=0`` asks again for what was not visited today, -1 for everything.
    """
    hosts: dict[str, list[str]] = {}
    for url in urls:
        if earlier.answers(url, today, days_max) is not None:
            yield earlier.by_url[url]
        else:
            hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for some in hosts.values():
        waiting.put(some)
    done: SimpleQueue[LinkAnswer] = SimpleQueue()
    for _ in range(min(manners.hosts_at_once, len(hosts))):
        threading.Thread(target=_work, args=(waiting, done, today, manners), daemon=True).start()
    for _ in range(sum(map(len, hosts.values()))):
        yield done.get()


def _work(waiting: SimpleQueue[list[str]], done: SimpleQueue[LinkAnswer], today: date, manners: Manners) -> None:
    """Visit the links of one host after another, until no host is left."""
    while True:
        try:
            urls = waiting.get_nowait()
        except Empty:
            return
        visitor = Visitor(manners)
        for url in urls:
            try:
                visit = visitor.visit(url)
                done.put(LinkAnswer(url, today, visit.answers, visit.status, visit.reason))
            except Exception:
                done.put(LinkAnswer(url, today, False, None, "protocol"))


def dead_links(
    datasets: Iterable[Dataset], answers: Mapping[str, LinkAnswer], *, today: date, days_max: int
) -> Iterator[Finding]:
    """Find the links that did not answer when they were last checked, at most *days_max* days ago."""
    if not answers:
        return
    for url, places in links_of(datasets).items():
        answer = answers.get(url)
        if answer is None or answer.answers is not False or (today - answer.checked).days > days_max:
            continue
        for place in places:
            yield found(
                "link-not-answering",
                dataset=place.dataset,
                resource=place.resource,
                file=place.file,
                field=place.field,
                value=url,
                day=answer.checked.isoformat(),
                reason=answer.why(),
            )

"""What a catalogue itself adds to the lexicon: keywords in two languages, former names, topics, regions within regions.

These groups stand behind those that people wrote, and nobody needs to write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.model.catalog import Dataset, Publisher
from portal.model.text import LocalText
from portal.publishing.formats.places import is_division_code, place_name
from portal.publishing.search.lexicon.citizens_words import WORD_UNITS_MAX, Group
from portal.publishing.search.lexicon.lexicon_reading import is_too_short
from portal.publishing.search.lexicon.units import units

OWN_TOPIC = "catalogue"
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "区", "县")


def groups_of_catalogue(
    datasets: Iterable[Dataset],
    publishers: Iterable[Publisher] = (),
    places: Iterable[tuple[str, LocalText]] = (),
) -> tuple[Group, ...]:
    """Return the groups that follow from the datasets, the departments and the places of a portal, each once."""
    found: dict[Group, None] = {}
    spatial: dict[str, None] = {}
    for dataset in datasets:
        for text in (*dataset.keywords, *(theme.title for theme in dataset.themes)):
            found.update(dict.fromkeys(_in_two_languages(text)))
        spatial[dataset.spatial] = None
    for publisher in publishers:
        found.update(dict.fromkeys(_of_publisher(publisher)))
    found.update(dict.fromkeys(regions(spatial, dict(places))))
    return tuple(found)


def _in_two_languages(text: LocalText) -> Iterator[Group]:
    if text.zh and text.en and text.zh != text.en and _are_words((text.zh, text.en)):
        yield Group((text.zh,), english=(text.en,), topic=OWN_TOPIC)


def _of_publisher(publisher: Publisher) -> Iterator[Group]:
    """Yield the group of a department: its former names lead to the present one."""
    present = publisher.title.zh or publisher.title.en
    former = tuple(name for name in publisher.former_names if _are_words((name,)) and name != present)
    english = (publisher.title.en,) if publisher.title.zh and _are_words((publisher.title.en,)) else ()
    if _are_words((present,)) and (former or english):
        yield Group((present,), plain=former, english=english, topic=OWN_TOPIC)


def regions(codes: Iterable[str], own: Mapping[str, LocalText]) -> Iterator[Group]:
    """Yield a group for each region and for what it lies in: the county in the city, the city in the province.

    *own* are the portal's names of codes. The names of the standard are known without their last character too.

    >>> [(group.words, group.plain, group.broader) for group in regions(["320508"], {})]
    [(('姑苏区',), ('姑苏',), ('苏州市',)), (('苏州市',), ('苏州',), ('江苏省',)), (('江苏省',), ('江苏',), ())]
    """
    wanted: dict[str, None] = {}
    for code in codes:
        if is_division_code(code) and len(code) >= 6 and not code.startswith("10"):
            wanted.update(dict.fromkeys(_chain(code[:6])))
    for code in own:
        if is_division_code(code) and len(code) == 6:
            wanted.update(dict.fromkeys(_chain(code)))
    names = {code: name for code in wanted if (name := _name(code, own))}
    for code, name in names.items():
        wider = next((names[other] for other in _chain(code)[1:] if other in names and names[other] != name), None)
        zh = name.zh or name.en
        if not _are_words((zh,)):
            continue
        yield Group(
            (zh,),
            plain=() if code in own else tuple(_shortened(zh)),
            english=(name.en,) if name.zh and _are_words((name.en,)) else (),
            broader=(wider.zh or wider.en,) if wider else (),
            topic=OWN_TOPIC,
        )


def _chain(code: str) -> tuple[str, ...]:
    """Return a code and those of what it lies in.

    >>> _chain("320508"), _chain("320000")
    (('320508', '320500', '320000'), ('320000',))
    """
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000")))


def _name(code: str, own: Mapping[str, LocalText]) -> LocalText:
    """Return the name of a division alone, without that of what it lies in."""
    if code in own:
        return own[code]
    name = place_name(code)
    above = place_name(_chain(code)[1]) if len(_chain(code)) > 1 else LocalText()
    return LocalText(name.zh.removeprefix(above.zh), name.en)


def _shortened(name: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            yield name.removesuffix(suffix)
            return


def _are_words(texts: Sequence[str]) -> bool:
    cut = [units(text) for text in texts]
    return all(0 < len(run) <= WORD_UNITS_MAX and not is_too_short(run) for run in cut)

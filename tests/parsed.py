"""HTML as tests read it: the elements of a page with their attributes and texts, by the parser of Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """One element; *text* is all text inside it, that of inner elements too."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def words(self) -> str:
        """The text with every run of blanks as one."""
        return " ".join(self.text.split())

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Return the elements inside with one of these tags (any, without one) and these attributes.

        ``class_`` is one of the classes of an element; every other attribute is equal.
        """
        class_ = attributes.pop("class_", "")
        return [
            item
            for item in self._inside()
            if (not tags or item.tag in tags)
            and attributes.items() <= dict(item.attributes).items()
            and (not class_ or class_ in item.attributes.get("class", "").split())
        ]

    def one(self, *tags: str, **attributes: str) -> Element:
        """Return the only such element; there must be exactly one."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tags} {attributes}"
        return found[0]

    def _inside(self) -> Iterator[Element]:
        for child in self.children:
            yield child
            yield from child._inside()


def parse(html: str) -> Element:
    """Return the page as an element that holds all others. A tag that is closed out of order fails the test."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, f"never closed: {[item.tag for item in parser.open[1:]]}"
    return parser.open[0]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute twice in <{tag}>: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> inside <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

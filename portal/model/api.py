"""API endpoints and query parameters as values: what can be asked, how a request is read, and what it means.

A parameter is declared once; the server reads requests with it, and OpenAPI, the developers' page and the manual tell
what it says. The endpoints there are stand in `portal.publishing.endpoints`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.model.errors import QueryError
from portal.model.text import LocalText

CONTROL_SIGNS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
"""Signs that no cell holds and nobody means, as a range of a regular expression; a line may be broken."""
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_is_moment = re.compile(
    r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+ -]\d\d:\d\d)?)?", re.ASCII
).fullmatch

Asked = Mapping[str, Sequence[str]]
"""The parameters of a request, each with all its values. Of a parameter that takes one value the last one counts."""


@dataclass(frozen=True)
class Parameter:
    """Something that can be asked, with what it means to people in both languages."""

    name: str
    meaning: LocalText

    def last(self, asked: Asked) -> str:
        """Return the last value, "" where there is none."""
        return (asked.get(self.name) or [""])[-1]


@dataclass(frozen=True)
class Name(Parameter):
    """The name of one thing, as it stands."""


@dataclass(frozen=True)
class Words(Parameter):
    """Words of the asker, of which *characters_max* characters count."""

    characters_max: int

    def read(self, asked: Asked) -> str:
        """Return the words, with single blanks between them."""
        return " ".join(self.last(asked).split())[: self.characters_max]


@dataclass(frozen=True)
class Choice(Parameter):
    """One of a few words. A blank chooses the default, and nothing where there is none."""

    options: tuple[str, ...]
    default: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """All that may be written; forms send fields that were left blank."""
        return ("", *self.options)

    def read(self, asked: Asked) -> str:
        """Return what was chosen. Raises QueryError for another word."""
        chosen = self.last(asked) or self.default
        if chosen not in self.allowed:
            options = ", ".join(self.options)
            raise QueryError(self.name, f"{self.name} 可取 {options}", f"{self.name} is one of {options}.")
        return chosen


@dataclass(frozen=True)
class Several(Parameter):
    """Values of which one must hold; the first *values_max* count."""

    values_max: int

    def read(self, asked: Asked) -> tuple[str, ...]:
        """Return the values, each once and no blank among them."""
        return tuple(dict.fromkeys(value for value in asked.get(self.name, ()) if value))[: self.values_max]


@dataclass(frozen=True)
class WholeNumber(Parameter):
    """A number of digits alone, from 1 to *maximum*."""

    default: int
    maximum: int

    def read(self, asked: Asked) -> int:
        """Return the number, the default for a blank. Raises QueryError for whatever is no number within bounds.

        >>> WholeNumber("page", LocalText("页", "Page"), default=1, maximum=9).read({"page": ["3"]})
        3
        """
        text = self.last(asked)
        if not text:
            return self.default
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not 1 <= number <= self.maximum:
            raise QueryError(
                self.name,
                f"{self.name} 应是 1 到 {self.maximum} 的整数",
                f"{self.name} is a whole number from 1 to {self.maximum}.",
            )
        return number


@dataclass(frozen=True)
class Moment(Parameter):
    """A day or a time (RFC 3339); a time without a zone is in UTC. Without it, the beginning of all times."""

    def read(self, asked: Asked) -> datetime:
        """Return the moment in UTC. Raises QueryError for what is none.

        A plus sign that stands as it is in an address arrives as a blank, and is read as meant.

        >>> since = Moment("since", LocalText("时间", "Time"))
        >>> since.read({"since": ["2026-06-01T08:00:00 08:00"]}).isoformat()
        '2026-06-01T00:00:00+00:00'
        """
        text = self.last(asked)
        if not text:
            return _BEGINNING
        try:
            return _moment(text)
        except ValueError:
            raise QueryError(
                self.name,
                f"{self.name} 应是日期或时间，例如 2026-06-01 或 2026-06-01T08:00:00+08:00",
                f"{self.name} is a day or a time, e.g. 2026-06-01 or 2026-06-01T08:00:00+08:00.",
            ) from None


def _moment(text: str) -> datetime:
    """Return the time that *text* tells; a leap second is the one before it. Raises ValueError."""
    if not _is_moment(text):
        raise ValueError(text)
    head, blank, zone = text.partition(" ")
    plain = f"{head}+{zone}" if blank and "T" in head.upper() else text
    plain = re.sub(r"(?<=:\d\d):60", ":59", plain.upper())
    plain = re.sub(r"(\.\d{6})\d+", r"\1", plain)
    time = datetime.fromisoformat(plain)
    try:
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except OverflowError:
        return _BEGINNING if time.year == 1 else datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Token(Parameter):
    """Something that an answer gave, to be handed back as it is; it matches *pattern*."""

    pattern: str

    def read(self, asked: Asked) -> str:
        """Return it, "" where there is none. Raises QueryError for what no answer gives."""
        text = self.last(asked)
        if text and not re.fullmatch(self.pattern, text, re.ASCII):
            raise QueryError(
                self.name, f"{self.name} 应照上一页的答复填写", f"{self.name} is what the page before gave."
            )
        return text


@dataclass(frozen=True)
class Count(Parameter):
    """A number from 0, as CKAN takes it: more than *maximum* is *maximum*. A default below 0 stands for all."""

    default: int = 0
    maximum: int | None = None


@dataclass(frozen=True)
class Columns(Parameter):
    """Every parameter that is no other: a filter on the column of its name. *name* is for descriptions alone."""


@dataclass(frozen=True)
class Text(Parameter):
    """A text that is not blank; where it *repeats*, each of its values counts.

    A *pattern* that is stated is for descriptions: who reads what the text means says what is wrong with it.
    """

    characters_max: int
    repeats: bool = False
    pattern: str = ""

    def read(self, asked: Asked) -> tuple[str, ...]:
        """Return the values. Raises QueryError for one that is blank, too long, or more than may be."""
        values = tuple(asked.get(self.name, ()))
        if len(values) > 1 and not self.repeats:
            raise QueryError(self.name, f"{self.name} 只能写一次", f"{self.name} may stand once.")
        if not all(value.strip() for value in values):
            raise QueryError(self.name, f"{self.name} 没有值", f"{self.name} has no value.")
        if any(len(value) > self.characters_max for value in values):
            raise QueryError(
                self.name,
                f"{self.name} 超过 {self.characters_max} 个字符",
                f"{self.name} has more than {self.characters_max} characters.",
            )
        return values


@dataclass(frozen=True)
class YesNo(Parameter):
    """A yes or no, as true or false."""

    default: bool = False

    def read(self, asked: Asked) -> bool:
        """Return what was said. Raises QueryError for another word."""
        text = self.last(asked) if asked.get(self.name) else str(self.default).lower()
        if text not in ("true", "false"):
            raise QueryError(self.name, f"{self.name} 应是 true 或 false", f"{self.name} is true or false.")
        return text == "true"


@dataclass(frozen=True)
class Amount(Parameter):
    """A whole number from 1 to *maximum*, or the word ``all``."""

    default: int
    maximum: int

    def read(self, asked: Asked) -> int | None:
        """Return the number, None for all, 0 where nothing is said. Raises QueryError for whatever is neither."""
        if not asked.get(self.name):
            return 0
        text = self.last(asked)
        if text == "all":
            return None
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not 1 <= number <= self.maximum:
            raise QueryError(
                self.name,
                f"{self.name} 应是 1 到 {self.maximum} 的整数，或 all（全部）",
                f"{self.name} is a whole number from 1 to {self.maximum}, or all.",
            )
        return number


@dataclass(frozen=True)
class Endpoint:
    """An address that programs read from, by GET.

    *path* holds the names of its parts in braces, *summary* is a title, *about* a message that says what it answers,
    *example* an address to try in which ``{name}`` stands for a dataset, ``{resource}`` for a table of it and
    ``{publisher}`` for who provides it, *errors* the statuses it may refuse with. Where *takes_body*, the same may be
    asked by POST, as JSON.
    """

    path: str
    operation: str
    """A name for programs that are made from the description."""
    summary: str
    about: str
    example: str
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()
    takes_body: bool = False

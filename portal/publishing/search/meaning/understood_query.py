"""What was understood of a search: things asked for with their wordings, fillers dropped, intents, personal records.

The typed words are cut into known words (of the lexicon, and short ones of the catalogue) and fillers; what is left of
Chinese becomes things of two characters each, so that most of them suffice. A single character left beside other things
says nothing and is dropped. Where an unknown word is left, slips are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from portal.publishing.search.found import Alternative, Thing, Understood
from portal.publishing.search.lexicon.citizens_words import Lexicon
from portal.publishing.search.lexicon.units import is_chinese, key_of
from portal.publishing.search.lexicon.wordings import strongest, wordings
from portal.publishing.search.meaning.cutting import Kind, Piece, cut, trimmed
from portal.publishing.search.meaning.personal import is_personal
from portal.publishing.search.meaning.question_words import INTENTS, QuestionWords, question_words
from portal.publishing.search.meaning.slips import (
    SLIP_UNITS_MAX,
    Mended,
    alternatives_of,
    is_word_of_letters,
    latin_slips,
    mended_words,
    pinyin_words,
)
from portal.publishing.search.terms.term_keys import CUT_UNITS_MAX, Terms
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX, fold, parts, query_words

WORTH = {"lexicon": 150, "term": 100, "unknown": 50}
"""How much things count: words of the lexicon, words of the catalogue, and what is neither."""
THINGS_MAX = 24
"""Things of one question that count, the first ones."""


def understand(text: str, lexicon: Lexicon, terms: Terms) -> Understood:
    """Return what was understood of *text*; nothing but the lexicon and the catalogue's terms is asked."""
    words = question_words()
    gathered = _Gathered(lexicon, terms, words)
    runs = list(_runs(text[:QUERY_CHARACTERS_MAX]))
    for run in runs:
        gathered.add(run)
    things = gathered.things or gathered.last_resort()
    intents = {words.intents[key] for key in gathered.dropped if key in words.intents}
    return Understood(
        things=tuple({thing.typed: thing for thing in things}.values())[:THINGS_MAX],
        dropped=tuple(dict.fromkeys(gathered.dropped)),
        intents=tuple(intent for intent in INTENTS if intent in intents),
        is_personal=any(is_personal(run, words, lexicon.by_key.__contains__) for run in runs),
    )


def without_fillers(text: str, dropped: Sequence[str]) -> list[str]:
    """Return the pieces of *text*, folded, between its fillers, with every character that was typed.

    >>> without_fillers("请问和平路小学在哪里", ["请问", "在哪里"])
    ['和平路小学']
    """
    left = fold(text)
    for filler in sorted(dropped, key=len, reverse=True):
        left = left.replace(filler, " ")
    return left.split()


def _runs(text: str) -> Iterator[list[str]]:
    """Yield the units of *text* in runs: a new one begins where two runs of characters stand apart.

    >>> list(_runs("空气 质量，PM10 daily"))
    [['空', '气'], ['质', '量', 'pm10', 'daily']]
    """
    run: list[str] = []
    was_chinese = False
    for part, chinese in parts(text):
        if chinese and was_chinese:
            yield run
            run = []
        run.extend(part if chinese else [part])
        was_chinese = chinese
    if run:
        yield run


@dataclass
class _Gathered:
    """Gathers things and fillers run by run."""

    lexicon: Lexicon
    terms: Terms
    words: QuestionWords
    things: list[Thing] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    _leftovers: list[str] = field(default_factory=list)
    _known: dict[str, tuple[Alternative, ...]] = field(default_factory=dict)
    """The wordings of known words that were met."""
    _slip_units: int = SLIP_UNITS_MAX
    """Characters in which slips are looked for still."""

    def add(self, run: Sequence[str]) -> None:
        """Understand one run."""
        near = self._catalogue_words(run)
        pieces = cut(run, lambda key: key in self.lexicon.by_key or key in near, self.words.is_dropped)
        pieces = [piece for _, part in groupby(pieces, key=_kind_of) for piece in self._cut_by_values(list(part))]
        mended = self._slips(run, pieces)
        for _, group in groupby(pieces, key=_kind_of):
            self._add_stretch(list(group), mended)
        for span in mended:
            if not any(_is_within(thing, span) for thing in self.things):
                self.things.append(Thing(span.typed, strongest((_as_typed(span.typed), *span.alternatives))))

    def last_resort(self) -> list[Thing]:
        """Return things of what was left aside, where there is nothing else: "统计数据" asks for something."""
        keys = [
            *self._leftovers,
            *(key for key in self.dropped if key in self.words.vague or key in self.words.intents),
        ]
        return [Thing(key, wordings(key, key, self.lexicon)) for key in dict.fromkeys(keys)]

    def _catalogue_words(self, run: Sequence[str]) -> set[str]:
        """Return the short words of the catalogue that begin with two characters of *run*."""
        pairs = dict.fromkeys("".join(run[at : at + 2]) for at in range(len(run) - 1) if _is_pair(run, at))
        found = (term.key for pair in pairs for term in self.terms.look_up("begin", pair))
        return {key for key in found if len(key) <= CUT_UNITS_MAX}

    def _cut_by_values(self, stretch: Sequence[Piece]) -> list[Piece]:
        """Return unknown characters with the values of tables among them as known pieces; no known word is cut anew."""
        keys = [piece.key for piece in stretch]
        if _kind_of(stretch[0]) != "characters":
            return list(stretch)
        pairs = dict.fromkeys(first + second for first, second in pairwise(keys))
        values = {term.key for pair in pairs for term in self.terms.look_up("value", pair)}
        first = stretch[0].start
        pieces = cut(keys, values.__contains__, lambda key: False)
        return [replace(piece, start=piece.start + first, end=piece.end + first) for piece in pieces]

    def _slips(self, run: Sequence[str], pieces: Sequence[Piece]) -> list[_Span]:
        """Return the slips in the Chinese parts of *run* between fillers."""
        found = []
        for is_wanted, group in groupby(
            pieces, key=lambda piece: piece.kind is not Kind.FILLER and _is_han(piece, run)
        ):
            part = list(group)
            if not is_wanted or all(piece.kind is not Kind.UNKNOWN for piece in part):
                continue
            first, end = part[0].start, min(part[-1].end, part[0].start + self._slip_units)
            self._slip_units -= end - first
            known = [(item.start - first, item.end - first) for item in part if item.kind is not Kind.UNKNOWN]
            for mended in mended_words(run[first:end], known, self.terms):
                start, stop = mended[0].start + first, mended[0].end + first
                typed = key_of(run[start:stop])
                found.append(_Span(start, stop, typed, alternatives_of(typed, mended, self.lexicon)))
        return found

    def _add_stretch(self, stretch: Sequence[Piece], mended: Sequence[_Span]) -> None:
        """Add what stands in pieces of one kind; what lies in a slip may also be what the slip stands for."""
        kind = _kind_of(stretch[0])
        if kind == "filler":
            self.dropped.extend(piece.key for piece in stretch)
        elif kind == "letters":
            self._add_letters([piece.key for piece in stretch])
        elif kind == "known":
            for piece in stretch:
                if piece.key not in self._known:
                    self._known[piece.key] = wordings(piece.key, piece.key, self.lexicon)
                found = self._known[piece.key]
                worth = WORTH["lexicon"] if piece.key in self.lexicon.by_key else WORTH["term"]
                self._add(piece.key, found, piece.start, piece.end, mended, worth)
        else:
            self._add_pairs(stretch, mended)

    def _add_pairs(self, pieces: Sequence[Piece], mended: Sequence[_Span]) -> None:
        """Add the pairs of unknown characters."""
        left = trimmed(
            pieces,
            self.words.edges,
            lambda pair: self.terms.look_up("begin", pair),
            lambda pair: self.terms.look_up("end", pair),
        )
        if len(left) == 1:
            self._leftovers.append(left[0].key)
        stretch = tuple(first.key + second.key for first, second in pairwise(left))
        for pair, (first, second) in zip(stretch, pairwise(left), strict=True):
            found = (Alternative((pair,), 100),)
            self._add(pair, found, first.start, second.end, mended, WORTH["unknown"], stretch)

    def _add(
        self,
        typed: str,
        found: Sequence[Alternative],
        start: int,
        end: int,
        mended: Sequence[_Span],
        worth: int,
        stretch: tuple[str, ...] = (),
    ) -> None:
        others = [item for span in mended if span.start < end and start < span.end for item in span.alternatives]
        if others:
            found, worth = strongest((*found, *others)), max(worth, WORTH["term"])
        self.things.append(Thing(typed, tuple(found), worth, stretch))

    def _add_letters(self, keys: Sequence[str]) -> None:
        """Add unknown words of letters and digits; what is pinyin is read as such, alone or with its neighbours."""
        spoken = pinyin_words("".join(keys), self.terms) if all(map(is_word_of_letters, keys)) else []
        for part in spoken:
            if part.terms:
                found = [Mended(0, 1, term, "pinyin", 90) for term in part.terms]
                self.things.append(
                    Thing(part.letters, alternatives_of(part.letters, found, self.lexicon), WORTH["lexicon"])
                )
            else:
                self.dropped.append(part.letters)
        if spoken:
            return
        for key in keys:
            others = alternatives_of(key, latin_slips(key, self.terms), self.lexicon)
            worth = WORTH["term"] if others else WORTH["unknown"]
            self.things.append(Thing(key, strongest((_as_typed(key), *others)), worth))


@dataclass(frozen=True)
class _Span:
    """A slip in a run, with the wordings of what it may stand for."""

    start: int
    end: int
    typed: str
    alternatives: tuple[Alternative, ...]


def _is_within(thing: Thing, span: _Span) -> bool:
    """Whether a thing has what a slip stands for among its wordings."""
    return any(item in thing.alternatives for item in span.alternatives[:1])


def _as_typed(typed: str) -> Alternative:
    return Alternative(tuple(query_words(typed)), 100)


def _kind_of(piece: Piece) -> str:
    """Return what pieces of a stretch have in common."""
    if piece.kind is Kind.UNKNOWN:
        return "characters" if is_chinese(piece.key) else "letters"
    return str(piece.kind.value)


def _is_han(piece: Piece, run: Sequence[str]) -> bool:
    return all(map(is_chinese, run[piece.start : piece.end]))


def _is_pair(run: Sequence[str], at: int) -> bool:
    return is_chinese(run[at]) and is_chinese(run[at + 1])

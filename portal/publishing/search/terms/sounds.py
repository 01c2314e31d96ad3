"""Pinyin without tones: readings of characters, syllables typed in Latin letters, and sounds that people confuse.

A character has its most usual reading here, from pypinyin; whoever writes terms adds the reading within the word, as in
重庆. The table goes into the release, so that nobody who asks needs the library: neither the server nor a browser.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

LETTERS_MAX = 60
"""Letters typed in a row that are tried as pinyin."""
_SYLLABLE_LETTERS_MAX = 6
"""Letters of the longest syllable, such as zhuang."""
_VOWELS = frozenset("aeiouv")


@dataclass(frozen=True, eq=False)
class Readings:
    """The usual reading of each character, without tone; ü is v, as it is typed."""

    table: Mapping[str, str]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Every syllable that a character is read as, without those that are no more than a hum (n, hm)."""
        return frozenset(syllable for syllable in self.table.values() if not _VOWELS.isdisjoint(syllable))

    def of(self, units: Sequence[str]) -> list[str]:
        """Return the reading of each character; [] where one has none, or is no Chinese character.

        >>> usual_readings().of("空气"), usual_readings().of(["pm10", "浓"])
        (['kong', 'qi'], [])
        """
        found = [self.table.get(unit, "") for unit in units]
        return found if all(found) else []

    def boundaries(self, letters: str) -> list[int]:
        """Return the places where syllables may begin or end in *letters*; [] where they are no pinyin throughout.

        >>> usual_readings().boundaries("xian"), usual_readings().boundaries("bus")
        ([0, 2, 4], [])
        """
        end = len(letters)
        if end > LETTERS_MAX:
            return []
        following = {start: list(self._ends(letters, start)) for start in range(end)}
        forward = {0}
        for start in range(end):
            if start in forward:
                forward.update(following[start])
        backward = {end}
        for start in range(end - 1, -1, -1):
            if not backward.isdisjoint(following[start]):
                backward.add(start)
        return sorted(forward & backward) if end in forward else []

    def _ends(self, letters: str, start: int) -> Iterator[int]:
        stops = range(start + 1, min(len(letters), start + _SYLLABLE_LETTERS_MAX) + 1)
        return (stop for stop in stops if letters[start:stop] in self.syllables)


@lru_cache(maxsize=1)
def usual_readings() -> Readings:
    """Return the readings of the basic block of characters.

    >>> usual_readings().table["女"]
    'nv'
    """
    from pypinyin.constants import PINYIN_DICT  # it takes 0.2 s to load, and only a build needs it

    stated = ((chr(code), PINYIN_DICT.get(code, "")) for code in range(0x4E00, 0x9FA6))
    plain = ((character, _without_tone(readings.partition(",")[0])) for character, readings in stated)
    return Readings({character: syllable for character, syllable in plain if syllable and syllable.isascii()})


@lru_cache(maxsize=2048)
def _without_tone(syllable: str) -> str:
    marks = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def syllables_in_words(text: str) -> list[str]:
    """Return the readings of Chinese characters as they are read within words, known to whoever writes terms alone.

    >>> syllables_in_words("重庆银行")
    ['chong', 'qing', 'yin', 'hang']
    """
    found = usual_readings().of(text)
    place = 0
    while found and place < len(text) - 1:
        size = next((size for size in _PHRASE_SIZES if text[place : place + size] in _read_otherwise()), 1)
        if size > 1:
            found[place : place + size] = _read_otherwise()[text[place : place + size]]
        place += size
    return found


_PHRASE_SIZES = (4, 3, 2)


@lru_cache(maxsize=1)
def _read_otherwise() -> Mapping[str, Sequence[str]]:
    """Return the words of up to four characters in which one is not read as usual, with their readings."""
    from pypinyin.constants import PHRASES_DICT

    usual = usual_readings()
    phrases = {}
    for phrase, readings in PHRASES_DICT.items():
        if len(phrase) in _PHRASE_SIZES:
            spoken = [_without_tone(reading[0]) for reading in readings]
            if len(spoken) == len(phrase) and spoken != usual.of(phrase):
                phrases[phrase] = spoken
    return phrases


def dump_readings(readings: Readings) -> str:
    """Return a table of readings as text: a line for each syllable, with all its characters.

    >>> dump_readings(Readings({"气": "qi", "空": "kong", "七": "qi"}))
    'kong空\\nqi七气'
    """
    by_syllable: dict[str, list[str]] = {}
    for character, syllable in readings.table.items():
        by_syllable.setdefault(syllable, []).append(character)
    return "\n".join(syllable + "".join(sorted(characters)) for syllable, characters in sorted(by_syllable.items()))


def load_readings(text: str) -> Readings:
    """Read what `dump_readings` gave.

    >>> load_readings("kong空\\nqi七气").of("空气")
    ['kong', 'qi']
    """
    table = {}
    for line in text.split("\n"):
        count = next((place for place, character in enumerate(line) if not character.isascii()), len(line))
        table.update(dict.fromkeys(line[count:], line[:count]))
    return Readings(table)


_BLURRED_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("f", "h"))
_BLURRED_FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"))


def blurred(syllable: str) -> str:
    """Return a syllable as those hear it who do not tell n from l, zh from z, -ing from -in, f from h.

    >>> [blurred(syllable) for syllable in ("zhang", "nan", "jing", "lan", "hua")]
    ['zan', 'lan', 'jin', 'lan', 'hua']
    """
    for sound, other in _BLURRED_INITIALS:
        if syllable.startswith(sound):
            syllable = other + syllable[len(sound) :]
            break
    for sound, other in _BLURRED_FINALS:
        if syllable.endswith(sound):
            return syllable.removesuffix(sound) + other
    return syllable

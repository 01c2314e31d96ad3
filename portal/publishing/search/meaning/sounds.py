"""Pinyin without tones of single characters, syllables typed in Latin letters, and sounds that people confuse.

A character has its most usual reading here, from pypinyin; whoever writes terms adds the reading within the word, as in
重庆. The table goes into the release as text, so that a browser reads characters as the server does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

_VOWELS = frozenset("aeiouv")

LETTERS_MAX = 60
"""Letters typed in a row that are tried as pinyin."""


@lru_cache(maxsize=1)
def readings() -> Mapping[str, str]:
    """Return the usual reading of each character of the basic block, without tone; ü is v, as it is typed.

    >>> readings()["气"], readings()["女"]
    ('qi', 'nv')
    """
    from pypinyin import Style, pinyin  # its table takes 0.1 s to load, and is needed for slips alone

    characters = [chr(code) for code in range(0x4E00, 0x9FA6)]
    table = {}
    for character in characters:
        reading = pinyin(character, style=Style.NORMAL, errors="ignore", v_to_u=False)
        if reading and reading[0][0].isascii():
            table[character] = reading[0][0]
    return table


@lru_cache(maxsize=1)
def known_syllables() -> frozenset[str]:
    """Return every syllable that a character is read as, without those that are no more than a hum (n, hm)."""
    return frozenset(syllable for syllable in readings().values() if not _VOWELS.isdisjoint(syllable))


def syllables_of(units: Sequence[str]) -> list[str]:
    """Return the reading of each character; [] where one has none, or is no Chinese character.

    >>> syllables_of("空气"), syllables_of(["pm10", "浓"])
    (['kong', 'qi'], [])
    """
    table = readings()
    found = [table.get(unit, "") for unit in units]
    return found if all(found) else []


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


def boundaries(letters: str) -> list[int]:
    """Return the places where syllables may begin or end in *letters*; [] where they are no pinyin throughout.

    >>> boundaries("xian"), boundaries("bus")
    ([0, 2, 4], [])
    """
    known = known_syllables()
    end = len(letters)
    if end > LETTERS_MAX:
        return []
    forward = _reached(letters, known)
    if end not in forward:
        return []
    backward = {end}
    for start in range(end - 1, -1, -1):
        if any(letters[start:stop] in known for stop in range(start + 1, min(end, start + 6) + 1) if stop in backward):
            backward.add(start)
    return sorted(forward & backward)


def _reached(letters: str, known: frozenset[str]) -> set[int]:
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            reached.update(
                stop for stop in range(start + 1, min(len(letters), start + 6) + 1) if letters[start:stop] in known
            )
    return reached


def syllables_in_words(text: str) -> list[str]:
    """Return the readings of Chinese characters as they are read within words, known to whoever writes terms alone.

    >>> syllables_in_words("重庆银行")
    ['chong', 'qing', 'yin', 'hang']
    """
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(text, v_to_u=False, errors="ignore")
    return [syllable.replace("ü", "v") for syllable in found] if len(found) == len(text) else []

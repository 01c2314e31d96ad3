"""Detector of English secrecy marks: CONFIDENTIAL, TOP SECRET, internal use only, not for public release.

The words are prose as often (trade secrets are confidential by law), so a phrase counts only where it is all of a line,
cell or bracket. What says what is to be done with a document is a mark; a bare word may be a kind, or the name of a
song: ``secrecy-word``, and nothing in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.detectors import Hit

ENGLISH = r"(?i:confidential|internal (?:use|only)|official use|not for (?:public|release|distrib))|SECRET|Secret"
"""What text with one holds; a pattern of RE2 and of Python alike."""
_MAY_BE = re.compile(ENGLISH)
_LETTERS = re.compile("[A-Za-z]{3}")
_MARK = re.compile(
    r"(?:this (?:document|file|data(?:set)?) is )?(?:"
    r"(?:strictly |for )*(?:internal|official)(?: use)? only|for (?:internal|official) use|strictly confidential"
    r"|confidential[ :,;–—-]{1,4}(?:internal|do not (?:share|distribute|publish|release))[a-z ]{0,20}"
    r"|not for (?:public )?(?:release|distribution|publication|disclosure|use))",
    re.IGNORECASE,
)
_WORD = re.compile("(?:TOP |STRICTLY |STATE )?SECRET|CONFIDENTIAL|Confidential|Top Secret|Strictly Confidential")
_SEGMENT = re.compile(r"[^\n\r\t\f\v;；。！!()（）\[\]【】|\"]+")
_KIND = re.compile("类|种|级|名|name|title|kind|type|level|class|categor|song|film|book", re.IGNORECASE)


def may_be_english_mark(text: str) -> bool:
    """Whether a word stands in *text* that every mark in English holds; a cheap question first."""
    return bool(_LETTERS.search(text) and _MAY_BE.search(text))


def find_english_marks(text: str, *, title: str = "") -> Iterator[Hit]:
    """Find marks in English; *title* is that of the column.

    >>> [hit.kind for text in ("FOR INTERNAL USE ONLY", "机密（Confidential）", "Not for public release.")
    ...  for hit in find_english_marks(text)]
    ['secrecy', 'secrecy-word', 'secrecy']
    >>> list(find_english_marks("Trade secrets are confidential by law; for internal use of water"))
    []
    """
    if not may_be_english_mark(text):
        return
    for match in _SEGMENT.finditer(text):
        segment = match[0].strip(" .:：-*★")
        is_mark = bool(_MARK.fullmatch(segment))
        if is_mark or (_WORD.fullmatch(segment) and not _KIND.search(title)):
            yield Hit("secrecy" if is_mark else "secrecy-word", segment, match.start(), segment == text.strip())

"""Texts in one file are read by their numbers, and one that is cut is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.engines.mapped_texts import MappedTexts, write_texts


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=9),
    part=st.text("水a", max_size=2),
)
def test_texts_come_back_and_tell_what_they_hold(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], part: str
) -> None:
    """Each text is whole, none reaches into the next, also where some or all are empty."""
    path = tmp_path_factory.mktemp("texts") / "texts"
    write_texts(texts, path)
    read = MappedTexts(path)
    assert [read[number] for number in range(len(read))] == texts
    held = read.holding(np.arange(len(texts), dtype=np.int32), part)
    assert held.tolist() == [part in text for text in texts]
    read.close()


def test_half_a_pair_of_surrogates_is_written_as_a_question_mark(tmp_path: Path) -> None:
    """JSON may hold such characters, and a file in UTF-8 may not."""
    write_texts(["水\ud800"], tmp_path / "texts")
    assert MappedTexts(tmp_path / "texts")[0] == "水?"


@pytest.mark.parametrize("name", ["texts", "texts.npy"])
@pytest.mark.parametrize("content", [b"", b"abc"])
def test_what_is_cut_or_written_over_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """Both files belong together."""
    write_texts(["水质", "空气"], tmp_path / "texts")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=r"\S"):
        MappedTexts(tmp_path / "texts")

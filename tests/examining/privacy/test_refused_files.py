"""Files that no table could be read of: the gate looks at their first part, for they are refused anyway."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.examining.privacy import inside_files
from portal.findings.finding import Finding

TEXT = "编号,说明\n1,手机13800000000\n2,略\n3,证件110101185001010018\n"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [(TEXT, {"personal-phone", "personal-id"}), (TEXT.replace("编号", '"编号'), {"personal-phone"})],
)
def test_of_a_refused_file_the_first_part_is_screened(
    text: str, kinds: set[str], screened: Callable[..., list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unclosed quote keeps the table from being read; what stands further on waits until that is mended."""
    monkeypatch.setattr(inside_files, "REFUSED_CHARACTERS_MAX", 100)
    assert {item.code for item in screened(r1__csv=text)} == kinds

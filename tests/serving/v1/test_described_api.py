"""The served API against its own description, by schemathesis: what is declared is what is answered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NIGHTLY = bool(os.environ.get("KAIFANG_NIGHTLY"))
EXAMPLES = 50 if NIGHTLY else 5
SEEDS = (1, 2, 3, 4, 5) if NIGHTLY else (1,)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_answer_is_as_the_description_says(address: str, tmp_path: Path, seed: int) -> None:
    """Requests that fit the description are answered in its shapes; others are refused, and none is a server error."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json"),
            *("--url", f"{address}/api/v1", "--checks", "all", "--no-color"),
            *("--max-examples", str(EXAMPLES), "--seed", str(seed), "--workers", "1"),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]

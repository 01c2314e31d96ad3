"""What does it cost to decide the encoding of a whole 17 MB file in GB18030?

Peer, in the same run: ``cchardet.detect`` (faust-cchardet) on the same bytes. CPU time in one process, median of three,
for a table of codes and numbers with one column of Chinese, and for one that is mostly Chinese. Ours decodes every byte
and may say "not clear"; the peer guesses.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from portal.examining.reading.text.encoding import decide_encoding

SIZE_BYTES = 17_000_000
ROUNDS = 3
WANTED_RATIO = 10
WORDS = "市政府办公室关于印发公共卫生教育资源配置管理办法实施意见的通知"


def main() -> int:
    """Print both costs and their ratio for both files."""
    try:
        import cchardet  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        print("cchardet is missing; install it with: .venv/bin/pip install faust-cchardet")
        return 1
    print(f"a whole file in GB18030, CPU seconds, median of {ROUNDS}; wanted: {WANTED_RATIO} times as fast as cchardet")
    for title, lines in (("one Chinese column", _mixed_lines()), ("mostly Chinese", _chinese_lines())):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "table.csv"
            _write(path, lines)
            print(f"{title}: {_compared(path, cchardet.detect)}")
    return 0


def _compared(path: Path, detect: Callable[[bytes], Any]) -> str:
    content = path.read_bytes()
    rounds = [(_seconds(decide_encoding, path), _seconds(detect, content)) for _ in range(ROUNDS)]
    ours, peer = (statistics.median(times) for times in zip(*rounds, strict=True))
    answers = f"{decide_encoding(path).name}, {detect(content)['encoding']}"
    size = len(content) / 1e6
    return f"{size:.1f} MB, ours {ours:.3f}, cchardet {peer:.3f}, {peer / ours:.1f} times; answers: {answers}"


def _mixed_lines() -> Iterator[str]:
    dice = random.Random(1)
    for number in range(10_000_000):
        title = "".join(dice.choices(WORDS, k=12))
        code = 10**17 + number
        yield f"{number:09},D{number % 200:03},{dice.random():.3f},2026-01-31T08:00:00,true,open,{code},{title}\n"


def _chinese_lines() -> Iterator[str]:
    for number in range(10_000_000):
        yield f"{number:07},市政府办公室关于印发工作方案的通知,某某区第{number}小学,12.5,{number}路街道办事处\n"


def _write(path: Path, lines: Iterator[str]) -> None:
    size = 0
    with path.open("wb") as file:
        while size < SIZE_BYTES:
            size += file.write(next(lines).encode("gb18030"))


def _seconds(work: Callable[[Any], object], argument: Any) -> float:
    start = time.process_time()
    work(argument)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())

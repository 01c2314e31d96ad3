"""Arrays of numbers in files (numpy .npy), read by mapping them into memory; never unpickled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def write_array(array: NDArray[Any], path: Path) -> None:
    """Write an array into a new file; equal ones give equal files."""
    with path.open("wb") as file:
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)


def mapped_array(path: Path) -> NDArray[Any]:
    """Return the array in a file, read as far as it is used. Raises ValueError or OSError where there is none."""
    # An empty file cannot be mapped, and a mapped array is slower than a plain view of it.
    if not path.stat().st_size:
        raise ValueError(f"{path.name} is empty")
    with path.open("rb") as file:
        version = np.lib.format.read_magic(file)
        shape, _, kind = np.lib.format.read_array_header_1_0(file) if version == (1, 0) else ((), False, None)
    if kind is None or kind.hasobject:
        raise ValueError(f"{path.name} is no array of numbers")
    if 0 in shape:
        return np.zeros(shape, kind)
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))

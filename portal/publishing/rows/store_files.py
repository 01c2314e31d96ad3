"""Files of a store opened for reading: checked against their hash once, connections lent one at a time, time limits.

SQLite is opened as a file that never changes; DuckDB sees the copies of columns of its store and nothing else of the
machine. A file that is not what the build wrote is a ReleaseError, never an answer.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.model.errors import QueryTooLongError, ReleaseError
from portal.processor_cores import on_all

if TYPE_CHECKING:
    import duckdb

IDLE_MAX = 4
"""Connections to one store that are kept open while nobody asks."""
COPY_MEMORY_LIMIT = "512MB"
_AGAIN_S = 0.05
_LOOK_S = 1.0
"""So often at least a deadline is looked at, since it may have begun anew."""
_MAPPED_BYTES_MAX = 1024**3
"""Bytes of a file of rows that SQLite reads as memory."""
_STEPS = 20_000
"""Steps of SQLite between two looks at the clock, some milliseconds."""


def _map(connection: sqlite3.Connection, bytes_max: int) -> None:
    """Let SQLite read so much of the file as memory: fast here and there, and resident as far as it was touched."""
    connection.execute(f"PRAGMA mmap_size = {bytes_max}")


def too_long(seconds: float) -> QueryTooLongError:
    """Return what is told where a question takes too long."""
    return QueryTooLongError(
        "_limit",
        f"这个问题超过了 {seconds:g} 秒的限制。请缩小范围（增加筛选条件、减少排序或分组），或下载完整文件。",
        f"This question took longer than {seconds:g} seconds. Ask for less (more filters, less sorting or grouping), "
        "or download the whole file.",
    )


def _too_much_to_sort() -> QueryTooLongError:
    return QueryTooLongError(
        "_sort",
        "服务器没有空间排序这么多行。请增加筛选条件，或不排序。",
        "The server has no room to sort so many rows. Filter more, or leave out the order.",
    )


@cache
def _sorting_place() -> int:
    """Return where SQLite sorts what is more than a few megabytes: in files (1), in memory (2) where none can be made.

    Eight tables of a million rows, sorted at once, would not find room in memory.
    """
    try:
        with tempfile.TemporaryFile():
            return 1
    except OSError:
        return 2


def damaged(path: Path) -> ReleaseError:
    """Return what is told of a store that is not as the build wrote it."""
    return ReleaseError(
        f"数据行的索引文件 {path.parent.name}/{path.name} 已损坏或缺失，请重新构建。",
        f"The store of rows {path.parent.name}/{path.name} is damaged or missing; build again.",
    )


class StoreFiles:
    """The files of one store. May be used from several threads at once."""

    def __init__(self, folder: Path, hashes: Mapping[str, str], seconds_max: float) -> None:
        """Open it where every file has the hash it was written with. Raises ReleaseError."""
        self.folder = folder
        self.seconds_max = seconds_max
        self._path = folder / "rows.sqlite"
        for name, digest in hashes.items():
            if _hash_of(folder / name) != digest:
                raise damaged(folder / name)
        self.identity = hashes["rows.sqlite"]
        self._state = _state(self._path)
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._is_closed = False
        self._copies: duckdb.DuckDBPyConnection | None = None

    @property
    def was_changed(self) -> bool:
        """Whether the file was cut or written over since: SQLite reads it as memory, and the process would be killed.

        One that was deleted can still be read by who has it open.
        """
        state = _state(self._path)
        return bool(state) and state != self._state

    @contextlib.contextmanager
    def connection(self, deadline: Deadline | None = None) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what SQLite cannot read is told as a ReleaseError, what takes too long as such."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        deadline = deadline or Deadline(self.seconds_max)
        try:
            if connection is None:
                connection = self._opened()
            connection.set_progress_handler(deadline.is_over, _STEPS)
            yield connection
        except sqlite3.OperationalError as error:
            if deadline.was_over:
                raise too_long(self.seconds_max) from error
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise _too_much_to_sort() from error
            raise damaged(self._path) from error
        except sqlite3.DatabaseError as error:
            raise damaged(self._path) from error
        finally:
            if connection is not None:
                self._give_back(connection)

    @contextlib.contextmanager
    def streaming(self, deadline: Deadline) -> Iterator[sqlite3.Connection]:
        """Lend a connection to read a whole table with: what was passed by stays no memory of this process."""
        with self.connection(deadline) as connection:
            _map(connection, 0)
            try:
                yield connection
            finally:
                _map(connection, _MAPPED_BYTES_MAX)

    def _opened(self) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA query_only = 1")
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute(f"PRAGMA temp_store = {_sorting_place()}")
        _map(connection, _MAPPED_BYTES_MAX)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        connection.set_progress_handler(None, 0)
        with self._lock:
            if not self._is_closed and len(self._idle) < IDLE_MAX:
                self._idle.append(connection)
                return
        connection.close()

    @contextlib.contextmanager
    def copies(self, deadline: Deadline | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of DuckDB, which reads the copies of columns on all cores."""
        with on_all(), self._copies_lent(deadline) as cursor:
            yield cursor

    @contextlib.contextmanager
    def _copies_lent(self, deadline: Deadline | None) -> Iterator[duckdb.DuckDBPyConnection]:
        import duckdb

        cursor = self._copies_opened().cursor()
        deadline, done = deadline or Deadline(self.seconds_max), threading.Event()

        def watch() -> None:
            wait = max(deadline.left, 0)
            while not done.wait(min(wait, _LOOK_S)):
                if deadline.is_over():
                    cursor.interrupt()  # again and again: what comes before a statement has begun is not heard
                wait = max(deadline.left, _AGAIN_S)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield cursor
            if deadline.was_over:
                raise too_long(self.seconds_max)
        except duckdb.Error as error:
            if deadline.was_over or isinstance(error, duckdb.OutOfMemoryException | duckdb.InterruptException):
                raise too_long(self.seconds_max) from error
            raise damaged(self.folder / "*.parquet") from error
        finally:
            done.set()
            watcher.join()
            cursor.close()

    def _copies_opened(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        with self._lock:
            if self._copies is None:
                connection = duckdb.connect(":memory:", config={"memory_limit": COPY_MEMORY_LIMIT, "threads": 2})
                for path in sorted(self.folder.glob("*.parquet")):
                    connection.execute(
                        f"CREATE VIEW p{int(path.stem)} AS SELECT *, file_row_number + 1 AS id "
                        f"FROM read_parquet({_quoted(path)}, file_row_number = true)"
                    )
                paths = ", ".join(_quoted(path) for path in sorted(self.folder.glob("*.parquet")))
                for setting in (
                    f"allowed_paths = [{paths}]",
                    "temp_directory = ''",
                    "enable_progress_bar = false",
                    "parquet_metadata_cache = true",
                    "enable_external_access = false",
                    "lock_configuration = true",
                ):
                    connection.execute(f"SET {setting}")
                self._copies = connection
            return self._copies

    def close(self) -> None:
        """Close what nobody uses now; what is lent is closed when it is given back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            self._copies = None  # DuckDB would close all cursors with it; so it ends with the last of them
        for connection in idle:
            connection.close()


class Deadline:
    """A moment after which SQLite is told to stop."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.was_over = False
        self.begin()

    def begin(self) -> None:
        """Begin anew."""
        self._end = time.monotonic() + self._seconds

    def pause(self) -> None:
        """Let it not pass until it begins anew."""
        self._end = math.inf

    @property
    def left(self) -> float:
        """The seconds until it passes."""
        return self._end - time.monotonic()

    def is_over(self) -> int:
        """Whether it has passed, as SQLite wants to hear it."""
        self.was_over = self.was_over or time.monotonic() > self._end
        return int(self.was_over)


def fetched(rows: Any, size: int, deadline: Deadline | None = None) -> Iterator[Any]:
    """Yield the rows of a cursor of SQLite or DuckDB, fetched so many at a time.

    Each time the *deadline* begins anew, and it rests while somebody reads, who may be slow.
    """
    while block := rows.fetchmany(size):
        if deadline:
            deadline.pause()
        yield from block
        if deadline:
            deadline.begin()


def _state(path: Path) -> tuple[int, ...]:
    """Return by what it is seen that a file was changed, () where there is none."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path) from error


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"

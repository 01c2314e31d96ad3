"""What does a command cost before it does anything: CPU seconds of whole processes, from the start to the answer?

Wanted: 0.2 for ``--help`` and ``--version``, 0.9 for a check of one dataset of 1,000 rows that was never checked
before, 1.2 for a server that has answered its first request. Every figure is the median of five runs after one to warm
up, of the process with all that it started; a server is told to stop after its answer, and what that costs counts too.
Peers, in the same run: Python doing nothing, the import of Frictionless, ``frictionless --version`` and
its validation of the same package, ``flask --version``.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

from made_up_items import VALIDATE, write_items
from process_cost import cost_of

ROUNDS = 5
ROWS = 1_000
PROJECT = Path(__file__).parent.parent


def main() -> None:
    """Print what each command costs beside its peers and the wanted figures."""
    with tempfile.TemporaryDirectory(prefix="kaifang-startup-") as name:
        folder = Path(name)
        datasets, kept = folder / "datasets", folder / "cache"
        descriptor = write_items(datasets, ROWS)
        (datasets / "catalog.yaml").write_text("title: 量时间的门户\n", encoding="utf-8")
        dataset = str(descriptor.parent)
        validate = ["-c", VALIDATE, str(descriptor)]
        release = folder / "build" / "current"
        run(["-m", "portal", "build", str(datasets), "--out", str(folder / "build")], kept)
        frictionless, flask = (str(Path(sys.executable).with_name(tool)) for tool in ("frictionless", "flask"))
        print(f"CPU seconds of whole processes, median of {ROUNDS} after one to warm up")
        tell("python -c pass", lambda: run(["-c", "pass"]))
        tell("python -c 'import frictionless'", lambda: run(["-c", "import frictionless"]))
        tell("frictionless --version", lambda: run([frictionless, "--version"]))
        tell("frictionless validates the package", lambda: run(validate))
        tell("flask --version", lambda: run([flask, "--version"]))
        tell("portal --version", lambda: run(["-m", "portal", "--version"]), wanted=0.2)
        tell("portal --help", lambda: run(["-m", "portal", "--help"]), wanted=0.2)
        tell("portal check --help", lambda: run(["-m", "portal", "check", "--help"]), wanted=0.2)
        tell("portal check, nothing kept", lambda: check(dataset, kept, is_known=False), wanted=0.9)
        tell("portal check, result kept", lambda: check(dataset, kept, is_known=True))
        tell("portal serve, first page", lambda: serve(release, "/"), wanted=1.2)
        tell("portal serve, first search", lambda: serve(release, "/api/v1/datasets?q=%E4%BA%8B%E9%A1%B9"))


def tell(what: str, measure: Callable[[], float], *, wanted: float | None = None) -> None:
    """Print the median of what *measure* returns."""
    measure()
    seconds = statistics.median(measure() for _ in range(ROUNDS))
    print(f"  {what + ':':36} {seconds:.2f}" + (f"   (wanted: {wanted})" if wanted else ""), flush=True)


def check(dataset: str, kept: Path, *, is_known: bool) -> float:
    """Return what a check costs; unless its result *is_known*, what earlier checks found is forgotten first."""
    if not is_known:
        shutil.rmtree(kept, ignore_errors=True)
    return run(["-m", "portal", "check", dataset], kept)


def run(arguments: list[str], kept: Path | None = None) -> float:
    """Run Python to its end in a process of its own and return the CPU seconds of all its processes."""
    process = started(arguments, kept, stdout=subprocess.DEVNULL)
    return cost_of(process).cpu_s


def serve(release: Path, path: str) -> float:
    """Serve *release*, ask for *path* once, stop the server, and return the CPU seconds of all its processes."""
    arguments = ["-m", "portal", "serve", str(release), "--port", "0"]
    process = started(arguments, None, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.readline()
    address = re.search(r"http://\S+", said)
    assert address, said
    answer_of(address[0] + path)
    process.send_signal(signal.SIGTERM)
    return cost_of(process, {0, -signal.SIGTERM}).cpu_s


def answer_of(url: str) -> bytes:
    """Return what stands at *url*; it is known to be free before anybody listens there, so this tries for a while."""
    for _ in range(1000):
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return bytes(answer.read())
        except OSError:
            signal.sigtimedwait([], 0.02)
    raise SystemExit(f"{url} does not answer")


def started(arguments: list[str], kept: Path | None, *, stdout: int) -> subprocess.Popen[str]:
    """Start Python as a user would, in English; checks are kept below *kept*.

    Bytecode is kept as everywhere but where somebody forbade it: else each run would compile the portal anew.
    """
    environment = os.environ | {"KAIFANG_LANG": "en"} | ({"KAIFANG_CACHE": str(kept)} if kept else {})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *arguments]
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=stdout, stderr=subprocess.DEVNULL, text=True
    )  # fmt: skip


if __name__ == "__main__":
    main()

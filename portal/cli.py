"""The commands. Each parses its arguments, calls one function and prints; ``python build.py`` is ``portal build``.

Exit status: 0 all good; 1 done, and some datasets were refused; 2 bad arguments or configuration, nothing changed.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from portal import __version__
from portal.api.server import serve as run_server
from portal.i18n import terminal_language, translate
from portal.model.errors import PortalError
from portal.pipeline import build as run_build
from portal.release import rollback as run_rollback
from portal.settings import load_settings
from portal.starter import start_portal
from portal.terminal import BarProgress, LineProgress, print_findings, print_summary

EXIT_REFUSED = 1
EXIT_BAD_CALL = 2
DEBUG_VARIABLE = "KAIFANG_DEBUG"


def main() -> None:
    """Run the command line; every error that a person can mend is one sentence."""
    lang = terminal_language()
    try:
        sys.exit(commands.main(standalone_mode=False))
    except PortalError as error:
        _fail(error.message.to(lang))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(EXIT_BAD_CALL)
    except click.UsageError as error:
        advice = translate(lang, "Try --help.")
        _fail(f"{_usage_sentence(error, lang)} {advice}")
    except click.ClickException as error:
        _fail(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _fail(translate(lang, "Interrupted."))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_BAD_CALL)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        reason = f"{type(error).__name__}: {error}"
        _fail(translate(lang, "Unexpected error (%(reason)s). Set KAIFANG_DEBUG=1 to see where.", reason=reason))


def _usage_sentence(error: click.UsageError, lang: str) -> str:
    """Say what is wrong with the arguments; the commonest mistakes in the reader's language."""
    if isinstance(error, click.NoSuchOption):
        return translate(lang, "There is no option %(name)s.", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.get_error_hint(error.ctx) if error.ctx else str(error.param.name)
        return translate(lang, "The value of %(name)s cannot be used: %(reason)s", name=name, reason=error.message)
    return error.format_message()


def _fail(sentence: str) -> None:
    click.echo(f"portal: {sentence}", err=True)
    sys.exit(EXIT_BAD_CALL)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portal")
def commands() -> None:
    """Kaifang (开放): publish a folder of datasets as an open-data portal.

    把一个数据集文件夹变成经过检查、可以浏览和检索的开放数据门户。
    """


@commands.command()
@click.argument("datasets", type=click.Path(path_type=Path), default=Path("datasets"))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder of releases. 版本所在的文件夹。",
)
@click.option("--base-url", help="Where the portal will be reached. 门户的网址。")
@click.option("--strict", is_flag=True, help="Release nothing where anything is refused. 有一个被拒，就都不发布。")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="CPUs",
    help="Processes that check and write files. 并行进程数。",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to build for. 构建日期，默认今天。")
def build(
    datasets: Path, out: Path, base_url: str | None, strict: bool, jobs: int, today: datetime | None
) -> int:  # fmt: skip
    """Check DATASETS and release what is good. 检查并发布数据集文件夹（默认 datasets）。"""
    return _build(datasets, out, base_url, strict, jobs, today.date() if today else date.today())


def _build(datasets: Path, out: Path, base_url: str | None, strict: bool, jobs: int, today: date) -> int:
    lang = terminal_language()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(highlight=False)
    settings = load_settings(datasets, base_url=base_url)
    progress = BarProgress(console, lang) if console.is_terminal else LineProgress(console, lang)
    with progress:
        result = run_build(settings, out, today=today, strict=strict, jobs=jobs, progress=progress)
    print_findings(result.report, console, lang)
    print_summary(result.published, result.refused, result.release, console, lang)
    return EXIT_REFUSED if result.report.count("error") else 0


@commands.command()
@click.option(
    "--portal",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder to begin an empty portal in. 新门户的文件夹。",
)
def new(folder: Path) -> int:  # fmt: skip
    """Begin an empty portal and build it at once. 新建一个空门户并立即构建。"""
    lang = terminal_language()
    datasets = start_portal(folder)
    click.echo(translate(lang, "Started: %(path)s", path=datasets))
    status = _build(datasets, folder / "build", None, False, 1, date.today())
    publishers = datasets / "publishers.yaml"
    click.echo(
        translate(
            lang,
            "Next, enter your department in %(file)s and put datasets into %(folder)s.",
            file=publishers,
            folder=datasets,
        )
    )
    command = f"portal serve {folder / 'build' / 'current'}"
    click.echo(translate(lang, "Look at it with: %(command)s", command=command))
    return status


@commands.command()
@click.argument("release", type=click.Path(path_type=Path), default=Path("build/current"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on. 监听地址。")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port. 端口。")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes. 进程数。")
def serve(release: Path, host: str, port: int, workers: int) -> int:
    """Serve a RELEASE: site and API. 启动网站和 API（默认 build/current）。

    A newer release is followed without a restart where RELEASE is the link current. 换版本时无需重启。
    """
    lang = terminal_language()
    run_server(release, host, port, workers, announce=lambda address: click.echo(
        translate(lang, "Serving %(release)s at %(address)s (stop with Ctrl-C)", release=release, address=address)
    ))  # fmt: skip
    return 0


@commands.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder of releases. 版本所在的文件夹。",
)
@click.option("--to", "identifier", help="The release to go back to; default: the one before. 要退回的版本。")
def rollback(out: Path, identifier: str | None) -> int:
    """Make an earlier release current. 退回以前的版本。"""
    chosen = run_rollback(out, identifier)
    click.echo(translate(terminal_language(), "Current release: %(name)s", name=chosen.name))
    return 0

"""The command line ``portal`` (click): its commands, its entry point, and errors as one sentence.

Each command stands in a file of its own: what may be asked, and what it means. It takes its arguments and calls a
function in `portal.cli.running`, which takes them by name and is loaded when the command is run. ``python build.py`` is
``portal build``.

Exit status: 0 all good; 1 done, and some datasets were refused; 2 bad arguments or configuration, nothing changed.
"""

from __future__ import annotations

import os
import sys

import click

from portal import __version__
from portal.cli.approve import approve
from portal.cli.arguments import EXIT_BAD_CALL, HELP
from portal.cli.build import build
from portal.cli.check import check
from portal.cli.click_words import speak, usage_sentence
from portal.cli.export import export
from portal.cli.import_census import import_census
from portal.cli.import_list import import_list
from portal.cli.import_workbook import workbook
from portal.cli.lexicon import lexicon
from portal.cli.links import links
from portal.cli.mcp import mcp
from portal.cli.new import new
from portal.cli.rollback import rollback
from portal.cli.serve import serve
from portal.cli.template import template
from portal.cli.usage import usage
from portal.i18n import terminal_language, translate
from portal.model.errors import PortalError, unraisable

DEBUG_VARIABLE = "KAIFANG_DEBUG"


def main() -> None:
    """Run the command line; every error that a person can mend is one sentence."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy counts bytes here; threads for matrices would only start
    lang = terminal_language()
    speak(lang)
    sys.unraisablehook = unraisable
    try:
        sys.exit(commands.main(prog_name="portal", standalone_mode=False))
    except PortalError as error:
        _fail(error.message.to(lang))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(EXIT_BAD_CALL)
    except click.UsageError as error:
        _fail(usage_sentence(error, lang))
    except click.ClickException as error:
        _fail(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _fail(translate(lang, "Interrupted."))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_BAD_CALL)
    except PermissionError as error:
        _fail(
            translate(
                lang, "%(path)s: permission denied. Ask for the right to it, or use another.", path=error.filename
            )
        )
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        reason = f"{type(error).__name__}: {error}"
        _fail(translate(lang, "Unexpected error (%(reason)s). Set KAIFANG_DEBUG=1 to see where.", reason=reason))


def _fail(sentence: str) -> None:
    click.echo(f"portal: {sentence}", err=True)
    sys.exit(EXIT_BAD_CALL)


@click.group(context_settings=HELP)
@click.version_option(__version__, prog_name="portal", help="Show the version and exit. 显示版本。")
def commands() -> None:
    """Kaifang (开放): publish a folder of datasets as an open-data portal.

    把一个数据集文件夹变成经过检查、可以浏览和检索的开放数据门户。
    """


@click.group("import", context_settings=HELP, short_help="Bring in filled workbooks. 导入填报表。")
def bring_in() -> None:
    """Bring in datasets that were made elsewhere. 导入别处做好的数据集。"""


for command in (build, check, serve, mcp, rollback, new, template, bring_in, export, approve, lexicon, links, usage):
    commands.add_command(command)
for command in (workbook, import_census, import_list):
    bring_in.add_command(command)

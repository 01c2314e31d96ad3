"""Chinese for click's own words: ``--help``, usage errors, missing arguments, unknown options.

What click says of its own accord is said in the language of the terminal. click asks gettext for each of its messages,
but gettext reads compiled catalogues only, and ours is read as it is. So click's modules are given our look-up in the
place of gettext's. The Chinese stands in messages.po with all other messages; what is not listed here stays English.
"""

from __future__ import annotations

import click
from click import core, decorators, exceptions, formatting, parser, types

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translations

MODULES = (core, decorators, exceptions, formatting, parser, types)
"""Those that say something to people."""


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark a message of two forms for extraction."""
    return one, many


MESSAGES = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Show this message and exit."),
    _("default: {default}"),
    _("required"),
    _("No such option {name!r}."),
    _("No such command {name!r}."),
    _("Missing argument"),
    _("Missing option"),
    _("Missing command."),
    _("Invalid value for {param_hint}: {message}"),
    _("Option {name!r} does not take a value."),
    _("{value!r} is not a valid {number_type}."),
    _("{value} is not in the range {range}."),
    _("{name} {filename!r} is a directory."),
)
FORMS = (
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)


def speak(lang: str) -> None:
    """Have click speak *lang* from now on."""
    messages = translations(lang)
    for module in MODULES:
        vars(module).update(_=messages.gettext, ngettext=messages.ngettext)


def usage_sentence(error: click.UsageError, lang: str) -> str:
    """Say what is wrong with the arguments, and where it is told what they may be."""
    fault = error.format_message()
    stop = "。" if lang == "zh" else "."
    if not fault.endswith(("?", "?)", "？", stop)):
        fault = fault.removesuffix(".") + stop
    fault = fault.replace("。 ", "。")  # click joins its sentences with a blank
    command = error.ctx.command_path if error.ctx else "portal"
    return translate(lang, "%(fault)s See %(command)s --help.", fault=fault, command=command)

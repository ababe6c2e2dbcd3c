"""Help pages: options in sections, examples at the end, 80 columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

Example = tuple[str, str]
"""A command line, and what it does."""

_OTHER = "Other"


def command_help_settings() -> dict[str, Any]:
    """Settings that every command shares."""
    return {"help_option_names": ["-h", "--help"], "max_content_width": 80}


class Command(click.Command):
    """A command whose options stand in sections and whose help ends with examples."""

    def __init__(self, *arguments: Any, examples: tuple[Example, ...] = (), **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("context_settings", command_help_settings())
        super().__init__(*arguments, **settings)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, section by section, in the order of declaration."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                sections.setdefault(getattr(parameter, "section", _OTHER), []).append(record)
        for name in sorted(sections, key=lambda section: section == _OTHER):
            with formatter.section(name):
                formatter.write_dl(sections[name])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples."""
        write_examples(formatter, self.examples)


class Group(click.Group):
    """A group of commands whose help ends with examples."""

    def __init__(self, *arguments: Any, examples: tuple[Example, ...] = (), **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples."""
        write_examples(formatter, self.examples)


class Option(click.Option):
    """An option that belongs to a section of the help."""

    def __init__(self, *arguments: Any, section: str = _OTHER, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.section = section

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """What stands in brackets behind the help: the default, but no ranges like `x>=1`."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


def option(*names: str, **settings: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:  # noqa: ANN401
    """Declare an option; `section` says where it stands in the help."""
    return click.option(*names, cls=Option, **settings)


def debug_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `--debug`, which is looked at where the command ends."""
    return option("--debug", is_flag=True, expose_value=False, help="Show the trace of an internal error.")


def write_examples(formatter: click.HelpFormatter, examples: tuple[Example, ...]) -> None:
    """Write examples: what it does, then the line to type."""
    if not examples:
        return
    with formatter.section("Examples"):
        for line, meaning in examples:
            formatter.write_text(f"{meaning[0].upper()}{meaning[1:]}:")
            formatter.write(f"{'':>{formatter.current_indent + 2}}{line}\n")

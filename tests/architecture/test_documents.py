"""The documents keep up: what they point to is there, and every command stands in the README."""

import argparse
import re
from collections.abc import Iterator

from installer.acceptance import LINES_FILE, read_lines
from pos_app.cli.parser import build
from tests.architecture.sources import ROOT, shown, text_files


def choices(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """(name, parser) of each subcommand."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def words_of(command: argparse.ArgumentParser) -> set[str]:
    """The steps of a command and the words that its arguments choose from."""
    steps = {name for name, _ in choices(command)}
    chosen = [action.choices for action in command._actions if action.choices and not action.option_strings]
    return steps | {str(word) for words in chosen for word in words}


def test_what_the_documents_point_to_is_there() -> None:
    wrong = [
        f"{shown(path)}: {target}"
        for path in text_files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:\s]+)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not wrong, "\n".join(wrong)


def test_every_command_stands_in_the_readme() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|")]
    missing = []
    for name, command in choices(build()):
        row = next((row for row in rows if f"`jangteo {name}" in row), "")
        told = set(re.findall(r"[\w-]+", row))
        missing += [f"{name} {word}" for word in words_of(command) - told] if row else [name]
    assert not missing, "\n".join(sorted(missing))


def test_the_acceptance_list_is_whole() -> None:
    lines = read_lines(LINES_FILE.read_text(encoding="utf-8"))
    assert list(lines) == [f"A{number}" for number in range(1, 51)]

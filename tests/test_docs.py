"""The documentation is complete: no error code, setting, command, option or right exists without standing in it."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cchc_tasks.cli.main import commands
from cchc_tasks.domain.access import RIGHTS, Action, Scope
from cchc_tasks.domain.errors import CchcError
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.settings import Settings
from cchc_tasks.web.rights import ROUTES

DOCS = Path(__file__).parents[1] / "docs"


def leaves(kind: type[CchcError]) -> Iterator[type[CchcError]]:
    for below in kind.__subclasses__():
        yield from leaves(below) if below.__subclasses__() else (below,)


def paths(command: click.Command, before: str = "") -> Iterator[tuple[str, click.Command]]:
    name = f"{before} {command.name}".strip()
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from paths(below, name)
    else:
        yield name, command


class TestErrorCodes:
    def test_every_error_has_a_code_of_its_own(self) -> None:
        codes = [leaf.code for leaf in leaves(CchcError)]
        assert all(codes)
        assert sorted(codes) == sorted(set(codes))

    @pytest.mark.parametrize("leaf", list(leaves(CchcError)), ids=lambda leaf: leaf.code)
    def test_stands_in_the_docs_with_its_sentence(self, leaf: type[CchcError]) -> None:
        assert f"| `{leaf.code}` | {leaf.sentence} |" in (DOCS / "errors.md").read_text()


class TestCommands:
    @pytest.mark.parametrize(("name", "command"), list(paths(commands)), ids=[name for name, _ in paths(commands)])
    def test_stands_in_the_docs_with_all_its_options(self, name: str, command: click.Command) -> None:
        lines = [line for line in (DOCS / "commands.md").read_text().splitlines() if line.startswith(f"| `{name}")]
        assert len(lines) == 1, f"{name} is not in docs/commands.md"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in lines[0], f"{name} {parameter.opts[0]} is not documented"


class TestSettings:
    @pytest.mark.parametrize("name", list(Settings.model_fields))
    def test_stands_in_the_docs(self, name: str) -> None:
        assert f"`CCHC_{name.upper()}`" in (DOCS / "settings.md").read_text()


class TestRoutes:
    @pytest.mark.parametrize("route", list(ROUTES))
    def test_stand_in_the_docs_with_the_right_they_need(self, route: str) -> None:
        assert f"| `{route}` | {ROUTES[route].value} |" in (DOCS / "access.md").read_text()


class TestRights:
    @pytest.mark.parametrize("action", list(Action), ids=lambda action: action.name)
    def test_stand_in_the_docs_role_by_role(self, action: Action) -> None:
        reaches = [RIGHTS[action].get(role, Scope.NOTHING) for role in Role]
        cells = ["–" if reach is Scope.NOTHING else reach.value for reach in reaches]
        assert f"| {action.value} | {' | '.join(cells)} |" in (DOCS / "access.md").read_text()

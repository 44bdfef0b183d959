"""Every route stands in the table of rights, and each role is stopped exactly where the table says."""

import re

import pytest
from fastapi.routing import APIRoute

from cchc_tasks.domain.access import RIGHTS, Action, Scope
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.web.app import ROUTERS
from cchc_tasks.web.rights import ROUTES, Gate
from tests.cli.test_access import USERS
from tests.web.conftest import Browse


class TestTable:
    def test_holds_exactly_the_routes_there_are(self) -> None:
        routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
        assert {f"{method} {route.path}" for route in routes for method in route.methods or ()} == set(ROUTES)

    @pytest.mark.parametrize("role", list(Role))
    def test_stops_each_role_where_it_says(self, browse: Browse, role: Role) -> None:
        client = browse(USERS[role])
        csrf = client.headers["X-Test-Csrf"]
        for route, needed in ROUTES.items():
            method, _, path = route.partition(" ")
            if needed is Gate.PUBLIC or not isinstance(needed, Action):
                continue
            there = re.sub(r"\{[^}]*\}", "99999", path)
            answer = client.request(method, there, data={"csrf": csrf} if method == "POST" else None)
            refused = RIGHTS[needed].get(role, Scope.NOTHING) is Scope.NOTHING
            assert (answer.status_code == 403 and "no-right" in answer.text) is refused, (
                route,
                role,
                answer.text[-400:],
            )

    def test_lets_nobody_in_without_signing_in(self, browse: Browse) -> None:
        client = browse("quantri")
        client.cookies.clear()
        for route, needed in ROUTES.items():
            method, _, path = route.partition(" ")
            answer = client.request(method, re.sub(r"\{[^}]*\}", "1", path))
            if needed is Gate.PUBLIC:
                continue
            assert answer.status_code in (303, 403), route
            assert answer.status_code == 403 or answer.headers["location"].startswith("/dang-nhap"), route

"""The access matrix, walked with every role on its own unit and on another."""

import pytest

from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, RIGHTS, Action, Actor, Scope, require
from cchc_tasks.domain.errors import NoRight
from cchc_tasks.domain.vocabulary import Role

OWN, OTHER = frozenset({7}), frozenset({8})


def refused(actor: Actor, action: Action, units: frozenset[int]) -> bool:
    try:
        require(actor, action, units)
    except NoRight:
        return True
    return False


class TestMatrix:
    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("action", list(Action), ids=lambda action: action.name)
    def test_is_kept_on_the_own_unit_and_on_another(self, action: Action, role: Role) -> None:
        actor = Actor("somebody", "Somebody", role, unit_id=7)
        reach = RIGHTS[action].get(role, Scope.NOTHING)
        assert refused(actor, action, OWN) is (reach is Scope.NOTHING)
        assert refused(actor, action, OTHER) is (reach is not Scope.ALL)

    def test_gives_units_nothing_beyond_their_own_unit(self) -> None:
        reaches = [RIGHTS[action].get(role) for action in Action for role in (Role.HEAD, Role.FOCAL, Role.OFFICER)]
        assert Scope.ALL not in reaches

    def test_lets_readers_change_nothing(self) -> None:
        changing = {one for one in Action if not one.name.startswith("SEE_")}
        assert not any(RIGHTS[action].get(role) for action in changing for role in (Role.LEADER, Role.INSPECTOR))

    def test_lets_the_local_administrator_judge_no_evidence(self) -> None:
        assert refused(LOCAL_ADMINISTRATOR, Action.VERIFY, OWN)

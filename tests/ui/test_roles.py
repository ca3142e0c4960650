"""A clerk's, a mentor's, a secretary's and an assessor's window are selections from one registry."""

import pytest

from desktop.ui.actions import EVERYTHING
from desktop.ui.pages.directory import KINDS, seen_by
from desktop.ui.roles import Role


def pages(desk):
    return {item.data(0, 256).page for item in desk.window.workbench.panel.items()}


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_the_journey_menus_and_keys_of_a_role_are_what_the_registry_says(desk, role):
    desk.session.remember(role=role.value)
    desk.settle()
    journey = desk.window.workbench.journey
    allowed = {kind.id for kind in seen_by(role)}
    assert {stop.page for stop in (*journey.stops, *journey.advanced.stops)} <= allowed
    assert pages(desk) == {stop.page for stop in (*journey.stops, *journey.advanced.stops)}
    for command in EVERYTHING:
        action = desk.window.commands.action(command.id)
        assert action.isVisible() == (role in command.roles), command.id
        if role not in command.roles:
            assert not action.isEnabled(), command.id


def test_an_agency_sees_less_than_the_secretary_and_nobody_sees_nothing():
    seen = {role: {kind.id for kind in seen_by(role)} for role in Role}
    assert seen[Role.SECRETARY] == set(KINDS) - {"review", "mine", "desk"}  # the team's part is everything
    assert seen[Role.AGENCY] - {"mine"} < seen[Role.MENTOR] <= seen[Role.SECRETARY] | {"review"}
    assert {"form", "worksheet", "programmes", "evidence"} <= seen[Role.AGENCY]


@pytest.mark.slow
def test_switching_the_role_changes_the_window_at_once_and_leaves_a_page_not_seen(desk):
    desk.visit("package")
    desk.session.remember(role="agency")
    desk.settle()
    bench = desk.window.workbench
    assert bench.stop == bench.journey.stops[0]
    assert "package" not in pages(desk)
    assert not desk.window.commands.action("go-package").isVisible()
    desk.session.remember(role="secretary")
    desk.settle()
    assert "package" in pages(desk)
    assert desk.window.commands.action("go-package").isEnabled()


@pytest.mark.slow
def test_switching_the_role_keeps_a_page_that_both_see(desk):
    page = desk.visit("form", "town")
    desk.session.remember(role="agency")
    desk.settle()
    assert desk.window.workbench.current is page


def test_the_second_language_is_off_until_asked_for(desk):
    assert desk.session.settings.second_language is False
    desk.window.commands.run("second-language")
    assert desk.session.settings.second_language is True
    assert desk.window.commands.action("second-language").isChecked()

"""One registry: every command has a name and a hint in both languages, its own keys, and three ways to it."""

import pytest

from desktop.base import Language, render
from desktop.ui.actions import EVERYTHING
from desktop.ui.commands import Menu
from desktop.ui.keys import sequence
from desktop.ui.pages.directory import KINDS
from desktop.ui.roles import Role
from desktop.ui.settings import Theme

BY_ID = {command.id: command for command in EVERYTHING}


def shown(window):
    """The commands a person finds in the menus, by menu."""
    return {
        menu.title().replace("&", ""): [
            action.objectName() for action in menu.actions() if action.isVisible()
        ]
        for menu in window.commands._menus
        if menu.menuAction().isVisible()
    }


def test_no_command_and_no_shortcut_is_there_twice():
    assert len(BY_ID) == len(EVERYTHING)
    keys = [sequence(each).toString() for command in EVERYTHING for each in command.keys.split()]
    assert "" not in keys
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("command", EVERYTHING, ids=lambda command: command.id)
def test_every_command_says_its_name_and_what_happens_then(command, language):
    name, hint = render(command.title, language), render(command.hint, language)
    assert name.strip()
    assert hint.endswith(".")
    assert hint != name
    assert "ui." not in name + hint


def test_every_page_with_a_name_has_a_command_for_its_roles():
    for kind in KINDS.values():
        if kind.title is not None:
            command = BY_ID[f"go-{kind.id}"]
            assert (command.roles, command.rare, command.keys) == (kind.roles, kind.rare, kind.keys)


@pytest.mark.parametrize("role", list(Role))
def test_every_command_of_a_role_stands_in_exactly_one_menu(desk, role):
    desk.session.remember(role=role.value)
    found = [name for names in shown(desk.window).values() for name in names if name]
    assert sorted(found) == sorted(command.id for command in EVERYTHING if role in command.roles)


def test_what_is_rare_stands_behind_lanjutan(desk):
    rare = {command.id for command in EVERYTHING if command.rare and Role.SECRETARY in command.roles}
    assert rare >= {"go-history", "go-settings", "second-language", "field-history"}
    assert set(filter(None, shown(desk.window)["Lanjutan"])) == rare
    assert all(command.place is not Menu.ADVANCED for command in EVERYTHING if not command.rare)


def test_every_menu_has_a_letter_of_its_own_in_both_languages(desk):
    for language in Language:
        desk.window.speak_language(language)
        titles = [menu.title() for menu in desk.window.commands._menus]
        letters = [title[title.index("&") + 1].casefold() for title in titles]
        assert len(letters) == len(set(letters)), titles


def test_the_tooltip_of_a_header_button_names_what_is_undone_with_its_keys(desk):
    desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    button = next(
        each
        for each in desk.window.workbench.header.findChildren(
            type(desk.window.workbench.header.languages[Language.ID])
        )
        if each.accessibleName().startswith("Urungkan")
    )
    first, second = button.toolTip().split("\n")
    assert first == f"{desk.window.commands.name('undo')} (Ctrl+Z)"
    assert ": " in first
    assert second == render(BY_ID["undo"].hint, Language.ID)


def test_what_was_undone_and_redone_is_said(desk):
    said = []
    desk.session.told.connect(said.append)
    desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    desk.window.commands.run("undo")
    desk.window.commands.run("redo")
    assert [message.id for message in said] == ["ui.told.undone", "ui.told.redone"]
    assert desk.session.say(said[0]).startswith("Diurungkan: ")
    assert len(desk.plan.programmes) == 1


def test_a_command_that_cannot_be_given_is_not_done(empty_desk):
    empty_desk.window.commands.run("save-copy")
    assert not empty_desk.window.commands.action("save-copy").isEnabled()
    assert empty_desk.said == []


def test_text_size_and_appearance_are_in_the_menu(desk):
    run, session = desk.window.commands.run, desk.session
    run("text-larger")
    assert session.settings.text_percent == 115
    for _ in range(9):
        run("text-smaller")
    assert session.settings.text_percent == 100
    session.remember(theme=Theme.LIGHT)
    run("dark")
    assert session.settings.theme is Theme.DARK
    run("dark")
    assert session.settings.theme is Theme.LIGHT

"""A field tells what was said about it and takes a comment by a key; without comments it stays bare."""

import pytest

from desktop.ui import comments
from desktop.workspace import Author


def test_a_field_without_remarks_has_no_mark(desk):
    page = desk.visit("form", "town")
    assert all(box.spoken.remarks is None for box in page.boxes)


def test_a_remark_from_elsewhere_is_marked_at_its_field(desk):
    page = desk.visit("form", "town")
    box = desk.box(page, "mayor")
    desk.change(lambda op: op.comment(box.register.place(), "Nama lengkap?", Author("Budi", "mentor")))
    assert box.spoken.remarks.isVisible()
    assert box.spoken.remarks.text() == "1"
    assert sum(each.spoken.remarks is not None for each in page.boxes) == 1
    desk.session.undo()
    desk.settle()
    assert not box.spoken.remarks.isVisible()


@pytest.mark.slow
def test_the_command_takes_a_remark_about_the_field_with_the_cursor(desk, monkeypatch):
    page = desk.visit("form", "town")
    box = desk.box(page, "mayor")
    asked = []
    monkeypatch.setattr(comments, "add", lambda parent, session, place, **_: asked.append(place))
    desk.window.commands.run("comment-field")
    assert asked == []
    box.bindings[0].editor.inner.setFocus()
    desk.settle()
    desk.window.commands.run("comment-field")
    assert asked == [box.register.place()]

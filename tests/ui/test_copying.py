"""Answers ready to be copied into an online form."""

from PySide6.QtGui import QGuiApplication

from desktop.ui.pages.copying import CopyPage
from desktop.ui.views import View


def opened(desk):
    desk.session.remember(view=View.COPY.value)
    page = desk.visit("form", "town")
    assert isinstance(page, CopyPage)
    return page


def answered(desk):
    """The first text of the form, answered."""
    form = next(form for form in desk.session.pack.forms if form.id == "town")
    field = next(field for field in form.fields if field.bilingual)
    desk.change(lambda op: op.answer_text(f"town.{field.id}", "id", "Kota yang tenang."))
    return f"town.{field.id}"


def card_of(page, item):
    return next(card for card in page.cards if card.text.item == item)


def clipboard():
    return QGuiApplication.clipboard().text()


def test_an_answer_is_copied_and_marked_and_the_mark_stays(desk):
    item = answered(desk)
    card = card_of(opened(desk), item)
    assert not card.done.isChecked()
    card.copy.click()
    assert clipboard() == "Kota yang tenang."
    assert card.done.isChecked()
    assert "3 kata dan 17 karakter" in card._length.text()
    again = CopyPage(desk.session, "town")
    again.complete()
    assert card_of(again, item).done.isChecked()
    again.deleteLater()


def test_what_changed_after_it_was_copied_says_so(desk):
    item = answered(desk)
    page = opened(desk)
    card_of(page, item).copy.click()
    desk.change(lambda op: op.answer_text(item, "id", "Kota yang ramai."))
    page.refresh()
    card = card_of(page, item)
    assert not card.done.isChecked()
    assert "berubah sejak disalin" in card._length.text()


def test_a_mark_is_taken_back_by_hand(desk):
    item = answered(desk)
    card = card_of(opened(desk), item)
    card.done.click()
    assert card.done.isChecked()
    card.done.click()
    assert not card.done.isChecked()


def test_everything_is_copied_at_once(desk):
    item = answered(desk)
    page = opened(desk)
    page.everything.click()
    assert "Kota yang tenang." in clipboard()
    assert "(belum dijawab)" in clipboard()
    assert card_of(page, item).done.isChecked()
    assert not any(card.done.isChecked() for card in page.cards if not card.text.answer)


def test_what_is_not_answered_cannot_be_copied(desk):
    page = opened(desk)
    assert not any(card.copy.isEnabled() for card in page.cards if not card.text.answer)


def test_only_forms_are_copied(desk):
    desk.session.remember(view=View.COPY.value)
    assert not isinstance(desk.visit("agencies"), CopyPage)

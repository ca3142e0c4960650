"""A reviewer's window: nothing of the plan can be written, everything can be spoken about."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.ui.reviewing import suggest as dialogs
from desktop.ui.reviewing.cards import SuggestionCard
from desktop.ui.reviewing.diff import painted
from desktop.workspace import Author, Place, suggesting
from tests.reviewers import make_for

RINA = Author("Rina", "mentor")
_LABEL = Message("workspace.label.resolve")


@pytest.fixture
def review(desk):
    """The same document as a copy made for a mentor."""
    workspace = desk.session.workspace
    path = workspace.path
    make_for(workspace, "mentor")
    desk.session.leave()
    desk.session.remember(name="Rina", role="secretary")
    desk.session.open(path)
    desk.settle()
    return desk


@pytest.fixture
def suggests(monkeypatch):
    def put(text, reason=""):
        def fill(dialog):
            dialog.editor.show_value(text)
            dialog.reason.setPlainText(reason)
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(dialogs.SuggestDialog, "exec", fill)

    return put


@pytest.mark.slow
def test_a_copy_made_for_a_mentor_is_a_mentors_window_whatever_the_settings_say(review):
    assert review.session.role == "mentor"
    assert review.session.read_only
    assert not review.session.locked
    assert review.session.author().role == "mentor"
    review.session.leave()
    assert review.session.role == "secretary"


@pytest.mark.slow
def test_typing_into_a_field_changes_nothing(review):
    page = review.visit("form", "town")
    box = review.box(page, "mayor")
    box.take_focus()
    review.qtbot.keyClicks(box.bindings[0].editor.inner, "Budi")
    review.leave_field()
    assert review.plan.answer("town.mayor").value is None
    assert not review.session.drafts
    assert box.spoken.review.suggest.isVisible()


@pytest.mark.slow
def test_a_suggestion_is_made_at_the_field_and_accepted_with_one_click(review, suggests):
    page = review.visit("form", "town")
    suggests("Budi Santoso", "Nama lengkap.")
    box = review.box(page, "mayor")
    box.spoken.review.suggest.click()
    review.settle()
    (made,) = review.plan.suggestions
    assert (made.proposed, made.reason, made.role, made.author) == (
        "Budi Santoso", "Nama lengkap.", "mentor", "Rina",
    )  # fmt: skip
    assert review.plan.answer("town.mayor").value is None
    (card,) = box.spoken.review.cards
    assert not hasattr(card, "take")
    # at home again, with the team
    with review.session.workspace._writing() as journal:
        journal.set_meta("made_for", "null")
    path = review.session.workspace.path
    review.session.leave()
    review.session.remember(name="Sari", role="secretary")
    review.session.open(path)
    page = review.visit("form", "town")
    (card,) = review.box(page, "mayor").spoken.review.cards
    review.qtbot.mouseClick(card.take, Qt.MouseButton.LeftButton)
    review.settle()
    assert review.plan.answer("town.mayor").value == "Budi Santoso"
    assert review.plan.suggestions[0].state == "accepted"
    review.session.undo()
    review.settle()
    assert review.plan.answer("town.mayor").value is None
    assert review.plan.suggestions[0].state == "open"


@pytest.mark.slow
def test_a_clash_opens_for_writing_by_hand(desk, monkeypatch):
    page = desk.visit("form", "town")
    place = desk.box(page, "mayor").register.place()
    desk.change(lambda op: op.suggest(place, None, "Budi", RINA))
    desk.change(lambda op: op.answer("town.mayor", "Wati"))
    (card,) = desk.box(page, "mayor").spoken.review.cards

    def write(dialog):
        dialog.editor.show_value("Budi Wati")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(dialogs.ManualDialog, "exec", write)
    card.take.click()
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Budi Wati"


@pytest.mark.slow
def test_a_declined_suggestion_leaves_the_field_and_the_page(desk):
    page = desk.visit("form", "town")
    place = desk.box(page, "mayor").register.place()
    desk.change(lambda op: op.suggest(place, None, "Budi", RINA))
    box = desk.box(page, "mayor")
    card = box.spoken.review.cards[0]
    card.why.setText(" Bukan  beliau. ")
    card.leave.click()
    desk.settle()
    assert box.spoken.review.isHidden()
    (said,) = desk.plan.suggestions
    assert (said.state, said.answer) == ("declined", "Bukan beliau.")
    page = desk.visit("comments")
    page.filter.setCurrentIndex(page.filter.findData("declined"))
    page.refresh()
    (told,) = [each for each in page.cards if isinstance(each, SuggestionCard)]
    assert any("Bukan beliau." in each.text() for each in told.findChildren(QLabel))


@pytest.mark.slow
def test_a_suggestion_is_declined_with_one_click_and_no_reason(desk):
    page = desk.visit("form", "town")
    place = desk.box(page, "mayor").register.place()
    desk.change(lambda op: op.suggest(place, None, "Budi", RINA))
    desk.box(page, "mayor").spoken.review.cards[0].leave.click()
    desk.settle()
    (said,) = desk.plan.suggestions
    assert (said.state, said.answer) == ("declined", "")


@pytest.mark.slow
def test_a_reviewer_comments_at_a_field_and_on_words_of_a_chapter(review, monkeypatch):
    from desktop.ui import comments

    def fill(dialog):
        dialog.body.setPlainText("Sumbernya?")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(comments.CommentDialog, "exec", fill)
    page = review.visit("form", "town")
    review.box(page, "mayor").spoken.review.remark.click()
    told = []
    review.session.told.connect(told.append)
    side = review.visit("chapter", "A.start").sides[0]
    side.review.remark.click()
    review.settle()
    # nothing else may show that it was kept, as in the book: the status line says so
    assert [each.id for each in told] == ["ui.comment.kept"]
    assert [(each.body, each.role) for each in review.plan.comments] == [("Sumbernya?", "mentor")] * 2


@pytest.mark.slow
def test_a_mentor_scores_beside_the_region_and_touches_nothing_else(review):
    page = review.visit("assessment")
    model = page.grid.model
    own, other = (
        next(n for n in range(model.columnCount()) if model.column_key(n) == k) for k in ("own", "other")
    )
    row = next(n for n in range(model.rowCount()) if not model.skips(n))
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(row, own)) & editable
    assert model.flags(model.index(row, other)) & editable
    model.write([(row, other, model.choices(row, other)[0].label.read("id"))])
    assert [each.by for each in review.plan.scores] == ["mentor"]


@pytest.mark.slow
def test_others_open_questions_are_answered_and_closed_only_by_who_asked(review):
    from desktop.exchange.remarks import may_settle
    from desktop.workspace.plan import Comment

    asked = Comment("c", Place("plan"), "", "", "?", "Sari", "secretary", "", "open", "", "", "")
    assert not may_settle(asked, RINA)
    assert may_settle(asked, Author("Sari", "agency"))
    assert may_settle(asked, Author("Tono", "secretary"))


@pytest.mark.slow
def test_the_page_of_all_remarks_is_narrowed_by_state_agency_and_author(desk):
    agency = desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR"))
    place = Place("answer", item="town.mayor")
    wati = Author("Wati", "assessor")
    first = desk.change(lambda op: op.comment(place, "Siapa?", RINA, owner=agency, due="2027-02-01"))
    desk.change(lambda op: op.comment(place, "Dua", wati))
    desk.change(lambda op: op.suggest(place, None, "Budi", RINA))
    desk.change(lambda op: op.reply(first, "Pak Budi.", Author("Sari", "secretary")))
    page = desk.visit("comments")
    assert len(page.cards) == 3
    page.author.setCurrentIndex(page.author.findData("Rina"))
    page.refresh()
    assert len(page.cards) == 2
    page.filter.setCurrentIndex(page.filter.findData("answered"))
    page.refresh()
    assert [card.thread_shown.first.body for card in page.cards] == ["Siapa?"]
    page.author.setCurrentIndex(0)
    page.filter.setCurrentIndex(0)
    page.agency.setCurrentIndex(page.agency.findData(agency))
    page.refresh()
    assert len(page.cards) == 1
    page.agency.setCurrentIndex(0)
    page.refresh()
    suggestion = next(card for card in page.cards if hasattr(card, "suggestion"))
    suggestion.take.click()
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Budi"


@pytest.mark.slow
def test_a_page_and_a_heading_of_a_book_are_remarked_on_as_a_whole(desk, monkeypatch):
    from desktop.checks.places import page_of, title_of_book_part
    from desktop.ui import comments

    asked = []
    monkeypatch.setattr(comments, "add", lambda _parent, _session, place, **_: asked.append(place))
    desk.visit("form", "town")
    desk.window.workbench.header.remarks.click()
    desk.session.remember(view="book")
    page = desk.visit("chapter", "A.start")
    page.remarks.click()
    whole, heading = asked
    assert (whole.table, whole.item) == ("page", "form/town")
    assert (heading.field, heading.item) == ("book", "look/A.start")
    assert page_of(desk.plan, desk.session.guide, whole).ref == "town"
    assert page_of(desk.plan, desk.session.guide, heading).ref == "A.start"
    assert title_of_book_part(desk.session.guide, heading)
    desk.change(lambda op: op.comment(heading, "Kurang jelas.", RINA))
    assert page.remarks.text() == "1"
    desk.session.remember(view="fields")


@pytest.mark.slow
def test_a_reviewers_document_opens_with_what_changed_and_in_larger_letters(review, monkeypatch):
    bench = review.window.workbench
    assert bench.stop.page == "review"
    assert review.session.text_percent == 125
    review.window.commands.run("text-larger")
    assert (review.session.text_percent, review.session.settings.text_percent) == (130, 100)
    bench.current.finish()
    review.session.leave()
    assert review.session.text_percent == 100


@pytest.mark.slow
def test_what_others_changed_since_is_told_page_by_page(review):
    from desktop.workspace import Workspace

    path = review.session.workspace.path
    review.session.leave()
    with Workspace.open(path) as workspace, workspace._writing() as journal:
        journal.set_meta("made_for", "null")
    with Workspace.open(path, author=Author("Sari", "secretary")) as workspace:
        with workspace.operation(_LABEL) as op:
            air = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        from desktop.exchange.newness import mark_seen

        workspace.author = Author("Rina", "mentor")
        mark_seen(workspace)
        workspace.author = Author("Sari", "secretary")
        with workspace.operation(_LABEL) as op:
            op.answer("town.mayor", "Budi")
            op.duty("form", "town", air, state="sent", by="Budi", at="2027-01-02T03:04:05+00:00")
        make_for(workspace, "mentor")
    review.session.open(path)
    page = review.window.workbench.current
    page.finish()
    assert page.changes.first is not None
    # from what to what; that a part was sent is no change of what stands in it
    review.qtbot.waitUntil(lambda: bool(page.changes.diffs))
    (diff,) = page.changes.diffs
    assert "Budi" in diff.text()
    (way,) = page.changes.ways
    way.click()
    review.settle()
    assert review.window.workbench.stop.page == "form"
    review.visit("review").changes.first.click()
    review.settle()
    assert review.window.workbench.stop.page == "form"


@pytest.mark.slow
def test_a_budget_line_that_changed_is_gone_to_where_it_stands(review):
    from PySide6.QtWidgets import QApplication

    from desktop.exchange.newness import mark_seen
    from desktop.workspace import Workspace

    path = review.session.workspace.path
    review.session.leave()
    with Workspace.open(path) as workspace, workspace._writing() as journal:
        journal.set_meta("made_for", "null")
    with Workspace.open(path, author=Author("Sari", "secretary")) as workspace:
        with workspace.operation(_LABEL) as op:
            programme = op.insert("programme", title={"id": "Sumur"})
            line = op.put("budget_line", programme=programme, year=2027, source="purse", indicative=7_000_000)
        workspace.author = Author("Rina", "mentor")
        mark_seen(workspace)
        workspace.author = Author("Sari", "secretary")
        with workspace.operation(_LABEL) as op:
            op.set("budget_line", line, indicative=9_000_000)
        make_for(workspace, "mentor")
    review.session.open(path)
    page = review.window.workbench.current
    page.finish()
    review.qtbot.waitUntil(lambda: bool(page.changes.diffs))
    (diff,) = page.changes.diffs
    assert "7.000.000" in diff.text()
    assert "9.000.000" in diff.text()
    (way,) = page.changes.ways
    way.click()
    review.settle()
    form = review.window.workbench.current.form
    assert form.budget.isAncestorOf(QApplication.focusWidget())


@pytest.mark.slow
def test_a_visit_is_recorded_and_its_remarks_make_the_record(review, monkeypatch, tmp_path):
    from desktop.ui.reviewing import visits

    # half an hour after midnight in western Indonesia
    monkeypatch.setenv("RANCANG_NOW", "2026-05-11T17:30:00+00:00")

    def fill(dialog):
        assert dialog.chosen_day() == "2026-05-12"
        dialog.place.setText("Aula")
        dialog.came.setPlainText("Budi\nWati\n")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(visits.VisitDialog, "exec", fill)
    page = review.visit("review")
    page.visits.new.click()
    review.settle()
    (meeting,) = review.plan.meetings
    assert [each.name for each in meeting.attendance] == ["Budi", "Wati"]
    assert page.visits.record is not None
    assert page.visits.record.meeting == meeting.id
    form = review.visit("sessions")
    form.open_meeting(meeting.id)
    box = next(each for each in form.boxes if each.field.id == "result")
    review.type_into(box.bindings[0].editor.inner, "Buku I diperbaiki")
    review.leave_field()
    assert review.plan.meetings[0].result.values["id"] == "Buku I diperbaiki"


@pytest.mark.slow
def test_a_cell_of_a_table_is_remarked_on_and_suggested_for(review, suggests, monkeypatch):
    from desktop.ui import comments
    from desktop.ui.reviewing.cells import place_in

    stop = next(each for each in review.window.workbench.journey.stops if each.page == "worksheet")
    page = review.visit("worksheet", stop.ref)
    table = page.grid.table
    model = table.cells
    row = next(n for n in range(model.rowCount()) if not model.skips(n))
    indices = (model.index(row, n) for n in range(model.columnCount()))
    index = next(each for each in indices if model.subject(each) is not None)
    table.setCurrentIndex(index)
    table.setFocus()
    place = place_in(table)
    assert place.table in {"cell", "answer", "programme", "activity", "risk", "indicator"}
    asked = []
    monkeypatch.setattr(comments, "add", lambda _parent, _session, where, **_: asked.append(where))
    review.window.commands.run("comment-field")
    assert asked == [place]
    suggests("Perizinan")
    review.window.commands.run("suggest-field")
    review.settle()
    assert [each.place.field for each in review.plan.suggestions] == [place.field]


@pytest.mark.slow
def test_everything_of_a_reviewers_window_that_takes_the_focus_has_a_name(review):
    from tests.measuring import unnamed

    for stop in ("review", "comments", "assessment"):
        review.visit(stop)
        assert list(unnamed(review.window)) == [], stop


@pytest.mark.slow
def test_the_start_page_after_larger_letters_has_room_for_the_bold_language(review):
    from PySide6.QtGui import QFont, QFontMetrics

    review.session.leave()
    review.settle()
    for button in review.window.start._languages.values():
        bold = QFont(button.font())
        bold.setBold(True)
        around = button.sizeHint().width() - QFontMetrics(button.font()).horizontalAdvance(button.text())
        assert button.width() >= QFontMetrics(bold).horizontalAdvance(button.text()) + around


def test_a_last_word_is_no_other_word_because_one_follows_it(qapp):
    assert "<s" not in painted("Air bersih", "Air bersih di desa")
    assert "<u" not in painted("Air bersih di desa", "Air bersih")
    assert painted("", "") == ""


@pytest.mark.slow
def test_who_suggested_reads_on_their_own_page_why_it_was_declined(desk):
    """The reason is written for them; what was declined without one is only counted."""
    place = desk.box(desk.visit("form", "town"), "mayor").register.place()
    for words in ("Budi", "Wati"):
        desk.change(lambda op, words=words: op.suggest(place, None, words, RINA))
    first, second = desk.plan.suggestions
    suggesting.decline(desk.session.workspace, first, "Bukan beliau.")
    suggesting.decline(desk.session.workspace, second)
    desk.session.remember(name="Rina", role="mentor")
    desk.settle()
    page = desk.visit("review")
    (card,) = page.answers.declined
    assert any("Bukan beliau." in each.text() for each in card.findChildren(QLabel))

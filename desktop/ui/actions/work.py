"""Working together: what comes in from lists and from colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.ui.commands import Command, Menu, is_open, may_change
from desktop.ui.roles import PLANNERS, TEAM, WRITERS

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def bring_in(window: MainWindow) -> None:
    """Import rows from a spreadsheet; where no document is open, begin one with them."""
    if not window.session.is_open:
        window.start.choose_existing()
        return
    from desktop.ui.dialogs.importing import import_file

    window.session.drafts.flush()
    import_file(window, window.session)


def bring_in_copied(window: MainWindow) -> None:
    """Import rows that were copied in a spreadsheet."""
    from desktop.ui.dialogs.importing import import_pasted

    window.session.drafts.flush()
    import_pasted(window, window.session)


def may_import(window: MainWindow) -> bool:
    """Into a document that may be written, or to begin one."""
    return not (window.session.is_open and window.session.read_only)


def codes(window: MainWindow) -> None:
    """The region's own list of nomenclature codes."""
    from desktop.ui.dialogs.codes import show_codes

    window.session.drafts.flush()
    show_codes(window, window.session)


def totals(window: MainWindow) -> None:
    """The sums of the whole budget."""
    from desktop.ui.pages.programmes import ProgrammesPage

    window.session.show("programmes")
    page = window.workbench.current if window.workbench is not None else None
    if isinstance(page, ProgrammesPage):
        page.show_totals()


def hand_out(window: MainWindow) -> None:
    """Copies for agencies and mentors."""
    from desktop.ui.dialogs.handing_out import hand_out as ask

    ask(window, window.session)


def send_changes(window: MainWindow) -> None:
    """A small file with what the receiver does not have."""
    from desktop.ui.dialogs.sending import send_changes as ask

    ask(window, window.session)


def may_merge(window: MainWindow) -> bool:
    """While a workspace is open that may be written, if only beside the plan: others' work may come in."""
    return window.session.is_open and not window.session.locked


def bring_back(window: MainWindow) -> None:
    """Take over colleagues' files."""
    from desktop.ui.dialogs.bring_back import bring_back_file

    window.session.drafts.flush()
    bring_back_file(window, window.session)


def workbooks_out(window: MainWindow) -> None:
    """Make Excel workbooks for agencies."""
    from desktop.ui.dialogs.workbooks_out import hand_out_workbooks

    window.session.drafts.flush()
    hand_out_workbooks(window, window.session)


def workbooks_in(window: MainWindow) -> None:
    """Take over the workbooks that agencies sent back."""
    from desktop.ui.dialogs.workbooks_in import receive_workbooks

    window.session.drafts.flush()
    receive_workbooks(window, window.session)


def chapters_out(window: MainWindow) -> None:
    """Chapters for somebody to edit in Word; the one that is shown is ticked."""
    from desktop.ui.dialogs.chapters_out import send_chapters
    from desktop.ui.pages.chapter import ChapterPage

    window.session.drafts.flush()
    page = window.workbench.current if window.workbench is not None else None
    send_chapters(window, window.session, page.shown if isinstance(page, ChapterPage) else "")


def chapters_in(window: MainWindow) -> None:
    """Take over what others edited in Word."""
    from desktop.ui.dialogs.edited_in import receive_word

    window.session.drafts.flush()
    receive_word(window, window.session)


def move_guideline(window: MainWindow) -> None:
    """Go over to another guideline."""
    from desktop.ui.dialogs.moving import move_guideline as ask

    window.session.drafts.flush()
    ask(window, window.session)


def back_up(window: MainWindow) -> None:
    """Back up now, at the second place too."""
    window.second_place.back_up()


COMMANDS = (
    Command(
        "import",
        Menu.WORK,
        Message("ui.command.import"),
        Message("ui.hint.import"),
        bring_in,
        "Ctrl+Shift+I",
        "file-up",
        may_import,
        WRITERS,
    ),
    Command(
        "import-copied",
        Menu.WORK,
        Message("ui.command.import_copied"),
        Message("ui.hint.import_copied"),
        bring_in_copied,
        "",
        "clipboard-list",
        may_change,
        WRITERS,
    ),
    Command(
        "codes",
        Menu.WORK,
        Message("ui.command.codes"),
        Message("ui.hint.codes"),
        codes,
        "",
        "list-ordered",
        is_open,
        WRITERS,
    ),
    Command(
        "budget-totals",
        Menu.WORK,
        Message("ui.command.totals"),
        Message("ui.hint.totals"),
        totals,
        "",
        "calculator",
        is_open,
        WRITERS,
    ),
    Command(
        "bring-back",
        Menu.WORK,
        Message("ui.command.bring_back"),
        Message("ui.hint.bring_back"),
        bring_back,
        "Ctrl+Shift+G",
        "combine",
        may_merge,
        group="together",
    ),
    Command(
        "send-changes",
        Menu.WORK,
        Message("ui.command.send_changes"),
        Message("ui.hint.send_changes"),
        send_changes,
        "",
        "upload",
        may_merge,
        PLANNERS,  # an agency has *Kirim*, which also says of its parts that they are sent
        group="together",
    ),
    Command(
        "hand-out",
        Menu.WORK,
        Message("ui.command.hand_out"),
        Message("ui.hint.hand_out"),
        hand_out,
        "",
        "users",
        may_merge,
        TEAM,
        group="together",
    ),
    Command(
        "workbooks-out",
        Menu.WORK,
        Message("ui.command.workbooks_out"),
        Message("ui.hint.workbooks_out"),
        workbooks_out,
        "",
        "file-spreadsheet",
        may_change,
        TEAM,
    ),
    Command(
        "workbooks-in",
        Menu.WORK,
        Message("ui.command.workbooks_in"),
        Message("ui.hint.workbooks_in"),
        workbooks_in,
        "",
        "import",
        may_change,
        TEAM,
    ),
    Command(
        "chapters-out",
        Menu.WORK,
        Message("ui.command.chapters_out"),
        Message("ui.hint.chapters_out"),
        chapters_out,
        "",
        "file-text",
        is_open,
    ),
    Command(
        "chapters-in",
        Menu.WORK,
        Message("ui.command.chapters_in"),
        Message("ui.hint.chapters_in"),
        chapters_in,
        "",
        "import",
        may_change,
        TEAM,
    ),
    Command(
        "move-guideline",
        Menu.WORK,
        Message("ui.command.move_guideline"),
        Message("ui.hint.move_guideline"),
        move_guideline,
        "",
        "move-horizontal",
        may_change,
        TEAM,
        rare=True,
    ),
    Command(
        "back-up",
        Menu.FILE,
        Message("ui.command.back_up"),
        Message("ui.hint.back_up"),
        back_up,
        "",
        "hard-drive",
        is_open,
        rare=True,
        group="past",
    ),
)

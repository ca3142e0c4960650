"""Region, years and title of the plan, and the guideline it is pinned to."""

from __future__ import annotations

from desktop.base import LocalText, Message
from desktop.base.plain import plain_message
from desktop.guideline.pack import Field
from desktop.ui import widgets
from desktop.ui.emblem_card import EmblemCard
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.source import TableField
from desktop.ui.pages.page import Page
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session


class ProfilePage(Page):
    """What is known about the plan as a whole."""

    purpose = Message("ui.profile.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker, plan = session.speaker, session.plan
        where = widgets.Card(speaker, Message("ui.profile.region"))
        where.add(widgets.label(speaker, lambda: session.plan.region.name, "title", wrap=True))
        detail = Message("ui.profile.region_detail", province=plan.region.province, code=plan.region.code)
        where.add(widgets.label(speaker, detail, "muted", wrap=True))
        info = session.pack.pack
        where.add(widgets.rule())
        where.add(widgets.label(speaker, Message("ui.profile.guideline"), "field"))
        where.add(widgets.label(speaker, info.called, wrap=True))
        version = plain_message(Message("ui.profile.version", version=info.edition, issuer=info.issuer))
        where.add(widgets.label(speaker, version, "muted", wrap=True))
        if info.note:
            where.add(widgets.label(speaker, info.note, "muted", wrap=True))
        self.add(where)
        about = widgets.Card(speaker, Message("ui.profile.plan"))
        title = self._box("title", Message("ui.profile.title"), "text", translated=True)
        first = self._box("first_year", Message("ui.profile.first_year"), "year")
        last = self._box("last_year", Message("ui.profile.last_year"), "year")
        about.add(title)
        years = widgets.line(spacing=14)
        years.addWidget(first, 1)
        years.addWidget(last, 1)
        about.add(years)
        self.add(about)
        self.emblem = EmblemCard(session)
        self.add(self.emblem)
        self.body.addStretch(1)

    def refresh(self) -> None:
        super().refresh()
        self.emblem.refresh()

    def _box(self, name: str, label: Message, kind: str, *, translated: bool = False) -> FieldBox:
        field = plan_field(name, label, kind, translated=translated)
        box = FieldBox(self.session, field, RowRegister("plan", self.session.workspace.plan_row, name, label))
        self.boxes.append(box)
        return box


def plan_field(name: str, label: Message, kind: str, *, translated: bool = False) -> Field:
    """A field of a first-class row, described like a pack's."""
    return TableField(id=name, label=LocalText(), type=kind, translated=translated, said=label)  # type: ignore[arg-type]

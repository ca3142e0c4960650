"""What the plan already says elsewhere, offered beside the question that asks it again."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import Message
from desktop.checks.offers import Offer
from desktop.exchange.values import options, show
from desktop.guideline.pack import Field
from desktop.ui import widgets
from desktop.ui.grid.source import name_of
from desktop.ui.session import Session
from desktop.workspace.provenance import Manner


class Offered(QWidget):
    """A line under a question: what stands elsewhere, where, and the button that takes it over."""

    def __init__(self, session: Session, field: Field, item: str) -> None:
        super().__init__()
        self._session, self._field, self._item = session, field, item
        self._offer: Offer | None = None
        self.words = widgets.label(session.speaker, "", "muted", wrap=True)
        name = Message("ui.offer.take_named", field=name_of(field))
        self.take = widgets.button(
            session.speaker, Message("ui.offer.take"), self.take_over, icon="arrow-down-to-line", look="quiet"
        )
        widgets.call(session.speaker, self.take, name)
        row = widgets.line(self.words, 1, self.take)
        self.setLayout(row)
        self.hide()

    def refresh(self) -> None:
        """Offer what stands elsewhere, unless the answer says the same."""
        self._offer = self._session.offers.get(self._item)
        offer = self._offer
        self.setVisible(offer is not None and not self._same(offer))
        self.take.setEnabled(not self._session.read_only)
        if offer is not None:
            self._session.speaker.tie(self.words, QLabel.setText, self._said)

    def _said(self) -> str:
        offer, session = self._offer, self._session
        if offer is None:
            return ""
        language = session.speaker.language
        value = (
            offer.text.read(language.value)
            if offer.text
            else show(
                self._field.type, offer.value, language, options(self._field, session.plan, session.pack)
            )
        )
        return session.say(Message("ui.offer.said", value=value, source=offer.source))

    def _same(self, offer: Offer) -> bool:
        answer = self._session.plan.answer(self._item)
        if self._field.bilingual:
            return bool(answer.text) and dict(answer.text.values).items() >= dict(offer.text.values).items()
        return answer.value == offer.value

    def take_over(self) -> None:
        """Take it with what goes with it (year, source, date, number): one operation."""
        session = self._session
        session.drafts.flush()
        found = with_it(session, self._item)

        def work() -> None:
            label = Message("ui.op.offer", field=name_of(self._field))
            with session.change(label, kind=found[0].kind) as operation:
                for offer in found:
                    field = session.guide.field(offer.item)
                    if field is None:
                        continue
                    origin = (Manner.CARRIED if offer.kind == "carry" else Manner.COMPUTED).value
                    if not field.bilingual:
                        operation.answer(offer.item, offer.value, policy=field.policy, origin=origin)
                    for language, text in sorted(
                        offer.text.values.items(), key=lambda each: each[0] != session.source.value
                    ):
                        operation.answer_text(offer.item, language, text, policy=field.policy, origin=origin)

        if found:
            session.attempt(work)


def with_it(session: Session, item: str) -> list[Offer]:
    """The offer for an item and those for the fields beside it that come from the same place."""
    known = session.offers
    first = known.get(item)
    if first is None:
        return []
    beside = [
        offer
        for name, offer in known.items()
        if name.startswith(f"{item}_") and offer.place == first.place and offer.kind == first.kind
    ]
    return [first, *beside]

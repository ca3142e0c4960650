"""What the ratings add up to: results beside each other, shares, and what would raise them most."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.base.speech import number
from desktop.checks.assessment import Assessment, rounded, shares
from desktop.exchange.assessing import OWN
from desktop.ui import theme, widgets
from desktop.ui.assessing.source import WHO_NAMES
from desktop.ui.session import Session

GAINS = 3


class ResultCard(widgets.Card):
    """Words alone: everything in it is read by a screen reader as it stands."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker)
        self._session = session
        self.result = widgets.label(session.speaker, "", "section", wrap=True)
        self.other = widgets.label(session.speaker, "", wrap=True)
        self.shares = widgets.label(session.speaker, "", "muted", wrap=True)
        self.gains = widgets.label(session.speaker, "", wrap=True)
        left, right = widgets.column(spacing=2), widgets.column(spacing=2)
        for each in (self.result, self.other, self.shares):
            left.addWidget(each)
        left.addStretch(1)
        right.addWidget(widgets.label(session.speaker, Message("ui.assess.gains"), "field", wrap=True))
        right.addWidget(self.gains)
        right.addStretch(1)
        both = widgets.line(spacing=theme.PAD)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.add(both)

    def show_assessment(self, found: Assessment, other: str) -> None:
        """Tell what stands now."""
        say, language = self._session.say, self._session.speaker.language
        tie = self._session.speaker.tie
        own, theirs = found.result(OWN), found.result(other)
        mine = Message("ui.assess.open")
        if own is not None:
            mine = Message("ui.assess.own", value=number(own, language), most=str(found.most))
        tie(self.result, QLabel.setText, mine)
        self.other.setVisible(theirs is not None)
        if theirs is not None:
            told = Message(
                "ui.assess.other", who=WHO_NAMES[other], value=number(theirs, language), most=str(found.most),
                differing=len(found.differences(other)),
            )  # fmt: skip
            tie(self.other, QLabel.setText, told)
        tie(self.shares, QLabel.setText, self._shares(found))
        lines = [
            say(
                Message(
                    "ui.assess.gain",
                    place=place,
                    item=gain.item.label,
                    step=number(rounded(gain.step), language),
                )
            )
            for place, gain in enumerate(found.gains(limit=GAINS), 1)
        ]
        tie(self.gains, QLabel.setText, "\n".join(lines) or say(Message("ui.assess.no_gain")))

    def _shares(self, found: Assessment) -> str:
        """How much of the rated items has which step, for the region."""
        if not found.choices:
            rated = sum(item.value(OWN) is not None for item in found.items)
            return self._session.say(Message("ui.assess.rated", rated=rated, items=len(found.items)))
        counts = shares(found, OWN)
        total = sum(counts.values())
        language = self._session.speaker.language
        parts = [
            f"{choice.label.read(language.value)} {round(100 * counts[choice.id] / total) if total else 0} %"
            for choice in found.choices
        ]
        said = self._session.say(Message("ui.assess.rated", rated=total, items=len(found.items)))
        return f"{said}\n{' · '.join(parts)}"

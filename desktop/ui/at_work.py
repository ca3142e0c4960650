"""Who sits before the window, and what of the open document they may write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.ui.roles import REVIEWERS, Role
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.ui.reviewing.own import Own
    from desktop.ui.settings import Settings
    from desktop.workspace import Author, Workspace
    from desktop.workspace.handouts import MadeFor


class AtWork:
    """The half of a session that knows about roles: a reviewer reads the plan and writes beside it."""

    own: Own
    """What a reviewer may write although the plan is only read."""
    _workspace: Workspace | None
    _held = ""
    """The role the open copy was made for; empty where it was made for nobody."""
    _person: Author | None = None
    """Who works in the open copy, where it was made for them or they said so; else the settings tell."""
    whom: MadeFor | None = None
    """For whom it was made; None where for nobody, or where it is still with the giver."""
    hands_off = False
    """Whether the page in view is another office's part, only read until the person says otherwise."""
    keeps_to = ""
    """The office whose rows alone are changed in the lists in view; empty where all may be."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises :class:`NothingOpen`."""
        raise NotImplementedError

    @property
    def settings(self) -> Settings:
        """What is remembered on this computer."""
        raise NotImplementedError

    def remember(self, **values: Any) -> None:
        """Change settings and keep them."""
        raise NotImplementedError

    @property
    def role(self) -> Role:
        """Who sits before the window: whom the open copy was made for, else as the settings say."""
        return Role.of(self._held or self.settings.role)

    def author(self) -> Author:
        """Who works here, as the journal writes it."""
        from desktop.workspace import Author

        if self._person is not None:
            return self._person
        person = self.whom.person if self.whom is not None else ""
        return Author(name=person or self.settings.name, role=self._held or self.settings.role)

    def work_as(self, author: Author) -> None:
        """Be this person in the open copy from now on. Raises what writing raises."""
        from desktop.workspace import opening

        opening.work_as(self.workspace, author)
        self._person = author

    def _take_person(self, workspace: Workspace) -> None:
        """A copy made for one person asks nothing: it is theirs, whoever the settings here name."""
        from desktop.workspace import Author, opening

        usual = Author(self.settings.name, self.settings.role)
        found = opening.author_of(workspace.path, usual)
        self._person = found if found.name != usual.name else None
        if self._person is not None:
            workspace.author = found

    @property
    def text_percent(self) -> int:
        """The text size: of the settings, and in a copy made for a reviewer the one for reading."""
        reads = self._held in set(REVIEWERS)
        return self.settings.review_percent if reads else self.settings.text_percent

    def resize_text(self, percent: int) -> None:
        """Take another text size, and remember it for windows like this one."""
        reads = self._held in set(REVIEWERS)
        self.remember(**{"review_percent" if reads else "text_percent": percent})

    @property
    def locked(self) -> bool:
        """Whether nothing at all may be written."""
        return self._workspace is None or self._workspace.read_only or self.hands_off

    @property
    def read_only(self) -> bool:
        """Whether the plan may not be changed; a reviewer writes beside it all the same."""
        return self.locked or self.role in REVIEWERS

    def shut(self, place: Place) -> bool:
        """Whether what stands at a place can only be read: a reviewer's own places are not."""
        return self.locked or (self.role in REVIEWERS and not self.own.has(place))

    @property
    def why_shut(self) -> Message:
        """Why the plan cannot be changed here, as one sentence."""
        if self.hands_off:
            return Message("ui.own.only_read")
        return Message("ui.grid.only_read" if self.locked else "ui.review.only_read")

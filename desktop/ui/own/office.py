"""Which office the person before the window works for, and whether its part is all that is shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop.base import clock
from desktop.ui.roles import Role

if TYPE_CHECKING:
    from desktop.ui.session import Session


def office_here(session: Session) -> str:
    """The agency whose part this is: for which the copy was made, else the person's own; or nothing."""
    if not session.is_open or session.role is not Role.AGENCY:
        return ""
    from desktop.checks.next_steps import own_agency
    from desktop.exchange.succession import present

    named = session.whom.agency if session.whom is not None else ""
    found = (each for each in (named, _chosen(session), own_agency(session.plan, session.settings.name)))
    return next((end for each in found if each and (end := present(session.plan, each))), "")


def _key(session: Session) -> str:
    return f"office:{session.workspace.id}"


def _chosen(session: Session) -> str:
    kept = session.settings.tables.get(_key(session))
    return str(kept.get("agency") or "") if isinstance(kept, dict) else ""


def choose(session: Session, agency: str) -> None:
    """Remember on this computer which office the person works for in this document."""
    tables = session.settings.tables
    session.remember(tables={**tables, _key(session): {"agency": agency}})


def today(session: Session) -> dt.date:
    """The day it is in the region, whatever the computer takes for its place."""
    return clock.today(session.plan.region.code)

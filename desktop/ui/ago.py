"""When something was, as people say it: just now, yesterday, three days ago."""

from __future__ import annotations

import datetime as dt

from desktop.base import Message


def ago(at: dt.datetime, now: dt.datetime) -> Message:
    """When something was, as people say it: today, yesterday, some days or weeks ago, else the day itself."""
    there, here = at.astimezone(), now.astimezone()
    days = (here.date() - there.date()).days
    if days <= 0:
        minutes = max(0, int((now - at).total_seconds())) // 60
        if minutes < 2:
            return Message("ui.ago.now")
        return (
            Message("ui.ago.minutes", n=minutes) if minutes < 60 else Message("ui.ago.hours", n=minutes // 60)
        )
    if days == 1:
        return Message("ui.ago.yesterday")
    if days < 14:
        return Message("ui.ago.days", n=days)
    return Message("ui.ago.weeks", n=days // 7) if days < 60 else Message("ui.ago.date", at=there.date())

"""How do we speak, fail, find resources and run long jobs? The room every other room stands on.

A sentence for a person is a :class:`Message` (an id and parameters) until the very edge, where
:func:`render` turns it into a language; a failure a person can cause is a :class:`RancangError`
that carries such a message.
"""

from desktop.base.errors import Cancelled, RancangError
from desktop.base.language import Language, LocalText
from desktop.base.message import Message, Param, Rupiah
from desktop.base.speech import render

__all__ = ["Cancelled", "Language", "LocalText", "Message", "Param", "RancangError", "Rupiah", "render"]

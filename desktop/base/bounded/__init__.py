"""Files of strangers are read in a process of its own, with a limit of time and memory.

A file may be made so that reading it never ends, takes all memory, or ends the program at once: libraries
written in C and Rust can do each of these, and nothing in Python catches it. In a process apart it is one
sentence. ``asking`` is what readers call, ``serving`` that process, ``child`` how it is seen from here.
"""

from desktop.base.bounded.asking import OURS, THEIRS, Unfinished, ask
from desktop.base.bounded.limits import Limits
from desktop.base.bounded.task import Look

__all__ = ["OURS", "THEIRS", "Limits", "Look", "Unfinished", "ask"]

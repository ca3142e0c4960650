"""A large file is brought to the disk while the rest of it is being made, so that its end need not wait."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

_STEP = 32 << 20
"""Bytes; much less would keep the disk from writing in one go."""


class Ahead:
    """Sees to what was written so far, one step after another, in a thread of its own.

    Only where the system can bring bytes alone to the disk (Linux); elsewhere, and for what is no file, all
    is left to whoever puts the file in place, as the last step is everywhere.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._seen = 0
        self._step: Future[None] | None = None

    def reached(self, size: int) -> None:
        """So many bytes are written. Raises OSError where the disk did not take what came before."""
        if size - self._seen < _STEP or not hasattr(os, "fdatasync"):
            return
        if self._step is not None and not self._step.done():
            return
        self.wait()
        self._seen = size
        try:
            self._file.flush()
            # its own, so that it is open until the step is done
            handle = os.dup(self._file.fileno())
        except ValueError:
            return  # no file of the system
        worker = ThreadPoolExecutor(1)
        self._step = worker.submit(_bring, handle)
        worker.shutdown(wait=False)

    def wait(self) -> None:
        """Until the last step is done. Raises OSError: the system tells of bytes that were lost only once."""
        if self._step is not None:
            step, self._step = self._step, None
            step.result()


def _bring(handle: int) -> None:
    try:
        os.fdatasync(handle)
    finally:
        os.close(handle)

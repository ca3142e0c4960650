"""Failures a person can cause and mend: the error is the sentence they read."""

from __future__ import annotations

from desktop.base.message import Message


class RancangError(Exception):
    """A failure with a sentence: what went wrong, where, and what to do.

    ``exit_code`` is what the command line returns: 1 = the work was done and the answer is no
    (refused, findings), 2 = the call itself could not be carried out.
    """

    exit_code = 2

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return f"{self.message.id} {dict(self.message.params)}"


class Cancelled(RancangError):
    """The person stopped a long job; nothing was changed."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(Message("base.cancelled"))


class FileProblem(RancangError):
    """The operating system would not let us read or write a file."""

    @classmethod
    def from_os(cls, error: OSError, file: str) -> FileProblem:
        """Turn an :class:`OSError` into the sentence that names the file and a remedy."""
        import errno

        known = {
            errno.ENOENT: "base.file.missing",
            errno.ENOSPC: "base.file.disk_full",
            errno.EACCES: "base.file.not_allowed",
            errno.EPERM: "base.file.not_allowed",
            errno.EROFS: "base.file.read_only_disk",
            errno.EISDIR: "base.file.is_folder",
            errno.ENOTDIR: "base.file.missing",
            errno.EEXIST: "base.file.exists",
        }
        return cls(
            Message(
                known.get(error.errno or 0, "base.file.failed"),
                file=file,
                reason=error.strerror or str(error),
            )
        )

"""Why nothing was saved, or put back: sentences an operator reads."""


class BackupFailed(RuntimeError):
    """The message says what happened and what to do."""

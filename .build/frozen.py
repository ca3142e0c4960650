"""Where the program starts in an installer: as ``python -m desktop``, once jobs have found their place."""

from __future__ import annotations

import multiprocessing
import sys

if __name__ == "__main__":
    # In a frozen program a job's process is this very file, started again.
    multiprocessing.freeze_support()
    from desktop.__main__ import main

    sys.exit(main())

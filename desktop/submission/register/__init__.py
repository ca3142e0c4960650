"""What has come in at the ministry's desk? A register of packages, and of what regions sent instead.

A register is one SQLite file of its own, never a workspace. :func:`~desktop.submission.register.run.receive`
fills it from folders, judging only what is new; :func:`~desktop.submission.register.listing.entries` reads
it as the desk sees it: one line for each thing that was handed in.
"""

"""The documents of a package are what its plan prints: printed again, on their day, and compared.

``printed_from`` and ``reprinting`` print them from the plan data inside, ``reprinted`` says what that has
shown; ``printing_day`` is the day on them, ``documents_day`` holds it against the days of the signatures.
"""

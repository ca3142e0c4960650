"""A PDF in a package: signed so that every program believes it, believed only when it is read as it looks.

*Made*: ``fields`` puts empty signatures where officials will sign, ``sign`` signs, ``stamper`` and ``extend``
add what proves it later. *Read*: ``read`` takes signatures strictly, ``kept`` what was stored beside them,
``about`` what the file says of itself. *Held to one meaning*: how its pieces lie (``extent``, ``packed``,
``layout``, ``exact``, ``tree``, ``hidden``), what it may do (``active``, ``widgets``), how it is drawn
(``usual`` with ``drawing``, ``colour``, ``font`` and ``picture``).
"""

"""The signature over a whole package (XAdES): written by hand, read with nothing taken on trust.

*Written*: ``writing``. *Read*: ``xml`` allows no more than such a file needs, ``reading`` uses only what was
hashed; ``signed`` is what a signature says of itself, ``unsigned`` what was attached to it afterwards.
"""

"""Documents that were signed elsewhere come back: are they still what was sealed?

``bringing`` looks at all and puts them in together; ``recognising`` says which each is, ``returned`` grades
it, ``arrived`` and ``arriving`` tell the package as it will be, ``seen`` keeps what was seen. *Compared* in a
process of their own (``comparing``, ``describing``): ``pages`` and ``pictures`` as they are drawn
(``drawn_apart``, ``drawn_turned``), ``words_apart`` as they are read, ``beside_pages``, ``leading`` and
``archival`` in what no page shows.
"""

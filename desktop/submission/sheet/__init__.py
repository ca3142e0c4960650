"""The approval sheet, by which one signature stands for many documents: what it says, and that it is seen.

``proof`` is the digest in its metadata and on its page; ``facts`` what it has to say, ``wording`` what it
would be if we printed it anew, ``lines`` what its lines say. Two sheets are held against each other in
``reading`` (letter by letter, ``letters``), ``drawing`` (as pictures, ``strokes``) and ``beside`` (beside
their pages); ``seen`` puts it together.
"""

"""The file that a package is: a ZIP laid out so that nothing lies in it but what its manifest names.

*Laid out*: ``zipform`` says how every byte of ours follows from names, contents and time; ``container``
writes and opens ours. *Read*: ``zipframe`` looks strictly at the frame before anything is extracted,
``window`` at parts as if each were a file, ``asic`` at what every such container begins with, ``contents`` at
every byte.
"""

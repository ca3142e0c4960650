"""How does a person work with it in a window?

The only room that knows Qt. ``application.run`` opens the window; a page of it is one small class with
a :class:`desktop.ui.session.Session`, and every text on it is tied to the window's speaker, so that the
language can change at any moment.

``window`` and ``shell`` hold the pages, ``pages/directory`` lists them, ``commands`` and ``actions`` say what
can be done. ``fields``, ``grid`` and ``editor`` are what values, rows and long texts are written in; the
other folders belong to one page or window each (``receiving`` is the ministry's desk, ``own`` an agency's
window, ``reviewing`` a mentor's). What takes long goes through ``background``, ``beside`` or ``running``.
"""

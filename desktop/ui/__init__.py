"""How does a person work with it in a window?

The only room that knows Qt. ``application.run`` opens the window; a page of it is one small class with
a :class:`desktop.ui.session.Session`, and every text on it is tied to the window's speaker, so that the
language can change at any moment.
"""

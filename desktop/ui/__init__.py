"""How does a person work with it in a window?"""

"""How does work travel between people?"""

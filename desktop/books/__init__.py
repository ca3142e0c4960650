"""How does it read on paper?"""

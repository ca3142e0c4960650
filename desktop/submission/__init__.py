"""How is it sealed and proven?"""

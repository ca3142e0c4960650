"""How does a person work with it from a terminal?"""

"""What is missing, weak or contradictory?"""

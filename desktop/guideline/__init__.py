"""What does the ministry ask?"""

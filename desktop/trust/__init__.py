"""Whose key, whose certificate, whose anchor?"""

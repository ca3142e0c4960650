"""Stakeholders and their input as people work with them: the register, inputs with answers, sheets."""

"""The pages of the journey: one file for each, all of the same grammar."""

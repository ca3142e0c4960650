"""The window of the ministry's desk: what came in, why it is as it is, and what is sent back."""

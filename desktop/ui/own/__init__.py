"""An agency's window: its own part on one page, and one button that sends it."""

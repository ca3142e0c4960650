"""What comes back from colleagues, in tabs: looked at before, reported afterwards."""

"""What stands around the table of a worksheet: whose part is shown, and what can be made of its rows."""

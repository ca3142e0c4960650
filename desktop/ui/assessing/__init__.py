"""The region's own ratings beside those of others: the table, quick entry, what they add up to."""

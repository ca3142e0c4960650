"""Who owes what, for the team: parts by agency, given out, answered, reminded of."""

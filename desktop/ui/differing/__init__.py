"""Fields filled differently (*isian berbeda*): the list, a card for each, and the badge on every field."""

"""Papers that go out to stakeholders: the sheet that asks for input, and the list of answers given back."""

"""Evidence files in the window: taken in, listed, described, claimed for fields, looked at, handed out."""

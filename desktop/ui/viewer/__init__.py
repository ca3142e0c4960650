"""What a file looks like: pages of a PDF and pictures, drawn beside the window and shown in it."""

"""The roadmap (*peta jalan*) in the window: drawn from what is typed, and moved by hand."""

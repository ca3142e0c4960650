"""The chapter as it will be printed, on screen: its elements as a text that is edited where it stands."""

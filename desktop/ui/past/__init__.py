"""Looking back in the window: parts of the story, what each step wrote, how busy everybody was."""

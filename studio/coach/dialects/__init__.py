"""A timeline said the way an engine was trained to hear it, and what does not reach it."""

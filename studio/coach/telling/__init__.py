"""The prompt said again, motion first: what is kept, how each clause is told, what the coach proposes."""

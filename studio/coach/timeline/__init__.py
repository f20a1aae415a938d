"""Beats in seconds, and a timeline as words and back."""

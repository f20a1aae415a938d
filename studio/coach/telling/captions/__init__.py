"""Captions said as sentences: nouns, participles and named moves that have no verb yet."""

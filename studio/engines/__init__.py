"""Engines turn a shot into frames."""

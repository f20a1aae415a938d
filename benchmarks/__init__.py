"""Figures of speed and accuracy, printed; nothing here is a test."""

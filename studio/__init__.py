"""Motion First: direct a still in words, see the motion, then animate it."""

__version__ = "0.1.0"

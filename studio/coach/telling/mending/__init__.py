"""The prompt as its author would have written it with care, before anything is left out."""

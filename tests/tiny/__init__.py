"""Tiny pipelines with random weights, one for each family: they prove the plumbing, never a picture."""

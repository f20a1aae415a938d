"""What may move is kept: stretches that a rewrite lost come back in the author's words."""

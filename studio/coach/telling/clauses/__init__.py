"""Clauses told again, the camera's and the subject's, in order; then what the coach proposes."""

"""Whether what was written holds: sound English, whole sentences, the right doer, nothing lost without a word."""

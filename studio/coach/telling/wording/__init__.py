"""Words on their way from the prompt to the rewrite: a draft that knows whose each is, names, phrases, prose."""

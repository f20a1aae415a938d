"""Trains the coach's language model: a treebank, generated prompts and prompts annotated by hand become weights.

Nothing here is needed to run the studio. ``make language TREEBANK=folder`` rebuilds ``assets/models/prompt_en``.
"""

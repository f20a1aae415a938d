"""From text to words: sentences, slips of the keyboard, parts of speech and trees, what is set aside."""

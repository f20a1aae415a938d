"""The words the coach knows: ``presets/vocabulary/*.toml`` as records, and the forms of English words."""

"""What the words say: camera moves, actions with their actors, light, sound, looks, lettering, cuts, and their order."""

"""What the words say: camera, actions and actors, light, sound, looks, lettering, cuts, and in which order."""

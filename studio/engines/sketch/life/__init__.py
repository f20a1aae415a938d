"""What makes the still live, apart from the camera: things that move by themselves, light, and what falls or rises.

``effect.py`` says what an effect is; every other module makes effects of one kind from the shot's beats.
"""

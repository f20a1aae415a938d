"""Open video models through diffusers: one way to speak to every family."""

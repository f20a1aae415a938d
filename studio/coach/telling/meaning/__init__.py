"""What the words of a prompt mean to a rewrite: who does what, what may move, what the camera is to do, what goes."""

"""What our answers are measured beside; each is a program of its own, and is first proved to give equal answers."""

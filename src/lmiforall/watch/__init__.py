"""Looks at the service from outside, as its users see it, and records what it finds."""

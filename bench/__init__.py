"""Measurements. Each is a command that prints JSON and its floor from the same run."""

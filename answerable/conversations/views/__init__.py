"""The pages of the desk. Each is thin: find, do, show."""

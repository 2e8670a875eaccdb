"""What people fill in about mail accounts."""

"""Pages about customers and their companies."""

"""Ways in and out: one folder a channel, complete in itself."""

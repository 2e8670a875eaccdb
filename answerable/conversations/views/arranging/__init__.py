"""The pages of the settings about inboxes, statuses, tags and fields."""

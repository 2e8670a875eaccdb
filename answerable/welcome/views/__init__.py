"""The pages of starting a workspace."""

"""The pages of accounts, members and settings."""

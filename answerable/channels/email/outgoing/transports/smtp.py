"""Mail that leaves by the account's own SMTP server."""

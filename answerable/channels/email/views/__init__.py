"""Pages about mail: accounts, mail in trouble, the outbox."""

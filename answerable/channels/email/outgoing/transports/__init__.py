"""How a mail leaves: kept in the outbox, by an SMTP server, or by a provider."""

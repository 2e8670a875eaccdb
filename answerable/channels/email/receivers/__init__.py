"""The ways a mail comes in. Each hands over an Arrival and answers when it is durable."""

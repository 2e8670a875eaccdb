"""What the models of libraries hold, and those of `kit`, which stands below the register."""

from answerable.register.declaration import (
    Declaration,
    Erase,
    Keep,
    Purpose,
    Register,
    What,
    Whose,
    personal,
    plain,
)


def _member(*fields: str, what: What, keep: Keep = Keep.WITH_MEMBER) -> Declaration:
    return personal(
        *fields,
        whose=Whose.MEMBER,
        what=what,
        purpose=Purpose.SECURITY,
        keep=keep,
        erase=Erase.ROW,
    )


LIBRARIES: dict[str, Register] = {
    "contenttypes.ContentType": Register(plain("id", "app_label", "model")),
    "auth.Permission": Register(plain("id", "name", "content_type", "codename")),
    "auth.Group": Register(plain("id", "name", "permissions")),
    "sessions.Session": Register(
        _member("session_key", "session_data", what=What.CREDENTIAL, keep=Keep.SHORT),
        plain("expire_date"),
    ),
    "account.EmailAddress": Register(
        _member("user", what=What.LINK),
        _member("email", what=What.CONTACT),
        plain("id", "verified", "primary"),
        person="user",
    ),
    "account.EmailConfirmation": Register(
        _member("email_address", what=What.LINK, keep=Keep.SHORT),
        _member("key", what=What.CREDENTIAL, keep=Keep.SHORT),
        plain("id", "created", "sent"),
        person="email_address__user",
    ),
    "mfa.Authenticator": Register(
        _member("user", what=What.LINK),
        _member("data", what=What.CREDENTIAL),
        _member("created_at", "last_used_at", what=What.BEHAVIOUR),
        plain("id", "type"),
        person="user",
    ),
    "usersessions.UserSession": Register(
        _member("user", what=What.LINK, keep=Keep.SHORT),
        _member("session_key", what=What.CREDENTIAL, keep=Keep.SHORT),
        _member("ip", "user_agent", "data", what=What.TECHNICAL, keep=Keep.SHORT),
        _member("created_at", "last_seen_at", what=What.BEHAVIOUR, keep=Keep.SHORT),
        plain("id"),
        person="user",
    ),
    "kit.Beat": Register(plain("id", "process", "roles", "at", "trouble")),
    "kit.Chore": Register(
        plain("id", "name", "done_at", "attempts", "next_at", "lease_until", "fence", "last_error")
    ),
    "kit.ReaderCursor": Register(
        plain("id", "reader", "workspace_id", "number", "attempts", "next_at"),
        plain("failing_since", "last_error"),
    ),
}

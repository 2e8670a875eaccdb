"""The register of personal data: whose each stored field is, why it is held, and how it goes.

Each model declares its fields beside them, as `register = Register(…)`. Notice, record of
processing (GDPR art. 30), export, erasure, retention, masking and access log are derived from
these declarations; a stored field that is not declared fails the test suite.
"""

from answerable.register.complete import Undeclared, register_of, registers, undeclared
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

__all__ = [
    "Declaration",
    "Erase",
    "Keep",
    "Purpose",
    "Register",
    "Undeclared",
    "What",
    "Whose",
    "personal",
    "plain",
    "register_of",
    "registers",
    "undeclared",
]

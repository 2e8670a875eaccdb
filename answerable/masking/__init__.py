"""Secrets that must never be stored, found and made unreadable before anything is written.

What is masked cannot be brought back: the text itself changes, nothing is kept aside.

    mask           plain text
    mask_html      markup, also where a number is cut by tags
    mask_mail      a whole raw mail, re-encoding only the parts that changed
    mask_filename  the name of a file

A new kind of secret is a class with `find` and `shown` and one line in `kinds.KINDS`.
"""

from answerable.masking.filename import mask_filename
from answerable.masking.mail import mask_mail
from answerable.masking.markup import mask_html
from answerable.masking.plain import Found, Masked, mask

__all__ = ["Found", "Masked", "mask", "mask_filename", "mask_html", "mask_mail"]

"""What mail programs call the elements that hold a quotation or a signature."""

import re

from selectolax.lexbor import LexborNode

from answerable.channels.email.reading.marks import QUOTE, QUOTE_END, SIGNATURE, SIGNATURE_END

QUOTES = re.compile(
    r"(?:^|[\s_]|ydp\w{1,20})(?:gmail_quote(?:_container)?|yahoo_quoted|protonmail_quote|tutanota_quote|"
    r"OutlookMessageHeader|(?:ecx|x_)*divRplyFwdMsg|mail-editor-reference-message-container|"
    r"ms-outlook-mobile-reference-message|zmail_extra|isReplyContent|ntes_replymail|hs_reply|"
    r"freshdesk_quote|nylas-quote|front-blockquote|mailbird_quote|hey_quote|moz-forward-container|"
    r"OLK_SRC_BODY_SECTION|(?:x_)*appendonsend|(?:x_)*stopSpelling|mimestream_quote|cm_replymail_content_wrap)(?:$|\s)"
)
# What follows these is quoted, not what is inside.
OPEN = re.compile(r"appendonsend|stopSpelling|divRplyFwdMsg|OutlookMessageHeader")
SIGNATURES = re.compile(
    r"(?:^|[\s_])(?:gmail_signature|moz-signature|(?:x_)*signature|ms-outlook-mobile-signature|"
    r"AppleMailSignature|ymail_android_signature|protonmail_signature_block|zmail_signature|"
    r"lineBreakAtBeginningOfSignature|mail-signature|bloop_sign|(?:x_)*Signature)(?:$|\s)"
)
HINTS = (
    "gmail_", "quote", "OutlookMessageHeader", "divRplyFwdMsg", "reference-message", "zmail_",
    "isReplyContent", "replymail", "hs_reply", "appendonsend", "stopSpelling", "ignature",
    "__DIVIDER__", "bloop", "moz-forward", "OLK_SRC",
)  # fmt: skip
TAGS = frozenset(("div", "span", "hr", "table", "section", "pre"))


def is_hinted(html: str) -> bool:
    """Might there be such an element? Most pages have none, and need no closer look."""
    return any(hint in html for hint in HINTS)


def role_of(node: LexborNode, tag: str) -> tuple[str, str] | None:
    """The signs before and after this element, when a mail program marked it."""
    if tag not in TAGS:
        return None
    attributes = node.attributes
    if not attributes:
        return None
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".strip()
    if names and QUOTES.search(names):
        return QUOTE, "" if OPEN.search(names) else QUOTE_END
    if attributes.get("data-marker") == "__DIVIDER__":
        return QUOTE, ""
    if (names and SIGNATURES.search(names)) or "data-signatureblock" in attributes:
        return SIGNATURE, SIGNATURE_END
    return None

"""Mails from members: answers to notifications, and mails that they pass on."""

from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.channels.email.authenticity import Level, Verdict
from answerable.channels.email.models import Mail
from answerable.channels.email.reading import Letter
from answerable.channels.email.tokens import MemberToken
from answerable.channels.email.whose import addresses_of
from answerable.conversations.models import Conversation, Message
from answerable.kit.secrets import keys_for
from answerable.workspaces.models import Member
from answerable.workspaces.rights import Right


class NotTheirs(Exception):
    """It was sent to a member's secret address, and may not go to the customer (T088, T089)."""


def answer_of(letter: Letter, mail: Mail, verdict: Verdict) -> Message | None:
    """A member's answer by mail, sent on to the customer; None if it is no such thing.

    Both must hold: the token was given to this member for this conversation and has not
    expired, and the sender is proven to be that member.
    """
    token = _token_in(letter, mail)
    if token is None:
        return None
    if letter.is_automatic:
        raise NotTheirs(_("A machine answered a notification."))
    member = (
        Member.objects.at_work()
        .filter(pk=token.member_pk, workspace=mail.workspace_id)
        .select_related("user", "role")
        .first()
    )
    if member is None or not member.may(Right.ANSWER):
        raise NotTheirs(_("Its sender may not answer any more."))
    if verdict.level != Level.ALIGNED or not _is_from(letter, member):
        raise NotTheirs(_("Nothing proves that it comes from the member it claims to be from."))
    if token.has_expired(timezone.now()):
        raise NotTheirs(_("The notification that it answers is too old."))
    visible = Conversation.objects.visible_to(member).filter(pk=token.conversation_pk)
    conversation = visible.select_related("inbox").first()
    if conversation is None:
        raise NotTheirs(_("Its sender may not see that conversation."))
    return conversation.reply(letter.new_text, by=member, because=_("answered by mail"))


def forwarded_by(letter: Letter, mail: Mail) -> str:
    """Words about the member who passed it on; empty if no member did, or nothing was passed on."""
    if letter.forwarded is None or letter.forwarded.sender is None or letter.sender is None:
        return ""
    member = (
        Member.objects.at_work()
        .filter(workspace=mail.workspace_id, user__email=letter.sender.email.casefold())
        .first()
    )
    return _("%s passed it on; who wrote it is not proven.") % member.display_name if member else ""


def _token_in(letter: Letter, mail: Mail) -> MemberToken | None:
    keys = keys_for("mail tokens")
    found = (MemberToken.read(address, keys) for address in addresses_of(letter, mail) if address)
    return next((token for token in found if token), None)


def _is_from(letter: Letter, member: Member) -> bool:
    return letter.sender is not None and letter.sender.email.casefold() == member.user.email

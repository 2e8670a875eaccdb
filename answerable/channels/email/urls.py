from django.urls import path

from answerable.channels.email.views import accounts, original, outbox, trouble, trying

ACCOUNT = "settings/mail/<int:account_id>"

urlpatterns = [
    path("settings/mail/", accounts.mail_accounts, name="mail_accounts"),
    path("settings/mail/new", accounts.mail_account_new, name="mail_account_new"),
    path("settings/mail/trouble/", trouble.mail_trouble, name="mail_trouble"),
    path("settings/mail/trouble/<int:mail_id>/retry", trouble.mail_retry, name="mail_retry"),
    path("settings/mail/trouble/<int:mail_id>/raw", trouble.mail_raw, name="mail_raw"),
    path(f"{ACCOUNT}/", accounts.mail_account, name="mail_account"),
    path(f"{ACCOUNT}/incoming", accounts.mail_incoming, name="mail_incoming"),
    path(f"{ACCOUNT}/outgoing", accounts.mail_outgoing, name="mail_outgoing"),
    path(f"{ACCOUNT}/trust", accounts.mail_trust, name="mail_trust"),
    path(f"{ACCOUNT}/access", accounts.mail_access, name="mail_access"),
    path(f"{ACCOUNT}/aliases", accounts.mail_aliases, name="mail_aliases"),
    path(
        f"{ACCOUNT}/aliases/<int:alias_id>/removal",
        accounts.mail_alias_removal,
        name="mail_alias_removal",
    ),
    path(f"{ACCOUNT}/incoming-test", trying.mail_incoming_test, name="mail_incoming_test"),
    path(f"{ACCOUNT}/sending-test", trying.mail_sending_test, name="mail_sending_test"),
    path(f"{ACCOUNT}/signing", trying.mail_signing, name="mail_signing"),
    path(f"{ACCOUNT}/domain-check", trying.mail_domain_check, name="mail_domain_check"),
    path("messages/<int:message>/original", original.mail_original, name="mail_original"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:outgoing_id>/", outbox.outbox_mail, name="outbox_mail"),
    path("outbox/<int:outgoing_id>/raw", outbox.outbox_raw, name="outbox_raw"),
]

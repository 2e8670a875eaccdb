from django.urls import path

from answerable.channels.email.receivers.webhook import posted_mails

urlpatterns = [
    path(
        "mail/in/<int:account>/<str:secret>/<slug:provider>",
        posted_mails,
        name="posted_mails",
    ),
]

from django.urls import path

from answerable.welcome.views import starting, steps

urlpatterns = [
    path("start/", starting.start, name="start"),
    path("w/<slug:workspace>/welcome/mail/", steps.mail, name="welcome_mail"),
    path("w/<slug:workspace>/welcome/colleagues/", steps.colleagues, name="welcome_colleagues"),
    path("w/<slug:workspace>/welcome/putting-away/", steps.putting_away, name="putting_away"),
]

"""The front door: each app names its own pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("answerable.look.urls")),
]

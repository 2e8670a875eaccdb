"""Every address of the program: each app names its own pages."""

from django.urls import URLPattern, URLResolver, include, path

from answerable.search.views import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("answerable.look.urls")),
    path("accounts/", include("answerable.workspaces.entrance.urls")),
    path("", include("answerable.workspaces.urls")),
    path("w/<slug:workspace>/", include("answerable.channels.email.urls")),
    path("w/<slug:workspace>/", include("answerable.conversations.urls")),
    path("", include("answerable.channels.email.receivers.urls")),
    path("w/<slug:workspace>/", include("answerable.customers.urls")),
    path("", include("answerable.welcome.urls")),
    path("w/<slug:workspace>/search", search, name="search"),
]

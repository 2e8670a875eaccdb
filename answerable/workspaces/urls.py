from django.urls import path

from answerable.workspaces.views.settings_home import settings_home

urlpatterns = [
    path("w/<slug:workspace>/settings/", settings_home, name="settings"),
]

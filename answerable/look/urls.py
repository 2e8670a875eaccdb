from django.urls import path

from answerable.look import views

urlpatterns = [
    path("look/", views.style, name="look"),
    path("look/theme", views.theme, name="theme"),
]

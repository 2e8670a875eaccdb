from django.urls import path

from answerable.workspaces.views.health import health, health_mark
from answerable.workspaces.views.home import home, workspaces
from answerable.workspaces.views.invitations import (
    invitation,
    invitation_again,
    invitation_revocation,
    invitations,
    joining,
)
from answerable.workspaces.views.members import activation, deactivation, member, members
from answerable.workspaces.views.profile import avatar, profile
from answerable.workspaces.views.roles import role, role_new, role_removal, roles
from answerable.workspaces.views.security import security, session_end, sessions_end
from answerable.workspaces.views.settings_home import settings_home
from answerable.workspaces.views.sign_ins import sign_ins
from answerable.workspaces.views.starting import workspace_new
from answerable.workspaces.views.teams import team, team_new, team_removal, teams
from answerable.workspaces.views.workspace import workspace

SETTINGS = "w/<slug:workspace>/settings"

urlpatterns = [
    path("", home, name="home"),
    path("workspaces/", workspaces, name="workspaces"),
    path("workspaces/new/", workspace_new, name="workspace_new"),
    path("invitation/", joining, name="joining"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("w/<slug:workspace>/avatars/<slug:name>", avatar, name="avatar"),
    path(f"{SETTINGS}/", settings_home, name="settings"),
    path(f"{SETTINGS}/profile/", profile, name="profile"),
    path(f"{SETTINGS}/security/", security, name="security"),
    path(f"{SETTINGS}/security/sessions/end/", sessions_end, name="sessions_end"),
    path(f"{SETTINGS}/security/sessions/<int:pk>/end/", session_end, name="session_end"),
    path(f"{SETTINGS}/workspace/", workspace, name="workspace"),
    path(f"{SETTINGS}/members/", members, name="members"),
    path(f"{SETTINGS}/members/<int:pk>/", member, name="member"),
    path(f"{SETTINGS}/members/<int:pk>/deactivation/", deactivation, name="deactivation"),
    path(f"{SETTINGS}/members/<int:pk>/activation/", activation, name="activation"),
    path(f"{SETTINGS}/invitations/", invitations, name="invitations"),
    path(f"{SETTINGS}/invitations/<int:pk>/again/", invitation_again, name="invitation_again"),
    path(
        f"{SETTINGS}/invitations/<int:pk>/revocation/",
        invitation_revocation,
        name="invitation_revocation",
    ),
    path(f"{SETTINGS}/teams/", teams, name="teams"),
    path(f"{SETTINGS}/teams/new/", team_new, name="team_new"),
    path(f"{SETTINGS}/teams/<int:pk>/", team, name="team"),
    path(f"{SETTINGS}/teams/<int:pk>/removal/", team_removal, name="team_removal"),
    path(f"{SETTINGS}/roles/", roles, name="roles"),
    path(f"{SETTINGS}/roles/new/", role_new, name="role_new"),
    path(f"{SETTINGS}/roles/<int:pk>/", role, name="role"),
    path(f"{SETTINGS}/roles/<int:pk>/removal/", role_removal, name="role_removal"),
    path(f"{SETTINGS}/status/", health, name="health"),
    path(f"{SETTINGS}/status/mark", health_mark, name="health_mark"),
    path(f"{SETTINGS}/sign-ins/", sign_ins, name="sign_ins"),
]

"""Companies inside: workspaces, their members, teams and roles, and how people sign in."""

from answerable.workspaces.models.invitation import Invitation
from answerable.workspaces.models.member import Member
from answerable.workspaces.models.notice import Notice
from answerable.workspaces.models.role import Role
from answerable.workspaces.models.sign_in import SignIn
from answerable.workspaces.models.tally import Tally
from answerable.workspaces.models.team import Team
from answerable.workspaces.models.user import User
from answerable.workspaces.models.workspace import Counter, Workspace

__all__ = [
    "Counter",
    "Invitation",
    "Member",
    "Notice",
    "Role",
    "SignIn",
    "Tally",
    "Team",
    "User",
    "Workspace",
]

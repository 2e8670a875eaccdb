from answerable.__main__ import main
from answerable.conversations.models import Conversation
from answerable.demo.company import OWNER
from answerable.workspaces.models import User


def test_the_demo_is_made_once(db, capsys):
    main(["demo", "--password", "a-demo-password"])
    made = Conversation.objects.count()

    main(["demo"])

    assert made == Conversation.objects.count() > 5
    assert capsys.readouterr().out.count(f"sign in as {OWNER} with") == 2


def test_a_password_given_later_replaces_the_first(db):
    main(["demo", "--password", "a-demo-password"])

    main(["demo", "--password", "another-password"])

    assert User.objects.get(email=OWNER).check_password("another-password")

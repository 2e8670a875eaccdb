"""The settings: each page is found by a word, and only by those whose role has the right."""

from answerable.workspaces import settings_pages
from answerable.workspaces.rights import Right
from answerable.workspaces.settings_pages import Group, SettingsPage, pages_for

ADDRESS = SettingsPage(
    "test-mail", Group.CHANNELS, "Mail accounts", "imap smtp", "settings", Right.INBOXES, "mail"
)


def test_a_word_finds_the_page(olga, monkeypatch):
    monkeypatch.setattr(settings_pages, "_pages", {"test-mail": ADDRESS})

    assert list(pages_for(olga, "iMAP mail")) == [ADDRESS]
    assert list(pages_for(olga, "webhook")) == []


def test_who_has_no_right_sees_no_page(ada, monkeypatch):
    monkeypatch.setattr(settings_pages, "_pages", {"test-mail": ADDRESS})

    assert list(pages_for(ada)) == []

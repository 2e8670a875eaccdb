"""Documents that cannot lie: each is compared with what it is about."""

import re

import pytest

import answerable
from answerable import settings
from tests.house.sources import ROOT, named

pytestmark = pytest.mark.any_database


def test_every_setting_is_explained():
    explained = re.findall(
        r"^## `ANSWERABLE_(\w+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE
    )

    asked = {name for name in settings.ENV.asked if not name.endswith("_FILE")}
    assert sorted(explained) == sorted(asked)


def test_the_changelog_begins_with_this_version():
    versions = re.findall(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert versions[0] == answerable.__version__


def test_every_decision_is_in_the_index():
    pages = {path.name for path in (ROOT / "docs/decisions").glob("*.md")} - {"README.md"}
    index = (ROOT / "docs/decisions/README.md").read_text()

    assert pages == set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def test_links_between_documents_lead_somewhere():
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{named(document)}: {target}"
        for document in documents
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]

    assert broken == []

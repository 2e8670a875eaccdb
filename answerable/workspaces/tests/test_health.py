"""The status page: what is wrong in one's own workspace, and nothing of another's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.kit.models import Beat, ReaderCursor
from answerable.workspaces import health
from answerable.workspaces.health import Section, Tone, report_for
from answerable.workspaces.models import Notice

PAGE = "/w/demo/settings/status/"


def alive(roles: str = "web, worker, mail", trouble: str = "") -> None:
    Beat.note("somewhere 1", roles, trouble)


def late_notice(workspace) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    Notice.objects.create(workspace=workspace, to="a@b.example", next_at=hour_ago)


@pytest.fixture
def system(olga):
    """The signs about the program, by what each is about."""

    def signs():
        report = report_for(olga)
        found = next(signs for section, signs in report.sections if section.key == "system")
        return {str(sign.about): sign for sign in found}

    return signs


def test_no_worker_is_told(system):
    assert system()["Work in the background"].tone is Tone.WRONG


def test_a_living_worker_is_told(system):
    alive()

    assert {sign.tone for sign in system().values()} == {Tone.RIGHT}


def test_what_troubles_a_worker_is_told_to_operators_alone(system, olga):
    alive(trouble="disk of rack 7 is full")
    assert "rack 7" not in system()["Work in the background"].words

    olga.user.is_operator = True
    assert "rack 7" in system()["Work in the background"].words


def test_late_work_of_ones_own_is_told(system, demo, other):
    alive()
    late_notice(other)
    assert system()["Work that waits"].tone is Tone.RIGHT

    late_notice(demo)
    assert system()["Work that waits"].tone is Tone.WRONG


def test_a_stuck_reader_of_ones_own_is_told(system, demo, other):
    stuck = {"reader": "search.make_findable", "attempts": 5, "last_error": "secret"}
    ReaderCursor.objects.create(workspace_id=other.pk, **stuck)
    assert system()["Search and notifications"].tone is Tone.RIGHT

    ReaderCursor.objects.create(workspace_id=demo.pk, **stuck)
    sign = system()["Search and notifications"]
    assert sign.tone is Tone.WRONG
    assert "secret" not in sign.words


def test_a_look_that_breaks_is_a_sign_too(olga, monkeypatch):
    section = Section("broken", "Broken look", lambda _member: 1 / 0)
    monkeypatch.setitem(health._sections, "broken", section)

    signs = {section.key: signs for section, signs in report_for(olga).sections}
    assert signs["broken"][0].tone is Tone.WRONG


def test_the_mark_counts_what_is_broken(olga_in):
    assert b">1<" in olga_in.get(f"{PAGE}mark").content
    alive()
    assert olga_in.get(f"{PAGE}mark").content.strip() == b""


def test_the_mark_is_at_settings_for_who_may_see_the_page(olga_in, ada_in):
    assert b"settings/status/mark" in olga_in.get("/w/demo/settings/").content
    assert b"settings/status/mark" not in ada_in.get("/w/demo/settings/").content


def test_an_agent_does_not_find_the_page(ada_in):
    assert ada_in.get(PAGE).status_code == 404
    assert ada_in.get(f"{PAGE}mark").status_code == 404

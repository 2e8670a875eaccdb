"""The clock: what is done again and again, and how often."""

from datetime import timedelta

from answerable.kit.models.chore import Every

CLOCK: list[Every] = [
    Every(timedelta(seconds=5), "answerable.conversations.clock.wake_snoozed"),
    Every(timedelta(seconds=5), "answerable.conversations.clock.send_waiting"),
    Every(timedelta(hours=1), "answerable.workspaces.clock.forget_old_tallies"),
    Every(timedelta(days=1), "answerable.workspaces.clock.clear_old_sessions"),
    Every(timedelta(days=1), "answerable.kit.planner.weigh"),
]

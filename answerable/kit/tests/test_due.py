from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from answerable.kit.due import ForGood, LeaseLost, NotYet, claim, work_off
from answerable.kit.tests.errands import Errand


def _fail(problem):
    def act(errand):
        raise problem

    return act


def _take_over(errand):
    """As if the lease had run out and another worker had claimed the row."""
    Errand.objects.filter(pk=errand.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim(Errand, 1)


@transaction.atomic
def _write_and_finish(errand):
    Errand.objects.filter(pk=errand.pk).update(state="twice")
    errand.finish()


def test_what_is_due_is_done_once(errands):
    errand = errands.create(name="post a letter")

    assert work_off(Errand) == 1
    assert work_off(Errand) == 0

    errand.refresh_from_db()
    assert (errand.state, errand.next_at, errand.attempts) == ("done", None, 1)


def test_what_is_due_later_waits(errands):
    errands.create(name="later", next_at=timezone.now() + timedelta(minutes=1))

    assert work_off(Errand) == 0


def test_a_failure_puts_it_back_with_its_reason_and_a_longer_wait(errands):
    Errand.script["shop"] = _fail(OSError("closed"))
    errand = errands.create(name="shop", attempts=1)

    work_off(Errand)

    errand.refresh_from_db()
    assert errand.state == "deferred"
    assert errand.last_error == "OSError: closed"
    assert 14 < (errand.next_at - timezone.now()).total_seconds() < 26


def test_a_failure_for_good_ends_it_with_its_reason(errands):
    Errand.script["shop"] = _fail(ForGood("It has moved away."))
    errand = errands.create(name="shop")

    work_off(Errand)

    errand.refresh_from_db()
    assert (errand.state, errand.next_at) == ("failed", None)
    assert errand.last_error == "It has moved away."


def test_one_that_ends_every_worker_is_given_up(errands):
    errand = errands.create(name="a bomb", attempts=3)

    work_off(Errand)

    errand.refresh_from_db()
    assert (errand.state, errand.next_at) == ("failed", None)


def test_too_early_is_no_attempt(errands):
    at = timezone.now() + timedelta(hours=1)
    Errand.script["shop"] = _fail(NotYet(at, "It opens at nine."))
    errand = errands.create(name="shop")

    work_off(Errand)

    errand.refresh_from_db()
    assert (errand.next_at, errand.attempts, errand.state) == (at, 0, "planned")


def test_a_bad_one_does_not_stop_the_next(errands):
    Errand.script["bad"] = _fail(ValueError("bad"))
    errands.create(name="bad")
    good = errands.create(name="good")

    work_off(Errand)

    good.refresh_from_db()
    assert good.state == "done"


def test_of_two_that_claim_a_row_one_gets_it(errands):
    errand = errands.create(name="one")
    as_another_sees_it = errands.get()

    assert errand.claim(timezone.now())
    assert not as_another_sees_it.claim(timezone.now())


def test_a_lease_that_ran_out_is_due_again(errands):
    errands.create(name="one")
    claim(Errand, 1)
    errands.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert [again.attempts for again in claim(Errand, 1)] == [2]


def test_a_worker_thought_dead_cannot_write_its_late_result(errands):
    Errand.script["shop"] = _take_over
    errand = errands.create(name="shop")
    [late] = claim(Errand, 1)

    late.attempt()

    errand.refresh_from_db()
    assert errand.next_at is not None
    assert errand.lease_until is not None


def test_finishing_inside_a_transaction_undoes_the_work_of_a_zombie(errands):
    errand = errands.create(name="shop")
    [late] = claim(Errand, 1)
    _take_over(late)

    with pytest.raises(LeaseLost):
        _write_and_finish(late)

    errand.refresh_from_db()
    assert errand.state == "planned"


def test_retry_makes_it_due_now_and_forgets_the_attempts(errands):
    errand = errands.create(name="shop", attempts=7, next_at=None)

    assert errand.retry()

    [again] = claim(Errand, 1)
    assert again.attempts == 1


def test_retry_leaves_alone_what_is_being_tried(errands):
    errands.create(name="shop")
    [errand] = claim(Errand, 1)

    assert not errand.retry()

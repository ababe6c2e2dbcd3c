"""However records were merged, whatever a name is made of: all of one goes, and nothing of another."""

from urllib.parse import urlencode

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint
from tests.examples import examples

from remit.complaints.models import Complaint, Customer, SavedView
from remit.core.clock import now
from remit.core.erasing import ERASED, Traces
from remit.jobs.actions import erase_errors
from remit.jobs.models import Job
from remit.privacy.actions.erasing import erase_customer

ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Z"), max_codepoint=0x2FFF)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@settings(max_examples=examples(60), suppress_health_check=ALLOWED, deadline=None)
@given(into=st.lists(st.integers(0, 11), min_size=1, max_size=11), data=st.data())
def test_every_record_of_one_person_goes_however_they_were_merged(house, into, data):
    with transaction.atomic():
        every = [Customer.objects.create(name=f"Record {n}", created_at=now()) for n in range(len(into) + 1)]
        for number, other in enumerate(into, 1):
            if other < number:  # else it stays a person of its own
                every[number].merged_into = every[other]
                every[number].save()
        for each in every:
            Complaint.objects.filter(pk=made_complaint(house, customer=each).pk).update(closed_at=now())
        chosen = data.draw(st.sampled_from(every))
        same = {each.pk for each in every if _root(each) == _root(chosen)}
        erase_customer(house.ola, chosen.pk, typed="erase")
        assert (
            set(Customer.objects.filter(erased_at=None).values_list("pk", flat=True))
            == {each.pk for each in every} - same
        )
        assert Complaint.objects.count() == len(every) - len(same)
        transaction.set_rollback(True)


def _root(customer):
    while customer.merged_into is not None:
        customer = customer.merged_into
    return customer.pk


@settings(max_examples=examples(80), suppress_health_check=ALLOWED, deadline=None)
@given(first=st.text(LETTERS, min_size=3), last=st.text(LETTERS, min_size=3), around=st.text(LETTERS))
def test_a_name_of_any_letters_is_taken_out_of_loose_text(house, first, last, around):
    name = f"{first} {last}"
    with transaction.atomic():
        traces = Traces.of(names=[name])
        job = Job.objects.create(
            task="x.y",
            run_at=now(),
            created_at=now(),
            finished_at=now(),
            last_error=f"{around} {name} {around}",
        )
        other = Job.objects.create(
            task="x.y", run_at=now(), created_at=now(), finished_at=now(), last_error="Somebody else."
        )
        view = SavedView.objects.create(member=house.ana, title="One", query=urlencode({"q": name}))
        assert erase_errors(traces) >= 1
        job.refresh_from_db()
        other.refresh_from_db()
        assert name not in job.last_error
        assert ERASED in job.last_error
        assert other.last_error == "Somebody else."
        assert SavedView.objects.filter(traces.in_any("query")).get() == view
        transaction.set_rollback(True)


def test_a_first_name_alone_is_no_trace():
    assert not Traces.of(names=["Ana", "Jo"], others=["", "12345"])

"""The register of personal data is complete (P28), for the models of libraries too."""

import pytest
from django.apps import apps
from django.db import models

from answerable.register import register_of, undeclared

pytestmark = pytest.mark.any_database


def test_every_stored_field_is_declared():
    gaps = [f"{gap.model}.{gap.field} {gap.problem}" for gap in undeclared()]

    assert gaps == []


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_whose_data_a_row_is_can_be_looked_up(model):
    register = register_of(model)
    if not register or register.person in {"", "self"}:
        return

    step = model
    for name in register.person.split("__"):
        step = step._meta.get_field(name).related_model

    assert step._meta.label in {"customers.Customer", "workspaces.Member", "workspaces.User"}


def test_an_undeclared_field_would_be_found(settings):
    class Lamp(models.Model):
        colour = models.CharField(max_length=10)

        class Meta:
            app_label = "kit"

    try:
        gaps = {(gap.model, gap.field) for gap in undeclared()}
    finally:
        del apps.all_models["kit"]["lamp"]
        apps.clear_cache()

    assert ("kit.Lamp", "colour") in gaps

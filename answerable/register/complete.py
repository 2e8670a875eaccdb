"""Is everything declared? Walks every model of the program, those of libraries too."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from answerable.register.declaration import Register
from answerable.register.libraries import LIBRARIES


@dataclass(frozen=True)
class Undeclared:
    """A stored field about which nothing is said, or a saying about a field that is not there."""

    model: str
    field: str
    problem: str


def register_of(model: type[models.Model]) -> Register | None:
    declared = model.__dict__.get("register") or LIBRARIES.get(model._meta.label)
    if declared is None and model._meta.auto_created:
        return Register(person="")
    return declared


def registers() -> Iterator[tuple[type[models.Model], Register]]:
    """Every stored model with its register, for whatever is derived from it."""
    for model in apps.get_models(include_auto_created=True):
        if register := register_of(model):
            yield model, register


def undeclared() -> Iterator[Undeclared]:
    for model in apps.get_models(include_auto_created=True):
        yield from _gaps(model)


def _gaps(model: type[models.Model]) -> Iterator[Undeclared]:
    label = model._meta.label
    if model._meta.auto_created or model._meta.proxy or not model._meta.managed:
        return
    stored = {column.name for column in model._meta.local_concrete_fields} | {
        relation.name for relation in model._meta.local_many_to_many
    }
    register = register_of(model)
    said = list(register.fields) if register else []
    for name in sorted(stored - set(said)):
        yield Undeclared(label, name, "is stored and not declared")
    for name in sorted(set(said) - stored):
        yield Undeclared(label, name, "is declared and not stored")
    for name in sorted({name for name in said if said.count(name) > 1}):
        yield Undeclared(label, name, "is declared twice")

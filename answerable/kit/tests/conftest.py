import pytest
from django.db import connection

from answerable.kit.tests.errands import Errand


@pytest.fixture
def errands(transactional_db):
    """The table of a kind of work that only these tests know."""
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
    Errand.script.clear()
    yield Errand.objects
    with connection.schema_editor() as editor:
        editor.delete_model(Errand)

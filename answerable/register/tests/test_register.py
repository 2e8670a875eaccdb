from answerable.register import undeclared


def test_P29_every_stored_field_is_declared():
    assert list(undeclared()) == []

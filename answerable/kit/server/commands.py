"""Django's own commands."""

from django.core.management import execute_from_command_line


def manage(words: list[str]) -> int:
    execute_from_command_line(["answerable manage", *words])
    return 0

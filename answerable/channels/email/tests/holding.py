"""A database that somebody else holds on to."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection


@contextmanager
def held_by_another() -> Iterator[None]:
    """Inside, nobody else can write a mail."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        other = sqlite3.connect(named["NAME"], check_same_thread=False)
        other.execute("BEGIN EXCLUSIVE")
    else:
        where = {"host": named["HOST"], "port": named["PORT"], "user": named["USER"]}
        other = psycopg.connect(dbname=named["NAME"], password=named["PASSWORD"], **where)
        other.execute("LOCK TABLE email_mail IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()

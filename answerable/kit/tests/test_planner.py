from django.db import connection

from answerable.kit.planner import weigh


def test_the_planner_learns_how_much_there_is(broken_lamp):
    weigh()

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'conversations_conversation'")
            assert ("conversation_shelf",) in cursor.fetchall()

import psycopg
import redis


def test_a_run_brings_its_own_postgresql(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        similarity = connection.execute("SELECT similarity('lamp', 'lamps')").fetchone()

    assert similarity[0] > 0.5


def test_each_database_is_new(postgres_url, postgres_server):
    another = postgres_server.create("another")

    assert another != postgres_url


def test_a_run_brings_its_own_valkey(valkey_url):
    valkey = redis.Redis.from_url(valkey_url)

    valkey.set("lamp", "broken")

    assert valkey.get("lamp") == b"broken"

"""The product's settings for tests: its own data folder, and a database that the run brings.

pytest                        on SQLite, in a file as in production
pytest --database=postgres    on a PostgreSQL started for this run
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.servers import PostgresServer

IS_XDIST_WORKER = "PYTEST_XDIST_WORKER" in os.environ
# Parallel workers share the server that their controller started.
KEPT = {"ANSWERABLE_DATABASE_URL"} if IS_XDIST_WORKER else set()

for name in [name for name in os.environ if name.startswith("ANSWERABLE_") and name not in KEPT]:
    del os.environ[name]

data = Path(tempfile.mkdtemp(prefix="answerable-tests-"))
atexit.register(shutil.rmtree, data, ignore_errors=True)
os.environ["ANSWERABLE_DATA"] = str(data)

if "--database=postgres" in sys.argv and not IS_XDIST_WORKER:
    os.environ["ANSWERABLE_DATABASE_URL"] = PostgresServer().url("answerable")

from answerable.settings import *  # noqa: E402, F403
from answerable.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, for WAL and locks to be what they are in production.
    DATABASES["default"]["TEST"] = {"NAME": str(data / "test.sqlite3")}
    # Nobody pulls the plug on these; tests/faults does, on a real installation.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

# What is sent leaves at once; a test about taking it back says so.
UNDO_SEND_SECONDS = 0

# Argon2 is slow on purpose; what it protects is not tested by being slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

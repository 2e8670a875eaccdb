"""Where files are kept: no name from outside, for its owner's eyes, on disk and in a bucket."""

import stat
from pathlib import Path

import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from answerable.files.models import File
from answerable.files.store import put, store


@pytest.fixture
def folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "files": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    storages._storages.pop("files", None)
    yield tmp_path / "files"
    storages._storages.pop("files", None)


@pytest.fixture
def bucket(settings, monkeypatch):
    """A store that speaks S3, on this machine."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    options = {
        "bucket_name": "answerable-files",
        "endpoint_url": f"http://127.0.0.1:{port}",
        "access_key": "us",
        "secret_key": "secret",
        "region_name": "us-east-1",
        "file_overwrite": True,
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "files": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    storages._storages.pop("files", None)
    store().connection.create_bucket(Bucket="answerable-files")
    yield
    storages._storages.pop("files", None)
    server.stop()


def test_T001_only_the_hash_is_on_disk(folder, demo):
    file = File.objects.of_content(demo.pk, b"#!/bin/sh", "text/x-php")

    (kept,) = [path for path in folder.rglob("*") if path.is_file()]
    assert kept == folder / str(demo.pk) / file.sha256[:2] / file.sha256


def test_T021_files_are_for_their_owner_alone(folder, demo):
    sha256 = put(demo.pk, b"private")
    kept = folder / str(demo.pk) / sha256[:2] / sha256

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_the_same_bytes_are_kept_once_in_a_workspace_and_apart_from_others(folder, demo, other):
    first = File.objects.of_content(demo.pk, b"same", "text/plain")
    again = File.objects.of_content(demo.pk, b"same", "text/plain")
    theirs = File.objects.of_content(other.pk, b"same", "text/plain")

    assert first == again != theirs
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2


def test_a_file_that_was_cut_short_is_written_again(folder, demo):
    sha256 = put(demo.pk, b"whole file")
    path = folder / str(demo.pk) / sha256[:2] / sha256
    path.write_bytes(b"who")

    put(demo.pk, b"whole file")

    assert path.read_bytes() == b"whole file"
    assert [p for p in Path(path.parent).iterdir() if p.name.startswith(".new")] == []


def test_T006_a_bucket_keeps_and_serves_the_same(bucket, client, broken_lamp, ada, carl):
    from answerable.conversations.words import Enclosed, Words

    evil = Enclosed("evil.html", b"<script>alert(1)</script>", "text/html")
    message = broken_lamp.receive(Words(sender=carl, new_text="See", files=(evil,)))
    client.force_login(ada.user)

    response = client.get(f"/w/demo/attachments/{message.attachments.get().pk}")

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]

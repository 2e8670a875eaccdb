import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from answerable.kit.zipped import Zipped


@pytest.fixture
def answer():
    def answered(response):
        request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
        return Zipped(lambda _request: response)(request)

    return answered


def test_pages_are_zipped(answer):
    assert answer(HttpResponse("lamp " * 200))["Content-Encoding"] == "gzip"


def test_files_go_out_as_they_are(answer, tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"png" * 1000)

    with path.open("rb") as picture:
        response = answer(FileResponse(picture))

    assert not response.has_header("Content-Encoding")

"""One's own profile: name, picture, signature, language, zone, keys (P21)."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PROFILE = "/w/demo/settings/profile/"


def picture(form: str = "PNG", size: tuple[int, int] = (300, 200), **more) -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, form, **more)
    return SimpleUploadedFile("../../etc/passwd.png", made.getvalue(), "image/png")


def save(client, **words):
    return client.post(PROFILE, {"display_name": "Olga", **words})


def test_p21_it_is_saved(olga_in, olga):
    save(olga_in, display_name="Olga K.", signature="Kind regards", language="de", phone="+49 1")

    olga.refresh_from_db()
    assert (olga.display_name, olga.signature, olga.user.keys_on) == (
        "Olga K.",
        "Kind regards",
        False,
    )
    assert b'lang="de"' in olga_in.get(PROFILE).content


def test_p21_a_picture_is_made_anew(olga_in, olga):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    save(olga_in, picture=picture("JPEG", exif=exif))

    olga.refresh_from_db()
    answer = olga_in.get(f"/w/demo/avatars/{olga.avatar}")
    kept = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], kept.size, b"home" in answer.content) == (
        "image/webp",
        (256, 256),
        False,
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 99, b"%PDF-1.4"],
)
def test_what_is_no_picture_is_refused(olga_in, olga, content):
    answer = save(olga_in, picture=SimpleUploadedFile("a.png", content, "image/png"))

    assert answer.status_code == 422
    olga.refresh_from_db()
    assert olga.avatar == ""


def test_a_picture_of_too_many_pixels_is_refused(olga_in):
    answer = save(olga_in, picture=picture(size=(9000, 9000)))

    assert b"too large" in answer.content


def test_a_picture_is_seen_by_colleagues_alone(olga_in, olga, ada_in, client, mallory):
    save(olga_in, picture=picture())
    olga.refresh_from_db()
    client.force_login(mallory.user)

    assert ada_in.get(f"/w/demo/avatars/{olga.avatar}").status_code == 200
    assert client.get(f"/w/demo/avatars/{olga.avatar}").status_code == 404
    assert client.get(f"/w/other/avatars/{olga.avatar}").status_code == 404


def test_the_zone_of_the_reader_counts(olga_in, olga):
    save(olga_in, time_zone="Pacific/Auckland")

    assert (
        b"+13:00" in olga_in.get("/w/demo/settings/security/").content
        or b"+12:00" in olga_in.get("/w/demo/settings/security/").content
    )


@pytest.mark.parametrize(
    "words", [{"language": "xx"}, {"time_zone": "../../etc"}, {"display_name": ""}]
)
def test_nonsense_is_refused(olga_in, words):
    assert save(olga_in, **words).status_code == 422

"""Files that come with the demo's mails, drawn when they are needed."""

import io

from PIL import Image, ImageDraw

INK, PAPER, GLASS, BRASS = "#22302f", "#fbfaf6", "#dfe9e4", "#b08d57"


def file(name: str) -> tuple[bytes, str]:
    """The bytes and the media type of a file with this name."""
    picture = _lamp() if name.endswith(".png") else _page(name.partition(".")[0].title())
    kind = "PNG" if name.endswith(".png") else "PDF"
    stored = io.BytesIO()
    picture.save(stored, kind)
    return stored.getvalue(), "image/png" if kind == "PNG" else "application/pdf"


def _lamp() -> Image.Image:
    picture = Image.new("RGB", (900, 640), "#cfd8d3")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 480, 900, 640), fill="#b9a68a")
    draw.rectangle((440, 250, 460, 560), fill=BRASS)
    draw.ellipse((370, 545, 530, 580), fill=BRASS)
    draw.polygon([(330, 260), (570, 260), (500, 80), (400, 80)], fill=GLASS, outline=INK)
    draw.line([(430, 80), (446, 130), (428, 170), (450, 215), (441, 260)], fill=INK, width=4)
    return picture


def _page(title: str) -> Image.Image:
    picture = Image.new("RGB", (1240, 1754), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((120, 120), f"Lumen & Oak    {title}", fill=INK, font_size=44)
    for row in range(12):
        top = 320 + row * 70
        draw.line([(120, top), (1120, top)], fill="#d8d5cc", width=2)
        draw.text((130, top + 18), f"{row + 1}    Fern pendant, brass", fill=INK, font_size=26)
        draw.text((980, top + 18), f"{(row + 3) * 37}.00", fill=INK, font_size=26)
    return picture

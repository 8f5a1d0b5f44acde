"""What a paper will look like, as PNG: the picture printer's own drawing, smooth and on white."""

from io import BytesIO

from pos_app.printing import raster
from pos_app.printing.document import Document
from pos_app.printing.text_grid import lay_out

_MARGIN = 24


def render_png(document: Document, columns: int = 48) -> bytes:
    """A grey PNG, 12 dots to a column plus margins."""
    from PIL import ImageOps  # lazy: Pillow

    image = ImageOps.expand(raster.picture(lay_out(document, columns), columns), _MARGIN, 0)
    out = BytesIO()
    ImageOps.invert(image).save(out, "PNG")
    return out.getvalue()

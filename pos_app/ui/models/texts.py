"""Figures as the till writes and says them: won, weights, what is left of a product."""

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import LOW_STOCK, PIECE, LineView, RowView, TileLike


def won(amount_won: int) -> str:
    """61,400원"""
    return tr("{amount}원", amount=f"{amount_won:,}")


def figure(number: int) -> str:
    """61,400 as in columns; negative -2,800; zero 0."""
    return f"{number:,}"


def kilograms(milli: int) -> str:
    """1.240kg: the way a weighed line is written."""
    sign = "-" if milli < 0 else ""
    return f"{sign}{abs(milli) // PIECE:,}.{abs(milli) % PIECE:03d}kg"


def kilograms_short(milli: int) -> str:
    """12.4kg: the way a stock is written (100 g steps, rounded down)."""
    sign = "-" if milli < 0 else ""
    return f"{sign}{abs(milli) // PIECE:,}.{abs(milli) % PIECE // 100}kg"


def pieces(milli: int) -> str:
    """A count of pieces, without its unit; thousandths only when there are some."""
    whole, rest = divmod(abs(milli), PIECE)
    text = f"{whole:,}" + (f".{rest:03d}".rstrip("0") if rest else "")
    return f"-{text}" if milli < 0 else text


def quantity(milli: int, unit: str, sold_by: str) -> str:
    """2개 or 1.240kg."""
    return kilograms(milli) if sold_by == "weight" else f"{pieces(milli)}{unit}"


def line_detail(line: LineView) -> str:
    """2개 × 4,400원"""
    if line.detail:
        return line.detail
    many = quantity(line.quantity_milli, line.unit, line.sold_by)
    return f"{many} × {won(line.unit_price_won)}"


def line_spoken(line: LineView) -> str:
    """The whole line as one sentence for a screen reader."""
    said = [line.name, line_detail(line), won(line.amount_won)]
    said += [badge.text for badge in line.badges] + list(line.parts)
    if line.note:
        said.append(line.note)
    return ", ".join(said)


def row_spoken(row: RowView) -> str:
    """The whole row as one sentence for a screen reader."""
    if row.spoken:
        return row.spoken
    said = [row.title, row.badge.text if row.badge else "", row.caption, row.amount]
    return ", ".join(part for part in said if part)


def sold_out(tile: TileLike) -> bool:
    """Whether nothing is left (as far as it is counted)."""
    return tile.on_hand_milli is not None and tile.on_hand_milli <= 0


def low_stock(tile: TileLike) -> bool:
    """Whether a few are left."""
    left = tile.on_hand_milli
    return left is not None and 0 < left <= LOW_STOCK * PIECE and tile.sold_by != "weight"


def price_suffix(tile: TileLike) -> str:
    """원, or 원/kg for what is weighed."""
    return tr("원/kg") if tile.sold_by == "weight" else tr("원")


def stock_short(tile: TileLike) -> str:
    """12포, 12.4kg, or nothing when it is not counted."""
    left = tile.on_hand_milli
    if left is None or left <= 0:
        return ""
    return kilograms_short(left) if tile.sold_by == "weight" else f"{pieces(left)}{tile.unit}"


def stock_long(tile: TileLike) -> str:
    """12포 남음; a weighed stock stays 12.4kg."""
    short = stock_short(tile)
    if not short or tile.sold_by == "weight":
        return short
    return tr("{count} 남음", count=short)


def markdown_text(tile: TileLike) -> str:
    """떨이 20%"""
    percent, rest = divmod(tile.markdown_permille, 10)
    return tr("떨이 {percent}%", percent=f"{percent}.{rest}" if rest else f"{percent}")


def count_text(milli: int, sold_by: str) -> str:
    """How much of it is in the cart, as the tile's badge says it."""
    return kilograms(milli) if sold_by == "weight" else pieces(milli)


def tile_spoken(tile: TileLike, count_milli: int = 0) -> str:
    """타일 사과 5kg, 28,000원, 신안섬 농장, 3상자 남음, 1개 담음"""
    price = f"{tile.price_shown_won:,}{price_suffix(tile)}"
    said = [tr("타일 {name}", name=tile.name), price, tile.vendor or tile.vendor_short]
    left = tile.on_hand_milli
    if left is not None and left > 0:
        said.append(tr("{count} 남음", count=stock_short(tile)))
    if count_milli:
        many = count_text(count_milli, tile.sold_by)
        said.append(
            tr("{count} 담음", count=many) if tile.sold_by == "weight" else tr("{count}개 담음", count=many)
        )
    return ", ".join(part for part in said if part)


def tile_state(tile: TileLike) -> str:
    """떨이 / 완판 / 얼마 안 남음, in words."""
    said = []
    if sold_out(tile):
        said.append(tr("완판"))
    elif low_stock(tile):
        said.append(tr("얼마 안 남음"))
    if tile.markdown_permille:
        said.append(markdown_text(tile))
    return ", ".join(said)

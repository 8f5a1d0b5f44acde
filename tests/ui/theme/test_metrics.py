"""The layout grid: what stands in the table of the design at each window and type scale."""

import pytest

from pos_app.ui.theme.metrics import SCALES, SMALLEST_TYPE, TYPE_PX, Metrics, suggested_scale


@pytest.mark.parametrize(
    ("width", "height", "scale", "panel", "columns", "rows"),
    [
        (1366, 768, 1.0, 440, 4, 4),
        (1024, 768, 1.0, 396, 3, 4),
        (1280, 800, 1.25, 448, 3, 4),
        (1366, 768, 1.5, 500, 3, 3),
        (1024, 768, 2.0, None, 3, 2),
        (1920, 1080, 1.25, 560, 5, 5),
    ],
)
def test_panel_and_tiles(
    width: int, height: int, scale: float, panel: int | None, columns: int, rows: int
) -> None:
    metrics = Metrics(width, height, scale)
    assert metrics.one_pane is (panel is None)
    assert metrics.panel_width == (panel or width)
    assert (metrics.tile_columns, metrics.tile_rows) == (columns, rows)


@pytest.mark.parametrize(
    ("width", "height", "scale", "folded"),
    [
        (1366, 768, 1.0, False),
        (1024, 768, 1.0, False),
        (1280, 800, 1.25, True),
        (1366, 768, 1.5, True),
        (1024, 768, 2.0, True),
        (1920, 1080, 1.25, False),
    ],
)
def test_the_chip_row_folds_where_it_would_cost_tiles(
    width: int, height: int, scale: float, folded: bool
) -> None:
    assert Metrics(width, height, scale).chips_folded is folded


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    ("width", "height"), [(1024, 700), (1024, 768), (1280, 800), (1366, 768), (1920, 1080)]
)
def test_nothing_is_small(width: int, height: int, scale: float) -> None:
    metrics = Metrics(width, height, scale)
    assert min(metrics.type_px(name) for name in TYPE_PX) >= SMALLEST_TYPE
    heights = (metrics.key_height, metrics.corner_height, metrics.tender_height, metrics.strip_height)
    assert min(*heights, metrics.row_height, metrics.stepper_width) >= 56
    assert metrics.pad_key_height >= 72
    assert metrics.corner_height >= 88
    assert metrics.tile_least_height >= 122
    assert metrics.tile_columns >= 2
    assert metrics.tile_rows >= 1


@pytest.mark.parametrize(
    ("scale", "key", "corner", "strip", "total"),
    [(1.0, 56, 88, 56, 44), (1.25, 63, 97, 70, 55), (1.5, 70, 106, 70, 66), (2.0, 84, 123, 70, 66)],
)
def test_what_grows_and_what_stops_growing(
    scale: float, key: int, corner: int, strip: int, total: int
) -> None:
    metrics = Metrics(1920, 1080, scale)
    assert metrics.key_height == key
    assert metrics.corner_height == corner
    assert metrics.strip_height == strip
    assert metrics.type_px("total") == total
    assert metrics.type_px("change") == 152


@pytest.mark.parametrize(
    ("width", "ppi", "scale"), [(1366, 100.0, 1.0), (1280, 180.0, 1.25), (1920, 96.0, 1.25)]
)
def test_the_first_run_proposes_a_type_size(width: int, ppi: float, scale: float) -> None:
    assert suggested_scale(width, ppi) == scale


def test_lists_become_their_own_page_where_they_have_no_room() -> None:
    assert not Metrics(1366, 768, 1.0).list_alone
    assert Metrics(1024, 768, 1.0).list_alone
    assert Metrics(1366, 768, 1.5).list_alone
    assert 340 <= Metrics(1366, 768, 1.0).list_width <= 380

"""The one stylesheet: what Qt's own widgets wear. The house's own widgets draw themselves."""

from pos_app.ui.theme.metrics import Metrics
from pos_app.ui.theme.tokens import Tokens

_TEMPLATE = """
QMainWindow, #root {{ background: {bg}; }}
QWidget {{ color: {ink}; }}
QLabel {{ background: transparent; }}
QToolTip {{ color: {on_badge}; background: {badge}; border: 0; padding: 8px; font-size: {caption}px; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{
  background: {surface}; color: {ink}; border: 2px solid {edge}; border-radius: 8px;
  padding: 0 16px; min-height: {field}px;
  selection-background-color: {primary}; selection-color: {white};
}}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {ink3}; }}
QLineEdit[error="true"] {{ border: 3px solid {danger}; }}
QLineEdit[bare="true"] {{ border: 0; background: transparent; padding: 0; min-height: 0; }}
QLineEdit[stepper="true"] {{ padding: 0 4px; min-height: 0; }}
QLineEdit:disabled, QComboBox:disabled {{
  background: {sunken}; color: {ink3}; border-style: dashed;
}}
QComboBox::drop-down {{ border: 0; width: 40px; }}
QComboBox QAbstractItemView {{
  background: {surface}; border: 2px solid {edge}; selection-background-color: {primary_soft};
  selection-color: {ink}; outline: 0;
}}
QComboBox QAbstractItemView::item {{ min-height: {key}px; }}
QCheckBox, QRadioButton {{ spacing: 12px; min-height: {key}px; font-size: {body}px; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: {box}px; height: {box}px; border: 2px solid {edge}; background: {surface};
}}
QCheckBox::indicator {{ border-radius: 6px; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{
  background: {primary}; border: 6px solid {primary_soft}; outline: 0;
}}
QAbstractItemView {{ background: {surface}; border: 0; outline: 0; color: {ink}; }}
TileGrid {{ background: transparent; }}
QTableView {{ gridline-color: {line}; font-size: {body}px; font-weight: {weight}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{
  background: transparent; color: {ink2}; border: 0; border-bottom: 2px solid {edge};
  padding: 4px 12px; font-size: {caption}px; font-weight: bold;
}}
QScrollArea {{ background: transparent; border: 0; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: {sunken}; width: 16px; margin: 0; border: 0; }}
QScrollBar::handle:vertical {{
  background: {edge}; border-radius: 6px; margin: 2px; min-height: 56px;
}}
QScrollBar:horizontal {{ background: {sunken}; height: 16px; margin: 0; border: 0; }}
QScrollBar::handle:horizontal {{
  background: {edge}; border-radius: 6px; margin: 2px; min-width: 56px;
}}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QProgressBar {{
  border: 2px solid {edge}; border-radius: 8px; background: {surface}; color: {ink};
  text-align: center; min-height: 28px; font-size: {caption}px; font-weight: bold;
}}
QProgressBar::chunk {{ background: {primary_soft}; }}
"""


def build(tokens: Tokens, metrics: Metrics) -> str:
    """The stylesheet of the application for one theme and one type scale."""
    names = {name: getattr(tokens, name) for name in tokens.__slots__}
    key = metrics.key_height
    return _TEMPLATE.format(
        **names,
        caption=metrics.type_px("caption"),
        body=metrics.type_px("body"),
        weight="bold" if tokens.all_bold else "normal",
        key=key,
        field=key - 4,
        box=metrics.px(22),
        round=metrics.px(11) + 2,
    ).strip()

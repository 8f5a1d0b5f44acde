"""Decides on the settings: one a row, changed at once, taken back with undo."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.operators import Action, Role, may
from pos_app.i18n.texts import tr
from pos_app.ui.screens.house import House


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its name in the store, words, and choices (value, word); no choices means text."""

    name: str
    group: str
    title: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()
    standard: str = ""
    everyone: bool = False


def all_rows() -> list[Row]:
    """Every setting, in order."""
    off_on = (("0", tr("끔")), ("1", tr("켬")))
    look, paper, shop = tr("화면"), tr("인쇄"), tr("영수증 머리")
    sizes = tuple((str(size), f"{size}%") for size in (100, 125, 150, 200))
    themes = (("light", tr("밝은 화면")), ("daylight", tr("햇빛 화면")))
    tongues = (("ko", "한국어"), ("en", "English"))
    return [
        Row("type_scale", look, tr("글자 크기"), tr("Ctrl + 와 Ctrl - 로도 바꿔요."), sizes, "100", True),
        Row("theme", look, tr("밝기"), tr("바깥에서는 햇빛 화면이 잘 보여요."), themes, "light", True),
        Row("language", look, tr("언어"), tr("화면의 말을 바꿔요."), tongues, "ko", True),
        Row("left_handed", look, tr("왼손"), tr("결제 키가 왼쪽으로 가요."), off_on, "0", True),
        Row("sound", look, tr("소리"), tr("찍을 때 소리를 내요."), off_on, "0", True),
        Row("printer_uri", paper, tr("인쇄기 주소"), tr("socket://192.168.0.87:9100 처럼 적어요.")),
        Row("shop_name", shop, tr("가게 이름"), tr("영수증 맨 위에 나와요.")),
        Row("shop_business_no", shop, tr("사업자등록번호"), tr("숫자 열 자리예요.")),
        Row("shop_phone", shop, tr("전화"), tr("영수증에 나와요.")),
        Row("shop_footer", shop, tr("맺음말"), tr("영수증 끝에 나와요.")),
    ]


class SettingsPresenter:
    """The rows that match the search, and what was changed last."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.query = ""
        self._before: tuple[str, str] | None = None

    def rows(self) -> Sequence[Row]:
        """The rows that match."""
        wanted = self.query.strip().casefold()
        return [row for row in all_rows() if wanted in f"{row.group} {row.title} {row.sentence}".casefold()]

    def value(self, row: Row) -> str:
        """What stands; a setting never touched has its standard."""
        return self.house.settings.get(row.name) or row.standard

    def may_change(self, row: Row) -> bool:
        """Whether the signed-in role may change it."""
        session = self.house.session
        role = session.role if session is not None else Role.COORDINATOR
        return row.everyone or may(role, Action.SETTINGS)

    def set(self, row: Row, value: str) -> str:
        """Change at once; returns what to say, empty when nothing changed."""
        before = self.value(row)
        if value == before:
            return ""
        self.house.settings.set(row.name, value)
        self._before = (row.name, before)
        return tr("{setting} 바꿨어요", setting=row.title)

    def undo(self) -> tuple[str, str] | None:
        """Take the last change back; returns (name, value) that stands now."""
        if self._before is None:
            return None
        name, value = self._before
        self.house.settings.set(name, value)
        self._before = None
        return name, value

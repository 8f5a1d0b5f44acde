"""Where the bundled Korean font lies."""

from pathlib import Path

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import resources


def font_path(bold: bool = False) -> Path:
    """NanumGothic, regular or bold; EnvironmentFault when the installation lacks it."""
    path = resources() / "fonts" / ("NanumGothicBold.ttf" if bold else "NanumGothic.ttf")
    if not path.is_file():
        raise EnvironmentFault(
            tr("글꼴 파일이 없어요: {name}", name=path.name),
            tr("프로그램을 다시 설치해 주세요. 판매 기록은 그대로 있어요."),
        )
    return path

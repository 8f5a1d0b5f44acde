"""Where the bundled Korean font lies."""

from pathlib import Path

from pos_app.runtime.faults import EnvironmentFault

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"


def font_path(bold: bool = False) -> Path:
    """NanumGothic, regular or bold; EnvironmentFault when the installation lacks it."""
    path = _FOLDER / ("NanumGothicBold.ttf" if bold else "NanumGothic.ttf")
    if not path.is_file():
        raise EnvironmentFault(
            f"글꼴 파일 {path.name}이 없습니다.",
            "프로그램을 다시 설치해 주세요. 판매 기록은 그대로 있습니다.",
        )
    return path

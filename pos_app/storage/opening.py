"""Which kind of store lies at a place: a file is SQLite, an address is PostgreSQL."""

from pathlib import Path

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.engine import Database, open_database

_DRIVER = "postgresql+psycopg://"
_SPOKEN = (_DRIVER, "postgresql://", "postgres://")


def open_store(place: Path | str) -> Database:
    """Open the store at a path, or at an address such as postgresql+psycopg://user@host/name.

    Raises EnvironmentFault when it cannot be opened, or needs what is not installed.
    """
    said = str(place)
    spoken = next((head for head in _SPOKEN if said.startswith(head)), "")
    if not spoken:
        return open_database(Path(place))
    try:
        # lazy: a till has neither this driver nor a use for it
        from pos_app.storage.postgres import open_postgres
    except ImportError as error:
        raise EnvironmentFault(
            tr("PostgreSQL을 쓰는 데 필요한 프로그램이 없어요."),
            tr("서버용으로 다시 설치해요: jangteo-pos[server]"),
        ) from error
    return open_postgres(_DRIVER + said.removeprefix(spoken))

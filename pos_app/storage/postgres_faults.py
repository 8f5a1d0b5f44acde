"""What PostgreSQL says about the world, in plain words."""

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault

_FULL = ("53100",)
_CROWDED = ("53300", "53400")
_SHORT = ("53000", "53200")
_BUSY = ("40001", "40P01", "55P03", "57014")
_READ_ONLY = ("25006", "42501")
_DAMAGED = ("XX001", "XX002", "58030", "58P01")
_NOT_LET_IN = ("28000", "28P01", "3D000", "3F000")


def fault_of(error: BaseException) -> EnvironmentFault | None:
    """The plain words for what the driver says, or None when it is a bug of ours."""
    cause = getattr(error, "orig", None) or error
    state = str(getattr(cause, "sqlstate", None) or "")
    said = str(cause).lower()
    for fits, fault in (
        (state in _FULL or "no space left" in said, _full),
        (state in _CROWDED or "too many" in said or "remaining connection slots" in said, _crowded),
        (state in _SHORT, _short),
        (state in _BUSY or "queuepool limit" in said, _busy),
        (state in _READ_ONLY, _read_only),
        (state in _DAMAGED, _damaged),
        (state in _NOT_LET_IN or "authentication failed" in said or _is_unknown(said), no_such_address),
        (state[:2] in ("08", "57") or _is_gone(cause, state), _gone),
    ):
        if fits:
            return fault()
    return None


def _is_unknown(said: str) -> bool:
    return "does not exist" in said and "connection" in said


def _is_gone(cause: BaseException, state: str) -> bool:
    """A connection that could not be made, or broke: the driver alone speaks, the server says nothing."""
    names = {kind.__name__ for kind in type(cause).__mro__}
    return isinstance(cause, OSError) or (not state and "OperationalError" in names)


def _full() -> EnvironmentFault:
    return EnvironmentFault(
        tr("서버의 디스크가 가득 차서 저장하지 못했어요."),
        tr("서버에서 필요 없는 파일을 지워 자리를 만들어요. 앞서 저장한 것은 그대로 있어요."),
        retryable=True,
    )


def _crowded() -> EnvironmentFault:
    return EnvironmentFault(
        tr("데이터베이스에 들어온 연결이 너무 많아요."),
        tr("잠시 뒤에 다시 해요. 자주 그러면 PostgreSQL의 max_connections를 늘려요."),
        retryable=True,
    )


def _short() -> EnvironmentFault:
    return EnvironmentFault(
        tr("데이터베이스 서버의 메모리가 모자라요."),
        tr("잠시 뒤에 다시 해요. 자주 그러면 서버에서 도는 다른 프로그램을 줄여요."),
        retryable=True,
    )


def _busy() -> EnvironmentFault:
    return EnvironmentFault(
        tr("다른 프로그램이 장부를 쓰고 있어서 기다리다 멈췄어요."),
        tr("잠시 뒤에 다시 해요."),
        retryable=True,
    )


def _read_only() -> EnvironmentFault:
    return EnvironmentFault(
        tr("이 데이터베이스에 쓸 수 없어요."),
        tr("복제본이 아닌 주 서버의 주소인지, 사용자에게 쓰기 권한이 있는지 확인해요."),
    )


def _damaged() -> EnvironmentFault:
    return EnvironmentFault(
        tr("데이터베이스의 파일이 상했어요."),
        tr("서버를 멈추고 담당자에게 알려요. 사본이나 계산대의 장부에서 되살릴 수 있어요."),
    )


def no_such_address() -> EnvironmentFault:
    """The address of the database leads nowhere, or is none."""
    return EnvironmentFault(
        tr("데이터베이스에 들어가지 못했어요."),
        tr("JANGTEO_DATABASE_URL의 사용자, 비밀번호, 데이터베이스 이름을 확인해요."),
    )


def _gone() -> EnvironmentFault:
    return EnvironmentFault(
        tr("데이터베이스 서버에 닿지 않아요."),
        tr(
            "PostgreSQL이 켜져 있는지, JANGTEO_DATABASE_URL의 주소가 맞는지 확인해요. 켜지면 저절로 이어져요."
        ),
        retryable=True,
    )

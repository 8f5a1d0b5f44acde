"""One way in for all printers: bytes go to the target, what became of them comes back."""

from pos_app.hardware import device_file, tcp
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.hardware.send_result import PrinterState, SendResult
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault

__all__ = ["PrinterState", "SendResult", "query_state", "send"]


def send(target: PrinterTarget, data: bytes, deadline_s: float = 10.0) -> SendResult:
    """Sends `data` within `deadline_s` seconds (plus at most two for asking how the printer is).

    EnvironmentFault for a kind of connection that is not there yet.
    """
    if target.scheme == "socket":
        return tcp.send(target.host, target.port, data, deadline_s, target.status)
    if target.scheme == "file":
        return device_file.send(target.path, data, deadline_s)
    raise EnvironmentFault(
        tr("아직 못 쓰는 인쇄기 연결이에요: {scheme}", scheme=target.scheme),
        tr("설정에서 인쇄기를 랜(socket)이나 장치 파일(file)로 바꿔 주세요. 판매는 저장됐어요."),
    )


def query_state(target: PrinterTarget) -> PrinterState | None:
    """How the printer is; None when it is not there or cannot be asked."""
    if target.scheme == "socket" and target.status:
        return tcp.query_state(target.host, target.port)
    return None

"""따로 둔 기록 and what an exchange noticed: each in a sentence, with what to do."""

import re
from dataclasses import dataclass

from pos_app.i18n.formats import won
from pos_app.i18n.texts import mark, tr
from pos_app.services.desk import Desk
from pos_app.services.syncing_state import clock_words
from pos_app.storage.queries.devices import LateEvent, late_events
from pos_app.storage.queries.over_refunds import OverRefund, over_refunds
from sync.events import parse_stored
from sync.rows import Rows

MOST = 200
OVER_REFUNDED = "refund.over"
_UNREADABLE = re.compile(r"^\w+: (?P<said>.*)$", re.DOTALL)

_NOTICES = {
    "restored": (
        mark("예전 사본에서 되살린 계산대예요"),
        mark("없어졌던 기록을 되찾았어요. 이제부터는 새 번호표로 적어요. 할 일은 없어요."),
    ),
    "cloned": (
        mark("이 컴퓨터와 똑같은 것이 또 있어요"),
        mark("두 대가 같은 장부에 적었어요. 판매는 둘 다 남아 있어요. 한 대는 새 등록 코드로 다시 등록해요."),
    ),
    "fork": (
        mark("한 장부가 두 갈래로 적혔어요"),
        mark("복사한 컴퓨터 두 대가 함께 적은 거예요. 둘 다 남겨 뒀어요. 그 계산대 한 대를 다시 등록해요."),
    ),
    "gap": (
        mark("가운데가 빠진 장부가 있어요"),
        mark("그 계산대가 다시 이어지면 저절로 채워져요. 오래 그대로면 그 계산대를 살펴봐요."),
    ),
    "clock": (
        mark("시계가 서로 달라요"),
        mark("판매와 합계는 그대로 맞아요. 두 컴퓨터의 날짜와 시각을 맞춰요."),
    ),
    "gone_back": (
        mark("상대가 예전 사본으로 돌아갔어요"),
        mark("잃었던 기록은 이 계산대가 다시 보내요. 할 일은 없어요."),
    ),
    "contradicts": (
        mark("서명한 것과 다른 기록이 있어요"),
        mark("기록은 그대로 뒀어요. 그 계산대를 쓰기 전에 담당자에게 알려요."),
    ),
    "refused": (
        mark("받지 않은 기록이 있어요"),
        mark("여기에는 그대로 저장돼 있어요. 담당자에게 보여 줘요."),
    ),
    "newer_version": (
        mark("상대가 더 새로운 판이에요"),
        mark("그대로 팔 수 있어요. 장이 끝나면 장터포스를 새 판으로 올려요."),
    ),
    "damaged": (
        mark("이 컴퓨터에서 상한 기록이 있어요"),
        mark("그 기록은 보내지 않았어요. 점검에서 장부를 살펴보고 담당자에게 알려요."),
    ),
    "revoked": (
        mark("등록을 거둔 기기의 기록이 있어요"),
        mark("기록은 따로 표시해 뒀어요. 그 기기로 판 것이 맞는지 담당자가 살펴봐요."),
    ),
}
_FLAGS = {
    "sale.twice": mark("같은 판매가 두 번 적혔어요. 한 번만 셌어요."),
    "refund.twice": mark("같은 환불이 두 번 적혔어요. 한 번만 셌어요."),
    "shift.closed_twice": mark("한 번 연 계산대를 두 번 마감했어요. 두 마감표를 견줘 봐요."),
}


@dataclass(frozen=True, slots=True)
class Aside:
    """An event that is kept, but stands in no table yet: what, where, when, why, and what to do."""

    key: str
    title: str
    where: str
    at: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something a person should know of."""

    code: str
    log: str
    seq: int
    title: str
    advice: str
    where: str
    at: str


def count(rows: Rows) -> int:
    """How many events are set aside."""
    row = rows.one('SELECT count(*) FROM "unfolded" WHERE "state" <> ?', "waiting")
    return int(row[0]) if row else 0


def where_words(scope: str) -> str:
    """Whose log it is."""
    parts = scope.split("/")
    if parts[0] == "register" and len(parts) > 2:
        return tr("계산대 {register}", register=parts[-1])
    return {"catalogue": tr("물건 목록"), "office": tr("사무국"), "settlement": tr("정산")}.get(
        scope, tr("모르는 장부")
    )


class AsideList:
    """What a person should look at, and has not yet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def kept(self) -> list[Aside]:
        """Events that could not be put into the tables, the newest first."""
        with self._desk.work.read() as rows:
            found = rows.all(
                'SELECT u."key", u."state", u."reason", e."bytes", coalesce(l."scope", \'\') FROM "unfolded" u '
                'JOIN "event" e ON e."key" = u."key" LEFT JOIN "log" l ON l."log" = e."log" '
                f'WHERE u."state" <> ? ORDER BY e."seq" DESC, u."key" LIMIT {MOST}',
                "waiting",
            )
        return [_aside(*row) for row in found]

    def noticed(self) -> list[Noticed]:
        """What nobody has read yet: from exchanges, and flags in the books."""
        with self._desk.work.read() as rows:
            found = rows.all(
                'SELECT n."code", n."log", n."seq", n."at", coalesce(l."scope", \'\') FROM "notice" n '
                'LEFT JOIN "log" l ON l."log" = n."log" WHERE n."read_at" = \'\' ORDER BY n."at" DESC, n."code"'
            )
            flags = rows.all(
                'SELECT f."code", e."log", e."seq", e."key", e."bytes", coalesce(l."scope", \'\') FROM "flag" f '
                'JOIN "event" e ON e."key" = f."key" LEFT JOIN "log" l ON l."log" = e."log" '
                'LEFT JOIN "notice" n ON n."code" = f."code" AND n."log" = e."log" AND n."seq" = e."seq" '
                f'WHERE n."code" IS NULL OR n."read_at" = \'\' ORDER BY f."code", e."key" LIMIT {MOST}'
            )
            late = _late(rows)
            over = [
                each for each in over_refunds(rows) if not _was_read(rows, OVER_REFUNDED, each.log, each.seq)
            ]
        own = {bytes(row[1]) for row in found if row[0] == "cloned"}
        told = [
            _noticed(code, bytes(log), seq, at, scope)
            for code, log, seq, at, scope in found
            if code != "fork" or bytes(log) not in own  # said already, in better words
        ]
        told += late + [_over(each) for each in over]
        return told + [
            _noticed(code, bytes(log), seq, parse_stored(bytes(key), bytes(data)).envelope.wall, scope)
            for code, log, seq, key, data, scope in flags
        ]

    def read(self, noticed: Noticed) -> None:
        """Somebody has read it."""
        now = self._desk.clock.stamp()
        with self._desk.work.database.write() as rows:
            rows.run(
                'INSERT INTO "notice" ("code", "log", "seq", "peer", "detail", "at", "read_at") '
                'VALUES (?, ?, ?, \'\', \'\', ?, ?) ON CONFLICT ("code", "log", "seq") '
                'DO UPDATE SET "read_at" = excluded."read_at"',
                noticed.code,
                bytes.fromhex(noticed.log),
                noticed.seq,
                now,
                now,
            )

    def count(self) -> int:
        """How many things there are to look at, for a badge."""
        with self._desk.work.read() as rows:
            unread = rows.one('SELECT count(*) FROM "notice" WHERE "read_at" = \'\'')
            return count(rows) + (int(unread[0]) if unread else 0)


def _was_read(rows: Rows, code: str, log: bytes, seq: int) -> bool:
    row = rows.one(
        'SELECT "read_at" FROM "notice" WHERE "code" = ? AND "log" = ? AND "seq" = ?', code, log, seq
    )
    return row is not None and row[0] != ""


def _late(rows: Rows) -> list[Noticed]:
    """Of each log of a device that was let go, the first event after the last accepted one."""
    firsts: dict[bytes, LateEvent] = {}
    for event in late_events(rows):
        firsts.setdefault(event.log, event)
    told = []
    for event in firsts.values():
        if not _was_read(rows, "revoked", event.log, event.seq):
            row = rows.one('SELECT "scope" FROM "log" WHERE "log" = ?', event.log)
            told.append(_noticed("revoked", event.log, event.seq, "", str(row[0]) if row else ""))
    return told


def _over(each: OverRefund) -> Noticed:
    """Both refunds count, so each drawer is right; what was given out too much is named."""
    advice = tr(
        "{sale}의 물건을 두 곳에서 돌려줬어요. {refund}에서 {won} 더 나갔어요. 돈통은 둘 다 맞고, 이 돈은 따로 챙겨요.",
        sale=each.sale_no,
        refund=each.receipt_no,
        won=won(each.over_won),
    )
    where = tr("계산대 {register}", register=each.register)
    return Noticed(
        OVER_REFUNDED,
        each.log.hex(),
        each.seq,
        tr("판 것보다 많이 환불했어요"),
        advice,
        where,
        clock_words(_time(each.at)),
    )


def _aside(key: bytes, state: str, reason: str, data: bytes, scope: str) -> Aside:
    envelope = parse_stored(bytes(key), bytes(data)).envelope
    if state == "unknown":
        why = tr("이 판이 아직 모르는 기록이에요 ({type}).", type=envelope.type[:60])
        advice = tr("장터포스를 새 판으로 올리면 저절로 읽혀요. 그때까지 그대로 지켜요.")
    else:
        said = _UNREADABLE.match(reason)
        why = tr("내용을 알 수 없어요: {reason}", reason=(said["said"] if said else reason)[:200])
        advice = tr("지우지 않고 따로 뒀어요. 담당자에게 보여 줘요. 다른 기록은 모두 들어왔어요.")
    title = tr("{where}의 {seq}번째 기록", where=where_words(scope), seq=envelope.seq)
    return Aside(bytes(key).hex(), title, where_words(scope), clock_words(_time(envelope.wall)), why, advice)


def _time(wall: str) -> str:
    """The time in a foreign event, or nothing when it is none."""
    try:
        clock_words(wall)
    except ValueError:
        return ""
    return wall


def _noticed(code: str, log: bytes, seq: int, at: str, scope: str) -> Noticed:
    if code in _FLAGS:
        title, advice = tr(_FLAGS[code]), tr("합계는 맞아요. 종이와 견줘 봐요.")
    elif code in _NOTICES:
        title, advice = (tr(text) for text in _NOTICES[code])
    else:
        title = tr("살펴볼 것이 있어요 ({code})", code=code)
        advice = tr("기록은 모두 그대로 있어요. 담당자에게 보여 줘요.")
    where = tr("{where} {seq}번째", where=where_words(scope), seq=seq) if log else ""
    return Noticed(code, log.hex(), seq, title, advice, where, clock_words(_time(at)))

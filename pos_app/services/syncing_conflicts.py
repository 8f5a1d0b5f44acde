"""둘 다 고쳤어요: one field set in two places that did not know of each other; a person chooses."""

from dataclasses import dataclass
from typing import Any

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.formats import won
from pos_app.i18n.texts import mark, tr
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.syncing_state import clock_words
from pos_app.storage.queries.edits import Leaf, edits_of, leaves
from sync.canonical import short_hash
from sync.rows import Rows

_KINDS = {
    "vendor": mark("업체"),
    "product": mark("물건"),
    "operator": mark("사람"),
    "policy": mark("규칙"),
    "bundle": mark("꾸러미"),
    "commission": mark("수수료 규칙"),
}
_FIELDS = {
    "name": mark("이름"),
    "unit": mark("단위"),
    "unit_price_won": mark("값"),
    "price_won": mark("값"),
    "tax_class": mark("과세"),
    "tax_kind": mark("과세 유형"),
    "sold_by": mark("파는 단위"),
    "category": mark("분류"),
    "oversell": mark("다 팔렸을 때"),
    "barcodes": mark("바코드"),
    "active": mark("씀"),
    "vendor_id": mark("업체"),
    "vendor_class": mark("업체 구분"),
    "business_no": mark("사업자등록번호"),
    "representative": mark("대표자"),
    "cooperative": mark("조합"),
    "sale_mode": mark("판매 방식"),
    "certificates": mark("인증"),
    "contact": mark("연락처"),
    "role": mark("역할"),
    "pin": mark("PIN"),
    "parts": mark("꾸러미에 든 것"),
    "rule": mark("규칙"),
}
_WORDS = {
    "exempt": mark("면세"),
    "taxable": mark("과세"),
    "general": mark("일반과세자"),
    "simplified": mark("간이과세자"),
    "unregistered": mark("미등록"),
    "each": mark("낱개"),
    "weight": mark("무게"),
    "warn": mark("알리고 팔기"),
    "block": mark("팔지 않기"),
    "allow": mark("그냥 팔기"),
    "consignment": mark("위탁"),
    "direct": mark("직접 판매"),
    "cashier": mark("계산원"),
    "coordinator": mark("담당자"),
    "office": mark("사무국"),
}
_SECRET = ("pin", "contact")
_TABLES = ("vendor", "product", "operator", "bundle")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that stand side by side; `holds`: the one in force until somebody chooses."""

    token: str
    value: str
    who: str
    at: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one thing, and what was written into it here and there."""

    kind: str
    entity_id: str
    field: str
    title: str
    question: str
    choices: tuple[Choice, ...]


class Conflicts:
    """Fields that were set in two places apart."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[Conflict]:
        """Every field that stands in more than one way (slow: reads all edits)."""
        found = []
        with self._desk.work.read() as rows:
            touched = rows.all(
                'SELECT "entity_id", max("kind") FROM "edit" GROUP BY "entity_id" HAVING count(*) > 1 '
                'ORDER BY max("kind"), "entity_id"'
            )
            for entity_id, kind in touched:
                for field, edits in sorted(edits_of(rows, entity_id).items()):
                    standing = _apart(leaves(edits))
                    if standing:
                        found.append(_told(rows, kind, entity_id, field, standing))
        return found

    def choose(self, conflict: Conflict, token: str, override: Override | None = None) -> None:
        """Let one of the values hold: a new edit that knows both.

        Raises right.missing, sync.settled when somebody else has chosen meanwhile.
        """
        self._desk.require(Action.EDIT_CATALOGUE, override)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            edits = edits_of(work.rows, conflict.entity_id).get(conflict.field, [])
            standing = _apart(leaves(edits))
            chosen = next((leaf for leaf in standing if short_hash(leaf.edit.value) == token), None)
            if chosen is None:
                raise DomainError("sync.settled")
            wanted = {conflict.field: chosen.edit.value}
            edit = edit_of(work.rows, conflict.kind, conflict.entity_id, wanted)
            if edit is not None:
                work.record(_scope(work.rows, chosen.log), edit)


def _apart(standing: list[Leaf]) -> list[Leaf]:
    """One leaf for each distinct value, the winner first; empty when they agree."""
    by_value: dict[str, Leaf] = {}
    for leaf in standing:
        by_value.setdefault(short_hash(leaf.edit.value), leaf)
    return list(by_value.values()) if len(by_value) > 1 else []


def _scope(rows: Rows, log: bytes) -> str:
    row = rows.one('SELECT "scope" FROM "log" WHERE "log" = ?', log)
    return str(row[0]) if row else "catalogue"


def _told(rows: Rows, kind: str, entity_id: str, field: str, standing: list[Leaf]) -> Conflict:
    what, label = tr(_KINDS.get(kind, kind)), tr(_FIELDS.get(field, field))
    choices = tuple(
        _choice(rows, entity_id, field, leaf, number, leaf is standing[0])
        for number, leaf in enumerate(standing, 1)
    )
    title = " · ".join(part for part in (what, _name(rows, kind, entity_id)) if part)
    return Conflict(kind, entity_id, field, title, tr("{field}: 둘 다 고쳤어요", field=label), choices)


def _name(rows: Rows, kind: str, entity_id: str) -> str:
    if kind not in _TABLES:
        return ""
    row = rows.one(f'SELECT "name" FROM "{kind}" WHERE "id" = ?', entity_id)
    return str(row[0]) if row else ""


def _choice(rows: Rows, entity_id: str, field: str, leaf: Leaf, number: int, holds: bool) -> Choice:
    row = rows.one(
        'SELECT e."actor", e."wall", coalesce(o."name", \'\') FROM "edit" e '
        'LEFT JOIN "operator" o ON o."id" = e."actor" '
        'WHERE e."entity_id" = ? AND e."hlc" = ? AND e."log" = ?',
        entity_id,
        leaf.hlc,
        leaf.log,
    )
    _, wall, name = row or ("", "", "")
    value = _value(rows, field, leaf.edit.value) if field not in _SECRET else tr("{n}번째 것", n=number)
    return Choice(short_hash(leaf.edit.value), value, name, clock_words(wall), holds)


def _value(rows: Rows, field: str, value: Any) -> str:
    if field.endswith("_won") and isinstance(value, int):
        return won(value)
    if field == "active":
        return tr("씀") if value else tr("안 씀")
    if field == "vendor_id":
        return _name(rows, "vendor", str(value)) or str(value)
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value) or tr("없음")
    return _plain(value)


def _plain(value: Any) -> str:
    text = str(value)
    return tr(_WORDS[text]) if text in _WORDS else text[:200] or tr("비움")

"""Approving and paying a run, taking a paid one back, and where the money goes."""

import os
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.masking import mask_account
from pos_app.domain.operators import Action
from pos_app.domain.settlement_run import RunState, check_step, content_hash, reverse, run_hash
from pos_app.facts.settlements import SettledGoods, SettledStatement, SettlementStep
from pos_app.i18n.texts import tr
from pos_app.reports import payout_file
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.imports import Contact, read_contact
from pos_app.services.people import subject_key
from pos_app.services.settlements_reading import Standing
from pos_app.services.settlements_state import REDEEMED, WITHDRAWN, RunView, filled, standings, views
from pos_app.storage.queries import catalogue
from pos_app.storage.unit_of_work import CATALOGUE, SETTLEMENT
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_REVERSALS = uuid.UUID("0f5f9c5a-9b0d-5c64-8d3e-7c1c2f4b6a90")
_TEXT = 60
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where a vendor's money goes; `holder` is the vendor's own name unless told. Never shown whole."""

    bank: str
    account: str
    holder: str

    @property
    def masked(self) -> str:
        """As screens and papers show it."""
        return f"{self.bank} {mask_account(self.account)}".strip()


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line of the bank's file."""

    vendor: str
    to: BankAccount
    amount_won: int
    words: str


def account_of(rows: Rows, vendor_id: str) -> BankAccount | None:
    """A vendor's account, opened; None where there is none."""
    contact = read_contact(rows, vendor_id)
    if contact is None or not contact.account:
        return None
    vendor = catalogue.vendor(rows, vendor_id)
    return BankAccount(contact.bank, contact.account, contact.holder or (vendor.name if vendor else ""))


class Payouts:
    """Steps of runs and statements; every step needs SETTLE and is recorded with who took it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- draft, approved, paid --------------------------------------------------------------------

    def approve(self, run_ids: Sequence[str], vendor_id: str = "") -> None:
        """Approve whole runs, or one vendor's statement of them.

        Raises right.missing, settlement.step, settlement.no_rule_for(vendors), settlement.stale(vendor),
        settlement.twice, settlement.unknown; then nothing is approved.
        """
        desk = self._desk
        with desk.work.begin(desk.session.operator_id) as work:
            found = views(work.rows)
            for view in _chosen(work.rows, found, run_ids):
                told = [x for x in view.statements if not vendor_id or x.vendor_id == vendor_id]
                if vendor_id and not told:
                    raise DomainError("settlement.not_in_run", vendor=vendor_id)
                open_ones = [x for x in told if view.states[x.vendor_id] == RunState.DRAFT]
                state = _state(view)
                old = (
                    RunState.DRAFT
                    if open_ones
                    else RunState(view.states[told[0].vendor_id])
                    if told
                    else state
                )
                warned = [x.vendor for x in open_ones if x.statement.warnings]
                if warned and old == RunState.DRAFT:
                    desk.require(Action.SETTLE)
                    raise DomainError("settlement.no_rule_for", vendors=", ".join(warned))
                check_step(old, RunState.APPROVED, desk.session.role, [x.statement for x in open_ones])
                _check_alone(found, view)
                _check_fresh(work.rows, found, view, open_ones)
                self._step(work, view, RunState.APPROVED, vendor_id)

    def take_back_approval(self, run_ids: Sequence[str], vendor_id: str = "") -> None:
        """Approved statements are drafts again. Raises right.missing, settlement.step."""
        desk = self._desk
        with desk.work.begin(desk.session.operator_id) as work:
            for view in _chosen(work.rows, views(work.rows), run_ids):
                states = [view.states.get(vendor_id, "")] if vendor_id else list(view.states.values())
                held = RunState.APPROVED in states
                check_step(RunState.APPROVED if held else _state(view), RunState.DRAFT, desk.session.role)
                self._step(work, view, RunState.DRAFT, vendor_id)

    def withdraw(self, run_id: str) -> None:
        """Drop a run that was not paid; its days can be settled anew. Raises right.missing, settlement.step."""
        desk = self._desk
        desk.require(Action.SETTLE)
        with desk.work.begin(desk.session.operator_id) as work:
            view = _chosen(work.rows, views(work.rows), [run_id])[0]
            if view.state not in (RunState.DRAFT, RunState.APPROVED):
                raise DomainError("settlement.step", old=view.state, new=WITHDRAWN)
            self._step(work, view, WITHDRAWN)

    def pay(self, run_ids: Sequence[str], reference: str) -> int:
        """Say that runs were paid, all or none; the won that went out.

        Raises right.missing, settlement.step, settlement.no_reference, settlement.no_account(vendors),
        settlement.stale(vendor), settlement.twice.
        """
        desk = self._desk
        said = clean_text(reference, _TEXT)
        with desk.work.begin(desk.session.operator_id) as work:
            out = 0
            for view in _chosen(work.rows, views(work.rows), run_ids):
                if view.state == RunState.DRAFT:
                    desk.require(Action.SETTLE)
                    raise DomainError("settlement.not_approved")
                check_step(_state(view), RunState.PAID, desk.session.role)
                if not said:
                    raise DomainError("settlement.no_reference")
                found = views(work.rows)
                _check_alone(found, view)
                _check_fresh(work.rows, found, view, view.statements)
                out += sum(each.amount_won for each in transfers(work.rows, view))
                self._step(work, view, RunState.PAID, reference=said)
        return out

    def redeem(self, run_id: str, vendor_id: str = "") -> None:
        """The vouchers held back in a paid run were redeemed: the next run pays them out.

        Raises right.missing, settlement.step, settlement.nothing_held.
        """
        desk = self._desk
        desk.require(Action.SETTLE)
        with desk.work.begin(desk.session.operator_id) as work:
            view = _chosen(work.rows, views(work.rows), [run_id])[0]
            if view.state != RunState.PAID:
                raise DomainError("settlement.step", old=view.state, new=REDEEMED)
            waiting = [
                told
                for told in view.statements
                if told.statement.held_back_won
                and told.vendor_id not in view.redeemed
                and vendor_id in ("", told.vendor_id)
            ]
            if not waiting:
                raise DomainError("settlement.nothing_held")
            self._step(work, view, REDEEMED, vendor_id)

    def reverse(self, run_id: str, reason: str) -> RunView:
        """A run that takes a paid one back; closed at once when nothing is to be sent.

        Its days can be settled anew then. Raises right.missing, settlement.no_reason,
        settlement.not_paid, settlement.reversal, settlement.reversed_already.
        """
        desk = self._desk
        desk.require(Action.SETTLE)
        said = clean_text(reason, 200)
        if not said:
            raise DomainError("settlement.no_reason")
        with desk.work.begin(desk.session.operator_id) as work:
            found = views(work.rows)
            view = _chosen(work.rows, found, [run_id])[0]
            if view.state != RunState.PAID:
                raise DomainError("settlement.not_paid")
            made = self._reversal(work, found, view, said)
            if not any(told.statement.to_transfer_won for told in made.statements):
                self._step(work, made, RunState.APPROVED)
                self._step(work, made, RunState.PAID, reference=said[:_TEXT])
            return _chosen(work.rows, views(work.rows), [made.run.run_id])[0]

    def _reversal(self, work: "Work", found: list[RunView], view: RunView, reason: str) -> RunView:
        taken = [v for v in found if v.run.reverses == view.run.run_id and v.state != WITHDRAWN]
        before = {told.statement.reverses for v in taken for told in filled(work.rows, v).statements}
        left = standings(work.rows, found, view.run.cooperative)
        turns = sum(1 for v in found if v.run.reverses == view.run.run_id)
        run_id = str(uuid.uuid5(_REVERSALS, f"{view.run.run_id} {turns}"))
        told = []
        for each in view.statements:
            stands = left.get(each.vendor_id, Standing())
            turned = reverse(each.statement, stands.carried_won, before)
            told.append(
                SettledStatement(
                    run_id, each.vendor_id, each.vendor, content_hash(turned), turned, None,
                    tuple(_turned(goods) for goods in each.goods), -each.sales_count, each.booth,
                )
            )  # fmt: skip
        run = msgspec.structs.replace(
            view.run,
            run_id=run_id,
            statements=tuple((each.vendor_id, each.hash) for each in told),
            hash=run_hash(each.statement for each in told),
            at=self._desk.clock.stamp(),
            reverses=view.run.run_id,
            operator_name=self._desk.session.name,
            reason=reason,
        )
        work.record(SETTLEMENT, run)
        for each in told:
            work.record(SETTLEMENT, each)
        return RunView(
            run, tuple(told), RunState.DRAFT.value, {x.vendor_id: RunState.DRAFT.value for x in told}
        )

    def _step(self, work: "Work", view: RunView, step: str, vendor_id: str = "", reference: str = "") -> None:
        session, at = self._desk.session, self._desk.clock.stamp()
        fact = SettlementStep(
            view.run.run_id, str(step), at, vendor_id, reference, session.name, session.role.value
        )
        work.record(SETTLEMENT, fact)

    # --- where the money goes ---------------------------------------------------------------------

    def account(self, vendor_id: str) -> str:
        """A vendor's account, masked; empty where there is none."""
        with self._desk.work.read() as rows:
            found = account_of(rows, vendor_id)
        return found.masked if found else ""

    def vendor_named(self, text: str) -> str:
        """A vendor's id by name or id. Raises vendor.unknown."""
        wanted = clean_text(text, 80)
        with self._desk.work.read() as rows:
            found = [v.id for v in catalogue.vendors(rows) if wanted in (v.name, v.id)]
        if len(found) != 1:
            raise DomainError("vendor.unknown")
        return found[0]

    def set_account(self, vendor_id: str, bank: str, account: str, holder: str = "") -> None:
        """Seal a vendor's account. Raises right.missing, vendor.unknown, payout.no_bank, payout.account."""
        desk = self._desk
        desk.require(Action.SETTLE)
        told = BankAccount(clean_text(bank, 20), clean_text(account, 40), clean_text(holder, 40))
        digits = sum(letter in _DIGITS for letter in told.account)
        if not told.bank:
            raise DomainError("payout.no_bank")
        if not 8 <= digits <= 20 or any(letter not in f"{_DIGITS}- " for letter in told.account):
            raise DomainError("payout.account")
        # lazy: ciphers are wanted for PINs and accounts only
        from sync.identity import seal

        with desk.work.begin(desk.session.operator_id) as work:
            if catalogue.vendor(work.rows, vendor_id) is None:
                raise DomainError("vendor.unknown")
            known = read_contact(work.rows, vendor_id) or Contact()
            contact = msgspec.structs.replace(known, bank=told.bank, account=told.account, holder=told.holder)
            if contact == known:
                return
            sealed = seal(subject_key(work.rows, vendor_id), vendor_id, msgspec.json.encode(contact).decode())
            edit = edit_of(work.rows, "vendor", vendor_id, {"contact": sealed})
            if edit is not None:
                work.record(CATALOGUE, edit)

    def transfers(self, run_ids: Sequence[str]) -> list[Transfer]:
        """What the bank is told, whole account numbers in it; for approved and paid runs.

        Raises right.missing, settlement.not_approved, settlement.no_account(vendors).
        """
        self._desk.require(Action.SETTLE)
        with self._desk.work.read() as rows:
            found = _chosen(rows, views(rows), run_ids)
            if any(view.state not in (RunState.APPROVED, RunState.PAID) for view in found):
                raise DomainError("settlement.not_approved")
            return [each for view in found for each in transfers(rows, view)]

    def save_transfers(self, run_ids: Sequence[str], path: Path) -> tuple[int, int]:
        """Write the bank's file, readable for its owner alone; (transfers, won).

        Raises what `transfers` raises, EnvironmentFault.
        """
        lines = self.transfers(run_ids)
        data = payout_file.render(
            (each.to.bank, each.to.account, each.to.holder, each.amount_won, each.words) for each in lines
        )
        save_secret(path, data)
        return len(lines), sum(each.amount_won for each in lines)


def save_secret(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, in one piece. Raises EnvironmentFault."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        draft.replace(path)
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
        ) from error


def transfers(rows: Rows, view: RunView) -> list[Transfer]:
    """A run's transfers; their sum is the run's. Raises settlement.no_account(vendors), payout.differs."""
    made, missing = [], []
    words = f"{view.run.market[:8]} {view.run.until_on[5:]}"
    for told in view.statements:
        if told.statement.to_transfer_won <= 0:
            continue
        account = account_of(rows, told.vendor_id)
        if account is None:
            missing.append(told.vendor)
        else:
            made.append(Transfer(told.vendor, account, told.statement.to_transfer_won, words))
    if missing:
        raise DomainError("settlement.no_account", vendors=", ".join(missing))
    if sum(x.amount_won for x in made) != sum(x.statement.to_transfer_won for x in view.statements):
        raise DomainError("payout.differs")  # pragma: no cover - both are made of the same statements
    return made


def _state(view: RunView) -> RunState:
    if view.state == WITHDRAWN:
        raise DomainError("settlement.step", old=WITHDRAWN, new="")
    return RunState(view.state)


def _chosen(rows: Rows, found: Iterable[RunView], run_ids: Sequence[str]) -> list[RunView]:
    """The runs named, with their statements; refused while some of these have not arrived."""
    by_id = {view.run.run_id: view for view in found}
    for run_id in run_ids:
        if run_id not in by_id:
            raise DomainError("settlement.unknown", run=run_id[:40])
    if not run_ids:
        raise DomainError("settlement.none")
    chosen = [filled(rows, by_id[run_id]) for run_id in run_ids]
    for view in chosen:
        if len(view.statements) != len(view.run.statements):
            raise DomainError("settlement.incomplete", run=view.run.run_id[:8])
    return chosen


def _check_alone(found: Iterable[RunView], view: RunView) -> None:
    """Refuse to pay one part of a day twice: runs made apart, on two machines, may overlap."""
    own = {(day.day_id, day.after) for day in view.run.days}
    for other in found:
        if not other.live or other.run.run_id == view.run.run_id or view.run.reverses:
            continue
        same = other.run.cooperative == view.run.cooperative
        if same and own & {(day.day_id, day.after) for day in other.run.days}:
            raise DomainError("settlement.twice", date=view.run.until_on, cooperative=view.run.cooperative)


def _check_fresh(rows: Rows, found: list[RunView], view: RunView, told: Iterable[SettledStatement]) -> None:
    """Refuse a statement whose carried balance was changed by a run paid since."""
    left = standings(rows, found, view.run.cooperative)
    for each in told:
        stands = left.get(each.vendor_id, Standing())
        released = stands.released_won if not view.run.reverses else each.statement.released_won
        if (each.statement.carried_in_won, each.statement.released_won) != (stands.carried_won, released):
            raise DomainError("settlement.stale", vendor=each.vendor)


def _turned(goods: SettledGoods) -> SettledGoods:
    return msgspec.structs.replace(
        goods,
        quantity_milli=-goods.quantity_milli,
        gross_won=-goods.gross_won,
        off_won=-goods.off_won,
        refunds_won=-goods.refunds_won,
        net_won=-goods.net_won,
        commission_won=-goods.commission_won,
    )

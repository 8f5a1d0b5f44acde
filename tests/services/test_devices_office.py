"""The organisation's devices, on SQLite and on PostgreSQL: codes, certificates, delegation, revocation."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house, open_server
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.facts.catalogue import SignIn
from pos_app.facts.devices import DeviceEnrolled
from pos_app.runtime.clock import Clock
from pos_app.services import syncing_peers
from pos_app.services.devices_office import CodeWrong
from pos_app.services.house import House
from pos_app.services.serving import Serving
from pos_app.storage.queries import devices as queries
from sync import certificates as papers
from sync.certificates import NotCertified, check
from sync.exchange import exchange
from sync.identity import new_device_key, public_key
from tests.postgres import postgres_server, postgres_url
from tests.sync.worlds import InProcess

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgres"])
def serving(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Serving]:
    address = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    made = open_server(tmp_path / "server", address, Clock())
    made.devices.found("완판조합")
    yield made
    made.close()


def later(serving: Serving, **more: int) -> None:
    serving.desk.clock.offset += timedelta(**more)


def grant_of(serving: Serving, device: str) -> papers.ScopeGrant:
    grant = serving.gate.grant(device)
    assert grant is not None
    return grant


def enrolled(
    serving: Serving, role: str = "register", registers: tuple[str, ...] = ()
) -> tuple[bytes, bytes]:
    """A new device's private key and certificate."""
    private = new_device_key()
    code = serving.devices.enrol_code("기기", role, registers).code
    return private, serving.devices.enrol(code, public_key(private))


def reason_of(serving: Serving, code: str, device: str) -> str:
    with pytest.raises(CodeWrong) as told:
        serving.devices.enrol(code, device)
    return told.value.reason


def test_founding_twice_keeps_the_root(serving: Serving) -> None:
    before = serving.devices.card()
    assert serving.devices.found("새 이름") == before.organisation
    assert serving.devices.card().name == "새 이름"


def test_a_code_gives_a_certificate_once(serving: Serving) -> None:
    made = serving.devices.enrol_code("계산대 1", "register", ("R1",))
    device = public_key(new_device_key())
    data = serving.devices.enrol(made.code.lower().replace("-", " "), device)
    grant = check(data, serving.devices.card().organisation, serving.desk.clock.stamp())
    assert (grant.device, grant.role, grant.name, grant.flags) == (device, "register", "계산대 1", ())
    assert serving.devices.enrol(made.code, device) == data, "an answer that was lost is given again"
    assert reason_of(serving, made.code, public_key(new_device_key())) == "used"
    assert reason_of(serving, "ZZZZZ-ZZZZZ", device) == "unknown"
    assert reason_of(serving, "", device) == "unknown"


def test_a_code_ends(serving: Serving) -> None:
    made = serving.devices.enrol_code("계산대 1", "register", minutes=30)
    later(serving, minutes=31)
    assert reason_of(serving, made.code, public_key(new_device_key())) == "expired"


def test_only_the_hash_of_a_code_is_kept(serving: Serving) -> None:
    made = serving.devices.enrol_code("계산대 1", "register")
    with serving.desk.work.read() as rows:
        kept = repr(rows.all('SELECT * FROM "enrol_code"'))
    assert made.code not in kept and made.code.replace("-", "") not in kept


def test_one_code_in_many_hands_at_once_enrols_one(serving: Serving) -> None:
    made = serving.devices.enrol_code("계산대 1", "register")
    given: list[bytes] = []
    refused: list[str] = []

    def use() -> None:
        try:
            given.append(serving.devices.enrol(made.code, public_key(new_device_key())))
        except CodeWrong as wrong:
            refused.append(wrong.reason)

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(given), refused) == (1, ["used"] * 5)


WISHES = [
    ("", "register", (), 60, "device.no_name"),
    ("가", "king", (), 60, "device.role"),
    ("가", "server", (), 60, "device.role"),
    ("가", "vendor_register", (), 60, "device.no_register"),
    ("가", "vendor_register", ("*",), 60, "device.register"),
    ("가", "vendor_register", ("R3/x",), 60, "device.register"),
    ("가", "vendor_register", ("",), 60, "device.register"),
    ("가", "register", (), 0, "device.minutes"),
    ("가", "register", (), 10**9, "device.minutes"),
]


def test_wishes_that_are_none(serving: Serving) -> None:
    for name, role, registers, minutes, code in WISHES:
        with pytest.raises(DomainError) as told:
            serving.devices.enrol_code(name, role, registers, minutes)
        assert told.value.code == code


def test_a_vendors_own_register_gets_the_catalogue_and_its_own_logs(serving: Serving) -> None:
    private, _ = enrolled(serving, "vendor_register", ("r3",))
    grant = grant_of(serving, public_key(private))
    assert grant.may_read("catalogue") and grant.may_read("office") and grant.may_read("register/d/R3")
    assert not grant.may_read("register/d/R4")
    assert not grant.may_write("office", public_key(private)), "the office is not a vendor's to change"
    assert not grant.may_write("register/d/R3", public_key(new_device_key()))


def test_a_vendors_register_gets_the_keys_of_those_who_work_and_no_others(serving: Serving) -> None:
    private, _ = enrolled(serving, "vendor_register", ("R3",))
    person = serving.house.operators.add("김담당", Role.COORDINATOR, "739104")
    grant = grant_of(serving, public_key(private))
    assert grant.may_read_subject(person) and not grant.may_read_subject("an order of somebody")
    shared, _ = enrolled(serving)
    assert grant_of(serving, public_key(shared)).may_read_subject("an order of somebody")


def test_a_device_that_nobody_enrolled_has_no_grant(serving: Serving) -> None:
    assert serving.gate.grant(public_key(new_device_key())) is None


def test_a_revoked_device_gets_nothing_and_its_later_events_are_named(
    serving: Serving, tmp_path: Path
) -> None:
    house = open_house(tmp_path / "till")
    try:
        with house.desk.work.begin() as work:
            work.own_log("register/d/R1")
        with house.database.read() as rows:
            row = rows.one('SELECT "private_key" FROM "device"')
        assert row is not None
        device = public_key(bytes(row[0]))
        serving.devices.enrol(serving.devices.enrol_code("계산대 1", "register").code, device)
        _say(house, "before")
        _bring(house, serving, device)
        serving.devices.revoke(device, "잃어버렸어요", by="김사무")
        assert [view.late_events for view in serving.devices.devices() if view.id == device] == [0]
        _say(house, "after")
        _bring(house, serving, device)
    finally:
        house.close()
    with serving.desk.work.read() as rows:
        assert [(late.device, late.seq) for late in queries.late_events(rows)] == [(device, 2)]
    view = next(view for view in serving.devices.devices() if view.id == device)
    assert view.revoked and view.reason == "잃어버렸어요" and view.late_events == 1
    grant = grant_of(serving, device)
    assert not grant.may_read("catalogue") and not grant.may_read_subject("x")
    assert grant.may_write("register/d/R1", device)
    with pytest.raises(DomainError) as told:
        serving.devices.revoke(device, "또")
    assert told.value.code == "device.revoked_already"
    serving.devices.enrol(serving.devices.enrol_code("계산대 1", "register").code, device)
    assert not grant_of(serving, device).revoked, "enrolled again, trusted again"


def _say(house: House, word: str) -> None:
    with house.desk.work.begin() as work:
        work.record("register/d/R1", SignIn("", "R1", "2026-11-20T10:00:00+09:00", word))


def _bring(house: House, serving: Serving, device: str) -> None:
    exchange(house.sync.store.replica(), InProcess(serving.replica(), grant_of(serving, device)))


def test_the_server_does_not_revoke_itself_or_nobody(serving: Serving) -> None:
    own = papers.read(serving.devices.card().certificate.encode()).certificate.device
    for device, reason, code in (
        (own, "왜", "device.itself"),
        ("ab" * 32, "왜", "device.unknown"),
        (own, " ", "device.no_reason"),
    ):
        with pytest.raises(DomainError) as told:
            serving.devices.revoke(device, reason)
        assert told.value.code == code


def test_a_coordinator_vouches_offline_and_the_server_learns_of_it(serving: Serving) -> None:
    private, delegated = enrolled(serving, "coordinator")
    organisation = serving.devices.card().organisation
    issuer = papers.Issuer(private, organisation, delegated)
    device = public_key(new_device_key())
    now = serving.desk.clock
    data = issuer.issue(
        device,
        "현장 계산대",
        "register",
        ("catalogue", "register/*"),
        now.stamp(),
        "2040-01-01T00:00:00+09:00",
    )
    assert serving.gate.grant(device) is None
    assert serving.gate.admit(data).role == "register"
    assert grant_of(serving, device).name == "현장 계산대"
    serving.devices.revoke(public_key(private), "그만둠")
    assert not grant_of(serving, device).revoked, "what was vouched for before stands"
    other = issuer.issue(
        public_key(new_device_key()), "나중", "register", ("catalogue",), now.stamp(), now.stamp()
    )
    with pytest.raises(NotCertified) as told:
        serving.gate.admit(other)
    assert told.value.reason == "revoked"


def test_a_revoked_device_is_not_let_in_again_by_its_old_certificate(serving: Serving) -> None:
    private, data = enrolled(serving)
    serving.devices.revoke(public_key(private), "잃어버림")
    serving.gate.admit(data)
    assert grant_of(serving, public_key(private)).revoked


def test_certificates_of_others_are_not_admitted(serving: Serving) -> None:
    root, private = new_device_key(), new_device_key()
    theirs = papers.Issuer(root, public_key(root)).issue(
        public_key(private), "남", "server", ("*",), "2026-01-01T00:00:00Z", "2040-01-01T00:00:00Z"
    )
    with pytest.raises(NotCertified) as told:
        serving.gate.admit(theirs)
    assert told.value.reason == "organisation"
    assert serving.gate.grant(public_key(private)) is None


def test_a_laptop_that_belongs_to_a_server_vouches_for_tills_alone(serving: Serving, tmp_path: Path) -> None:
    laptop = open_server(tmp_path / "laptop")
    try:
        with laptop.desk.work.begin() as work:
            device = public_key(syncing_peers.device_key(work.rows))
        code = serving.devices.enrol_code("노트북", "coordinator").code
        card = serving.devices.card()
        answer = papers.EnrolAnswer(serving.devices.enrol(code, device).decode(), card)
        with laptop.desk.work.begin() as work:
            syncing_peers.keep_certificate(work.rows, "https://x", answer, laptop.desk.clock.stamp())
        assert laptop.devices.card().organisation == card.organisation
        made = laptop.devices.enrol_code("계산대 1", "register")
        till = public_key(new_device_key())
        assert serving.gate.admit(laptop.devices.enrol(made.code, till)).device == till
        for role in ("coordinator", "hub"):
            with pytest.raises(DomainError) as told:
                laptop.devices.enrol_code("또 하나", role)
            assert told.value.code == "device.beyond"
        with pytest.raises(DomainError) as told:
            laptop.devices.found("딴 조합")
        assert told.value.code == "server.belongs_elsewhere"
    finally:
        laptop.close()


def test_what_is_no_certificate_does_not_lock_a_device_out(serving: Serving) -> None:
    """Somebody wrote nonsense in a device's name: the device shows its own again, and is in."""
    private, data = enrolled(serving)
    device = public_key(private)
    with serving.desk.work.begin() as work:
        work.record("office", DeviceEnrolled(device, "장난", "server", ("*",), (), "{}", "", ""))
    assert serving.gate.grant(device) is None
    serving.gate.admit(data)
    assert grant_of(serving, device).role == "register"


def test_who_may_vouch_for_whom(serving: Serving) -> None:
    hub, coordinator = enrolled(serving, "hub")[1], enrolled(serving, "coordinator")[1]
    assert papers.may_vouch(coordinator, "vendor_register") and papers.may_vouch(coordinator, "register")
    assert not papers.may_vouch(coordinator, "hub") and not papers.may_vouch(hub, "register")


def test_tables_told_anew_say_the_same(serving: Serving) -> None:
    private, _ = enrolled(serving)
    enrolled(serving, "vendor_register", ("R3",))
    serving.devices.revoke(public_key(private), "잃어버림")
    assert serving.house.integrity.rebuild().different == ()


def test_who_was_here_is_written_down(serving: Serving) -> None:
    private, _ = enrolled(serving)
    serving.gate.seen(public_key(private), "10.0.0.7")
    serving.gate.write_seen()
    view = next(view for view in serving.devices.devices() if view.id == public_key(private))
    assert view.address == "10.0.0.7" and view.seen_at


def test_a_server_that_nobody_founded_vouches_for_nobody(tmp_path: Path) -> None:
    serving = open_server(tmp_path / "new")
    try:
        assert not serving.devices.founded()
        for ask in (serving.devices.card, lambda: serving.devices.enrol_code("가", "register")):
            with pytest.raises(DomainError) as told:
                ask()
            assert told.value.code == "server.no_organisation"
    finally:
        serving.close()

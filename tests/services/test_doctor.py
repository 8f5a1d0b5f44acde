"""The doctor says of each thing how it is and what to do; what he packs names nobody."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.runtime import crashes
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services import support_bundle
from pos_app.services.doctor import BAD, LOOK, OK, Check, Doctor, bare_checks, worst
from pos_app.services.house import House
from pos_app.storage import local
from sync.certificates import Issuer
from sync.identity import new_device_key, public_key
from tests.services.houses import good_id, open_market, sell


@pytest.fixture
def house(home: Path) -> House:
    made = open_market(home)
    sell(made, [("P002", 1000)])
    return made


def found(house: House) -> dict[str, Check]:
    return {check.code: check for check in Doctor(house).checks()}


def test_a_healthy_till(house: House, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    house.backups.choose(str(stick))
    house.backups.run()
    house.backups.keep_reserve()
    checks = found(house)
    assert {
        "program",
        "files",
        "home",
        "store",
        "chains",
        "copies",
        "disk",
        "clock",
        "printer",
        "network",
        "day",
    } <= set(checks)
    for code in ("store", "chains", "copies", "network", "day", "files"):
        assert checks[code].state == OK, checks[code]
    assert worst(list(checks.values())) == LOOK
    told = [check for check in checks.values() if check.state != OK and check.code != "clock"]
    assert all(check.advice for check in told), "what to do is always said"


def test_what_is_wrong_is_said(house: House, tmp_path: Path) -> None:
    assert found(house)["copies"].state == LOOK and "USB" in found(house)["copies"].advice
    stick = tmp_path / "stick"
    stick.mkdir()
    house.backups.choose(str(stick))
    house.backups.run()
    house.desk.clock.offset = timedelta(hours=9)
    sell(house, [("P004", 1000)])
    late = found(house)["copies"]
    assert late.state == LOOK and "9시간 전" in late.seen
    with house.database.write() as rows:
        rows.run('UPDATE "event" SET "bytes" = ? WHERE rowid = 3', b'{"forged":1}')
    checks = found(house)
    assert checks["chains"].state == BAD
    assert worst(list(checks.values())) == BAD


def test_a_read_only_home_and_reports_are_told(house: House) -> None:
    crashes.keep(house.desk.home.crashes, ValueError("x"))
    told = {check.code: check for check in bare_checks(house.desk.home)}
    assert told["crashes"].state == LOOK


SECRETS = ("박영지", "김서은", "482915", "010-9876-5432", "02-345-6789", "302-1234-5678-91", "이순신", "강감찬", "홍길동",
           "전라남도 나주시", "한빛협동조합")  # fmt: skip


def test_the_bundle_names_nobody(house: House, tmp_path: Path) -> None:
    house.operators.add("박영지", Role.COORDINATOR, "482915")
    house.operators.add("김서은", Role.CASHIER, "7392")
    house.settings.set("shop_name", "한빛협동조합")
    house.settings.set("shop_representative", "이순신")
    house.settings.set("shop_address", "전라남도 나주시")
    house.settings.set("shop_phone", "010-9876-5432")
    house.settings.set("transfer_account", "302-1234-5678-91")
    house.till.add(good_id("P002"), 1000)
    house.till.set_customer("홍길동")
    house.till.complete([TenderInput(TenderType.TRANSFER, 21_000, payer="강감찬")])
    logs = house.desk.home.logs
    logs.mkdir()
    (logs / "jangteo.log").write_text(
        "2026-11-22 15:04:05,123 WARNING 강감찬 01098765432 02-345-6789 302-1234-5678-91 박영지 PIN\n",
        "utf-8",
    )
    crashes.keep(house.desk.home.crashes, KeyError("강감찬 010-9876-5432"))
    path = support_bundle.write(house, tmp_path)
    assert re.fullmatch(r"jangteo-R1-\d{8}-\d{4}\.zip", path.name)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as pack:
        texts = {name: pack.read(name).decode() for name in pack.namelist()}
    assert {"README.txt", "doctor.txt", "doctor.json", "counts.json", "heads.json", "settings.json", "logs/jangteo.log",
            "crashes/1.txt"} <= set(texts)  # fmt: skip
    for name, text in texts.items():
        for secret in (
            *SECRETS,
            "01098765432",
            "7392",
            str(Path.home()) if len(str(Path.home())) > 6 else "박영지",
        ):
            assert secret not in text, (name, secret)
        assert not re.search(r"01[016789]-?\d{3,4}-?\d{4}", text), name
    assert "KeyError" in texts["crashes/1.txt"]
    assert "2026-11-22 15:04:05,123 WARNING" in texts["logs/jangteo.log"]


def test_a_bundle_that_cannot_be_written_says_so(house: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="저장하지 못했어요"):
        support_bundle.write(house, tmp_path / "file" / "x.zip")


@pytest.mark.parametrize(("days", "state"), [(400, OK), (20, LOOK), (-3, LOOK)])
def test_the_end_of_an_enrolment_is_said_in_time(house: House, days: int, state: str) -> None:
    now = house.desk.clock.now()
    private = new_device_key()
    root = Issuer(private, public_key(private))
    until = (now + timedelta(days=days)).isoformat()
    device, begun = public_key(new_device_key()), (now - timedelta(days=700)).isoformat()
    data = root.issue(device, "계산대 1", "register", ("catalogue",), begun, until)
    with house.database.write() as rows:
        rows.insert(local.certificate, [("조합", root.organisation, data, "서버", "", now.isoformat())])
    told = found(house)["enrolment"]
    assert (told.state, until[:10] in told.seen, "새 코드" in told.advice) == (state, True, state == LOOK)
    with house.database.write() as rows:
        rows.run('UPDATE "certificate" SET "data" = ?', b"{}")
    assert found(house)["enrolment"].state == LOOK

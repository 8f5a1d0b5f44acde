"""The office's pages on a real socket: who gets in, what the board says, codes and revocations."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from pos_app.bootstrap import open_server, web_application
from pos_app.domain.operators import Role
from pos_app.services.office_accounts import OfficeAccounts
from tests.services.houses import DATE, MARKET, fill, open_market
from tests.sync.serving import running

PASSWORD = "완판장터 긴 비밀번호"
CALL_S = 20


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "server"


@pytest.fixture
def web(home: Path) -> Iterator[str]:
    serving = open_server(home)
    serving.devices.found("광산 사회적협동조합")
    accounts = OfficeAccounts(serving.house.desk)
    accounts.add("박영지", PASSWORD)
    accounts.add("김하나", PASSWORD, Role.CASHIER)
    with running(web_application(serving)) as url:
        yield url
    serving.close()


def entered(web: str, name: str = "박영지") -> requests.Session:
    """A browser that has signed in."""
    browser = requests.Session()
    answer = browser.post(f"{web}/login", data={"name": name, "password": PASSWORD}, timeout=CALL_S)
    assert answer.status_code == 200
    return browser


def mark_of(page: str) -> str:
    found = re.search(r'name="mark" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", ["/", "/devices", "/board-part", "/api/v1/board"])
def test_nothing_is_told_to_a_stranger(web: str, path: str) -> None:
    answer = requests.get(f"{web}{path}", timeout=CALL_S, allow_redirects=False)
    assert answer.status_code in (303, 401)
    assert MARKET not in answer.text
    forged = requests.get(
        f"{web}{path}", timeout=CALL_S, allow_redirects=False, cookies={"jangteo_office": "AAAA"}
    )
    assert forged.status_code in (303, 401)


def test_a_wrong_password_is_told_in_a_sentence_and_locks_after_a_while(web: str) -> None:
    for _ in range(6):
        answer = requests.post(
            f"{web}/login", data={"name": "박영지", "password": "다른 비밀번호"}, timeout=CALL_S
        )
        assert answer.status_code == 401
    assert "잠겼어요" in answer.text
    right = requests.post(f"{web}/login", data={"name": "박영지", "password": PASSWORD}, timeout=CALL_S)
    assert right.status_code == 401


def test_an_empty_market_says_the_next_step(web: str) -> None:
    page = entered(web).get(f"{web}/", timeout=CALL_S)
    assert "아직 연 장날이 없습니다" in page.text
    assert "/devices" in page.text


def test_the_board_says_what_the_report_says(web: str, home: Path) -> None:
    house = open_market(home.with_name("till"))
    house.close()
    serving = open_server(home)
    fill(serving.house)
    serving.house.days.open(MARKET, DATE, "R1")
    serving.close()
    browser = entered(web)
    page = browser.get(f"{web}/", timeout=CALL_S)
    told = browser.get(f"{web}/api/v1/board", timeout=CALL_S).json()
    assert MARKET in page.text
    assert "계산대 1" in page.text
    assert told["board"]["net_won"] == 0
    assert browser.get(f"{web}/board-part", timeout=CALL_S).text in page.text


def test_a_code_is_made_once_and_a_device_can_be_revoked_only_by_our_own_form(web: str) -> None:
    browser = entered(web)
    page = browser.get(f"{web}/devices", timeout=CALL_S).text
    form = {"name": "계산대 9", "role": "register"}
    assert browser.post(f"{web}/devices/code", data=form, timeout=CALL_S).status_code == 403
    made = browser.post(f"{web}/devices/code", data={**form, "mark": mark_of(page)}, timeout=CALL_S)
    assert re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", made.text)
    assert "<svg" in made.text
    nobody = {"device": "ab" * 32, "reason": "시험", "mark": mark_of(page)}
    refused = browser.post(f"{web}/devices/revoke", data=nobody, timeout=CALL_S)
    assert refused.status_code == 409
    vendor = {"name": "업체", "role": "vendor_register", "registers": "", "mark": mark_of(page)}
    assert "계산대 번호" in browser.post(f"{web}/devices/code", data=vendor, timeout=CALL_S).text


def test_who_may_not_enrol_sees_no_form_and_can_not_post_one(web: str) -> None:
    browser = entered(web, "김하나")
    page = browser.get(f"{web}/devices", timeout=CALL_S).text
    assert "등록 코드 만들기" not in page
    form = {"name": "계산대 9", "role": "register", "mark": mark_of(page)}
    assert browser.post(f"{web}/devices/code", data=form, timeout=CALL_S).status_code == 409


def test_names_from_outside_are_only_text(web: str) -> None:
    browser = entered(web)
    page = browser.get(f"{web}/devices", timeout=CALL_S).text
    form = {"name": "<script>alert(1)</script>", "role": "register", "mark": mark_of(page)}
    made = browser.post(f"{web}/devices/code", data=form, timeout=CALL_S).text
    assert "<script>alert" not in made


def test_leaving_forgets_the_cookie_and_pages_are_never_kept(web: str) -> None:
    browser = entered(web)
    page = browser.get(f"{web}/", timeout=CALL_S)
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in page.headers["content-security-policy"]
    browser.post(f"{web}/logout", data={"mark": mark_of(page.text)}, timeout=CALL_S)
    assert browser.get(f"{web}/", timeout=CALL_S).url.endswith("/login")

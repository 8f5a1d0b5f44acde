"""Certificates: who vouches for whom, what a device may read and bring, and what gives nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import encode
from sync.certificates import (
    MAX_CERTIFICATE_BYTES,
    Certificate,
    Issuer,
    NotCertified,
    Revocation,
    Signed,
    check,
    covers,
    fingerprint,
    issuers,
    read,
)
from sync.identity import new_device_key, public_key, sign

ROOT = new_device_key()
ORGANISATION = public_key(ROOT)
AT, UNTIL, NOW = "2026-11-01T00:00:00+09:00", "2027-11-01T00:00:00+09:00", "2026-11-20T10:00:00+09:00"
root = Issuer(ROOT, ORGANISATION)


def issued(
    role: str = "register", scopes: tuple[str, ...] = ("catalogue",), by: Issuer = root
) -> tuple[bytes, bytes]:
    """A new device's private key and its certificate."""
    private = new_device_key()
    return private, by.issue(public_key(private), "계산대 1", role, scopes, AT, UNTIL)


def refused(data: bytes, organisation: str = ORGANISATION) -> str:
    """The reason of a certificate that gives nothing."""
    with pytest.raises(NotCertified) as told:
        check(data, organisation, NOW)
    return told.value.reason


def test_a_root_vouches_for_a_register() -> None:
    private, data = issued("register", ("catalogue", "register/*"))
    grant = check(data, ORGANISATION, NOW)
    assert (grant.device, grant.role, grant.flags) == (public_key(private), "register", ())
    assert grant.may_read("catalogue") and grant.may_read("register/2026/R2")
    assert not grant.may_read("office")


def test_a_vendors_own_register_gets_its_own_logs_alone() -> None:
    private, data = issued("vendor_register", ("catalogue", "register/*/R3"))
    grant, other = check(data, ORGANISATION, NOW), public_key(new_device_key())
    assert grant.may_read("register/day-1/R3") and grant.may_read("register/day-2/R3")
    for scope in ("register/day-1/R4", "register/day-1/R33", "register/R3", "register/a/b/R3", "office", ""):
        assert not grant.may_read(scope), scope
    assert grant.may_write("register/day-1/R3", public_key(private))
    assert not grant.may_write("register/day-1/R3", other), "nobody writes in another's log"
    assert grant.may_write("register/day-1/R9", public_key(private)), "what it wrote before it was enrolled"


def test_a_shared_till_carries_for_others_what_it_may_read() -> None:
    _, data = issued("register", ("catalogue", "register/*"))
    grant, other = check(data, ORGANISATION, NOW), public_key(new_device_key())
    assert grant.may_write("register/day-1/R9", other)
    assert not grant.may_write("office", other)


def test_a_coordinator_vouches_offline_within_its_own_scopes() -> None:
    private, delegated = issued("coordinator", ("catalogue", "register/*"))
    issuer = Issuer(private, ORGANISATION, delegated)
    device, data = issued("vendor_register", ("catalogue", "register/*/R3"), issuer)
    assert check(data, ORGANISATION, NOW).device == public_key(device)
    assert issuers(data) == (public_key(private),)
    for role, scopes in (
        ("coordinator", ("catalogue",)),
        ("server", ("catalogue",)),
        ("register", ("office",)),
    ):
        with pytest.raises(NotCertified) as told:
            issued(role, scopes, issuer)
        assert told.value.reason == "beyond"


def test_what_may_only_be_read_is_not_brought_and_not_given_on_as_more() -> None:
    private, data = issued("vendor_register", ("read:office", "register/*/R3"))
    grant = check(data, ORGANISATION, NOW)
    assert grant.may_read("office") and not grant.may_read("read:office/other")
    assert not grant.may_write("office", public_key(private))
    private, delegated = issued("coordinator", ("read:office", "catalogue"))
    issuer = Issuer(private, ORGANISATION, delegated)
    assert issued("register", ("read:office", "read:catalogue"), issuer)
    with pytest.raises(NotCertified) as told:
        issued("register", ("office",), issuer)
    assert told.value.reason == "beyond"


def test_a_register_vouches_for_nobody() -> None:
    private, data = issued("register", ("*",))
    with pytest.raises(NotCertified) as told:
        issued("register", ("*",), Issuer(private, ORGANISATION, data))
    assert told.value.reason == "beyond"


def test_a_coordinators_certificate_does_not_serve_another_key() -> None:
    _, delegated = issued("coordinator", ("*",))
    with pytest.raises(NotCertified) as told:
        issued("register", ("*",), Issuer(new_device_key(), ORGANISATION, delegated))
    assert told.value.reason == "chain"


def test_a_certificate_of_another_market_gives_nothing() -> None:
    _, data = issued()
    other = new_device_key()
    assert refused(data, public_key(other)) == "organisation"
    _, theirs = issued(by=Issuer(other, public_key(other)))
    assert refused(theirs) == "organisation"


def test_a_self_made_certificate_gives_nothing() -> None:
    mine = new_device_key()
    made = Certificate(1, ORGANISATION, public_key(mine), "나", "server", ("*",), AT, UNTIL, public_key(mine))
    assert refused(encode(Signed(made, sign(mine, encode(made))))) == "chain"
    claimed = Certificate(1, ORGANISATION, public_key(mine), "나", "server", ("*",), AT, UNTIL, ORGANISATION)
    assert refused(encode(Signed(claimed, sign(mine, encode(claimed))))) == "signature"


@pytest.mark.parametrize("field", ["name", "role", "scopes", "device", "not_after"])
def test_a_changed_certificate_gives_nothing(field: str) -> None:
    _, data = issued()
    signed = read(data)
    changed = {"name": "나", "role": "server", "scopes": ("*",), "device": "ab" * 32, "not_after": NOW}
    fields = {name: getattr(signed.certificate, name) for name in Certificate.__struct_fields__}
    other = Certificate(**{**fields, field: changed[field]})
    assert refused(encode(Signed(other, signed.signature))) == "signature"


def test_an_old_certificate_is_flagged_and_goes_on() -> None:
    _, data = issued()
    late, early = (
        check(data, ORGANISATION, "2031-01-01T00:00:00+09:00"),
        check(data, ORGANISATION, "2020-01-01T00:00:00Z"),
    )
    assert (late.flags, early.flags) == (("expired",), ("not_yet",))
    assert late.may_read("catalogue") and early.may_read("catalogue")
    assert check(data, ORGANISATION, "no time at all").flags == ("dates",)


def test_what_came_after_the_last_accepted_event_is_late() -> None:
    gone = Revocation("ab" * 32, {"aa": (3, "k3")})
    assert not gone.is_late("aa", 2, "k2") and not gone.is_late("aa", 3, "k3")
    assert gone.is_late("aa", 3, "other") and gone.is_late("aa", 4, "k4") and gone.is_late("bb", 1, "k1")


def test_an_organisations_root_is_compared_by_eye() -> None:
    assert fingerprint("0123456789abcdef" * 4) == "0123-4567-89ab-cdef"


@given(st.binary(max_size=400))
def test_random_bytes_are_refused(data: bytes) -> None:
    assert refused(data) == "malformed"


def test_cut_and_swollen_certificates_are_refused() -> None:
    _, data = issued()
    for at in range(0, len(data), 7):
        assert refused(data[:at]) == "malformed"
    assert refused(data + b" ") == "malformed"
    assert refused(b"{" * (MAX_CERTIFICATE_BYTES + 1)) == "malformed"


_WORD = st.sampled_from(["register", "day", "R1", "R12", "*", "office"])


@given(
    st.lists(_WORD, min_size=1, max_size=4),
    st.lists(_WORD, min_size=1, max_size=4),
    st.lists(_WORD, min_size=1, max_size=4),
)
def test_what_a_covered_pattern_covers_is_covered(
    wide: list[str], narrow: list[str], scope: list[str]
) -> None:
    """A signer can't give away what it does not hold."""
    plain = "/".join(word.replace("*", "x") for word in scope)
    if covers(("/".join(wide),), "/".join(narrow)) and covers(("/".join(narrow),), plain):
        assert covers(("/".join(wide),), plain)

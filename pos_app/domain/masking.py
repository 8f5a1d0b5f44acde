"""What is kept of cards, phones, accounts and identities: never enough to use them."""

_KEPT = "0123456789*"


def _kept(text: str) -> str:
    return "".join(char for char in text if char in _KEPT)


def mask_card(number: str) -> str:
    """Return 1234-56**-****-7890: the first six and the last four of a card number at most.

    A number too short for a card keeps its last four at most; a masked one stays as it is.
    """
    digits = _kept(number)
    if len(digits) >= 13:
        masked = digits[:6] + "*" * (len(digits) - 10) + digits[-4:]
    else:
        shown = 4 if len(digits) > 8 else 0
        masked = "*" * (len(digits) - shown) + digits[len(digits) - shown :]
    return "-".join(masked[start : start + 4] for start in range(0, len(masked), 4))


def mask_phone(number: str) -> str:
    """Return 010-****-1234: area and last four digits of a phone number."""
    digits = _kept(number)
    area = 2 if digits.startswith("02") else 3
    middle = len(digits) - area - 4
    if middle < 3:
        return "*" * len(digits)
    return f"{digits[:area]}-{'*' * middle}-{digits[-4:]}"


def mask_account(number: str) -> str:
    """Return a bank account with all but its last four digits hidden, its dashes kept."""
    hidden = max(0, len(_kept(number)) - 4)
    if hidden < 4:
        hidden = len(_kept(number))
    shown = []
    for char in number.strip():
        if char in _KEPT:
            shown.append("*" if hidden > 0 else char)
            hidden -= 1
        elif char in "- ":
            shown.append(char)
    return "".join(shown)


def mask_identity(identity: str) -> str:
    """Return the identity of a cash receipt masked: a phone, a card, or a business number."""
    digits = _kept(identity)
    if digits.startswith("01") and 10 <= len(digits) <= 11:
        return mask_phone(digits)
    if len(digits) == 10:
        return f"{digits[:3]}-**-**{digits[-3:]}"
    return mask_card(digits)


def mask_name(name: str) -> str:
    """Return 김*수 of 김영수, 김* of 김수, and of longer names the first and the last letter."""
    kept = " ".join(name.split())
    if len(kept) < 3:
        return kept[:1] + "*" * (len(kept) - 1)
    return kept[0] + "*" * (len(kept) - 2) + kept[-1]

"""Device keys, self-signed log geneses, and secrets sealed per subject."""

import base64
import os

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.canonical import digest, encode
from sync.events import Malformed

_NONCE_BYTES = 12
_KEY_BYTES = 32
MOST_SCOPE_BYTES = 300


class Genesis(msgspec.Struct, frozen=True):
    """The first word of a log: which device writes it, and for which scope."""

    v: int
    device: str  # public key, hex
    scope: str
    nonce: str
    wall: str


class SignedGenesis(msgspec.Struct, frozen=True):
    """A genesis with its device's signature over the genesis' canonical bytes."""

    genesis: Genesis
    signature: str


def new_device_key() -> bytes:
    """32 private bytes of a new Ed25519 key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> str:
    """The public half, hex."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def sign(private: bytes, data: bytes) -> str:
    """Signature, hex."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(data).hex()


def is_signed_by(public: str, data: bytes, signature: str) -> bool:
    """Whether `signature` (hex) over `data` is of the key `public` (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_genesis(private: bytes, scope: str, wall: str) -> tuple[bytes, bytes]:
    """A new log's (id, genesis bytes); the id is the hash of the bytes."""
    genesis = Genesis(1, public_key(private), scope, os.urandom(8).hex(), wall)
    data = encode(SignedGenesis(genesis, sign(private, encode(genesis))))
    return digest(data), data


def read_genesis(data: bytes) -> Genesis:
    """The genesis of these bytes, signature checked. Raises Malformed."""
    try:
        signed = msgspec.json.decode(data, type=SignedGenesis)
    except msgspec.DecodeError as error:
        raise Malformed(str(error)) from error
    if encode(signed) != data or not is_signed_by(
        signed.genesis.device, encode(signed.genesis), signed.signature
    ):
        raise Malformed("the log's first word is not signed by its device")
    for text in (signed.genesis.scope, signed.genesis.wall):
        if "\x00" in text or len(text.encode()) > MOST_SCOPE_BYTES:
            raise Malformed("a scope that no store can file")
    return signed.genesis


def new_subject_key() -> bytes:
    """32 bytes; erasing them erases the person's data everywhere it was copied."""
    return ChaCha20Poly1305.generate_key()


def seal(key: bytes, subject: str, text: str) -> str:
    """`text` encrypted for `subject`: base64 of nonce and ciphertext.

    Where keys made apart for one subject met, they stand in a row; the first one seals.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(
        nonce + ChaCha20Poly1305(key[:_KEY_BYTES]).encrypt(nonce, text.encode(), subject.encode())
    ).decode()


def unseal(key: bytes, subject: str, sealed: str) -> str | None:
    """The text again; None when no key of these is the one, the key is erased, or the bytes were changed."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError:
        return None
    for at in range(0, len(key), _KEY_BYTES):
        try:
            machine = ChaCha20Poly1305(key[at : at + _KEY_BYTES])
            return machine.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], subject.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    return None

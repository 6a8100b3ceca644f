"""What age's passphrases cost is the point of them, and seconds: tests seal with one that is cheap.

The format is https://age-encryption.org/v1 (scrypt recipient), which age opens at any cost.
"""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

COST = 2  # as a power of two; age itself takes about 18


def wrapped(content: bytes, passphrase: str) -> bytes:
    """Content that a passphrase opens, at next to no cost."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    salted = b"age-encryption.org/v1/scrypt" + salt
    key = hashlib.scrypt(passphrase.encode(), salt=salted, n=2**COST, r=8, p=1, dklen=32)
    body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    header = f"age-encryption.org/v1\n-> scrypt {base64_of(salt)} {COST}\n{base64_of(body)}\n---"
    mac = hmac.digest(derived(file_key, b"", b"header"), header.encode(), "sha256")
    last = bytes(11) + b"\x01"
    payload = ChaCha20Poly1305(derived(file_key, nonce, b"payload")).encrypt(last, content, None)
    return f"{header} {base64_of(mac)}\n".encode() + nonce + payload


def derived(key: bytes, salt: bytes, what: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, what).derive(key)


def base64_of(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")

"""The text form of identifiers: chapter 2, 2.6. It is bech32m (BIP-350) with a human-readable part for each kind."""

from refusal import Refused

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32M = 0x2BC830A3
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values):
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i in range(5):
            check ^= GENERATOR[i] if top >> i & 1 else 0
    return check


def _expanded(part):
    return [ord(c) >> 5 for c in part] + [0] + [ord(c) & 31 for c in part]


def encode(part, digest):
    number = int.from_bytes(digest, "big") << 4
    data = [number >> 5 * i & 31 for i in range(51, -1, -1)]
    check = _polymod(_expanded(part) + data + [0] * 6) ^ BECH32M
    return part + "1" + "".join(ALPHABET[v] for v in data + [check >> 5 * i & 31 for i in range(5, -1, -1)])


def decode(part, text):
    """The 32 bytes of an identifier of this kind."""
    lower = text.lower()
    values = [ALPHABET.find(c) for c in lower[len(part) + 1:]]
    if text not in (lower, text.upper()) or not text.isascii():
        raise Refused("malformed", "an identifier in mixed case")
    if not lower.startswith(part + "1") or len(values) != 58 or min(values) < 0:
        raise Refused("malformed", "no identifier of kind '{}'".format(part))
    if _polymod(_expanded(part) + values) != BECH32M:
        raise Refused("malformed", "an identifier with a wrong checksum")
    number = 0
    for value in values[:52]:
        number = number << 5 | value
    if number & 15:
        raise Refused("malformed", "an identifier with filling bits")
    return (number >> 4).to_bytes(32, "big")

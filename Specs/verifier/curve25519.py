"""Verification of Ed25519 signatures (RFC 8032, 5.1), as chapter 7, 7.4, fixes it. Slow, and only for public data."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _x_of(y, sign):
    """The x of a point with this y and this lowest bit, or None (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square:
        return None
    return x if x & 1 == sign else P - x


def point(data):
    """The point of 32 bytes in extended coordinates, or None: y must be below p."""
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = point(bytes([0x58]) + bytes([0x66]) * 31)


def _add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(k, a):
    total = (0, 1, 1, 0)
    while k:
        if k & 1:
            total = _add(total, a)
        a = _add(a, a)
        k >>= 1
    return total


def _bytes(a):
    x, y, z, _ = a
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def is_sound(public_key):
    """7.4: y is below p, and the point, if there is one, is not of small order: then anybody could sign."""
    y = int.from_bytes(public_key, "little") & ((1 << 255) - 1)
    if y >= P:
        return False
    x = _x_of(y, 0)
    return x is None or _bytes(_times(8, (x, y, 1, x * y % P))) != bytes([1]) + bytes(31)


def verifies(public_key, message, signature):
    """Whether s < L and the bytes of [s]B - [k]A are the signature's first 32."""
    a = point(public_key)
    if a is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    x, y, z, t = a
    minus_a = (P - x, y, z, P - t)
    return _bytes(_add(_times(s, BASE), _times(k, minus_a))) == signature[:32]

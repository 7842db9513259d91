"""Verification of ECDSA and BIP-340 signatures over secp256k1: chapter 2, 2.1 to 2.5. Only for public data.

Points are (x, y, z) with x/z^2, y/z^3 the affine ones; z = 0 is infinity.
"""

import functools

from hashes import tagged

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
H = (N - 1) // 2
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
INFINITY = (1, 1, 0)

ECDSA, SCHNORR = 1, 2  # the registry of 2.3
KEY_SIZES = {ECDSA: 33, SCHNORR: 32}


def has_form(algorithm, key):
    """2.4: what is refused whenever a key is decoded."""
    return len(key) == KEY_SIZES.get(algorithm) and (algorithm == SCHNORR or key[0] in (2, 3))


@functools.lru_cache(maxsize=65536)
def affine_point(algorithm, key):
    """The key's point, or None: x must be below p and on the curve (2.4)."""
    x = int.from_bytes(key[-32:], "big")
    if x >= P:
        return None
    y_squared = (pow(x, 3, P) + 7) % P
    y = pow(y_squared, (P + 1) // 4, P)
    if y * y % P != y_squared:
        return None
    is_odd = 1 if algorithm == ECDSA and key[0] == 3 else 0
    return x, y if y & 1 == is_odd else P - y


def _double(a):
    x, y, z = a
    if z == 0:
        return INFINITY
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * x * x % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def _add(a, b):
    x1, y1, z1 = a
    x2, y2, z2 = b
    if z1 == 0:
        return b
    if z2 == 0:
        return a
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * zz2 % P, x2 * zz1 % P
    s1, s2 = y1 * zz2 * z2 % P, y2 * zz1 * z1 % P
    h, r = (u2 - u1) % P, (s2 - s1) % P
    if h == 0:
        return _double(a) if r == 0 else INFINITY
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, z1 * z2 * h % P


def _digits(k):
    """k in signed digits of four bits, lowest first: odd ones from -15 to 15, each followed by zeroes."""
    digits = []
    while k:
        digit = 0
        if k & 1:
            digit = k & 31
            digit -= 32 if digit > 15 else 0
            k -= digit
        digits.append(digit)
        k >>= 1
    return digits


def _odd_multiples(a):
    twice, table = _double(a), [a]
    for _ in range(7):
        table.append(_add(table[-1], twice))
    return table


G_TABLE = _odd_multiples((G[0], G[1], 1))


def _sum(u, v, q):
    """u G + v Q, for the affine point Q."""
    q_table = _odd_multiples((q[0], q[1], 1))
    us, vs = _digits(u), _digits(v)
    total = INFINITY
    for i in range(max(len(us), len(vs)) - 1, -1, -1):
        total = _double(total)
        for digits, table in ((us, G_TABLE), (vs, q_table)):
            digit = digits[i] if i < len(digits) else 0
            if digit:
                x, y, z = table[abs(digit) >> 1]
                total = _add(total, (x, y if digit > 0 else P - y, z))
    return total


def verifies(algorithm, key, digest, signature):
    """Whether the signature of the digest is valid under the key (2.5)."""
    if len(signature) != 64 or len(digest) != 32 or not has_form(algorithm, key):
        return False
    q = affine_point(algorithm, key)
    if q is None:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    return (_ecdsa if algorithm == ECDSA else _schnorr)(q, key, digest, r, s)


def _ecdsa(q, key, digest, r, s):
    if not (1 <= r < N and 1 <= s <= H):  # 2.5.1, rules 2 and 3
        return False
    e = int.from_bytes(digest, "big")
    w = pow(s, -1, N)
    x, _, z = _sum(e * w % N, r * w % N, q)
    # The affine x, reduced modulo n, is r: x is r or r + n, if that is below p.
    return z != 0 and any(c < P and (c * z * z - x) % P == 0 for c in (r, r + N))


def _schnorr(q, key, digest, r, s):
    if r >= P or s >= N:  # 2.5.2: BIP-340, "Verification"
        return False
    e = int.from_bytes(tagged("BIP0340/challenge", r.to_bytes(32, "big") + key + digest), "big") % N
    x, y, z = _sum(s, N - e if e else 0, q)
    if z == 0:
        return False
    inverse = pow(z, -1, P)
    return y * pow(inverse, 3, P) % P % 2 == 0 and x * inverse * inverse % P == r

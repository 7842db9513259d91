"""Proofs against a state root: chapter 6, 6.4.1."""

from hashes import sha256
from refusal import demand

SIBLINGS_MAX = 256
EMPTY = bytes(32)

PRESENT, ABSENT_EMPTY, ABSENT_OTHER = 1, 2, 3


def _bit(digest, i):
    """Bit 0 is the most significant of the first byte (6.2)."""
    return digest[i // 8] >> (7 - i % 8) & 1


def check(proof, root):
    """`proof` is what `forms.state_proof` returns. The first rule that is broken decides."""
    siblings, claim = proof["siblings"], proof["claim"]
    path, n = sha256(proof["key"]), len(siblings)
    demand(n <= SIBLINGS_MAX, "limit exceeded", "rule 1: {} siblings".format(n))
    demand(n == 0 or siblings[0] != EMPTY, "not compact", "rule 2: the first sibling is empty")
    if claim[0] == ABSENT_OTHER:
        other = claim[1]
        demand(other != path, "key is present", "rule 3: the other leaf is the key's own")
        demand(all(_bit(other, d) == _bit(path, d) for d in range(n)), "leaf off path", "rule 4")
        h = sha256(b"\x00" + other + claim[2])
    elif claim[0] == PRESENT:
        h = sha256(b"\x00" + path + sha256(claim[1]))
    else:
        h = EMPTY
    for i, sibling in enumerate(siblings):
        pair = sibling + h if _bit(path, n - 1 - i) else h + sibling
        h = sha256(b"\x01" + pair)
    demand(h == root, "root mismatch", "rule 5: the path leads to {}, not to {}".format(h.hex(), root.hex()))

"""The log's tree: chapter 7, 7.2 and 7.3. It is that of RFC 6962, section 2.1."""

from hashes import sha256
from refusal import demand

INCLUSION_DIGESTS_MAX = 64  # 7.11


def leaf_hash(entry):
    return sha256(b"\x00" + entry)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def root(hashes):
    """The root over leaf hashes: split at the greatest power of two below their number (7.2).

    Pairs are joined level by level, and one that is left over moves up. That is the same tree.
    """
    if not hashes:
        return sha256(b"")
    while len(hashes) > 1:
        pairs = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[len(pairs) * 2:]
    return hashes[0]


def check_inclusion(leaf, index, size, path, expected):
    """7.2.1."""
    demand(index < size, "index out of range", "index {} in a tree of {}".format(index, size))
    h, f, s = leaf, index, size - 1
    for p in path:
        demand(s != 0, "wrong hash count", "more digests than the path has")
        if f % 2 == 1 or f == s:
            h = node_hash(p, h)
            while f % 2 == 0 and f != 0:
                f, s = f // 2, s // 2
        else:
            h = node_hash(h, p)
        f, s = f // 2, s // 2
    demand(s == 0, "wrong hash count", "fewer digests than the path has")
    demand(h == expected, "root mismatch", "the path leads to {}, not to {}".format(h.hex(), expected.hex()))

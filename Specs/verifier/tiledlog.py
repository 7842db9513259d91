"""A log that was exported as files: chapter 7, 7.1 to 7.5, and the signatures in it: chapter 2 and 3.2.

What is not checked here: whether the acts were allowed. That takes the rules of chapters 3 to 15 and the disclosure
secret, and is a replay.
"""

import os

import forms
import merkle
import secp256k1
import textform
from hashes import tagged
from notes import verify_checkpoint
from refusal import Refused, demand

WIDTH = 256  # entries in a bundle, hashes in a tile (7.11)
ROTATE_LOG_KEYS, PROPOSE, EXECUTE = 7, 75, 78  # acts of 4.3.2 and 15.3.2


def number_path(n):
    """7.3: 1234067 is x001/x234/067."""
    groups = ["{:03d}".format(n % 1000)]
    while n >= 1000:
        n //= 1000
        groups.insert(0, "x{:03d}".format(n % 1000))
    return "/".join(groups)


def tile_path(prefix, n, width):
    return prefix + "/" + number_path(n) + ("" if width == WIDTH else ".p/{}".format(width))


def read(directory, path):
    try:
        with open(os.path.join(directory, *path.split("/")), "rb") as file:
            return file.read()
    except OSError:
        raise Refused("missing", path)


def read_entries(directory, size):
    """The first `size` entries, from the bundles: for each entry two bytes of length, and the entry (7.3)."""
    entries = []
    while len(entries) < size:
        width = min(WIDTH, size - len(entries))
        path = tile_path("tile/entries", len(entries) // WIDTH, width)
        data, at = read(directory, path), 0
        for _ in range(width):
            length = int.from_bytes(data[at:at + 2], "big")
            demand(at + 2 + length <= len(data), "malformed", path + " ends within an entry")
            entries.append(data[at + 2:at + 2 + length])
            at += 2 + length
        demand(at == len(data), "malformed", path + " has bytes after its entries")
    return entries


def check_tiles(directory, leaves):
    """Every tile at this size has the hashes that the entries make (7.3). Returns how many there are."""
    level, hashes, count = 0, leaves, 0
    while hashes:
        for first in range(0, len(hashes), WIDTH):
            part = hashes[first:first + WIDTH]
            path = tile_path("tile/{}".format(level), first // WIDTH, len(part))
            demand(read(directory, path) == b"".join(part), "tile", path + " has not the hashes of the entries")
            count += 1
        whole = len(hashes) // WIDTH * WIDTH
        hashes = [merkle.root(hashes[first:first + WIDTH]) for first in range(0, whole, WIDTH)]
        level += 1
    return count


class LogReader:
    """Takes the entries in their order, and holds what the next one is judged by."""

    def __init__(self):
        self.ledger = self.log_key = self.genesis = None
        self.position = self.headers = self.transactions = self.signatures = 0
        self.last_date, self.last_time = None, 0
        self.sequences, self.rotations = set(), {}

    def take(self, data):
        fields = forms.entry(data)
        is_first = self.position == 0
        demand((fields["kind"] == 0) == is_first, "malformed", "entry 0, and no other, is the genesis (7.1.1)")
        (self._genesis, self._transaction, self._header)[fields["kind"]](fields)
        self.position += 1
        return fields["kind"]

    def _genesis(self, fields):
        self.ledger = tagged("Tokenize/ledger", fields["genesis"])
        self.genesis = forms.genesis(fields["genesis"])
        self.log_key = self.genesis["log-key"]
        self.last_date = self.genesis["first-business-date"]

    def _header(self, fields):
        self.headers += 1
        height = fields["height"]
        demand(height == self.headers, "header", "height {} instead of {}".format(height, self.headers))
        demand(fields["previous-size"] == self.position, "header", "previous size {}".format(fields["previous-size"]))
        demand(fields["business-date"] >= self.last_date, "header", "the business date goes back")
        demand(fields["sealing-time"] >= self.last_time, "header", "the sealing time goes back")
        self.last_date, self.last_time = fields["business-date"], fields["sealing-time"]

    def _transaction(self, fields):
        signed = forms.signed_transaction(fields["signed-transaction"])
        body = forms.body(signed["body"])
        demand(body["ledger"] == self.ledger, "transaction", "TXN-001: it names another ledger")
        demand(body["last-valid-date"] >= self.last_date, "transaction", "TXN-002: it had expired")
        demand(body["last-valid-height"] == 0 or body["last-valid-height"] > self.headers, "transaction",
               "TXN-004: its height had passed")
        for principal in map(tuple, body["principals"]):
            demand(principal not in self.sequences, "transaction", "SEQ-001: a sequence is used twice")
            self.sequences.add(principal)
        identifier = tagged("Tokenize/transaction", signed["body"])
        for algorithm, key, signature in signed["signatures"]:
            demand(secp256k1.verifies(algorithm, key, identifier, signature), "transaction",
                   "SIG-002: the signature by {} does not verify".format(key.hex()))
        self.signatures += len(signed["signatures"])
        self.transactions += 1
        for index, operation in enumerate(body["operations"]):
            self._follow_log_key(operation, identifier, index)

    def _follow_log_key(self, operation, identifier, index):
        """7.5.1: a rotation of the log keys, done at once (4.3.2) or as an act that was proposed (15.3.2)."""
        code, act = operation[0], operation[2]
        if code == ROTATE_LOG_KEYS:
            self.log_key = forms.log_keys(act)["log-key"]
        elif code == PROPOSE:
            proposed = forms.proposed_operation(act)
            if proposed[0] == ROTATE_LOG_KEYS:
                ordinal = bytes([index]) if index < 24 else bytes([24, index])
                name = b"\x82\x58\x20" + identifier + ordinal
                self.rotations[tagged("Tokenize/proposal", name)] = forms.log_keys(proposed[2])["log-key"]
        elif code == EXECUTE:
            self.log_key = self.rotations.pop(forms.digest(act, "the proposal"), self.log_key)


def check(directory, policy):
    """The checkpoint, the root of the entries, the tiles, the entries in order, and their signatures."""
    try:
        checkpoint = verify_checkpoint(read(directory, "checkpoint"), policy)
    except Refused as reason:
        raise reason if reason.kind == "missing" else reason.within("checkpoint")
    entries = read_entries(directory, checkpoint.size)
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    root = merkle.root(leaves)
    demand(root == checkpoint.root, "root mismatch",
           "the entries make {}, the checkpoint says {}".format(root.hex(), checkpoint.root.hex()))
    tiles = check_tiles(directory, leaves)
    reader, kind = LogReader(), None
    for position, data in enumerate(entries):
        try:
            kind = reader.take(data)
        except Refused as reason:
            raise reason.within("entry {}".format(position))
    demand(kind == 2, "checkpoint", "its last entry is no header (7.5)")
    origin = reader.genesis["name"] + "/" + textform.encode("ledger", reader.ledger)
    demand(checkpoint.origin == origin, "checkpoint", "the origin is not that of the ledger, " + origin + " (7.5)")
    demand(reader.log_key in checkpoint.log_keys, "checkpoint",
           "not signed with the log key that the ledger names (7.5.1)")
    return checkpoint, reader, tiles

"""The forms that a verifier reads: chapter 6 (6.4.2, 6.6), chapter 7 (7.1.1, 7.2, 7.8, 7.9), schema/ledger.cddl.

Each function takes the bytes of one document and returns a dictionary of its fields, or refuses it as malformed.
"""

import cbor
import secp256k1
from refusal import demand

U32, U64, U128 = 2**32 - 1, 2**64 - 1, 2**128 - 1
DATE_MIN, DATE_MAX = -135140, 2932896  # ENC-065
BYTES_65535 = 65535


def _is(condition, what):
    demand(condition, "malformed", what)


def integer(value, low, high, what):
    _is(type(value) is int and low <= value <= high, "{} is no integer from {} to {}".format(what, low, high))
    return value


def octets(value, low, high, what):
    _is(type(value) is bytes and low <= len(value) <= high, "{} is no string of {} to {} bytes".format(what, low, high))
    return value


def digest(value, what):
    return octets(value, 32, 32, what)


def array(value, low, high, what):
    _is(type(value) is list and low <= len(value) <= high, "{} is no array of {} to {} items".format(what, low, high))
    return value


def date(value, what):
    return integer(value, DATE_MIN, DATE_MAX, what)


def quantity(value, what):
    """ENC-061, ENC-062: an integer up to 2^64 - 1, else 16 bytes of which the first eight are not all zero."""
    if type(value) is bytes:
        _is(len(value) == 16 and any(value[:8]), "{} is no quantity of 16 bytes".format(what))
        return int.from_bytes(value, "big")
    return integer(value, 0, U64, what)


# ---------------------------------------------------------------------------------------------------------------------
# Proofs
# ---------------------------------------------------------------------------------------------------------------------


def state_proof(data):
    """6.4.2."""
    key, claim, siblings = array(cbor.decode(data), 3, 3, "the state proof")
    octets(key, 0, 1024, "the key")
    array(claim, 1, 3, "the claim")
    kind = integer(claim[0], 1, 3, "the kind of claim")
    array(claim, (2, 1, 3)[kind - 1], (2, 1, 3)[kind - 1], "the claim")
    if kind == 1:
        octets(claim[1], 0, 131072, "the value")
    if kind == 3:
        digest(claim[1], "the other key's hash")
        digest(claim[2], "the other value's hash")
    for sibling in array(siblings, 0, 256, "the siblings"):
        digest(sibling, "a sibling")
    return {"key": key, "claim": claim, "siblings": siblings}


def inclusion_proof(data):
    """7.2."""
    index, size, path = array(cbor.decode(data), 3, 3, "the inclusion proof")
    integer(index, 0, U64, "the index")
    integer(size, 0, U64, "the size")
    for item in array(path, 0, 64, "the path"):
        digest(item, "a digest of the path")
    return {"index": index, "size": size, "path": path}


def ownership_proof(data):
    """7.8."""
    version, state, header, inclusion, checkpoint = array(cbor.decode(data), 5, 5, "the ownership proof")
    integer(version, 1, 1, "the version")
    return {
        "state": octets(state, 0, 147456, "the state proof"),
        "header": octets(header, 0, BYTES_65535, "the header"),
        "inclusion": octets(inclusion, 0, BYTES_65535, "the inclusion proof"),
        "checkpoint": octets(checkpoint, 0, 16384, "the checkpoint"),
    }


def effect_proof(data):
    """7.9."""
    version, effect, below, entry, inclusion, checkpoint = array(cbor.decode(data), 6, 6, "the effect proof")
    integer(version, 1, 1, "the version")
    return {
        "effect": octets(effect, 0, 4096, "the effect"),
        "effect-inclusion": octets(below, 0, BYTES_65535, "the effect's inclusion proof"),
        "entry": octets(entry, 0, BYTES_65535, "the entry"),
        "inclusion": octets(inclusion, 0, BYTES_65535, "the inclusion proof"),
        "checkpoint": octets(checkpoint, 0, 16384, "the checkpoint"),
    }


# ---------------------------------------------------------------------------------------------------------------------
# Entries
# ---------------------------------------------------------------------------------------------------------------------


def entry(data):
    """7.1.1. The field "kind" is 0 for the genesis, 1 for a transaction, 2 for a header."""
    octets(data, 0, BYTES_65535, "the entry")
    fields = array(cbor.decode(data), 1, 6, "the entry")
    kind = integer(fields[0], 0, 2, "the kind of entry")
    count = (2, 4, 6)[kind]
    array(fields, count, count, "the entry")
    if kind == 0:
        return {"kind": 0, "genesis": octets(fields[1], 0, BYTES_65535, "the genesis")}
    if kind == 1:
        return {
            "kind": 1,
            "signed-transaction": octets(fields[1], 0, BYTES_65535, "the signed transaction"),
            "effects-root": digest(fields[2], "the effects root"),
            "effect-count": integer(fields[3], 0, U64, "the effect count"),
        }
    return {
        "kind": 2,
        "height": integer(fields[1], 0, U64, "the height"),
        "previous-size": integer(fields[2], 0, U64, "the previous size"),
        "state-root": digest(fields[3], "the state root"),
        "business-date": date(fields[4], "the business date"),
        "sealing-time": integer(fields[5], 0, U64, "the sealing time"),
    }


def genesis(data):
    """4.5, as far as a log is checked with it: the name, the first business date and the log keys."""
    fields = array(cbor.decode(data), 8, 8, "the genesis")
    integer(fields[0], 1, 1, "the genesis' version")
    _is(type(fields[1]) is str and 1 <= len(fields[1].encode("utf-8")) <= 64, "the name is no text of 1 to 64 bytes")
    parameters = array(fields[2], 4, 4, "the parameters")
    return {
        "name": fields[1],
        "first-business-date": date(parameters[0], "the first business date"),
        "log-key": log_keys(fields[3])["log-key"],
    }


def log_keys(value):
    """4.3.2 and 4.5: the key that signs the log, the witnesses' keys, and how many of them to ask for."""
    log, witnesses, quorum = array(value, 3, 3, "the log keys")
    for witness in array(witnesses, 0, 16, "the witnesses"):
        digest(witness, "a witness key")
    integer(quorum, 0, len(witnesses), "the witness quorum")
    return {"log-key": digest(log, "the log key"), "witnesses": witnesses, "witness-quorum": quorum}


def proposed_operation(value):
    """15.3.2: a proposal is the bytes of an operation, and a last date."""
    act, last_date = array(value, 2, 2, "the proposal")
    date(last_date, "the proposal's last date")
    return array(cbor.decode(octets(act, 0, 40000, "the proposed act")), 3, 4, "the proposed act")


def signed_transaction(data):
    """3.2: the body's bytes, and the signatures in ascending order of algorithm and key."""
    octets(data, 0, 65000, "the signed transaction")
    body, signatures = array(cbor.decode(data), 2, 2, "the signed transaction")
    octets(body, 0, 60000, "the body")
    last = None
    for fields in array(signatures, 1, 32, "the signatures"):
        algorithm, key, signature = array(fields, 3, 3, "a signature")
        integer(algorithm, 1, 2, "the algorithm")
        octets(key, 0, 33, "the public key")
        _is(secp256k1.has_form(algorithm, key), "a public key has not the form of 2.4")
        octets(signature, 64, 64, "the signature")
        _is(last is None or (algorithm, key) > last, "the signatures do not ascend by key")
        last = algorithm, key
    return {"body": body, "signatures": signatures}


def body(data):
    """3.1. The fields of the operations' acts are not read: they are the matter of whoever decides them again."""
    fields = array(cbor.decode(data), 7, 7, "the body")
    integer(fields[0], 1, 1, "the body's version")
    principals = array(fields[2], 1, 16, "the principals")
    for principal in principals:
        account, lane, sequence = array(principal, 3, 3, "a principal")
        digest(account, "the account")
        integer(lane, 0, 255, "the lane")
        integer(sequence, 0, U64, "the sequence")
    for operation in array(fields[5], 1, 64, "the operations"):
        array(operation, 3, 4, "an operation")
        integer(operation[0], 1, 255, "the act's code")
        integer(operation[1], 0, len(principals) - 1, "the operation's principal")
    _is(type(fields[6]) is str and len(fields[6].encode("utf-8")) <= 140, "the memo is no text of at most 140 bytes")
    return {
        "ledger": digest(fields[1], "the ledger"),
        "principals": principals,
        "last-valid-date": date(fields[3], "the last valid date"),
        "last-valid-height": integer(fields[4], 0, U64, "the last valid height"),
        "operations": fields[5],
    }


# ---------------------------------------------------------------------------------------------------------------------
# Holdings
# ---------------------------------------------------------------------------------------------------------------------


def holding_key(data):
    """6.6: [5, asset, account, partition]."""
    kind, asset, account, partition = array(cbor.decode(data), 4, 4, "the key of a holding")
    integer(kind, 5, 5, "the kind of key")
    return digest(asset, "the asset"), digest(account, "the account"), integer(partition, 0, U32, "the partition")


def holding_value(data):
    """6.6.1, 6.6.2: [salt, [units, encumbrances]]. One that is not stored is none: [0, []]."""
    salt, record = array(cbor.decode(data), 2, 2, "the value")
    octets(salt, 16, 16, "the salt")
    units, encumbrances = array(record, 2, 2, "the holding's record")
    units = quantity(units, "the units")
    last = None
    for item in array(encumbrances, 0, 512, "the encumbrances"):
        order = _encumbrance(item)
        _is(last is None or order > last, "the encumbrances do not ascend by rank, id and layer")
        last = order
    _is(units or encumbrances, "a holding without units and encumbrances is not stored")
    return {"units": units, "encumbrances": encumbrances}


def _encumbrance(item):
    """An encumbrance of 6.6.2; returns what it is sorted by."""
    array(item, 7, 8, "an encumbrance")
    digest(item[0], "the encumbrance's id")
    integer(item[1], 1, 4, "the encumbrance's kind")
    owner_kind, owner = array(item[2], 2, 2, "the owner")
    if integer(owner_kind, 1, 2, "the kind of owner") == 1:
        _authority_reference(owner)
    else:
        digest(owner, "the owner's account")
    quantity(item[3], "the encumbrance's amount")
    integer(item[4], 1, 65535, "the rank")
    date(item[5], "the last date")
    _order_reference(item[6])
    if len(item) == 8:
        integer(item[7], 1, 512, "the layer")
    return item[4], item[0], item[7] if len(item) == 8 else 0


def _authority_reference(value):
    array(value, 2, 3, "an authority")
    integer(value[0], 1, 10, "the role")
    integer(value[1], 0, 65535, "the authority's number")
    if len(value) == 3:
        digest(value[2], "the authority's asset")


def _order_reference(value):
    array(value, 2, 3, "an order")
    _is(type(value[0]) is str and 1 <= len(value[0].encode("utf-8")) <= 64, "the reference is no text of 1 to 64 bytes")
    digest(value[1], "the document")
    if len(value) == 3:
        integer(value[2], 1, 13, "the legal basis")

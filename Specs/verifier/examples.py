"""Tries this program on the examples of chapter 2 (2.8) and on vectors/encoding.json, before it is trusted."""

import json
import os

import cbor
import curve25519
import forms
import secp256k1
import textform
from hashes import tagged
from refusal import Refused, demand

DIGEST = "7e1dc294372c088e27236ff2a390958280c664f37707d42e6ed83c4a0ef2e694"
KEY = "02989c0b76cb563971fdc9bef31ec06c3560f3249d6ee9e5d83c57625596e05f6f"
ECDSA = ("3ccd5d5f2ae406838fd70d72bc5f6db81c93235191b7e74c74e98a60469d0775"
         "2c3ee0304c77011d14291378da5a56dc9737c5ba14e1721e31b007a8e42526fe")
HIGH_S = ECDSA[:64] + "d3c11fcfb388fee2ebd6ec8725a5a9222377172c9a672e1d8e2256e3ec111a43"
SCHNORR = ("569ad8dfb0f1006524daffe45994542ff1c4870b3835ca7d4c725f42ca7863844"
           "618468218a2545bd5fa440d4354c91171d84693edc5c518b6f5b7514ed894ea")
TRANSACTION = "tx10cwu99ph9syguferdle28yy4s2qvve8nwuragtnwmq7y5rhju62qey9mz6"

# RFC 8032, 7.1, test 2.
ED25519 = ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
           "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
           "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")


def _refuses(function, *arguments):
    try:
        function(*arguments)
    except Refused:
        return True
    return False


def run():
    digest, key = bytes.fromhex(DIGEST), bytes.fromhex(KEY)
    facts = [
        ("tagged hash", tagged("Tokenize/transaction", b"\x00\x01\x02") == digest),
        ("ECDSA", secp256k1.verifies(1, key, digest, bytes.fromhex(ECDSA))),
        ("low S", not secp256k1.verifies(1, key, digest, bytes.fromhex(HIGH_S))),
        ("BIP-340", secp256k1.verifies(2, key[1:], digest, bytes.fromhex(SCHNORR))),
        ("other digest", not any(secp256k1.verifies(a, k, bytes(32), bytes.fromhex(s))
                                 for a, k, s in ((1, key, ECDSA), (2, key[1:], SCHNORR)))),
        ("text form", textform.encode("tx", digest) == TRANSACTION and textform.decode("tx", TRANSACTION) == digest),
        ("Ed25519", curve25519.verifies(*map(bytes.fromhex, ED25519))),
        ("Ed25519, other message", not curve25519.verifies(bytes.fromhex(ED25519[0]), b"s", bytes.fromhex(ED25519[2]))),
    ]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "vectors", "encoding.json")
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    facts += list(_value_facts(vectors))
    for name, holds in facts:
        demand(holds, "example", name)
    return "{} examples".format(len(facts))


def _rule(function, *arguments):
    """The rule by which the bytes are refused, or None."""
    try:
        function(*arguments)
    except Refused as reason:
        return reason.detail.split(":")[0]


def _value_facts(vectors):
    def item(reader):
        return lambda case: not _refuses(lambda: reader(cbor.decode(bytes.fromhex(case["hex"])), "the value"))

    for case in vectors["accept"]:
        yield case["hex"], _rule(cbor.decode, bytes.fromhex(case["hex"])) is None
    for case in vectors["refuse"]:
        yield case["hex"], _rule(cbor.decode, bytes.fromhex(case["hex"])) == case["rule"]
    for kind, reader in (("quantities", forms.quantity), ("dates", forms.date)):
        for case in vectors[kind]["accept"]:
            yield case["hex"], item(reader)(case)
        for case in vectors[kind]["refuse"]:
            yield case["hex"], not item(reader)(case)
    for case in vectors["quantities"]["accept"]:
        yield case["units"], forms.quantity(cbor.decode(bytes.fromhex(case["hex"])), "") == int(case["units"])
    parts = {"account": "acct", "transaction": "tx", "encumbrance": "enc"}
    for case in vectors["identifiers"]["accept"]:
        part, digest = parts.get(case["kind"], case["kind"]), bytes.fromhex(case["digest"])
        yield case["text"], textform.encode(part, digest) == case["text"]
        yield case["text"], textform.decode(part, case["text"]) == digest
    for case in vectors["identifiers"]["refuseAccount"]:
        yield case["text"], _refuses(textform.decode, "acct", case["text"])

"""Signed notes, verifier keys, checkpoints and cosignatures: chapter 7, 7.4 to 7.6."""

import base64
import binascii
import re

import curve25519
from hashes import sha256
from refusal import Refused, demand

NOTE_BYTES_MAX = 262144  # 7.11
SIGNATURES_MAX = 64
SIGNATURE_BYTES_MAX = 8192
NAME_BYTES_MAX = 255
SIZE_MAX = 2**64 - 1
TIME_MAX = 2**63 - 1
LOG_KEY, WITNESS_KEY = 1, 4
WHITE_SPACE = set(map(chr, [*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)])) | set(
    "\u2028\u2029\u202f\u205f\u3000")


def strict_base64(text, what):
    """7.4: RFC 4648, section 4, with padding; each byte string has one text."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise Refused("malformed", "{} is not base 64".format(what))
    demand(base64.b64encode(data).decode() == text, "malformed", "{} is not in the one base 64 form".format(what))
    return data


def is_name(text):
    return (1 <= len(text.encode("utf-8")) <= NAME_BYTES_MAX and "+" not in text
            and not any(c in WHITE_SPACE or ord(c) < 0x20 for c in text))


def utf8(data, what):
    try:
        return data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Refused("malformed", "{} is not UTF-8".format(what))


class VerifierKey:
    """`name+keyID+base64(algorithm || publicKey)` (7.4)."""

    def __init__(self, text):
        parts = text.split("+", 2)
        demand(len(parts) == 3 and is_name(parts[0]), "bad key", "no verifier key: " + text)
        data = strict_base64(parts[2], "the public key")
        demand(len(data) == 33 and data[0] in (LOG_KEY, WITNESS_KEY), "bad key", "no Ed25519 key of 7.4: " + text)
        self.name, self.algorithm, self.public_key = parts[0], data[0], data[1:]
        self.key_id = sha256(self.name.encode("utf-8") + b"\n" + data)[:4]
        demand(re.fullmatch("[0-9a-f]{8}", parts[1]) and bytes.fromhex(parts[1]) == self.key_id,
               "bad key", "the key id is not that of the name and the public key")
        demand(curve25519.is_sound(self.public_key), "bad key", "a key under which anybody can sign, or no key")


class Policy:
    """Whom a verifier believes (7.5.2)."""

    def __init__(self, log_keys, witnesses=(), quorum=0, origin=None):
        self.origin = origin if origin is not None else (log_keys[0].name if log_keys else "")
        self.log_keys, self.witnesses, self.quorum = list(log_keys), list(witnesses), quorum
        demand(self.log_keys, "bad policy", "no log key")
        demand(all(k.name == self.origin for k in self.log_keys), "bad policy", "a log key does not bear the origin")
        demand(all(k.algorithm == LOG_KEY for k in self.log_keys), "bad policy", "a log key has not algorithm 01")
        demand(all(k.algorithm == WITNESS_KEY for k in self.witnesses), "bad policy", "a witness has not algorithm 04")
        keys = [k.public_key for k in self.log_keys + self.witnesses]
        demand(len(set(keys)) == len(keys), "bad policy", "a public key occurs twice")
        demand(0 <= quorum <= len({k.name for k in self.witnesses}), "bad policy", "a quorum above the witnesses")


def split_note(data):
    """The text and the signatures, as (name, key id, signature), of a signed note (7.4)."""
    demand(len(data) <= NOTE_BYTES_MAX, "malformed", "a note of {} bytes".format(len(data)))
    note = utf8(data, "the note")
    demand(not any(ord(c) < 0x20 and c != "\n" for c in note), "malformed", "a control character in the note")
    cut = note.rfind("\n\n")
    demand(cut >= 0, "malformed", "no empty line before the signatures")
    text, lines = note[:cut + 1], note[cut + 2:]
    demand(lines.endswith("\n"), "malformed", "the note does not end in LF")
    lines = lines[:-1].split("\n")
    demand(len(lines) <= SIGNATURES_MAX, "malformed", "{} signatures".format(len(lines)))
    return text, [_signature_line(line) for line in lines]


def _signature_line(line):
    demand(line.startswith("\u2014 "), "malformed", "a signature line does not begin with a dash and a space")
    name, space, signature = line[2:].partition(" ")
    demand(space and is_name(name), "malformed", "a signature line without a name")
    data = strict_base64(signature, "a signature")
    demand(4 < len(data) <= 4 + SIGNATURE_BYTES_MAX, "malformed", "a signature of {} bytes".format(len(data)))
    return name, data[:4], data[4:]


class Checkpoint:
    """origin, size and root (7.5); then the keys that signed, and the latest time of each witness that cosigned."""

    def __init__(self, text):
        lines = text[:-1].split("\n")
        demand(len(lines) >= 3, "malformed", "a checkpoint has three lines")
        demand(is_name(lines[0]), "malformed", "the origin is no name")
        demand(re.fullmatch("0|[1-9][0-9]{0,19}", lines[1]) and int(lines[1]) <= SIZE_MAX, "malformed",
               "the size is no decimal number up to 2^64 - 1")
        demand(all(lines[3:]), "malformed", "an empty line in the checkpoint")
        self.origin, self.size = lines[0], int(lines[1])
        self.root = strict_base64(lines[2], "the root")
        demand(len(self.root) == 32, "malformed", "the root has {} bytes".format(len(self.root)))
        self.cosigned = {}
        self.log_keys = set()


def verify_checkpoint(data, policy):
    """7.5.2. The rules are taken in their order."""
    text, signatures = split_note(data)
    checkpoint = Checkpoint(text)
    demand(checkpoint.origin == policy.origin, "origin mismatch",
           "'{}' instead of '{}'".format(checkpoint.origin, policy.origin))
    for name, key_id, signature in signatures:
        for key in policy.log_keys + policy.witnesses:
            if key.name != name or key.key_id != key_id:
                continue
            if key.algorithm == LOG_KEY:
                demand(curve25519.verifies(key.public_key, text.encode("utf-8"), signature), "wrong signature",
                       "by '{}'".format(name))
                checkpoint.log_keys.add(key.public_key)
            else:
                time = _cosignature_time(key, text, signature)
                checkpoint.cosigned[name] = max(time, checkpoint.cosigned.get(name, 0))
    demand(checkpoint.log_keys, "no known signature", "none by a log key")
    demand(len(checkpoint.cosigned) >= policy.quorum, "too few cosignatures",
           "{} of {}".format(len(checkpoint.cosigned), policy.quorum))
    return checkpoint


def _cosignature_time(key, text, signature):
    """7.6."""
    time = int.from_bytes(signature[:8], "big")
    message = "cosignature/v1\ntime {}\n{}".format(time, text).encode("utf-8")
    demand(len(signature) == 72 and time <= TIME_MAX and curve25519.verifies(key.public_key, message, signature[8:]),
           "wrong signature", "cosignature by '{}'".format(key.name))
    return time

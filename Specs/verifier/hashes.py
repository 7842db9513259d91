"""SHA-256 and the tagged hash: chapter 2, 2.2."""

import hashlib


def sha256(data):
    return hashlib.sha256(data).digest()


def tagged(tag, message):
    t = sha256(tag.encode("utf-8"))
    return sha256(t + t + message)

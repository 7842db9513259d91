"""The narrow profile of deterministic CBOR: chapter 1, 1.2 to 1.6.

Values come out as int, bytes, str, list, bool and dict. What an encoder would not have written is refused (ENC-002).
"""

from refusal import Refused

NESTING_DEPTH_MAX = 8  # 1.5
MAP_KEY_MAX = 23  # 1.5


def refuse(rule, detail):
    raise Refused("malformed", "{}: {}".format(rule, detail))


def decode(data):
    """The one value that the bytes are."""
    value, end = _item(data, 0, 0)
    if end != len(data):
        refuse("ENC-043", "{} bytes after the value".format(len(data) - end))
    return value


def _head(data, at):
    """Major type, additional information, argument and the position after the head."""
    if at >= len(data):
        refuse("ENC-042", "the input ends where an item should begin")
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return major, info, info, at
    if info > 27:
        is_indefinite = info == 31 and major in (2, 3, 4, 5)
        refuse("ENC-011" if is_indefinite else "ENC-012", "additional information {}".format(info))
    if major == 6:
        refuse("ENC-013", "a tag")
    if info < 24:
        return major, info, info, at
    width = 1 << (info - 24)
    if at + width > len(data):
        refuse("ENC-042", "the input ends within a head")
    argument = int.from_bytes(data[at:at + width], "big")
    if argument < (24, 1 << 8, 1 << 16, 1 << 32)[info - 24]:
        refuse("ENC-010", "{} has a shorter head".format(argument))
    return major, info, argument, at + width


def _item(data, at, depth):
    major, info, n, at = _head(data, at)
    left = len(data) - at
    if major == 0:
        return n, at
    if major == 1:
        return -1 - n, at
    if major == 7:
        return _simple(info), at
    if n * (2 if major == 5 else 1) > left:
        refuse("ENC-042", "a length of {} in {} bytes".format(n, left))
    if major == 2:
        return bytes(data[at:at + n]), at + n
    if major == 3:
        return _text(bytes(data[at:at + n])), at + n
    if depth == NESTING_DEPTH_MAX:
        refuse("ENC-040", "more than {} arrays and maps are open".format(NESTING_DEPTH_MAX))
    return (_array if major == 4 else _map)(data, at, n, depth + 1)


def _array(data, at, n, depth):
    items = []
    for _ in range(n):
        value, at = _item(data, at, depth)
        items.append(value)
    return items, at


def _map(data, at, n, depth):
    members = {}
    last = -1
    for _ in range(n):
        major, _, key, at = _head(data, at)
        if major != 0 or key > MAP_KEY_MAX:
            refuse("ENC-030", "a map key that is no integer from 0 to 23")
        if key <= last:
            refuse("ENC-031", "map keys do not ascend")
        last = key
        members[key], at = _item(data, at, depth)
    return members, at


def _simple(info):
    if info in (20, 21):
        return info == 21
    if info == 31:
        refuse("ENC-011", "a break")
    if info in (25, 26, 27):
        refuse("ENC-014", "a floating-point number")
    if info in (28, 29, 30):
        refuse("ENC-012", "reserved additional information")
    refuse("ENC-015", "a simple value other than false and true")


def _text(data):
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        refuse("ENC-020", "text is not UTF-8")
    if any(ord(c) <= 0x1F or 0x7F <= ord(c) <= 0x9F for c in text):
        refuse("ENC-021", "text has a control character")
    return text

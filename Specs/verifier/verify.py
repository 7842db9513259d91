#!/usr/bin/env python3
"""Checks ownership proofs, effect proofs and exported logs by the Specs alone.

    python3 verify.py proof FILE ... --key KEY [--witness KEY ...] [--quorum N]
                            [--account ID] [--asset ID] [--partition N]
    python3 verify.py effect FILE ... --key KEY [--witness KEY ...] [--quorum N]
    python3 verify.py log DIRECTORY ... --key KEY [--witness KEY ...] [--quorum N]
    python3 verify.py examples

One line for each file says the verdict. The exit code is 0 if all hold, 1 if one does not, 2 if the question could not
be read.
"""

import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import datetime  # noqa: E402
import os  # noqa: E402

import cbor  # noqa: E402
import examples  # noqa: E402
import forms  # noqa: E402
import merkle  # noqa: E402
import notes  # noqa: E402
import statetree  # noqa: E402
import textform  # noqa: E402
import tiledlog  # noqa: E402
from hashes import tagged  # noqa: E402
from refusal import Refused, demand  # noqa: E402


def as_reason(kind, function, *arguments):
    """7.8.1 and 7.9.1: "Else: *inclusion*, with the reason"."""
    try:
        return function(*arguments)
    except Refused as reason:
        raise reason.within(kind)


def day(number):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(number)).isoformat()


def check_proof(data, policy):
    """7.8.1, rule by rule."""
    proof = forms.ownership_proof(data)
    state, inclusion = forms.state_proof(proof["state"]), forms.inclusion_proof(proof["inclusion"])
    checkpoint = as_reason("checkpoint", notes.verify_checkpoint, proof["checkpoint"], policy)  # rule 1
    demand(checkpoint.size > 0 and inclusion["size"] == checkpoint.size and inclusion["index"] == checkpoint.size - 1,
           "wrong position", "entry {} of {} under a checkpoint of {}".format(
               inclusion["index"], inclusion["size"], checkpoint.size))  # rule 2
    as_reason("inclusion", merkle.check_inclusion, merkle.leaf_hash(proof["header"]), inclusion["index"],
              inclusion["size"], inclusion["path"], checkpoint.root)  # rule 3
    header = forms.entry(proof["header"])
    demand(header["kind"] == 2, "malformed", "the entry is no header")  # rule 4
    demand(header["previous-size"] == checkpoint.size - 1, "malformed", "the header's previous size")
    as_reason("state", statetree.check, state, header["state-root"])  # rule 5
    asset, account, partition = forms.holding_key(state["key"])  # rule 6
    record = {"units": 0, "encumbrances": []}
    if state["claim"][0] == statetree.PRESENT:
        record = forms.holding_value(state["claim"][1])
    return {"checkpoint": checkpoint, "header": header, "asset": asset, "account": account, "partition": partition,
            "is-present": state["claim"][0] == statetree.PRESENT, **record}


def check_effect(data, policy):
    """7.9.1, rule by rule."""
    proof = forms.effect_proof(data)
    below, inclusion = forms.inclusion_proof(proof["effect-inclusion"]), forms.inclusion_proof(proof["inclusion"])
    checkpoint = as_reason("checkpoint", notes.verify_checkpoint, proof["checkpoint"], policy)  # rule 1
    demand(inclusion["size"] == checkpoint.size, "wrong size", "a path of another size than the checkpoint")  # rule 2
    as_reason("inclusion", merkle.check_inclusion, merkle.leaf_hash(proof["entry"]), inclusion["index"],
              inclusion["size"], inclusion["path"], checkpoint.root)  # rule 3
    entry = forms.entry(proof["entry"])
    demand(entry["kind"] == 1, "malformed", "the entry is no transaction")  # rule 4
    demand(below["size"] == entry["effect-count"], "wrong size", "a path of another size than the effects")  # rule 5
    as_reason("effect", merkle.check_inclusion, merkle.leaf_hash(proof["effect"]), below["index"], below["size"],
              below["path"], entry["effects-root"])  # rule 6
    return {"checkpoint": checkpoint, "entry": entry, "index": inclusion["index"], "effect": proof["effect"],
            "effect-index": below["index"]}


def read(path):
    with open(path, "rb") as file:
        return file.read()


def verifier_key(text):
    """A verifier key, or the first line of the file that it names."""
    if os.path.isfile(text):
        text = notes.utf8(read(text), "the key file").strip()
    return notes.VerifierKey(text)


def policy_of(options):
    return notes.Policy([verifier_key(k) for k in options.key], [verifier_key(k) for k in options.witness],
                        options.quorum)


def compare(name, part, asked, found):
    """6.5, 7.8.1: a verdict is about what the proof is about, and that is compared with what was asked."""
    if asked is not None:
        demand(textform.decode(part, asked) == found, "another " + name, textform.encode(part, found))


def run_proof(path, policy, options):
    verdict = check_proof(read(path), policy)
    compare("account", "acct", options.account, verdict["account"])
    compare("asset", "asset", options.asset, verdict["asset"])
    demand(options.partition in (None, verdict["partition"]), "another partition", str(verdict["partition"]))
    header, checkpoint = verdict["header"], verdict["checkpoint"]
    return "{} units, {} encumbrances{}: account {}, asset {}, partition {}; {}, height {}, business date {}, " \
        "size {}, {} witnesses".format(
            verdict["units"], len(verdict["encumbrances"]), "" if verdict["is-present"] else " (absent)",
            textform.encode("acct", verdict["account"]), textform.encode("asset", verdict["asset"]),
            verdict["partition"], checkpoint.origin, header["height"], day(header["business-date"]), checkpoint.size,
            len(checkpoint.cosigned))


def run_effect(path, policy, _):
    verdict = check_effect(read(path), policy)
    signed = cbor.decode(verdict["entry"]["signed-transaction"])
    return "effect {} of {}: {}; transaction {}, entry {} of {}, {}".format(
        verdict["effect-index"], verdict["entry"]["effect-count"], verdict["effect"].hex(),
        textform.encode("tx", tagged("Tokenize/transaction", signed[0])), verdict["index"], verdict["checkpoint"].size,
        verdict["checkpoint"].origin)


def run_log(path, policy, _):
    checkpoint, reader, tiles = tiledlog.check(path, policy)
    return "{}, size {}, root {}: {} tiles, {} headers, {} transactions, {} signatures, business date {}, {}".format(
        checkpoint.origin, checkpoint.size, checkpoint.root.hex(), tiles, reader.headers, reader.transactions,
        reader.signatures, day(reader.last_date), textform.encode("ledger", reader.ledger))


def arguments():
    parser = argparse.ArgumentParser(description="Checks proofs and exported logs by the Specs alone.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("proof", "effect", "log"):
        command = commands.add_parser(name)
        command.add_argument("path", nargs="+")
        command.add_argument("--key", action="append", required=True, help="a log's verifier key, or its file")
        command.add_argument("--witness", action="append", default=[], help="a witness's verifier key, or its file")
        command.add_argument("--quorum", type=int, default=0, help="witnesses that must have cosigned")
        if name == "proof":
            command.add_argument("--account")
            command.add_argument("--asset")
            command.add_argument("--partition", type=int)
    commands.add_parser("examples")
    return parser.parse_args()


def answer(run, *arguments):
    """The verdict in words, and whether all holds."""
    try:
        return "verified: " + run(*arguments), True
    except Refused as reason:
        return "refused: {}".format(reason), False


def main():
    options = arguments()
    if options.command == "examples":
        verdict, holds = answer(examples.run)
        print(verdict)
        return 0 if holds else 1
    run = {"proof": run_proof, "effect": run_effect, "log": run_log}[options.command]
    all_hold = True
    try:
        policy = policy_of(options)
        for path in options.path:
            verdict, holds = answer(run, path, policy, options)
            all_hold = all_hold and holds
            print((path + ": " if len(options.path) > 1 else "") + verdict)
    except (OSError, Refused) as error:
        print("unreadable: {}".format(error), file=sys.stderr)
        return 2
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())

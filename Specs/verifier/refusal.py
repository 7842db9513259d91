"""What a check answers when something is not as the Specs demand."""


class Refused(Exception):
    """The input proves nothing. `kind` is the word of the Specs for it, `detail` says where."""

    def __init__(self, kind, detail):
        super().__init__(kind + ": " + detail)
        self.kind = kind
        self.detail = detail

    def within(self, kind):
        """The same refusal as the reason of a wider one: "Else: *inclusion*, with the reason"."""
        return Refused(kind, "{}: {}".format(self.kind, self.detail))


def demand(condition, kind, detail):
    """Refuses unless the condition holds."""
    if not condition:
        raise Refused(kind, detail)

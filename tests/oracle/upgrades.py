"""What an upgrade of the grid is made of."""
import dataclasses


@dataclasses.dataclass
class Setting:
    namespace: str  # the name of whatever is outside begins with it
    plane: str
    way: object
    answering: object = None  # webhooks that answer: answering.Answering

    @property
    def old(self):
        return self.plane.startswith("1.20.")


@dataclasses.dataclass
class Upgrade:
    before: list
    after: list
    flags: tuple = ()
    prepare: object = None  # what happens in the namespace after the installation: a function of it
    prelude: object = None  # and before it
    revisions: int = 1  # none: `after` is installed
    between: list = None  # of an upgrade that does not come through, before ours
    charts: tuple = ()  # the files of two charts that have templates of their own; then there are no objects but in `made`
    values: tuple = (None, None)  # and these are their values
    plainly: object = None  # what plain Helm needs for the values that helm-coder gives by itself: flags, by the Case
    tools: object = None  # what is installed on the person's machine: flags, by its Home and the version of Helm
    environment: dict = dataclasses.field(default_factory=dict)
    made: list = dataclasses.field(default_factory=list)  # outside of the namespace, beside before and after


def only(ways=lambda way: True, planes=("1.20.2", "1.34.2")):
    """Not every Helm has every flag, nor every control plane every kind."""
    def mark(function):
        function.ways, function.planes = ways, planes
        return function
    return mark

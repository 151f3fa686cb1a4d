"""The Helms and how they write."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Way:
    """Which Helm makes the release, which one upgrades it, and how they write."""
    name: str
    first: str
    then: str
    install: tuple = ()
    upgrade: tuple = ()

    @property
    def server_side(self):
        return "server" in self.name

    @property
    def is_3(self):
        return self.then.startswith("3.")

    def has(self, *version):
        """Whether the Helm that upgrades is this one or newer."""
        return tuple(map(int, self.then.split("."))) >= version


# Where nothing is said, Helm 4 goes on as the release was written last: --server-side=auto.
WAYS = {way.name: way for way in (
    Way("3.6.2", "3.6.2", "3.6.2"),
    Way("3.10.1", "3.10.1", "3.10.1"),
    Way("3.21.4", "3.21.4", "3.21.4"),
    Way("4.2.4-client", "4.2.4", "4.2.4", ("--server-side=false",)),
    Way("4.2.4-server", "4.2.4", "4.2.4", ("--server-side=true",)),
    Way("3-to-4", "3.21.4", "4.2.4"),
    Way("4.2.4-to-client", "4.2.4", "4.2.4", ("--server-side=true",), ("--server-side=false",)),
    Way("3-to-4-server", "3.21.4", "4.2.4", (), ("--server-side=true",)),
)}

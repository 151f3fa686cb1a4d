"""Upgrades with each of Helm's flags that says what is written, and how."""
import charts
import grid
from kinds import definition, hook, in_namespace, named, widget
from objects import account, config_map, deployment, role, role_binding, service, thing
from upgrades import Upgrade, only


def forced(here):
    """PUT instead of PATCH."""
    upgrade = grid.rejected(here)
    upgrade.flags = ("--force",) if here.way.is_3 else ("--force-replace",)
    return upgrade


@only(lambda way: way.server_side)
def forced_over_others(here):
    """Fields that somebody else manages, taken."""
    upgrade = grid.managed_by_others(here)
    upgrade.flags = ("--force-conflicts",)
    return upgrade


@only(lambda way: way.has(3, 17))
def taken_over(here):
    """Objects that are not the release's, taken at once."""
    upgrade = grid.foreign(here)
    upgrade.flags = ("--take-ownership",)
    return upgrade


@only(lambda way: way.is_3 or way.name.startswith("4"))
def said_anew(here):
    """How objects are written is said once more, although it stays as it is."""
    upgrade = grid.drifted(here)
    upgrade.flags = () if here.way.is_3 else (f"--server-side={str(here.way.server_side).lower()}",)
    return upgrade


def unvalidated(here):
    upgrade = grid.unknown_fields(here)
    upgrade.flags = ("--disable-openapi-validation",)
    return upgrade


def without_hooks(here):
    upgrade = grid.hook_in_the_way(here)
    upgrade.flags = ("--no-hooks",)
    return upgrade


def records_in_config_maps(_):
    before = [config_map("a", key="1"), config_map("goes"), service("web")]
    return Upgrade(before, [config_map("a", key="2"), service("web"), deployment("new")], environment={"HELM_DRIVER": "configmap"})


def after_a_failure(_):
    """The last revision is one that failed half-way."""
    before = [config_map("a", key="1"), config_map("goes", key="1"), service("web"), deployment("web")]
    between = [config_map("a", key="2"), service("web", clusterIP="None"), deployment("web", image="between"), config_map("half", key="1")]
    after = [config_map("a", key="3"), service("web"), deployment("web", image="after"), config_map("half", key="2"), config_map("new")]
    return Upgrade(before, after, between=between)


# --- which values ---------------------------------------------------------------------------------------------------

TEMPLATE = """
apiVersion: v1
kind: ConfigMap
metadata: {name: values}
data: {{- toYaml .Values.data | nindent 2 }}
"""


def other_defaults(*flags, plainly=None):
    """The release has set one value and leaves another, of which the new chart has another default; a third one is new."""
    both = (charts.chart(TEMPLATE, {"data": {"left": "old", "set": "old"}}),
            charts.chart(TEMPLATE, {"data": {"left": "new", "set": "new", "comes": "new"}}))
    return Upgrade([], [], flags, charts=both, values=({"data": {"set": "mine"}}, {"data": {"said": "now"}}), plainly=plainly)


def own_values(_):
    """What helm-coder does by itself; plain Helm before 3.14 has no flag for it."""
    return other_defaults(plainly=lambda case: case.own_values())


@only(lambda way: way.has(3, 14))
def values_reset_then_reused(_):
    return other_defaults("--reset-then-reuse-values")


def values_reset(_):
    return other_defaults("--reset-values")


def values_reused(_):
    return other_defaults("--reuse-values")


# --- what runs beside Helm ------------------------------------------------------------------------------------------

def post_rendered(_):
    return Upgrade([config_map("a", key="1"), service("web")], [config_map("a", key="rendered"), service("web"), config_map("b", key="rendered")],
                   tools=lambda home, helm: charts.post_renderer(home, helm, "s/rendered/rewritten/"))


# --- installations --------------------------------------------------------------------------------------------------

def installed(here):
    """There is no release yet; a refused object, too."""
    other = named(here, "other")
    return Upgrade([], [config_map("a", key="1"), account("a"), role("r", "get"), role_binding("r", "r", "someone"), deployment("web"),
                        service("web"), thing("Namespace", other), in_namespace(other, config_map("a")), widget("w"),
                        hook(config_map("hook-first"), "pre-install"), hook(config_map("hook-not"), "pre-upgrade")], revisions=0)


def installed_and_refused(_):
    return Upgrade([], [config_map("a", key="1"), deployment("web"), service("web", type="Unheard")], revisions=0)


def installed_over_others(_):
    def prelude(namespace):
        namespace.create(config_map("theirs", key="1"))
    return Upgrade([], [config_map("theirs", key="2"), service("web")], revisions=0, prelude=prelude)


def installed_with_definitions(here):
    """Of custom resources, in the folder that only an installation looks into; the same chart has one of them."""
    group = named(here, "crds.example.com")
    own = definition(here, "Thing", group)
    each = f"{{apiVersion: {group}/v1, kind: Thing, metadata: {{name: a}}, spec: {{size: 1}}}}\n---\n{TEMPLATE}"
    both = (charts.chart(each, {"data": {}}, [own]),) * 2
    return Upgrade([], [], charts=both, values=(None, {"data": {"key": "1"}}), revisions=0, made=[own])


ALL = [forced, forced_over_others, taken_over, said_anew, unvalidated, without_hooks, records_in_config_maps, after_a_failure,
       own_values, values_reset_then_reused, values_reset, values_reused, post_rendered, installed, installed_and_refused,
       installed_over_others, installed_with_definitions]

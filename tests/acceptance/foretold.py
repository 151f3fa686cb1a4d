"""A prediction of preflight against what plain Helm then does: it may be right or not verified, never wrong."""

# Checks of which an error means that Helm itself will fail. Others forbid what Helm would do without a word.
HELM_FAILS = ("rehearsal-ended", "immutable-fields", "manifest-known", "ownership", "valid-objects", "admission", "quota",
              "pod-security", "apply-conflicts", "nothing-missing", "rights", "hooks", "renders")


def upgrade(report):
    """What the report says of the upgrade: "works", "fails" or "not verified"."""
    if report.findings(*HELM_FAILS):
        return "fails"
    return "not verified" if report.unverified(*HELM_FAILS, "judged") else "works"


def rollback(report):
    if report.findings("rollback-possible", severity=None):
        return "fails"
    return "not verified" if report.unverified("rollback-possible") else "works"


def came_true(report, done):
    """`done`: plain `helm upgrade --atomic`."""
    truth = "works" if done.code == 0 else "fails"
    assert upgrade(report) in (truth, "not verified"), f"the upgrade {truth}: {done}\n{report}"
    if "an error occurred while rolling back" in done.err:
        assert rollback(report) in ("fails", "not verified"), f"the rollback fails: {done}\n{report}"
    elif "has been rolled back" in done.err:
        assert rollback(report) in ("works", "not verified"), f"the rollback works: {done}\n{report}"

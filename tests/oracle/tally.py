"""How many verdicts there were, and how many of them said that they do not know."""
import collections
import re

VERDICTS = collections.Counter()
WHY = collections.Counter()


def count(foretold):
    """Of the writes that the real Helm comes to."""
    for write in foretold.reached():
        VERDICTS[write["verdict"]["judgement"]] += 1
        if write["verdict"]["judgement"] == "not-verified":
            WHY[re.sub(r"test-of-oracle-\w+", "NAMESPACE", write["verdict"]["message"])] += 1


def share():
    return VERDICTS["not-verified"] / max(1, VERDICTS.total())


def summary():
    lines = [f"{VERDICTS.total()} writes: {VERDICTS['accepted']} accepted, {VERDICTS['rejected']} rejected, "
             f"{VERDICTS['not-verified']} not verified ({share():.1%})"]
    return "\n".join(lines + [f"  {count} {why}" for why, count in WHY.most_common()])

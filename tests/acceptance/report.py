"""What `helm coder preflight -o json` says."""
import json


class Report:
    def __init__(self, done):
        self.code, self._done = done.code, done
        try:
            self.document = json.loads(done.out)
        except ValueError as error:
            raise AssertionError(f"no report, {error}: {done}") from None
        assert self.document["exitCode"] == done.code, done

    def __str__(self):
        """For a failed assertion: what it says, without the values and the database where they could not be looked at."""
        lines = [f"exit {self.code}, {self.document['verdict']}"]
        for check in self.checks:
            if check["result"] == "passed" or check["code"] > "HC4" and not check["findings"]:
                continue
            lines.append(f"{check['code']} {check['name']}: {check['result']}")
            lines += [f"  {f['object']} {f['field']}: {f['message']} → {f['remedy']}" for f in check["findings"]]
            lines += [f"  {u['object']}: not verified: {u['why']}" for u in check["unverified"]]
        return "\n".join([*lines, self._done.err])

    __repr__ = __str__

    @property
    def checks(self):
        return self.document["checks"]

    def check(self, name):
        """By code or name."""
        return next(check for check in self.checks if name in (check["code"], check["name"]))

    def results(self, result):
        return [check["name"] for check in self.checks if check["result"] == result]

    def findings(self, *names, severity="error"):
        """Of these checks, or of all; what is ignored counts as a warning."""
        return [finding for check in self.checks for finding in check["findings"]
                if (check["name"] in names or check["code"] in names or not names)
                and (severity is None or check["result"] == severity)]

    def unverified(self, *names):
        return [each for check in self.checks for each in check["unverified"]
                if check["name"] in names or check["code"] in names or not names]

    def remedy(self, kind_and_name):
        """Of the only error about an object: the advice, or the command without the namespace."""
        (finding,) = [finding for finding in self.findings() if finding["object"] == kind_and_name]
        remedy = finding["remedy"]
        if "advice" in remedy:
            return remedy["advice"]
        return remedy["command"].replace(f" -n {self.document['subject']['namespace']}", "", 1)

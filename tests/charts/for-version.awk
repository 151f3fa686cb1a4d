# Writes the files of one version of a chart from a source that holds all versions.
#
#   awk -v version=1.21.7 -v from=SOURCE -v to=FOLDER -f for-version.awk FILE...
#
#   text          #@ RANGE...    keeps the line in these versions only
#   #@if RANGE...   …   #@end    keeps the lines in between; may be nested
#   @VERSION@                    becomes the version
#
# A RANGE is FROM:UNTIL; it includes FROM, excludes UNTIL, and either may be left out.
# A file of which nothing but blank lines is left is not written: the version does not have it.

function die(text) {
  printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
  failed = 1
  exit 1
}

function number(v, part) {
  if (v !~ /^[0-9]+\.[0-9]+\.[0-9]+$/) die("not a version: " v)
  split(v, part, ".")
  return part[1] * 1000000 + part[2] * 1000 + part[3]
}

function covers(ranges, list, n, i, edge, found) {
  n = split(ranges, list, " ")
  if (n == 0) die("a guard without a range")
  found = 0
  for (i = 1; i <= n; i++) {
    if (split(list[i], edge, ":") != 2) die("not a range: " list[i])
    if ((edge[1] == "" || number(edge[1]) <= now) && (edge[2] == "" || now < number(edge[2]))) found = 1
  }
  return found
}

function finish() {
  if (depth) die("#@if without #@end in " name)
  if (text ~ /[^ \n]/) {
    printf "%s", text > (to "/" name)
    close(to "/" name)
  }
}

BEGIN { now = number(version) }

FNR == 1 {
  if (NR > 1) finish()
  name = substr(FILENAME, length(from) + 2)
  text = ""
  depth = 0
  kept[0] = 1
}

/^ *#@if / {
  sub(/^ *#@if /, "")
  depth++
  kept[depth] = covers($0) && kept[depth - 1]
  next
}

/^ *#@end$/ {
  if (!depth--) die("#@end without #@if")
  next
}

{
  keep = kept[depth]
  if (match($0, / *#@ /)) {
    keep = covers(substr($0, RSTART + RLENGTH)) && keep
    $0 = substr($0, 1, RSTART - 1)
  }
  if (!keep) next
  gsub(/@VERSION@/, version)
  text = text $0 "\n"
}

END { if (!failed) finish() }

#!/usr/bin/env bash
# Grades a class with GNU parallel, a part on each of the machines that `hosts` lists (`:` is this
# one), all of which see the same folders:
#
#     parallel.sh COURSE_DIR CLASS OUT [PARTS] [HOSTS]
#
# On one machine alone `course grade` needs no help: it uses all cores by itself.
set -euo pipefail
course_dir="$(realpath "$1")" class="$(realpath "$2")" out="$(realpath -m "$3")"
parts="${4:-2}" hosts="${5:-:}"

grade() {
    # What is compiled stays on the machine: others have other processes of the same number.
    here="$(mktemp -d)"
    trap 'rm -rf "$here"' EXIT
    cp -a "$1/." "$here" && cd "$here" &&
        course grade "$2" --out "$3/part-$4" --partition "slice:$4/$5" ${EXERCISES:+--exercises $EXERCISES}
}
export -f grade
# `env_parallel` would pass more on; the function, the PATH and the exercises are enough.
SHELL="$(command -v bash)" parallel --will-cite --sshlogin "$hosts" \
    --env grade --env PATH --env EXERCISES --jobs 1 --halt soon,fail=1 \
    grade "$course_dir" "$class" "$out" {} "$parts" ::: $(seq "$parts")
course merge "$out"/part-* --out "$out/all"

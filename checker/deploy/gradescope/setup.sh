#!/usr/bin/env bash
# Prepares Gradescope's image once, when the autograder is uploaded: Rust, a linker, the course's
# folder, and the libraries that programs are checked with.
set -euo pipefail
base="${AUTOGRADER:-/autograder}"
export CARGO_HOME="$base/cargo" RUSTUP_HOME="$base/rustup"

apt-get update
apt-get install -y --no-install-recommends ca-certificates curl gcc libc6-dev
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs \
    | sh -s -- -y --no-modify-path --profile minimal --default-toolchain stable
export PATH="$CARGO_HOME/bin:$PATH"

chmod +x "$base/source/course"
"$base/source/course" init "$base/course"
cd "$base/course"
# Builds the libraries, so that no submission has to.
"$base/source/course" check 05_lock/1_two_lines --solutions --schedules 2

#!/usr/bin/env bash
# Prepares Gradescope's image once, when the autograder is uploaded: Rust, a linker, the course that
# was packed, and the libraries that programs are checked with.
set -euo pipefail
base="${AUTOGRADER:-/autograder}"
export CARGO_HOME="$base/cargo" RUSTUP_HOME="$base/rustup"

apt-get update
apt-get install -y --no-install-recommends ca-certificates curl gcc libc6-dev
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs \
    | sh -s -- -y --no-modify-path --profile minimal --default-toolchain stable
export PATH="$CARGO_HOME/bin:$PATH"

chmod +x "$base/source/course"
# With the libraries built, no submission has to.
"$base/source/course" init --from "$base/source/handout.zip" --build "$base/course"

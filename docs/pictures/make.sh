#!/usr/bin/env bash
# Makes the pictures of README anew, from real runs. Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
COURSE_UPDATE=1 cargo test --workspace --test course -- --include-ignored pictures::

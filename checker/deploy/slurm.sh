#!/usr/bin/env bash
# Grades a class as a Slurm array, a part a task; then put the parts together:
#
#     export COURSE_DIR=~/course CLASS=/shared/handed-in OUT=/shared/graded
#     sbatch --array=1-10 slurm.sh
#     course merge "$OUT"/part-* --out "$OUT/all"
#
# A task that is sent again goes on where it was. `course` must be in the PATH of the nodes.
#SBATCH --job-name=course-grade
#SBATCH --array=1-10
#SBATCH --cpus-per-task=2
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail
: "${COURSE_DIR:?the folder of the course}" "${CLASS:?the submissions}" "${OUT:?the folder for the parts}"

# What is compiled stays on the node: other nodes have other processes of the same number.
course_here="$(mktemp -d)"
trap 'rm -rf "$course_here"' EXIT
cp -a "$COURSE_DIR/." "$course_here"
cd "$course_here"

# The queue's signal ends `course` itself, which keeps what was graded.
course grade "$CLASS" --out "$OUT/part-$SLURM_ARRAY_TASK_ID" --partition auto \
    --jobs "${SLURM_CPUS_PER_TASK:-1}" ${EXERCISES:+--exercises $EXERCISES}

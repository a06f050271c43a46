#!/usr/bin/env bash
# Runs checker/deploy/slurm.sh for real: Slurm's daemons on this machine, an array of three tasks, the
# parts merged, and compared with the same class graded in one piece. Then the same with GNU parallel.
#
# It must be run by root, and needs slurmctld, slurmd, munged (Debian: slurm-wlm munge) and parallel.
set -euo pipefail
course="$(realpath "${1:?the course command}")"
root="$(cd "$(dirname "$0")/.." && pwd)"
for command in slurmctld slurmd munged sbatch parallel; do
    PATH="$PATH:/usr/sbin" command -v "$command" > /dev/null || { echo "skipped: there is no $command"; exit 77; }
done
export PATH="$PATH:/usr/sbin"

work="$(mktemp -d)"
chmod 755 "$work"
mkdir -p "$work"/{bin,run,spool,state,class}
cp "$course" "$work/bin/course"
export PATH="$work/bin:$PATH"
host="$(hostname -s)"
export SLURM_CONF="$work/slurm.conf"

pids=()
stop() {
    for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT

cat > "$work/slurm.conf" <<CONF
ClusterName=course
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/run/munge.socket
CryptoType=crypto/munge
MpiDefault=none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile=$work/run/slurmctld.pid
SlurmdPidFile=$work/run/slurmd.pid
SlurmdSpoolDir=$work/spool
StateSaveLocation=$work/state
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
echo "CgroupPlugin=cgroup/v1" > "$work/cgroup.conf"

head -c 1024 /dev/urandom > "$work/run/munge.key"
chmod 400 "$work/run/munge.key"
munged --foreground --force --key-file="$work/run/munge.key" --socket="$work/run/munge.socket" \
    --pid-file="$work/run/munged.pid" --log-file="$work/run/munged.log" \
    --seed-file="$work/run/munged.seed" & pids+=($!)
for _ in $(seq 50); do [ -S "$work/run/munge.socket" ] && break; sleep 0.1; done
slurmctld -D -f "$work/slurm.conf" > "$work/run/slurmctld.log" 2>&1 & pids+=($!)
slurmd -D -f "$work/slurm.conf" -N "$host" > "$work/run/slurmd.log" 2>&1 & pids+=($!)
for _ in $(seq 100); do
    [ "$(sinfo --noheader --format=%t 2> /dev/null)" = idle ] && break
    sleep 0.2
done
sinfo || { cat "$work"/run/*.log; exit 1; }

# A class of seven.
for learner in ada ben cleo dora emil fay gus; do mkdir "$work/class/$learner"; done
cp "$root/solutions/05_lock/1_two_lines.rs" "$work/class/ada/"
# A known answer as somebody would hand it in: with the given part.
handed_in() {
    cat "$root/tests/wrong/05_lock/1_two_lines/$1.rs"
    sed -n '/^\/\/ ---- given:/,$p' "$root/solutions/05_lock/1_two_lines.rs"
}
handed_in no_lock > "$work/class/ben/1_two_lines.rs"
handed_in never_released > "$work/class/cleo/1_two_lines.rs"
cp "$root/exercises/05_lock/1_two_lines.rs" "$work/class/dora/"
export EXERCISES=05_lock/1_two_lines

"$work/bin/course" init "$work/course" > /dev/null
export COURSE_DIR="$work/course" CLASS="$work/class" OUT="$work/slurm"
cd "$COURSE_DIR"
course grade "$CLASS" --out "$work/whole" --exercises $EXERCISES

same() {
    for file in summary.json grades.csv index.html; do cmp "$work/whole/$file" "$1/$file"; done
    diff -r "$work/whole/reports" "$1/reports"
    echo "$2: the same as in one piece"
}

cpus=1
sbatch --wait --array=1-3 --cpus-per-task="$cpus" --output="$work/run/job-%a.log" \
    "$root/checker/deploy/slurm.sh" || { cat "$work"/run/*.log; exit 1; }
course merge "$OUT"/part-* --out "$OUT/all"
same "$OUT/all" Slurm

"$root/checker/deploy/parallel.sh" "$COURSE_DIR" "$CLASS" "$work/parallel" 3
same "$work/parallel/all" "GNU parallel"

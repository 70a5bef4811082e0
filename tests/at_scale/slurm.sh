#!/usr/bin/env bash
# Runs examples/at-scale/slurm-array.sh for real: on a Slurm of one node, which is set up for it
# and taken down again. For root on a machine with Debian's slurm-wlm; exit code 77 without.
#
#   tests/at_scale/slurm.sh CRUMBPROOF APP     the command, and what starts the app on $PORT
set -euo pipefail

for tool in slurmctld slurmd sbatch munged; do
  type -p $tool >/dev/null || { echo "no $tool: apt-get install slurm-wlm" && exit 77; }
done
[ "$(id -u)" = 0 ] || { echo 'slurmd has to be run by root' && exit 77; }

crumbproof=$(realpath "$1")
app=$2
script=$(realpath "$(dirname "$0")/../../examples/at-scale/slurm-array.sh")
folder=$(mktemp -d)
host=$(hostname -s)
chmod 755 "$folder"

clean_up() {
  scancel --me >/dev/null 2>&1 || true
  for daemon in slurmd slurmctld munged; do
    [ ! -f "$folder/$daemon.pid" ] || kill "$(cat "$folder/$daemon.pid")" 2>/dev/null || true
  done
  sleep 1
  rm -rf "$folder"
}
trap clean_up EXIT

# Two free ports for the daemons.
read -r control node < <(python3 -c 'import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))')

mkdir -p "$folder"/{spool,state,munge}
dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 status=none
chmod 400 "$folder/munge.key"
chmod 700 "$folder/munge"
munged --force --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
  --socket="$folder/munge.socket" --log-file="$folder/munge/munged.log" \
  --seed-file="$folder/munge/munged.seed"

cat >"$folder/slurm.conf" <<CONF
ClusterName=crumbproof
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$control
SlurmdPort=$node
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CryptoType=crypto/munge
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmdSpoolDir=$folder/spool
StateSaveLocation=$folder/state
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=10 State=UP
CONF
export SLURM_CONF=$folder/slurm.conf
slurmctld
slurmd
for _ in $(seq 50); do
  [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || break
  sleep 0.2
done
sinfo

cd "$folder"
# Submits an array as the script's first comment says, waits for all jobs, and prints its number.
submit() {
  local number
  number=$(sbatch --parsable --output="$folder/task-%A-%a.txt" "$@" "$script")
  echo "$number"
}
wait_for_all() {
  for _ in $(seq 300); do
    [ -n "$(squeue -h)" ] || break
    sleep 0.2
  done
}

# From where the script is, with reports of an earlier array about.
export CRUMBPROOF=$crumbproof START=$app OUT=$folder/out
mkdir -p "$OUT/0"
echo 'an old report' | tee "$OUT/shard-1.json" >"$OUT/0/shard-1.json"
array=$(submit --array=1-4)
wait_for_all
cat "$folder"/task-*.txt "$folder/out/$array/merge.txt"
ls "$folder/out/$array"

# The report of one machine has the same trace hash.
PORT=$((19000 + RANDOM % 1000))
export PORT
"$crumbproof" check "http://127.0.0.1:$PORT/sms" --public-url http://app.test/sms --start "$app" \
  --say order --say large --say yes --json one.json --save f.json --quiet
"$crumbproof" verify "$folder/out/$array/report.json" | head -2
python3 - "$folder/out/$array" <<'PY'
import json, sys
one = json.load(open("one.json"))
all_of_them = json.load(open(sys.argv[1] + "/report.json"))
assert all_of_them["bounds"]["exhausted"], all_of_them["bounds"]
for key in ("verdict", "trace_hash", "counterexamples"):
    assert one[key] == all_of_them[key], key
print("the joined report is that of one machine:", all_of_them["trace_hash"])
PY

# The same OUT again, with an app that does not start: nothing of the array before counts.
failing=$(START=false submit --array=1-2)
wait_for_all
cat "$folder/out/$failing/merge.txt"
if grep PASS "$folder/out/$failing/merge.txt"; then exit 1; fi

# Told to end as Slurm does a minute before the time is up, a task leaves a partial report of its
# shard; an array that resumes the first one comes to the end. The app is slow to start, so that the search is
# not over by then.
slow=$folder/slow.sh
printf '#!/bin/sh\ntouch "%s/started-$PORT"\nsleep 1\nexec %s\n' "$folder" "$app" >"$slow"
chmod 755 "$slow"
stopped=$(START=$slow submit --array=1-2)
for _ in $(seq 100); do
  [ "$(find "$folder" -maxdepth 1 -name 'started-*' | wc -l)" -lt 2 ] || break
  sleep 0.1
done
scancel --batch --signal=TERM "$stopped"
wait_for_all
cat "$folder/out/$stopped/merge.txt"
python3 - "$folder/out/$stopped" <<'PY'
import json, sys
for n in (1, 2):
    report = json.load(open(f"{sys.argv[1]}/shard-{n}.json"))
    assert report["shard"]["index"] == n and not report["shard"]["complete"], report["shard"]
    assert "resume" in report, report.keys()
PY
resumed=$(RESUME=$stopped submit --array=1-2)
wait_for_all
cat "$folder/out/$resumed/merge.txt"
grep -q PASS "$folder/out/$resumed/merge.txt"
echo "a stopped array was gone on with"

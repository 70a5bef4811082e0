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
# As its first comment says, from where the script is, with an old report about.
export CRUMBPROOF=$crumbproof START=$app OUT=$folder/out
mkdir "$OUT"
echo 'an old report' >"$OUT/shard-9.json"
sbatch --array=1-4 --output="$folder/task-%a.txt" "$script"
for _ in $(seq 300); do
  [ -n "$(squeue -h)" ] || break
  sleep 0.2
done
cat "$folder"/task-*.txt "$folder/out/merge.txt"
ls "$folder/out"

# The report of one machine has the same trace hash.
PORT=$((19000 + RANDOM % 1000))
export PORT
"$crumbproof" check "http://127.0.0.1:$PORT/sms" --public-url http://app.test/sms --start "$app" \
  --say order --say large --say yes --json one.json --save f.json --quiet
"$crumbproof" verify "$folder/out/report.json" | head -2
python3 - "$folder" <<'PY'
import json, sys
one = json.load(open("one.json"))
all_of_them = json.load(open(sys.argv[1] + "/out/report.json"))
assert all_of_them["bounds"]["exhausted"], all_of_them["bounds"]
for key in ("verdict", "trace_hash", "counterexamples"):
    assert one[key] == all_of_them[key], key
print("the joined report is that of one machine:", all_of_them["trace_hash"])
PY

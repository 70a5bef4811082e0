#!/usr/bin/env bash
# A search in as many parts as the array has tasks, and a job that joins their reports:
#
#   sbatch --array=1-8 examples/at-scale/slurm-array.sh
#
# Each task starts an app of its own. What differs from site to site is in the environment:
#   CRUMBPROOF  the command (default: crumbproof)
#   START       starts the app, which listens on $PORT (default: the example app)
#   CHECK       the options of check (default: the example's words)
#   OUT         a folder that all nodes share (default: crumbproof-shards); each array has one of
#               its own in it, named by its number, so that no report of another one is joined
#   RESUME      the number of an earlier array, of the same app, to go on from
#
# A minute before its time is up a task is told to end, and leaves what it has. Requeued, it goes
# on from there.
#SBATCH --job-name=crumbproof
#SBATCH --ntasks=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
set -euo pipefail

CRUMBPROOF=${CRUMBPROOF:-crumbproof}
OUT=${OUT:-crumbproof-shards}
old=${RESUME:+$OUT/$RESUME/shard-$SLURM_ARRAY_TASK_ID.json}
OUT=$OUT/$SLURM_ARRAY_JOB_ID
mkdir -p "$OUT"

# The first task asks for the job that joins the reports; it runs whatever the tasks end with, since
# a counterexample ends one with 1.
if [ "$SLURM_ARRAY_TASK_ID" = "$SLURM_ARRAY_TASK_MIN" ] && [ "${SLURM_RESTART_COUNT:-0}" = 0 ]; then
  # Of those that are there: merge says which are missing.
  join="$(printf '%q' "$CRUMBPROOF") merge $(printf '%q' "$OUT")/shard-*.json "
  join+=$(printf '%q ' --json "$OUT/report.json" --save "$OUT/crumbproof-failure.json")
  sbatch --dependency="afterany:$SLURM_ARRAY_JOB_ID" --job-name=crumbproof-merge \
    --output="$OUT/merge.txt" --wrap "$join"
fi

# Tasks may share a node, and then each needs a port of its own. The reports have to tell of one
# app all the same, so they get one public URL.
export PORT=$((20000 + SLURM_ARRAY_TASK_ID))
report=$OUT/shard-$SLURM_ARRAY_TASK_ID.json
if [ ! -e "$report" ] && [ -e "$old" ]; then cp "$old" "$report"; fi
# A check that had come to its end has left nothing to go on from.
if [ -e "$report" ] && ! grep -q '^  "resume": ' "$report"; then
  echo "$report is whole"
  exit 0
fi
read -ra check <<<"${CHECK:---say order --say large --say yes}"
# In the place of this shell, which Slurm sends its signals to.
exec "$CRUMBPROOF" check "http://127.0.0.1:$PORT/sms" --public-url http://app.test/sms \
  --start "${START:-node examples/express/sound.js}" "${check[@]}" \
  --shard auto --json "$report" --resume "$report" \
  --save "$OUT/failure-$SLURM_ARRAY_TASK_ID.json"

#!/usr/bin/env bash
# A search in as many parts as the array has tasks, and a job that joins their reports:
#
#   sbatch --array=1-8 examples/at-scale/slurm-array.sh
#
# Each task starts an app of its own. What differs from site to site is in the environment:
#   CRUMBPROOF  the command (default: crumbproof)
#   START       starts the app, which listens on $PORT (default: the example app)
#   CHECK       the options of check (default: the example's words)
#   OUT         a folder that all nodes share (default: crumbproof-shards)
#SBATCH --job-name=crumbproof
#SBATCH --ntasks=1
#SBATCH --signal=TERM@60
set -euo pipefail

export CRUMBPROOF=${CRUMBPROOF:-crumbproof}
export OUT=${OUT:-crumbproof-shards}
mkdir -p "$OUT"

if [ "${1:-}" = merge ]; then
  exec "$CRUMBPROOF" merge "$OUT"/shard-*.json --json "$OUT/report.json" \
    --save "$OUT/crumbproof-failure.json"
fi

# The first task asks for the job that joins the reports; it runs whatever the tasks end with, since
# a counterexample ends one with 1.
if [ "$SLURM_ARRAY_TASK_ID" = "$SLURM_ARRAY_TASK_MIN" ]; then
  sbatch --dependency="afterany:$SLURM_ARRAY_JOB_ID" --job-name=crumbproof-merge \
    --output="$OUT/merge.txt" --export=ALL --wrap "bash '$(realpath "${SCRIPT:-$0}")' merge"
fi

# Tasks may share a node, and then each needs a port of its own. The reports have to tell of one
# app all the same, so they get one public URL.
export PORT=$((20000 + SLURM_ARRAY_TASK_ID))
read -ra check <<<"${CHECK:---say order --say large --say yes}"
exec "$CRUMBPROOF" check "http://127.0.0.1:$PORT/sms" --public-url http://app.test/sms \
  --start "${START:-node examples/express/sound.js}" "${check[@]}" \
  --shard auto --json "$OUT/shard-$SLURM_ARRAY_TASK_ID.json" \
  --save "$OUT/failure-$SLURM_ARRAY_TASK_ID.json"

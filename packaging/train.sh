#!/bin/sh
# train.sh HOME JAVA ARG…: lets the program start on the screen at hand, with an empty home, until its window stands; then ends it,
# so that the JVM writes down what it loaded. Called by client.sh.
set -eu

HOME=$1
shift
export HOME
cd "$(dirname "$0")/.."
"$@" &
program=$!
trap 'kill -9 "$program" 2>/dev/null || :' EXIT
timeout 120 xdotool search --sync --onlyvisible --name '^Strongroom' >/dev/null
# the first pictures of the window belong to its start
sleep 2
kill "$program"
code=0
wait "$program" || code=$?
trap - EXIT
[ $code = 0 ] || [ $code = 143 ]

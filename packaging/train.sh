#!/bin/sh
# train.sh FOLDER SERVER CACHE JAVA ARG…: lets the program do on the screen at hand what it does at each unlock, and ends it, so
# that the JVM writes down in CACHE which classes that needs and what of them runs often. A server from the class path SERVER
# enrols it for that; the vault lies in FOLDER, which the caller removes. Called by client.sh.
set -eu

folder=$1 server_classes=$2 cache=$3 java=$4
shift 4
pin='violet kettle 42'
server='' manager='' program=''

end() {
    for pid in $program $server $manager; do
        kill "$pid" 2>/dev/null || :
    done
    # The agent that the program started for this vault.
    for process in /proc/[0-9]*; do
        { tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null | grep -q "strongroom.vault.agent.AgentMain.* $folder/vault " || continue
        kill "${process#/proc/}" 2>/dev/null || :
    done
}
trap end EXIT

server() {
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "$server_classes" strongroom.server.Main "$@"
}

# No keyring of whoever builds this.
export DBUS_SESSION_BUS_ADDRESS=unix:path="$folder/none" NO_AT_BRIDGE=1 GDK_BACKEND=x11 HOME="$folder"
unset WAYLAND_DISPLAY
openbox --sm-disable &
manager=$!

server init --home "$folder/server" --admin "$folder/admin" --organisation Training --host localhost
"$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "$server_classes" strongroom.server.Main \
    serve --home "$folder/server" --device-port 0 --admin-port 0 --ready-file "$folder/ready" &
server=$!
until grep -q admin= "$folder/ready" 2>/dev/null; do
    kill -0 "$server"
    sleep 0.1
done
url=https://localhost:$(tr ' ' '\n' <"$folder/ready" | sed -n 's/^admin=//p')
code=$(server admin enrol-code Trainee --admin "$folder/admin" --server "$url" | tail -n 1)
printf '%s\n' "$pin" | "$java" "$@" strongroom.vault.cli.Main enrol --server "$url" --code "$code" --pin-stdin --home "$folder/vault" --tpm none
printf '%s\n' "$pin" | "$java" "$@" strongroom.vault.cli.Main add README.md LICENSE --pin-stdin --home "$folder/vault" --tpm none

# A process that waits to show the lock screen after this one would write a cache, too.
"$java" "-XX:AOTCacheOutput=$cache" -Djpackage.app-path=/bin/false "$@" strongroom.desktop.Main --home "$folder/vault" --tpm none &
program=$!
window=$(timeout 120 xdotool search --sync --onlyvisible --name '^Strongroom' | head -n 1)
# What is loaded while somebody looks for their PIN belongs to the start.
sleep 3
xdotool windowactivate --sync "$window"
sleep 1
xdotool type --delay 20 "$pin"
xdotool key Return
tries=0
until readlink "/proc/$program/fd"/* | grep -qx "$folder/vault/store/vault.db"; do
    tries=$((tries + 1))
    [ $tries -le 600 ] && kill -0 "$program"
    sleep 0.1
done
# The first pictures of the list, the state of the synchronisation, the index of the search.
sleep 5
kill "$program"
code=0
wait "$program" || code=$?
program=
[ $code = 0 ] || [ $code = 143 ]

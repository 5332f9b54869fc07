#!/bin/sh
# Installed as /usr/bin/strongroom: alone it opens the window, with arguments it is the command line.
if [ $# = 0 ]; then
    exec /opt/strongroom/bin/strongroom
fi
exec /opt/strongroom/bin/strongroom-cli "$@"

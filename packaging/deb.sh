#!/bin/sh
# deb.sh IMAGE VERSION DATE FOLDER: makes a Debian package of the application image. Every file that the package puts on a machine
# is in it, so dpkg knows them all, checks them and takes them away again; called by client.sh.
set -eu

image=$1 version=$2 date=$3 folder=$4
cd -- "$(dirname -- "$0")/.."
processor=$(dpkg --print-architecture)
tree=$folder/work/deb

rm -rf "$tree"
mkdir -p "$tree/DEBIAN" "$tree/opt"
cp -a "$image" "$tree/opt/strongroom"
install -D -m 755 packaging/linux/strongroom.sh "$tree/usr/bin/strongroom"
install -D -m 644 packaging/linux/strongroom.desktop "$tree/usr/share/applications/strongroom.desktop"
install -D -m 644 packaging/linux/strongroom-agent.desktop "$tree/etc/xdg/autostart/strongroom-agent.desktop"
install -D -m 644 packaging/linux/70-strongroom-tpm.rules "$tree/usr/lib/udev/rules.d/70-strongroom-tpm.rules"
install -D -m 644 packaging/linux/strongroom.pam "$tree/etc/pam.d/strongroom"
# An administrator's own rules for it outlive an upgrade.
echo /etc/pam.d/strongroom >"$tree/DEBIAN/conffiles"
install -D -m 644 LICENSE "$tree/usr/share/doc/strongroom/copyright"
install -m 755 packaging/linux/postinst packaging/linux/prerm "$tree/DEBIAN/"
{
    cat packaging/linux/control
    printf 'Version: %s\nArchitecture: %s\nInstalled-Size: %s\n' "$version" "$processor" \
        "$(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f 1)"
} >"$tree/DEBIAN/control"
chmod -R u=rwX,go=rX "$tree"
(cd "$tree" && find etc opt usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2 >DEBIAN/md5sums)
find "$tree" -exec touch -h -d "$date" {} +
# xz would cost a minute for a few megabytes
SOURCE_DATE_EPOCH=$(date -d "$date" +%s) dpkg-deb --root-owner-group -Zgzip -z1 -b "$tree" "$folder/strongroom_${version}_$processor.deb" >/dev/null

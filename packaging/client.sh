#!/bin/sh
# Builds the client's installer for the system it runs on: called by ./strongroom package, which has built the jars and found
# JAVA_HOME. The JDK and JavaFX are linked into a runtime whose lib folder holds JavaFX's native libraries; what lies on the
# class path is in app, with the native libraries of SQLite, JNA and Zstandard beside it. Nothing is unpacked when the program runs.
set -eu

cd -- "$(dirname -- "$0")/.."
out=target/package
work=$out/work

die() {
    printf 'strongroom: %s\n' "$*" >&2
    exit 1
}

[ -x "${JAVA_HOME:-}/bin/jpackage" ] || die "JAVA_HOME names no JDK with jpackage; run this as ./strongroom package."

case $(uname -m) in
    x86_64 | amd64) processor=x86_64 jna_processor=x86-64 zstd_processor=amd64 ;;
    aarch64 | arm64) processor=aarch64 jna_processor=aarch64 zstd_processor=aarch64 ;;
    *) die "There is no native library of SQLite, JNA or Zstandard for this processor ($(uname -m))." ;;
esac
case $(uname -s) in
    Linux)
        system=linux type=deb name=strongroom icon=icons/strongroom-256.png
        sqlite_native=Linux/$processor/libsqlitejdbc.so jna_native=linux-$jna_processor/libjnidispatch.so
        zstd_native=linux/$zstd_processor/libzstd-jni zstd_suffix=so
        ;;
    Darwin)
        system=macos type=pkg name=Strongroom icon=icons/strongroom.icns
        sqlite_native=Mac/$processor/libsqlitejdbc.dylib jna_native=darwin-$jna_processor/libjnidispatch.jnilib
        # What the other systems call amd64 is x86_64 here.
        zstd_native=darwin/$processor/libzstd-jni zstd_suffix=dylib
        ;;
    *) die "On Windows the installer is built by packaging\\client.ps1." ;;
esac
while [ $# -gt 0 ]; do
    case $1 in
        --type)
            [ $# -gt 1 ] || die "--type wants deb, rpm, app-image, dmg or pkg."
            type=$2
            shift 2
            ;;
        *) die "package does not know $1." ;;
    esac
done
case $system/$type in
    linux/deb | linux/rpm | macos/dmg | macos/pkg | */app-image) ;;
    *) die "An installer of type $type cannot be built on this system." ;;
esac

version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1)
# macOS takes no version that starts with 0.
[ $system = linux ] || version=$((${version%%.*} + 1)).${version#*.}

date=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)

# extract JAR ENTRY FOLDER: one file of a jar, without its path.
extract() {
    (cd "$3" && "$JAVA_HOME/bin/jar" xf "$1" "$2" && mv "$2" . && rm -r "${2%%/*}")
    [ -f "$3/${2##*/}" ] || die "$1 holds no $2."
}

# JavaFX's jars carry their native libraries as resources, to be unpacked to the user's home; as jmods they end in the runtime.
javafx_jmod() {
    rm -rf "$work/javafx"
    mkdir -p "$work/javafx/classes" "$work/javafx/lib" "$work/jmods" "$work/javafx-jars"
    cp "$1" "$work/javafx-jars/"
    (cd "$work/javafx/classes" && "$JAVA_HOME/bin/jar" xf "$1")
    find "$work/javafx/classes" -name '*.so' -exec mv {} "$work/javafx/lib" \; -o \
        -name '*.dylib' -exec mv {} "$work/javafx/lib" \;
    "$JAVA_HOME/bin/jmod" create --class-path "$work/javafx/classes" --libs "$work/javafx/lib" "$work/jmods/$2.jmod"
}

# What lies on the class path, and the native libraries it needs.
copy_application() {
    javafx_modules=
    while read -r jar; do
        file=${jar##*/}
        case $file in
            javafx-*-linux.jar | javafx-*-linux-aarch64.jar | javafx-*-mac.jar | javafx-*-mac-aarch64.jar)
                module=$(printf '%s' "$file" | sed 's/^javafx-\([a-z]*\)-.*/javafx.\1/')
                javafx_jmod "$jar" "$module"
                javafx_modules=$javafx_modules,$module
                ;;
            javafx-*) ;; # the jar of the same name without a system holds no classes
            strongroom-server-*) die "The client's class path holds the server." ;;
            *) cp "$jar" "$out/app/" ;;
        esac
        case $file in
            sqlite-jdbc-*) extract "$jar" "org/sqlite/native/$sqlite_native" "$out/app/native" ;;
            jna-[0-9]*) extract "$jar" "com/sun/jna/$jna_native" "$out/app/native" ;;
            zstd-jni-*)
                # Its name has the version in it; jpackage.cfg names it without.
                zstd_version=${file#zstd-jni-}
                entry=$zstd_native-${zstd_version%.jar}.$zstd_suffix
                extract "$jar" "$entry" "$out/app/native"
                mv "$out/app/native/${entry##*/}" "$out/app/native/zstd-jni.native"
                ;;
        esac
    done <"$work/jars"
    [ -n "$javafx_modules" ] || die "JavaFX is not on the client's class path."
}

link_runtime() {
    jdk_modules=$("$JAVA_HOME/bin/jdeps" -summary --multi-release 25 --ignore-missing-deps \
        --module-path "$work/javafx-jars:$out/app" "$out"/app/*.jar 2>/dev/null |
        sed -n -e 's/.* -> \(java\.[a-z.]*\)$/\1/p' -e 's/.* -> \(jdk\.[a-z.]*\)$/\1/p' | sort -u | tr '\n' ',')
    [ -n "$jdk_modules" ] || die "jdeps found no module of the JDK in the client's jars."
    # jdk.zipfs is named by no jar but asked for at run time.
    "$JAVA_HOME/bin/jlink" --module-path "$work/jmods" --add-modules "${jdk_modules}jdk.zipfs$javafx_modules" \
        --no-header-files --no-man-pages --generate-cds-archive --output "$out/runtime"
    # for heaps beyond 32 GB only
    find "$out/runtime" -name 'classes_nocoops*.jsa' -delete
}

# The JVM takes a cache of classes for the files it was made from, which it knows by their size and date; copies have others.
date_files() {
    find "$@" -exec touch -h -d "$date" {} +
}

# unsign JAR: without the signature of its maker, which the JVM compares class by class, and for whose sake it keeps none of them
# in its cache. Who may write here may write the program, too; the packages are compared when Maven fetches them.
unsign() {
    "$JAVA_HOME/bin/jar" tf "$1" | grep -q '^META-INF/[^/]*\.SF$' || return 0
    mkdir "$work/unsigned"
    (cd "$work/unsigned" && "$JAVA_HOME/bin/jar" xf "$1" && rm -f META-INF/*.SF META-INF/*.DSA META-INF/*.RSA META-INF/*.EC &&
        sed -i '/^Name: /,$d' META-INF/MANIFEST.MF && "$JAVA_HOME/bin/jar" --create --no-manifest "--date=$date" --file "$1" .)
    rm -r "$work/unsigned"
}

# What a start and an unlock need, loaded and linked beforehand: halves both. Without a screen to show the window on or a server
# to enrol at there is no cache, and the program starts without.
train() {
    command -v xvfb-run >/dev/null && command -v xdotool >/dev/null && command -v openbox >/dev/null || return 0
    [ -f src/server/target/run.classpath ] || return 0
    built=$PWD/$out # the agent is started from another folder
    set -- "$built/app/strongroom-desktop.jar" # as the launcher orders them: the main jar, then by name
    for jar in "$built"/app/*.jar; do
        [ "$jar" = "$1" ] || jars=${jars:-}:$jar
    done
    folder=$(mktemp -d)
    xvfb-run -a packaging/train.sh "$folder" "$(ls src/server/target/strongroom-server-[0-9]*.jar):$(cat src/server/target/run.classpath)" \
        "$built/app/strongroom.aot" "$built/runtime/bin/java" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED,javafx.graphics \
        "-Dorg.sqlite.lib.path=$built/app/native" "-Djna.boot.library.path=$built/app/native" -Djna.nounpack=true -Djna.nosys=true \
        "-DZstdNativePath=$built/app/native/zstd-jni.native" "-Duser.home=$folder" -cp "$1$jars" >"$work/train.log" 2>&1 ||
        cat "$work/train.log" >&2
    rm -rf "$folder"
}

rm -rf "$out"
mkdir -p "$out/app/native" "$work"
tr ':' '\n' <src/desktop/target/run.classpath >"$work/jars"
echo >>"$work/jars"
copy_application
for jar in "$PWD/$out"/app/*.jar; do unsign "$jar"; done
cp src/desktop/target/strongroom-desktop-[0-9]*.jar "$out/app/strongroom-desktop.jar"
[ "$system/$type" != linux/rpm ] || cp packaging/linux/70-strongroom-tpm.rules packaging/linux/strongroom.sh "$out/app/"
chmod -R u=rwX,go=rX "$out/app"
link_runtime
case $type in
    deb | app-image) [ $system != linux ] || { date_files "$out/app" "$out/runtime" && train; } ;;
esac

# A .deb is made of the application image: jpackage would put files on the machine that dpkg does not know.
form=$type
[ "$type" != deb ] || form=app-image
set -- @jpackage.cfg --type "$form" --name $name --app-version "$version" --icon $icon --dest "$out" \
    --resource-dir packaging/$system --java-options -XX:ErrorFile=/dev/null
[ ! -f "$out/app/strongroom.aot" ] || set -- "$@" --java-options "-XX:AOTCache=\$APPDIR/strongroom.aot"
[ "$form" = app-image ] || set -- "$@" --license-file LICENSE
case $type in
    rpm)
        set -- "$@" --linux-rpm-license-type Apache-2.0 --linux-app-category Applications/Productivity \
            --linux-package-name strongroom --linux-shortcut --linux-menu-group Office
        ;;
    dmg | pkg) set -- "$@" --mac-package-identifier org.strongroom.client --mac-app-category productivity ;;
esac
"$JAVA_HOME/bin/jpackage" "$@"
[ "$system/$form" != linux/app-image ] || date_files "$out/$name"
if [ "$type" = deb ]; then
    packaging/deb.sh "$out/$name" "$version" "$date" "$out"
    rm -rf "${out:?}/$name"
fi
rm -rf "$work"
[ "$type" != rpm ] || echo "The rpm does not set up /dev/tpmrm0 and the command strongroom: see lib/app in it." >&2
find "$out" -maxdepth 1 -iname "strongroom*" -print

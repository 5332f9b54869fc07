package strongroom.bench.contender;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The programs that people use today.
public final class Programs {
    private static final String SYNCED = " && sync -f kept";

    /// restic: chunks, packs, deduplication; one snapshot for each import.
    private static final Typed RESTIC = new Typed(
            "restic",
            "its own fsyncs",
            true,
            Map.of(
                    Typed.Step.BEGIN, "restic init",
                    Typed.Step.IMPORT_FILE, "ln -f \"$FILE\" \"$NAME\" && restic backup \"$NAME\"",
                    Typed.Step.READ_FILE, "restic dump latest \"/$NAME\"",
                    Typed.Step.IMPORT_FOLDER, "restic backup \"$SOURCE\"",
                    Typed.Step.READ_FOLDER, "restic restore latest --target restored",
                    Typed.Step.UNLOCK, "restic ls latest \"$SOURCE\""));

    /// Borg: the same, in one thread. It lists its archives, for one folder of an archive it reads all of it.
    private static final Typed BORG = new Typed(
            "borg",
            "its own fsyncs",
            true,
            Map.of(
                    Typed.Step.BEGIN, "borg init --encryption repokey-blake2",
                    Typed.Step.IMPORT_FILE,
                            "ln -f \"$FILE\" \"$NAME\" && borg create \"::$NAME-$(date +%s%N)\" \"$NAME\"",
                    Typed.Step.READ_FILE, "borg extract --stdout \"::$(borg list --last 1 --short)\"",
                    Typed.Step.IMPORT_FOLDER, "borg create \"::$NAME\" \"$SOURCE\"",
                    Typed.Step.READ_FOLDER, "borg extract --stdout \"::$NAME\"",
                    Typed.Step.UNLOCK, "borg list --short"));

    /// gocryptfs: a file system; copied into, then told to reach the disk.
    private static final Typed GOCRYPTFS = mounted(
            "gocryptfs",
            "mkdir kept open && printf '%s\\n' \"$PASSWORD\" > password"
                    + " && gocryptfs -q -init -passfile password kept"
                    + " && gocryptfs-xray -dumpmasterkey kept/gocryptfs.conf < password > masterkey",
            "gocryptfs -q -passfile password kept open",
            Map.of(Typed.Step.MOUNT_WITH_KEY, "gocryptfs -q -masterkey=stdin kept open < masterkey"));

    /// securefs: another, whose key derivation was made cheap, so that mounting it says nothing of an unlock.
    private static final Typed SECUREFS = mounted(
            "securefs",
            "mkdir kept open && securefs create --pass \"$PASSWORD\" --pbkdf pkcs5-pbkdf2-hmac-sha256 --rounds 1 kept",
            "securefs mount -b --log log --pass \"$PASSWORD\" kept open",
            Map.of());

    /// age: one file each, then told to reach the disk.
    private static final Typed AGE = new Typed(
            "age",
            "syncfs",
            false,
            Map.of(
                    Typed.Step.BEGIN, "mkdir kept && age-keygen -o key && age-keygen -y key > recipient",
                    Typed.Step.IMPORT_FILE, "age -R recipient -o \"kept/$NAME\" \"$FILE\"" + SYNCED,
                    Typed.Step.READ_FILE, "age -d -i key -o /dev/null \"kept/$NAME\""));

    /// rclone with its remote "crypt" on the disk: one file each; told to reach the disk, which it never does
    /// itself.
    private static final Typed RCLONE = new Typed(
            "rclone",
            "syncfs",
            false,
            Map.of(
                    Typed.Step.BEGIN,
                    "mkdir kept && printf '[v]\\ntype = crypt\\nremote = %s/kept\\npassword = %s\\n'"
                            + " \"$PWD\" \"$(rclone obscure \"$PASSWORD\")\" > rclone.conf",
                    Typed.Step.IMPORT_FILE,
                    "rclone --config rclone.conf copyto --ignore-times \"$FILE\" \"v:$NAME\"" + SYNCED,
                    Typed.Step.READ_FILE,
                    "rclone --config rclone.conf cat \"v:$NAME\"",
                    Typed.Step.IMPORT_FOLDER,
                    "rclone --config rclone.conf copy \"$SOURCE\" \"v:$NAME\"" + SYNCED,
                    Typed.Step.READ_FOLDER,
                    "rclone --config rclone.conf cat \"v:$NAME\""));

    private Programs() {}

    private static Typed mounted(String program, String begin, String mount, Map<Typed.Step, String> more) {
        Map<Typed.Step, String> steps = new EnumMap<>(Typed.Step.class);
        steps.put(Typed.Step.BEGIN, begin);
        steps.put(Typed.Step.MOUNT, mount);
        steps.put(Typed.Step.UNMOUNT, "fusermount3 -u open || { sleep 1 && fusermount3 -u open; }");
        steps.put(Typed.Step.IMPORT_FILE, "cp \"$FILE\" \"open/$NAME\"" + SYNCED);
        steps.put(Typed.Step.READ_FILE, "cat \"open/$NAME\"");
        steps.put(Typed.Step.IMPORT_FOLDER, "cp -r \"$SOURCE\" \"open/$NAME\"" + SYNCED);
        steps.put(Typed.Step.READ_FOLDER, "find \"open/$NAME\" -type f -exec cat {} +");
        steps.putAll(more);
        return new Typed(program, "syncfs", false, steps);
    }

    /// Those that can be run here.
    public static List<Maker> installed() {
        return List.of(RESTIC, BORG, GOCRYPTFS, SECUREFS, AGE, RCLONE).stream()
                .filter(typed -> Shell.has(typed.program()))
                .filter(typed -> !typed.mounts() || (Shell.has("fusermount3") && Files.exists(Path.of("/dev/fuse"))))
                .map(typed -> new Maker(typed.program(), folder -> new Program(typed, folder)))
                .toList();
    }
}

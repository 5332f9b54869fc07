package strongroom.vault.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads from a log of strace what a program did below a folder. A call that it does not know how to follow is an
/// error, so that nothing is passed over. Maps no memory: the one file that SQLite maps, `-shm`, is made anew after
/// a crash.
final class DiskRecording {
    /// The options of strace for such a log.
    static final String[] OPTIONS = {
        "--seccomp-bpf",
        "-xx",
        "-s",
        "140000",
        "-e",
        "trace=open,creat,openat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,"
                + "sync_file_range,truncate,ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,"
                + "linkat,symlink,symlinkat,mkdir,mkdirat,copy_file_range,sendfile,splice"
    };

    private static final Pattern LINE = Pattern.compile("(\\d+) +(<\\.\\.\\. )?(\\w+)(?: resumed>|\\()(.*)");
    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"(\\.\\.\\.)?");
    private static final Pattern RESULT = Pattern.compile(".*\\) += (-?\\d+).*");
    private static final String UNFINISHED = " <unfinished ...>";

    private static final class Opened {
        private final int file;
        private final String name;
        private long at;

        private Opened(int file, String name) {
            this.file = file;
            this.name = name;
        }
    }

    private final String root;
    private final List<DiskEvent> events = new ArrayList<>();
    private final Map<Integer, Opened> descriptors = new HashMap<>();
    private final Map<String, Integer> files = new HashMap<>();
    private int last;

    private DiskRecording(Path root) {
        this.root = root.toString();
    }

    /// @param root a folder that is there before and after
    static List<DiskEvent> read(Path log, Path root) throws IOException {
        DiskRecording recording = new DiskRecording(root);
        Map<String, String> begun = new HashMap<>();
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            String thread = matcher.group(1);
            String rest = matcher.group(4);
            if (rest.endsWith(UNFINISHED)) {
                begun.put(thread, rest.substring(0, rest.length() - UNFINISHED.length()));
                continue;
            }
            String text = matcher.group(2) == null ? rest : begun.remove(thread) + rest;
            Matcher result = RESULT.matcher(text);
            if (result.matches() && !result.group(1).startsWith("-")) {
                recording.call(matcher.group(3), text, Integer.parseInt(result.group(1)));
            }
        }
        return recording.events;
    }

    private void call(String name, String text, int result) {
        switch (name) {
            case "openat" -> open(path(text, 0), text, result);
            case "close" -> descriptors.remove(number(text, 0));
            case "dup", "dup2", "dup3" -> descriptors.remove(result);
            case "lseek" -> seek(text, result);
            case "write" -> write(text, result);
            case "pwrite64" -> writeAt(text, result);
            case "writev" -> say(text);
            case "fsync", "fdatasync" -> sync(text);
            case "ftruncate" -> cut(text);
            case "mkdir" -> make(path(text, 0), 0);
            case "unlink" -> remove(path(text, 0));
            case "rename" -> rename(path(text, 0), path(text, 1));
            default -> {
                if (text.contains(hex(root))) {
                    throw new IllegalStateException(name + " cannot be followed: " + text);
                }
            }
        }
    }

    private void open(String path, String text, int descriptor) {
        descriptors.remove(descriptor);
        if (!inside(path)) {
            return;
        }
        if (text.contains("O_CREAT") && !files.containsKey(path)) {
            make(path, ++last);
        }
        Opened opened = new Opened(files.getOrDefault(path, 0), path);
        descriptors.put(descriptor, opened);
        if (text.contains("O_TRUNC")) {
            events.add(new DiskEvent.Cut(opened.file, 0));
        }
        if (text.contains("O_APPEND")) {
            throw new IllegalStateException("cannot be followed: " + text);
        }
    }

    private boolean inside(String path) {
        return path.startsWith(root) && !path.endsWith("-shm");
    }

    private void make(String path, int file) {
        if (inside(path)) {
            files.put(path, file);
            events.add(new DiskEvent.Made(path, file));
        }
    }

    private void remove(String path) {
        if (inside(path)) {
            files.remove(path);
            events.add(new DiskEvent.Removed(path));
        }
    }

    private void rename(String from, String to) {
        if (inside(from)) {
            files.put(to, files.getOrDefault(from, 0));
            files.remove(from);
            events.add(new DiskEvent.Renamed(from, to));
        }
    }

    private void seek(String text, int result) {
        Opened opened = descriptors.get(number(text, 0));
        if (opened != null) {
            opened.at = result;
        }
    }

    private void write(String text, int count) {
        Opened opened = descriptors.get(number(text, 0));
        if (opened != null) {
            events.add(new DiskEvent.Wrote(opened.file, opened.at, bytes(text, count)));
            opened.at += count;
        }
    }

    private void writeAt(String text, int count) {
        Opened opened = descriptors.get(number(text, 0));
        if (opened != null) {
            String arguments = text.substring(0, text.lastIndexOf(')'));
            long at = Long.parseLong(
                    arguments.substring(arguments.lastIndexOf(',') + 1).strip());
            events.add(new DiskEvent.Wrote(opened.file, at, bytes(text, count)));
        }
    }

    private void say(String text) {
        if (number(text, 0) == 1) {
            events.add(new DiskEvent.Said(path(text, 0)));
        }
    }

    private void sync(String text) {
        Opened opened = descriptors.get(number(text, 0));
        if (opened != null) {
            events.add(
                    opened.file == 0 ? new DiskEvent.SyncedFolder(opened.name) : new DiskEvent.SyncedFile(opened.file));
        }
    }

    private void cut(String text) {
        Opened opened = descriptors.get(number(text, 0));
        if (opened != null) {
            events.add(new DiskEvent.Cut(opened.file, number(text, 1)));
        }
    }

    private static int number(String text, int argument) {
        String word = text.split(",", argument + 2)[argument];
        int end = word.indexOf(')');
        return Integer.parseInt((end < 0 ? word : word.substring(0, end)).strip());
    }

    private static byte[] bytes(String text, int count) {
        byte[] bytes = text(text, 0);
        if (bytes.length != count) {
            throw new IllegalStateException(bytes.length + " bytes of " + count);
        }
        return bytes;
    }

    private static String path(String text, int argument) {
        return new String(text(text, argument), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text, int argument) {
        Matcher matcher = TEXT.matcher(text);
        for (int i = 0; i <= argument; i++) {
            if (!matcher.find() || matcher.group(2) != null) {
                throw new IllegalStateException("not whole: " + text);
            }
        }
        String digits = matcher.group(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(digits.length() / 4);
        for (int at = 2; at < digits.length(); at += 4) {
            bytes.write(Integer.parseInt(digits, at, at + 2, 16));
        }
        return bytes.toByteArray();
    }

    private static String hex(String path) {
        StringBuilder digits = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            digits.append(String.format("\\x%02x", b));
        }
        return digits.toString();
    }
}

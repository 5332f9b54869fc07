package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk that loses its power. What was synced is there; of what was not, each sector is there or not as chance
/// will have it, in whatever order it was written, and a file has one of the lengths that it had since. A name that
/// was made, changed or removed since its folder was synced is so or is as before. Harder than any real disk with a
/// real file system: those keep names in order.
final class SimulatedDisk {
    /// A file: what is surely there, and what was done since.
    private static final class Inode {
        private byte[] synced = {};
        private final List<DiskEvent> since = new ArrayList<>();
    }

    private final String root;
    private final Map<Integer, Inode> inodes = new HashMap<>();
    private final TreeMap<String, Integer> names = new TreeMap<>();
    private final List<DiskEvent> namesSince = new ArrayList<>();

    /// @param root of the recording
    SimulatedDisk(Path root) {
        this.root = root.toString();
    }

    void take(DiskEvent event) {
        switch (event) {
            case DiskEvent.Wrote wrote -> inode(wrote.file()).since.add(wrote);
            case DiskEvent.Cut cut -> inode(cut.file()).since.add(cut);
            case DiskEvent.Made made -> namesSince.add(made);
            case DiskEvent.Removed removed -> namesSince.add(removed);
            case DiskEvent.Renamed renamed -> namesSince.add(renamed);
            case DiskEvent.SyncedFile synced -> sync(inode(synced.file()));
            case DiskEvent.SyncedFolder synced -> syncNames(synced.name());
            case DiskEvent.Said said -> {}
        }
    }

    private Inode inode(int file) {
        return inodes.computeIfAbsent(file, number -> new Inode());
    }

    private static void sync(Inode inode) {
        inode.synced = content(inode, 1 << 20, null);
        inode.since.clear();
    }

    private void syncNames(String folder) {
        for (DiskEvent event : List.copyOf(namesSince)) {
            if (concerned(event).stream().anyMatch(name -> folderOf(name).equals(folder))) {
                rename(names, event);
                namesSince.remove(event);
            }
        }
    }

    private static List<String> concerned(DiskEvent event) {
        return switch (event) {
            case DiskEvent.Made made -> List.of(made.name());
            case DiskEvent.Removed removed -> List.of(removed.name());
            case DiskEvent.Renamed renamed -> List.of(renamed.from(), renamed.to());
            default -> List.of();
        };
    }

    private static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/'));
    }

    private static void rename(Map<String, Integer> names, DiskEvent event) {
        switch (event) {
            case DiskEvent.Made made -> names.put(made.name(), made.file());
            case DiskEvent.Removed removed -> names.remove(removed.name());
            case DiskEvent.Renamed renamed -> {
                Integer file = names.remove(renamed.from());
                if (file != null) {
                    names.put(renamed.to(), file);
                }
            }
            default -> {}
        }
    }

    /// The content if everything that happened since is there, or, of each sector, so much as chance says.
    private static byte[] content(Inode inode, int sector, @Nullable RandomGenerator random) {
        int all = inode.since.size();
        int[] lengths = new int[all + 1];
        int most = inode.synced.length;
        lengths[0] = most;
        for (int i = 0; i < all; i++) {
            lengths[i + 1] = switch (inode.since.get(i)) {
                case DiskEvent.Wrote wrote -> Math.max(lengths[i], end(wrote));
                case DiskEvent.Cut cut -> (int) cut.length();
                default -> lengths[i];
            };
            most = Math.max(most, lengths[i + 1]);
        }
        byte[] content = Arrays.copyOf(inode.synced, most);
        int[] until = new int[most / sector + 1];
        for (int i = 0; i < until.length; i++) {
            until[i] = random == null || random.nextInt(3) == 0 ? all : random.nextInt(all + 1);
        }
        for (int i = 0; i < all; i++) {
            apply(inode.since.get(i), i, content, sector, until);
        }
        return Arrays.copyOf(content, lengths[random == null ? all : random.nextInt(all + 1)]);
    }

    private static int end(DiskEvent.Wrote wrote) {
        return Math.toIntExact(wrote.at() + wrote.bytes().length);
    }

    private static void apply(DiskEvent event, int number, byte[] content, int sector, int[] until) {
        int from = event instanceof DiskEvent.Wrote wrote ? (int) wrote.at() : (int) ((DiskEvent.Cut) event).length();
        int to = event instanceof DiskEvent.Wrote wrote ? end(wrote) : content.length;
        for (int at = from; at < to; ) {
            int next = Math.min(to, (at / sector + 1) * sector);
            if (number < until[at / sector]) {
                if (event instanceof DiskEvent.Wrote wrote) {
                    System.arraycopy(wrote.bytes(), at - from, content, at, next - at);
                } else {
                    Arrays.fill(content, at, next, (byte) 0);
                }
            }
            at = next;
        }
    }

    /// The power is gone, and all that was not synced with it.
    void loseAll(Path target) throws IOException {
        write(target, names, inode -> inode.synced);
    }

    /// The power is gone, and some of what was not synced with it.
    ///
    /// @param sector in bytes; what of it is written is written whole
    void loseSome(Path target, int sector, RandomGenerator random) throws IOException {
        TreeMap<String, Integer> left = new TreeMap<>(names);
        Set<String> stopped = new HashSet<>();
        for (DiskEvent event : namesSince) {
            if (random.nextInt(3) == 0 || concerned(event).stream().anyMatch(stopped::contains)) {
                stopped.addAll(concerned(event));
            } else {
                rename(left, event);
            }
        }
        write(target, left, inode -> content(inode, sector, random));
    }

    private interface Content {
        byte[] of(Inode inode);
    }

    /// @param target takes the place of the root
    private void write(Path target, SortedMap<String, Integer> left, Content content) throws IOException {
        Files.createDirectories(target);
        for (Map.Entry<String, Integer> entry : left.entrySet()) {
            Path path = target.resolve(entry.getKey().substring(root.length() + 1));
            // A name whose folder is not there is not, either; folders come before what is in them.
            if (Files.isDirectory(path.resolveSibling("."))) {
                if (entry.getValue() == 0) {
                    Files.createDirectory(path);
                } else {
                    Files.write(path, content.of(inode(entry.getValue())));
                }
            }
        }
    }
}

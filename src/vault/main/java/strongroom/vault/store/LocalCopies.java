package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Tree;

/// Which documents of a vault are on this device, and which are only known here and come when they are opened. Calls
/// behave as those of {@link Documents}.
public final class LocalCopies {
    private final OpenVault vault;
    private final Path storeFolder;

    LocalCopies(OpenVault vault, Path storeFolder) {
        this.vault = vault;
        this.storeFolder = storeFolder;
    }

    /// An entry, with everything that is or comes into it, stays on this device, or need not any more.
    public void keep(Id entry, boolean stays) throws StoreException {
        vault.look(tree -> Documents.node(tree, entry));
        vault.notes().keep(entry, stays);
        if (stays) {
            fetch(entry);
        }
    }

    /// Whether an entry, or a folder that it is in, stays on this device.
    public boolean isKept(Id entry) throws StoreException {
        Set<Id> kept = vault.notes().kept();
        return vault.look(tree -> isKept(tree, Documents.node(tree, entry), kept));
    }

    private static boolean isKept(Tree tree, Node node, Set<Id> kept) {
        @Nullable Node at = node;
        while (at != null && !kept.contains(at.id())) {
            at = at.id().equals(tree.root()) ? null : tree.get(at.parent());
        }
        return at != null;
    }

    /// Takes a document, or all in a folder, off this device; it comes again when it is opened. What is kept here on
    /// purpose, or was not sent yet, stays.
    ///
    /// @return how many bytes became free, or will when their packs are written anew
    public long evict(Id entry) throws StoreException {
        Set<Id> going = vault.look(tree -> {
            Set<Id> found = new HashSet<>();
            Set<Id> kept = vault.notes().kept();
            for (Node document : documents(tree, entry)) {
                if (!isKept(tree, document, kept)) {
                    found.add(document.id());
                }
            }
            return found;
        });
        return vault.evict(going);
    }

    /// Takes off this device what a policy says. @return see {@link #evict(Id)}
    public long evict(Eviction policy) throws StoreException {
        Set<Id> going = new HashSet<>();
        Map<Id, Instant> opened = vault.notes().lastOpened();
        Set<Id> kept = vault.notes().kept();
        List<Node> longestUnusedFirst = vault.look(tree -> {
            List<Node> found = new ArrayList<>();
            Set<Digest> absent = vault.holdings().absentNow();
            for (Node node : documents(tree, tree.root())) {
                if (!isKept(tree, node, kept) && vault.holdings().isLocal(node.content(), absent)) {
                    found.add(node);
                }
            }
            found.sort(Comparator.comparing(node -> lastUsed(node, opened)));
            return found;
        });
        Instant limit = vault.clock().instant().minus(policy.unusedFor());
        long bytes = longestUnusedFirst.stream().mapToLong(LocalCopies::size).sum();
        long free = free();
        for (Node node : longestUnusedFirst) {
            if (lastUsed(node, opened).isBefore(limit) || bytes > policy.mostBytes() || free < policy.leastFree()) {
                going.add(node.id());
                bytes -= size(node);
                free += size(node);
            }
        }
        return going.isEmpty() ? 0 : vault.evict(going);
    }

    private static Instant lastUsed(Node node, Map<Id, Instant> opened) {
        return opened.getOrDefault(node.id(), node.added());
    }

    private static long size(Node node) {
        return node.content() == null ? 0 : node.content().size();
    }

    private long free() throws StoreException {
        try {
            return Files.getFileStore(storeFolder).getUsableSpace();
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// What of a document, or of all in a folder, is not here.
    public Missing missing(Id entry) throws StoreException {
        return vault.look(tree -> {
            Set<Digest> absent = vault.holdings().absentNow();
            Set<Digest> seen = new HashSet<>();
            long bytes = 0;
            for (Node node : documents(tree, entry)) {
                for (ChunkRef chunk : chunks(node.content())) {
                    if (absent.contains(chunk.id()) && seen.add(chunk.id())) {
                        bytes += chunk.length();
                    }
                }
            }
            return new Missing(seen.size(), bytes);
        });
    }

    private List<ChunkRef> chunks(@Nullable Content content) {
        if (content == null) {
            return List.of();
        }
        List<ChunkRef> all = new ArrayList<>(content.chunks());
        if (content.listed()) {
            try {
                all.addAll(vault.holdings().lists().data(content));
            } catch (StoreException e) {
                // Its list has not come yet.
                return all;
            }
        }
        return all;
    }

    /// Asks the agent for what of an entry is not here. What it brings may tell what else is missing.
    ///
    /// @return what is missing now
    public Missing fetch(Id entry) throws StoreException {
        for (Node node : vault.look(tree -> documents(tree, entry))) {
            if (node.content() != null) {
                vault.holdings().bring(node.content());
            }
        }
        return missing(entry);
    }

    private static List<Node> documents(Tree tree, Id entry) throws StoreException {
        List<Node> found = new ArrayList<>(List.of(Documents.node(tree, entry)));
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isFolder()) {
                found.addAll(tree.children(found.get(i).id()));
            }
        }
        found.removeIf(Node::isFolder);
        return found;
    }
}

package strongroom.vault.store.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A document or a folder in the tree, or in the trash. Immutable.
///
/// @param id stable over renames and moves
/// @param parent the folder it is in; the root is its own parent
/// @param name never empty except for the root
/// @param added when it came into the vault
/// @param content of a document; null for a folder
/// @param earlier what a document's content was before, newest first
/// @param conflict whether it is the second of two versions that were made at the same time
/// @param removed when it was put into the trash, by the clock of the device that did; null if it was not
public record Node(
        Id id,
        Id parent,
        String name,
        Instant added,
        @Nullable Content content,
        List<Earlier> earlier,
        boolean conflict,
        @Nullable Instant removed) {
    /// Most earlier contents of one document; the oldest make room.
    public static final int EARLIER_LIMIT = 1_000;

    private static final int FORMAT = 2;

    /// Copies the list.
    public Node {
        earlier = List.copyOf(earlier);
    }

    /// A folder that is there.
    public static Node folder(Id id, Id parent, String name, Instant added) {
        return new Node(id, parent, name, added, null, List.of(), false, null);
    }

    /// The topmost folder, which no row holds.
    public static Node root(Id vault) {
        return folder(vault, vault, "", Instant.EPOCH);
    }

    /// Whether it holds entries.
    public boolean isFolder() {
        return content == null;
    }

    /// Whether it is in the trash.
    public boolean isRemoved() {
        return removed != null;
    }

    /// Every content that it has or had.
    public Stream<Content> contents() {
        return Stream.concat(Stream.ofNullable(content), earlier.stream().map(Earlier::content));
    }

    Node at(Id newParent, String newName) {
        return new Node(id, newParent, newName, added, content, earlier, conflict, removed);
    }

    Node with(Content newContent, Instant now) {
        List<Earlier> kept = new ArrayList<>(earlier);
        if (content != null) {
            kept.addFirst(new Earlier(content, now));
        }
        List<Earlier> newest = kept.subList(0, Math.min(kept.size(), EARLIER_LIMIT));
        return new Node(id, parent, name, added, newContent, newest, conflict, removed);
    }

    Node without(Id revision) {
        List<Earlier> kept = earlier.stream()
                .filter(version -> !version.content().revision().equals(revision))
                .toList();
        return new Node(id, parent, name, added, content, kept, conflict, removed);
    }

    Node removed(@Nullable Instant when) {
        return new Node(id, parent, name, added, content, earlier, conflict, when);
    }

    /// Reads what {@link #toByteArray} wrote for this id.
    public static Node of(Id id, byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        if (in.uint8() != FORMAT) {
            throw new MalformedException("entry of an unknown format");
        }
        Node node = new Node(
                id,
                Id.read(in),
                in.text(Names.BYTE_LIMIT),
                in.instant(),
                in.bool() ? Content.read(in) : null,
                in.list(EARLIER_LIMIT, Earlier::read),
                in.bool(),
                in.bool() ? in.instant() : null);
        in.end();
        if (node.isFolder() && !node.earlier.isEmpty()) {
            throw new MalformedException("a folder with earlier contents");
        }
        return node;
    }

    /// Everything but the id, in canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(FORMAT);
        parent.write(out);
        out.text(name).instant(added).bool(content != null);
        if (content != null) {
            content.write(out);
        }
        out.list(earlier, (to, version) -> version.write(to));
        out.bool(conflict).bool(removed != null);
        return removed == null ? out.toByteArray() : out.instant(removed).toByteArray();
    }
}

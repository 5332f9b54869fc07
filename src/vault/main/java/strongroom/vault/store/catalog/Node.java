package strongroom.vault.store.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A document or a folder in the tree. Immutable.
///
/// @param id stable over renames and moves
/// @param parent the folder it is in; the root is its own parent
/// @param name never empty except for the root
/// @param added when it came into the vault
/// @param content of a document; null for a folder
/// @param conflict whether it is the second of two versions that were made at the same time
/// @param removed a folder that is gone, remembered so that it can come back when something is put into it
public record Node(
        Id id,
        Id parent,
        String name,
        Instant added,
        @Nullable Content content,
        boolean conflict,
        boolean removed) {
    private static final int FORMAT = 1;

    static Node root(Id vault) {
        return new Node(vault, vault, "", Instant.EPOCH, null, false, false);
    }

    /// Whether it holds entries.
    public boolean isFolder() {
        return content == null;
    }

    Node at(Id newParent, String newName) {
        return new Node(id, newParent, newName, added, content, conflict, removed);
    }

    Node with(Content newContent) {
        return new Node(id, parent, name, added, newContent, conflict, removed);
    }

    Node removed(boolean gone) {
        return new Node(id, parent, name, added, content, conflict, gone);
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
                in.bool(),
                in.bool());
        in.end();
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
        return out.bool(conflict).bool(removed).toByteArray();
    }
}

package strongroom.vault.store.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a device wanted to do to one entry, with what it saw when it decided: the same operations in the same order
/// make the same tree everywhere, also where another device's operation came first.
public sealed interface Operation {
    /// The entry it is about.
    Id entry();

    /// A new folder.
    ///
    /// @param parent where @param name what it is called @param added when
    record PutFolder(Id entry, Id parent, String name, Instant added) implements Operation {}

    /// A new document, or new content for one.
    ///
    /// @param parent where it is or will be @param name what it is called @param added when it came into the vault
    /// @param base the revision that was edited; null for a new document
    /// @param content the new content
    record PutDocument(
            Id entry,
            Id parent,
            String name,
            Instant added,
            @Nullable Id base,
            Content content) implements Operation {}

    /// Another place, another name, or both.
    ///
    /// @param parent the new place @param name the new name
    record Move(Id entry, Id parent, String name) implements Operation {}

    /// Puts a document into the trash, or a folder that is empty by then.
    ///
    /// @param seen the revision that was to be removed: a later one stays; null for a folder
    record Remove(Id entry, @Nullable Id seen) implements Operation {}

    /// Takes an entry out of the trash, and the folders it was in.
    record Restore(Id entry) implements Operation {}

    /// Destroys an entry of the trash for good, with all its earlier contents.
    ///
    /// @param seen the revision that was to be destroyed: a later one stays; null for a folder
    record Purge(Id entry, @Nullable Id seen) implements Operation {}

    /// Destroys one earlier content of a document for good.
    record PurgeVersion(Id entry, Id revision) implements Operation {}

    /// Reads one operation; its names are checked.
    static Operation read(CanonicalReader in) throws MalformedException {
        int tag = in.uint8();
        Id entry = Id.read(in);
        return switch (tag) {
            case 1 -> new PutFolder(entry, Id.read(in), name(in), in.instant());
            case 2 ->
                new PutDocument(
                        entry, Id.read(in), name(in), in.instant(), in.bool() ? Id.read(in) : null, Content.read(in));
            case 3 -> new Move(entry, Id.read(in), name(in));
            case 4 -> new Remove(entry, in.bool() ? Id.read(in) : null);
            case 5 -> new Restore(entry);
            case 6 -> new Purge(entry, in.bool() ? Id.read(in) : null);
            case 7 -> new PurgeVersion(entry, Id.read(in));
            default -> throw new MalformedException("unknown operation");
        };
    }

    /// Writes the operation.
    default void write(CanonicalWriter out) {
        switch (this) {
            case PutFolder put -> {
                place(out.uint8(1), put.entry, put.parent, put.name);
                out.instant(put.added);
            }
            case PutDocument put -> {
                place(out.uint8(2), put.entry, put.parent, put.name);
                optional(out.instant(put.added), put.base);
                put.content.write(out);
            }
            case Move move -> place(out.uint8(3), move.entry, move.parent, move.name);
            case Remove remove -> {
                remove.entry.write(out.uint8(4));
                optional(out, remove.seen);
            }
            case Restore restore -> restore.entry.write(out.uint8(5));
            case Purge purge -> {
                purge.entry.write(out.uint8(6));
                optional(out, purge.seen);
            }
            case PurgeVersion purge -> {
                purge.entry.write(out.uint8(7));
                purge.revision.write(out);
            }
        }
    }

    private static void place(CanonicalWriter out, Id entry, Id parent, String name) {
        entry.write(out);
        parent.write(out);
        out.text(name);
    }

    private static void optional(CanonicalWriter out, @Nullable Id id) {
        out.bool(id != null);
        if (id != null) {
            id.write(out);
        }
    }

    private static String name(CanonicalReader in) throws MalformedException {
        String name = in.text(Names.BYTE_LIMIT);
        if (Names.problem(name) != null) {
            throw new MalformedException("a name that no entry can have");
        }
        return name;
    }
}

package strongroom.vault.store.catalog;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The clear body of a commit: what one device did in one stroke.
///
/// @param id random; stays the same when the commit is put behind others, so it is never applied twice
/// @param made when, by the clock of the device: for people to read, never for ordering
/// @param device the name of the device, for the names of conflict copies
/// @param operations in order
public record Change(Id id, Instant made, String device, List<Operation> operations) {
    private static final int FORMAT = 1;
    private static final int DEVICE_LIMIT = 1024;
    private static final int OPERATION_LIMIT = 100_000;

    /// Copies the list.
    public Change {
        operations = List.copyOf(operations);
    }

    /// Reads from bytes that hold nothing else.
    public static Change of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        if (in.uint8() != FORMAT) {
            throw new MalformedException("change of an unknown format");
        }
        Change change =
                new Change(Id.read(in), in.instant(), in.text(DEVICE_LIMIT), in.list(OPERATION_LIMIT, Operation::read));
        in.end();
        return change;
    }

    /// In canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter().uint8(FORMAT);
        id.write(out);
        return out.instant(made)
                .text(device)
                .list(operations, (to, operation) -> operation.write(to))
                .toByteArray();
    }
}

package strongroom.server.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a device says of the destruction of its own keys.
///
/// @param statement a {@link strongroom.protocol.SelfDestruction}, as the device signed it
/// @param receipt what came of it, as the device signed it; null before that
public record DestructionReport(Signed statement, @Nullable Signed receipt) {
    private static final int LIST_LIMIT = 100_000;

    private static DestructionReport read(CanonicalReader in) throws MalformedException {
        return new DestructionReport(Signed.read(in), in.bool() ? Signed.read(in) : null);
    }

    private void write(CanonicalWriter out) {
        statement.write(out);
        out.bool(receipt != null);
        if (receipt != null) {
            receipt.write(out);
        }
    }

    /// Reads from bytes that hold nothing else; verifies nothing.
    public static DestructionReport of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        DestructionReport report = read(in);
        in.end();
        return report;
    }

    /// Reads a list; verifies nothing.
    public static List<DestructionReport> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<DestructionReport> reports = in.list(LIST_LIMIT, DestructionReport::read);
        in.end();
        return reports;
    }

    /// A list in canonical bytes.
    public static byte[] toByteArray(List<DestructionReport> reports) {
        return new CanonicalWriter()
                .list(reports, (out, report) -> report.write(out))
                .toByteArray();
    }
}

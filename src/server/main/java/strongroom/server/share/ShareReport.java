package strongroom.server.share;

import java.time.Instant;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// How a device stands to the server's share, as administrators see it.
///
/// @param device its id
/// @param hasKey whether the server has a key for one of its slots
/// @param leaseEnd when the last of its leases ends, by the server's clock; 1970 if it never had one
public record ShareReport(Id device, boolean hasKey, Instant leaseEnd) {
    private static final int LIST_LIMIT = 100_000;

    /// Of a device that has nothing to do with it.
    public static ShareReport none(Id device) {
        return new ShareReport(device, false, Instant.EPOCH);
    }

    private static ShareReport read(CanonicalReader in) throws MalformedException {
        return new ShareReport(Id.read(in), in.bool(), in.instant());
    }

    private void write(CanonicalWriter out) {
        device.write(out);
        out.bool(hasKey).instant(leaseEnd);
    }

    /// Reads a list of reports.
    public static List<ShareReport> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<ShareReport> reports = in.list(LIST_LIMIT, ShareReport::read);
        in.end();
        return reports;
    }

    /// A list of reports in canonical bytes.
    public static byte[] toByteArray(List<ShareReport> reports) {
        return new CanonicalWriter()
                .list(reports, (out, report) -> report.write(out))
                .toByteArray();
    }
}

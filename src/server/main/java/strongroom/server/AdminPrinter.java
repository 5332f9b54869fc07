package strongroom.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.Order;
import strongroom.protocol.Receipt;
import strongroom.protocol.SelfDestruction;
import strongroom.protocol.policy.Policy;
import strongroom.protocol.posture.DiskState;
import strongroom.protocol.posture.PostureReport;
import strongroom.protocol.posture.SlotAssurance;
import strongroom.protocol.posture.WaysIn;
import strongroom.server.admin.Destruction;
import strongroom.server.admin.KnownDevice;
import strongroom.server.admin.OrderOutcome;
import strongroom.server.admin.RecoveryCheck;
import strongroom.server.admin.RecoveryProof;
import strongroom.server.share.ShareReport;

/// Prints what administrators asked for, as text for people or as JSON for programs.
final class AdminPrinter {
    private final PrintStream out;
    private final boolean json;

    AdminPrinter(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /// Writes JSON.
    private interface Writing {
        void write(JsonGenerator to) throws IOException;
    }

    void code(String user, EnrolmentCode code, int days) throws IOException {
        if (json) {
            json(to -> {
                to.writeStartObject();
                to.writeStringField("user", user);
                to.writeStringField("code", code.text());
                to.writeNumberField("days", days);
                to.writeEndObject();
            });
        } else {
            out.println(code.text());
        }
    }

    /// @param now tells a lease that runs from one that has ended
    void devices(List<KnownDevice> devices, Instant now) throws IOException {
        if (json) {
            json(to -> {
                to.writeStartArray();
                for (KnownDevice device : devices) {
                    device(to, device, now);
                }
                to.writeEndArray();
            });
            return;
        }
        for (KnownDevice device : devices) {
            out.printf(
                    "%s  %-12s  %-20s  %-20s  %-10s  %-26s  last seen %s%s%n",
                    device.record().device(),
                    device.record().status(),
                    printable(device.proof().personName()),
                    printable(device.proof().request().deviceName()),
                    printable(device.proof().request().assurance()),
                    key(device),
                    device.record().lastSeen(),
                    exposure(device.share(), now));
            report(device.report(), now);
        }
        out.println(devices.size() == 1 ? "1 device" : devices.size() + " devices");
    }

    /// Where a device's key is, and how that is known.
    private static String key(KnownDevice device) {
        return switch (device.key()) {
            case VENDOR -> "TPM (vendor proven)";
            case ACTIVATED -> "TPM (proven by activation)";
            case NONE -> device.saysTpm() ? "not proven" : "software key";
        };
    }

    private void report(@Nullable PostureReport report, Instant now) {
        if (report != null) {
            out.printf(
                    "    %s reported: Strongroom %s, %s %s, unlocks by %s, %s%n",
                    report.at(),
                    printable(report.product()),
                    printable(report.system()),
                    printable(report.systemVersion()),
                    slot(report.assurance()),
                    disk(report.disk()));
            if (report.notAsLeft() != null) {
                out.printf("    its folder found set back, or without its counter, at %s%n", report.notAsLeft());
            }
            if (report.waysIn() != null) {
                out.println("    " + waysIn(report.waysIn(), now));
            }
        }
    }

    /// What is missing comes first: who reads a list of many laptops looks for that.
    private static String waysIn(WaysIn ways, Instant now) {
        WaysIn.Second second = ways.second();
        if (second == null) {
            return "enrolment NOT FINISHED: one way in only, no second one was shown to open";
        }
        String shown =
                switch (second.way()) {
                    case CODE -> "its recovery code was shown to open at " + second.at() + late(second.at(), now);
                    case ADMINISTRATORS -> "the keys were left for administrators, last seen at " + second.at();
                };
        return ways.byPin() ? shown : "enrolment NOT FINISHED: no PIN has opened it yet; " + shown;
    }

    private static String late(Instant at, Instant now) {
        if (RecoveryProof.isGood(at, now)) {
            return "";
        }
        return at.isAfter(now)
                ? ", by a clock that is ahead: counts as not shown"
                : ", " + Duration.between(at, now).toDays() + " days ago: not shown again";
    }

    private static String slot(SlotAssurance assurance) {
        return switch (assurance) {
            case HARDWARE -> "hardware and PIN";
            case KEYSTORE -> "keystore and PIN";
            case PASSPHRASE -> "passphrase alone";
            case UNKNOWN -> "what is not known";
        };
    }

    private static String disk(DiskState disk) {
        return switch (disk) {
            case ENCRYPTED -> "disk encrypted";
            case NOT_FOUND -> "no disk encryption found";
            case UNKNOWN -> "disk encryption unknown";
        };
    }

    /// Until when a device opens without the server: after that, a laptop that was lost is dead.
    private static String exposure(ShareReport share, Instant now) {
        if (share.leaseEnd().isAfter(now)) {
            return "  offline until " + share.leaseEnd();
        }
        return share.hasKey() ? "  asks the server at each unlock" : "";
    }

    /// @param none what is so if none was ever set
    void policy(Optional<? extends Policy> policy, String none) throws IOException {
        if (json) {
            json(to -> {
                to.writeStartObject();
                if (policy.isPresent()) {
                    PolicyWords.write(to, policy.get());
                }
                to.writeEndObject();
            });
        } else if (policy.isPresent()) {
            out.printf(
                    "Policy %d of %s: %s%n",
                    policy.get().number(), policy.get().issued(), PolicyWords.sentence(policy.get()));
        } else {
            out.println("No policy was ever set: " + none);
        }
    }

    void ordered(Order order, KnownDevice device) throws IOException {
        if (json) {
            json(to -> {
                to.writeStartObject();
                order(to, order);
                to.writeEndObject();
            });
        } else {
            out.printf(
                    "Order %s: %s of \"%s\" (%s) is issued.%n",
                    order.id(),
                    order.action(),
                    printable(device.proof().request().deviceName()),
                    order.device());
        }
    }

    void receipts(List<OrderOutcome> outcomes, List<Destruction> destructions) throws IOException {
        if (json) {
            json(to -> {
                to.writeStartArray();
                for (OrderOutcome outcome : outcomes) {
                    outcome(to, outcome);
                }
                for (Destruction destruction : destructions) {
                    destruction(to, destruction);
                }
                to.writeEndArray();
            });
            return;
        }
        for (OrderOutcome outcome : outcomes) {
            Order order = outcome.order().order();
            out.printf(
                    "%s  %-6s  device %s  %-9s  ordered %s by %s%n",
                    order.id(),
                    order.action(),
                    order.device(),
                    outcome.state(),
                    order.issued(),
                    printable(outcome.order().orderedBy()));
            outcome.receipts().forEach(this::receipt);
        }
        for (Destruction destruction : destructions) {
            SelfDestruction said = destruction.statement();
            out.printf(
                    "%s  KEYS DESTROYED BY ITSELF  device %s  %s, after %d wrong PINs, by policy %d%n",
                    said.id(), said.device(), said.at(), said.wrongPins(), said.policy());
            if (destruction.receipt() != null) {
                receipt(destruction.receipt());
            }
        }
    }

    private void receipt(Receipt receipt) {
        out.printf("    %s  %s%n", receipt.at(), receipt.stage());
        receipt.destroyed().forEach(line -> out.println("        destroyed: " + printable(line)));
        receipt.remaining().forEach(line -> out.println("        remaining: " + printable(line)));
    }

    void recoveryChecks(List<RecoveryCheck> checks) throws IOException {
        if (json) {
            json(to -> {
                to.writeStartArray();
                for (RecoveryCheck check : checks) {
                    to.writeStartObject();
                    to.writeStringField("personName", check.personName());
                    to.writeStringField("result", check.result().name());
                    to.writeEndObject();
                }
                to.writeEndArray();
            });
            return;
        }
        for (RecoveryCheck check : checks) {
            out.printf("%-13s  %s%n", check.result().word(), printable(check.personName()));
        }
    }

    private void json(Writing writing) throws IOException {
        try (JsonGenerator to = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)
                .useDefaultPrettyPrinter()) {
            writing.write(to);
        }
        out.println();
    }

    private static void device(JsonGenerator to, KnownDevice device, Instant now) throws IOException {
        to.writeStartObject();
        to.writeStringField("device", device.record().device().toString());
        to.writeStringField("status", device.record().status().name());
        to.writeStringField("person", device.proof().person().toString());
        to.writeStringField("personName", device.proof().personName());
        to.writeStringField("deviceName", device.proof().request().deviceName());
        to.writeStringField("platform", device.proof().request().platform());
        to.writeStringField("assurance", device.proof().request().assurance());
        to.writeBooleanField("granted", device.record().granted());
        to.writeStringField("enrolled", device.record().enrolled().toString());
        to.writeStringField("lastSeen", device.record().lastSeen().toString());
        to.writeStringField("key", device.key().name());
        to.writeBooleanField("saysTpm", device.saysTpm());
        report(to, device.report());
        to.writeBooleanField("hasShare", device.share().hasKey());
        if (device.share().leaseEnd().isAfter(now)) {
            to.writeStringField("offlineUntil", device.share().leaseEnd().toString());
        }
        to.writeEndObject();
    }

    private static void report(JsonGenerator to, @Nullable PostureReport report) throws IOException {
        if (report == null) {
            return;
        }
        to.writeObjectFieldStart("posture");
        to.writeStringField("at", report.at().toString());
        to.writeStringField("product", report.product());
        to.writeStringField("system", report.system());
        to.writeStringField("systemVersion", report.systemVersion());
        to.writeStringField("assurance", report.assurance().name());
        to.writeBooleanField("keyInTpm", report.keyInTpm());
        to.writeStringField("disk", report.disk().name());
        if (report.notAsLeft() != null) {
            to.writeStringField("folderNotAsLeft", report.notAsLeft().toString());
        }
        if (report.waysIn() != null) {
            waysIn(to, report.waysIn());
        }
        to.writeEndObject();
    }

    private static void waysIn(JsonGenerator to, WaysIn ways) throws IOException {
        to.writeObjectFieldStart("waysIn");
        to.writeBooleanField("enrolmentFinished", ways.areTwo());
        to.writeBooleanField("byPin", ways.byPin());
        WaysIn.Second second = ways.second();
        if (second != null) {
            to.writeStringField("second", second.way().name());
            to.writeStringField("shown", second.at().toString());
        }
        to.writeEndObject();
    }

    private static void order(JsonGenerator to, Order order) throws IOException {
        to.writeStringField("order", order.id().toString());
        to.writeStringField("device", order.device().toString());
        to.writeStringField("action", order.action().name());
        to.writeNumberField("number", order.number());
        to.writeStringField("reason", order.reason());
        to.writeStringField("issued", order.issued().toString());
        to.writeStringField("expires", order.expires().toString());
    }

    private static void outcome(JsonGenerator to, OrderOutcome outcome) throws IOException {
        to.writeStartObject();
        order(to, outcome.order().order());
        to.writeStringField("orderedBy", outcome.order().orderedBy());
        to.writeStringField("state", outcome.state().name());
        to.writeArrayFieldStart("receipts");
        for (Receipt receipt : outcome.receipts()) {
            receipt(to, receipt);
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void destruction(JsonGenerator to, Destruction destruction) throws IOException {
        SelfDestruction said = destruction.statement();
        to.writeStartObject();
        to.writeStringField("selfDestruction", said.id().toString());
        to.writeStringField("device", said.device().toString());
        to.writeNumberField("policy", said.policy());
        to.writeNumberField("wrongPins", said.wrongPins());
        to.writeStringField("at", said.at().toString());
        to.writeArrayFieldStart("receipts");
        if (destruction.receipt() != null) {
            receipt(to, destruction.receipt());
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void receipt(JsonGenerator to, Receipt receipt) throws IOException {
        to.writeStartObject();
        to.writeStringField("stage", receipt.stage().name());
        to.writeStringField("at", receipt.at().toString());
        lines(to, "destroyed", receipt.destroyed());
        lines(to, "remaining", receipt.remaining());
        to.writeEndObject();
    }

    private static void lines(JsonGenerator to, String name, List<String> lines) throws IOException {
        to.writeArrayFieldStart(name);
        for (String line : lines) {
            to.writeString(line);
        }
        to.writeEndArray();
    }

    /// A device chooses these texts: without this its name could move the cursor of the administrator's terminal.
    static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}

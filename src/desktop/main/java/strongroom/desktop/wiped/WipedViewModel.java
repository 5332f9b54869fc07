package strongroom.desktop.wiped;

import java.time.Clock;
import java.time.Instant;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.vault.client.WipeNotice;

/// Who ordered the wipe, why, when it was done, and whether the server knows. On the thread of the window.
public final class WipedViewModel {
    private final Clock clock;
    private final ReadOnlyStringWrapper explanation = new ReadOnlyStringWrapper(Text.of("wiped.explanation"));
    private final ReadOnlyStringWrapper orderedBy = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper finished = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper receipt = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper order = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper delivered = new ReadOnlyBooleanWrapper(false);

    /// @param clock for the zone in which moments are shown
    public WipedViewModel(Clock clock) {
        this.clock = clock;
    }

    /// Takes over what the client says.
    public void show(WipeNotice notice) {
        orderedBy.set(notice.orderedBy().isBlank() ? Text.of("wiped.somebody") : Shown.name(notice.orderedBy()));
        reason.set(reason(notice));
        explanation.set(Text.of(notice.wrongPins() > 0 ? "wiped.explanation.rule" : "wiped.explanation"));
        boolean done = notice.finished().isAfter(Instant.EPOCH);
        finished.set(done ? Shown.moment(notice.finished(), clock) : Text.of("wiped.going"));
        delivered.set(notice.receiptDelivered());
        receipt.set(Text.of(notice.receiptDelivered() ? "wiped.receipt.delivered" : "wiped.receipt.waiting"));
        order.set(notice.order().toString());
    }

    private static String reason(WipeNotice notice) {
        if (notice.wrongPins() > 0) {
            return Text.of("wiped.wrongPins", notice.wrongPins());
        }
        return notice.reason().isBlank() ? Text.of("wiped.noReason") : Shown.name(notice.reason());
    }

    /// What happened to this laptop.
    public ReadOnlyStringProperty explanationProperty() {
        return explanation.getReadOnlyProperty();
    }

    /// The administrator.
    public ReadOnlyStringProperty orderedByProperty() {
        return orderedBy.getReadOnlyProperty();
    }

    /// What the administrator wrote.
    public ReadOnlyStringProperty reasonProperty() {
        return reason.getReadOnlyProperty();
    }

    /// When the last key and file were gone.
    public ReadOnlyStringProperty finishedProperty() {
        return finished.getReadOnlyProperty();
    }

    /// Whether the server has the receipt, as a sentence.
    public ReadOnlyStringProperty receiptProperty() {
        return receipt.getReadOnlyProperty();
    }

    /// The order's id, to be quoted to the administrator.
    public ReadOnlyStringProperty orderProperty() {
        return order.getReadOnlyProperty();
    }

    /// Whether the server has the receipt.
    public ReadOnlyBooleanProperty deliveredProperty() {
        return delivered.getReadOnlyProperty();
    }
}

package strongroom.desktop.recovery;

import java.time.Clock;
import java.time.Instant;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.EnrolmentState;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.Subscription;
import strongroom.vault.client.VaultClient;

/// Whether there is a second way into the vault that was shown to open, and the word that there is none, or that it is
/// to be shown again. Waved away it comes back with the next unlock, as long as that is so. As long as one unlock. On
/// the thread of the window.
public final class SecondWayViewModel implements AutoCloseable {
    /// What the person can do about it.
    public enum Advice {
        /// Nothing.
        NONE,
        /// Make a recovery code.
        MAKE,
        /// Show that there is one that opens.
        PROVE
    }

    private final VaultClient client;
    private final Work work;
    private final Clock clock;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Advice> advice = new ReadOnlyObjectWrapper<>(Advice.NONE);
    private final Subscription news;
    private RecoveryState state = new RecoveryState.None();
    private boolean dismissed;

    public SecondWayViewModel(VaultClient client, Work work, Clock clock) {
        this.client = client;
        this.work = work;
        this.clock = clock;
        this.news = client.onEnrolment(now -> work.onUi(() -> show(now)));
        look();
    }

    /// How it stands; none as long as that is not known.
    public RecoveryState state() {
        return state;
    }

    /// What is to be said, in a few words; empty if nothing is.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// The same in a sentence or two.
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// What the person can do about it.
    public ReadOnlyObjectProperty<Advice> adviceProperty() {
        return advice.getReadOnlyProperty();
    }

    /// Asks again which second way there is.
    public void look() {
        work.start(client::recovery, now -> state = now, _ -> {});
    }

    /// Says no more of it until the next unlock.
    public void dismiss() {
        dismissed = true;
        say("", "", Advice.NONE);
    }

    @Override
    public void close() {
        news.close();
    }

    private void show(EnrolmentState now) {
        look();
        if (dismissed) {
            return;
        }
        switch (now) {
            case EnrolmentState.NotKnown _ -> say("", "", Advice.NONE);
            case EnrolmentState.Unfinished(var missing) ->
                say(
                        Text.of("secondWay.unfinished"),
                        switch (missing) {
                            case SECOND_WAY -> Text.of("secondWay.missing");
                            case PROOF_OF_CODE -> Text.of("secondWay.unproved");
                            case KEYS_FOR_ADMINISTRATORS -> Text.of("secondWay.notLeft");
                            case PIN -> Text.of("secondWay.pin");
                        },
                        switch (missing) {
                            case SECOND_WAY -> Advice.MAKE;
                            case PROOF_OF_CODE -> Advice.PROVE;
                            case KEYS_FOR_ADMINISTRATORS, PIN -> Advice.NONE;
                        });
            case EnrolmentState.Finished(Instant shown, boolean due) -> {
                if (due) {
                    say(
                            Text.of("secondWay.due"),
                            Text.of("secondWay.due.text", Shown.moment(shown, clock)),
                            Advice.PROVE);
                } else {
                    say("", "", Advice.NONE);
                }
            }
        }
    }

    private void say(String words, String sentence, Advice now) {
        title.set(words);
        text.set(sentence);
        advice.set(now);
    }
}

package strongroom.desktop.library;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.Assurance;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.SyncState;
import strongroom.vault.client.VaultClient;

/// Who is signed in, how the vault is sealed, and how it stands with the server. On the thread of the window.
public final class StatusViewModel implements AutoCloseable {
    /// How the state of synchronisation looks.
    public enum Tone {
        /// Nothing is known.
        QUIET,
        /// All is well.
        GOOD,
        /// Something is going on.
        BUSY,
        /// Works, but not with the server.
        WARNING,
        /// Needs somebody.
        DANGER
    }

    private final VaultClient client;
    private final Work work;
    private final Clock clock;
    private final ObservableValue<ClientState> state;
    private final ObservableValue<SyncState> sync;
    private final ChangeListener<ClientState> onState = (_, _, now) -> show(now);
    private final ChangeListener<SyncState> onSync = (_, _, now) -> show(now);
    private final ReadOnlyStringWrapper person = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper assurance = new ReadOnlyStringWrapper("");
    private Assurance protection = Assurance.PASSPHRASE;
    private final ReadOnlyStringWrapper assuranceMeaning = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper approvalCode = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper syncText = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper syncWhy = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Tone> syncTone = new ReadOnlyObjectWrapper<>(Tone.QUIET);

    StatusViewModel(
            VaultClient client,
            Work work,
            Clock clock,
            ObservableValue<ClientState> state,
            ObservableValue<SyncState> sync) {
        this.client = client;
        this.work = work;
        this.clock = clock;
        this.state = state;
        this.sync = sync;
        show(state.getValue());
        show(sync.getValue());
        state.addListener(onState);
        sync.addListener(onSync);
    }

    /// Whose vault it is.
    public ReadOnlyStringProperty personProperty() {
        return person.getReadOnlyProperty();
    }

    /// How the vault is bound to this machine.
    public ReadOnlyStringProperty assuranceProperty() {
        return assurance.getReadOnlyProperty();
    }

    /// The same, in one word.
    Assurance protection() {
        return protection;
    }

    /// What that means.
    public ReadOnlyStringProperty assuranceMeaningProperty() {
        return assuranceMeaning.getReadOnlyProperty();
    }

    /// The digits to compare while this device waits for another one to approve it; empty otherwise.
    public ReadOnlyStringProperty approvalCodeProperty() {
        return approvalCode.getReadOnlyProperty();
    }

    /// How it stands with the server, in a word or two.
    public ReadOnlyStringProperty syncTextProperty() {
        return syncText.getReadOnlyProperty();
    }

    /// The same in a sentence.
    public ReadOnlyStringProperty syncWhyProperty() {
        return syncWhy.getReadOnlyProperty();
    }

    /// How that looks.
    public ReadOnlyObjectProperty<Tone> syncToneProperty() {
        return syncTone.getReadOnlyProperty();
    }

    /// Synchronises now.
    public void syncNow() {
        work.start(client::syncNow, this::show, problem -> syncWhy.set(problem.getMessage()));
    }

    @Override
    public void close() {
        state.removeListener(onState);
        sync.removeListener(onSync);
    }

    private void show(ClientState now) {
        if (now instanceof ClientState.Unlocked(var who, var how, var code)) {
            person.set(Shown.name(who));
            String key = "assurance." + how.name().toLowerCase(Locale.ROOT);
            protection = how;
            assurance.set(Text.of(key));
            assuranceMeaning.set(Text.of(key + ".meaning"));
            approvalCode.set(code == null ? "" : code);
        }
    }

    private void show(SyncState now) {
        switch (now) {
            case SyncState.Unknown _ -> set(Tone.QUIET, Text.of("sync.unknown"), Text.of("sync.unknown.why"));
            case SyncState.UpToDate(Instant since) ->
                set(Tone.GOOD, Text.of("sync.upToDate"), Text.of("sync.upToDate.why", Shown.when(since, clock)));
            case SyncState.Syncing(int up, int down) ->
                set(Tone.BUSY, Text.of("sync.syncing"), Text.of("sync.syncing.why", up, down));
            case SyncState.Offline(int pending, String why) ->
                set(
                        Tone.WARNING,
                        pending == 0 ? Text.of("sync.offline") : Text.of("sync.offline.pending", pending),
                        why);
            case SyncState.Denied(String why) -> set(Tone.DANGER, Text.of("sync.denied"), why);
        }
    }

    private void set(Tone tone, String text, String why) {
        syncTone.set(tone);
        syncText.set(text);
        syncWhy.set(why);
    }
}

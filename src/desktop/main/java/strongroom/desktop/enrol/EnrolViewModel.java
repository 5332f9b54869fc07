package strongroom.desktop.enrol;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.text.Shown;
import strongroom.desktop.text.Text;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Invitation;
import strongroom.vault.client.Library;
import strongroom.vault.client.PinRules;
import strongroom.vault.client.Problem;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;

/// First run. On the thread of the window.
public final class EnrolViewModel {
    private final VaultClient client;
    private final Work work;
    private final Clock clock;
    private final Consumer<Library> opened;
    private final StringProperty server = new SimpleStringProperty("");
    private final StringProperty code = new SimpleStringProperty("");
    private final StringProperty deviceName = new SimpleStringProperty(VaultClients.machineName());
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.CODE);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper organisation = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper person = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper expires = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper deviceNote = new ReadOnlyStringWrapper("");
    private @Nullable Invitation invitation;
    private @Nullable Library library;

    /// @param opened gets the documents when the user leaves the last page
    public EnrolViewModel(VaultClient client, Work work, Clock clock, Consumer<Library> opened) {
        this.client = client;
        this.work = work;
        this.clock = clock;
        this.opened = opened;
    }

    /// Reads a code file.
    public void readCode(Path file) {
        busy.set(true);
        work.start(
                () -> {
                    try {
                        return CodeFile.read(file);
                    } catch (IOException e) {
                        throw new ClientException(
                                Problem.SOURCE_UNREADABLE,
                                Text.of("enrol.fileUnreadable", Shown.name(file.toString())),
                                e);
                    }
                },
                found -> {
                    busy.set(false);
                    message.set("");
                    code.set(found.code());
                    if (!found.server().isEmpty()) {
                        server.set(found.server());
                    }
                },
                this::failed);
    }

    /// Asks the server about the code.
    public void inspect() {
        URI address = address();
        if (address == null) {
            message.set(Text.of("enrol.addressWrong"));
        } else if (code.get().isBlank()) {
            message.set(Text.of("enrol.codeMissing"));
        } else if (!busy.get()) {
            busy.set(true);
            message.set("");
            String text = code.get().strip();
            work.start(() -> client.inspect(address, text), this::show, this::failed);
        }
    }

    /// The user says that organisation and person are right.
    public void confirm() {
        message.set("");
        step.set(Step.PIN);
    }

    /// One step back.
    public void back() {
        message.set("");
        step.set(step.get() == Step.PIN ? Step.CONFIRM : Step.CODE);
    }

    /// Enrols with a new PIN. @param pin zeroed @param repeated zeroed
    public void enrol(char[] pin, char[] repeated) {
        boolean same = Arrays.equals(pin, repeated);
        Arrays.fill(repeated, '\0');
        Invitation checked = invitation;
        int shortest = shortestPin();
        if (pin.length < shortest
                || !same
                || checked == null
                || deviceName.get().isBlank()) {
            Arrays.fill(pin, '\0');
            message.set(
                    pin.length < shortest
                            ? Text.of("enrol.pinShort", shortest)
                            : same ? Text.of("enrol.nameMissing") : Text.of("enrol.pinDiffers"));
            return;
        }
        message.set("");
        step.set(Step.WORKING);
        String name = deviceName.get().strip();
        String text = code.get().strip();
        work.start(() -> enrol(checked, text, name, pin), this::done, this::notEnrolled);
    }

    /// Leaves the last page for the documents.
    public void finish() {
        if (library != null) {
            opened.accept(library);
        }
    }

    /// The shortest PIN that the organisation takes; a machine where nothing counts wrong ones wants more.
    public int shortestPin() {
        return invitation == null ? PinRules.SHORTEST : invitation.shortestPin();
    }

    /// Where the user is.
    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// The server's address as typed.
    public StringProperty serverProperty() {
        return server;
    }

    /// The code as typed or read.
    public StringProperty codeProperty() {
        return code;
    }

    /// What others will call this device.
    public StringProperty deviceNameProperty() {
        return deviceName;
    }

    /// While something is asked.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What went wrong; empty if nothing did.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// The organisation that made the code.
    public ReadOnlyStringProperty organisationProperty() {
        return organisation.getReadOnlyProperty();
    }

    /// The person it was made for.
    public ReadOnlyStringProperty personProperty() {
        return person.getReadOnlyProperty();
    }

    /// Until when it can be used.
    public ReadOnlyStringProperty expiresProperty() {
        return expires.getReadOnlyProperty();
    }

    /// What being the first or a later device means.
    public ReadOnlyStringProperty deviceNoteProperty() {
        return deviceNote.getReadOnlyProperty();
    }

    private @Nullable URI address() {
        String typed = server.get().strip();
        try {
            URI address = new URI(typed.contains("://") ? typed : "https://" + typed);
            boolean secure = "https".equals(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
            return secure && address.getHost() != null ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private Library enrol(Invitation checked, String text, String name, char[] pin) throws ClientException {
        try {
            UnlockResult.Opened result = client.enrol(checked.server(), text, name, pin);
            return result.library();
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private void show(Invitation checked) {
        busy.set(false);
        invitation = checked;
        organisation.set(Shown.name(checked.organisation()));
        person.set(Shown.name(checked.person()));
        expires.set(Shown.moment(checked.expires(), clock));
        deviceNote.set(Text.of(checked.firstDevice() ? "enrol.first" : "enrol.later"));
        step.set(Step.CONFIRM);
    }

    private void done(Library result) {
        library = result;
        code.set("");
        step.set(Step.DONE);
    }

    private void notEnrolled(ClientException problem) {
        step.set(Step.PIN);
        failed(problem);
    }

    private void failed(ClientException problem) {
        busy.set(false);
        message.set(problem.getMessage());
    }

    /// The pages of enrolment.
    public enum Step {
        /// Server and code.
        CODE,
        /// Organisation and person.
        CONFIRM,
        /// The new PIN.
        PIN,
        /// Keys are being made.
        WORKING,
        /// All done.
        DONE
    }
}

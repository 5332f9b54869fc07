package strongroom.vault.client;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// The client of one home folder. One program at a time may have a home open. Calls may block and may be made
/// from any thread; listeners are called on threads of the client, must return soon and must not call back.
/// PINs are given as characters and filled with zeros before the call returns.
public interface VaultClient extends AutoCloseable {
    /// Where the client stands now.
    ClientState state();

    /// Called with the present state at once and with each new one.
    Subscription onState(Consumer<ClientState> listener);

    /// Called with the present state of synchronisation at once and with each new one.
    Subscription onSync(Consumer<SyncState> listener);

    /// Checks server and code against each other, without using the code up.
    ///
    /// @throws ClientException `CODE_WRONG`, `CODE_USED`, `CODE_EXPIRED`, `OFFLINE`, `CHANNEL_DENIED`
    Invitation inspect(URI server, String code) throws ClientException;

    /// Enrols this device: makes its keys, the store and the PIN slot, and uses the code up. May be repeated after
    /// an interruption with the same code. The client is unlocked afterwards.
    ///
    /// @param deviceName what administrators and the person's other devices will see
    /// @param pin new PIN, as {@link Invitation#shortestPin} and {@link PinRules} say; zeroed
    UnlockResult.Opened enrol(URI server, String code, String deviceName, char[] pin) throws ClientException;

    /// Tries a PIN. @param pin zeroed
    UnlockResult unlock(char[] pin) throws ClientException;

    /// Puts another PIN in the place of the present one, while the vault is open. Cut off at any point, one of the two
    /// opens.
    ///
    /// @param present counted as any try; zeroed @param fresh as for {@link #enrol}; zeroed
    /// @return `Opened` if it is changed; otherwise what the present PIN met
    /// @throws ClientException `PIN_REFUSED` with what to change, `LOCKED`
    UnlockResult changePin(char[] present, char[] fresh) throws ClientException;

    /// Puts another PIN in the place of one that is right and that the organisation does not want any more, and opens.
    ///
    /// @param present counted as any try; zeroed @param fresh as for {@link #enrol}; zeroed
    /// @return `Opened` with the new PIN in its place; otherwise what the present one met
    /// @throws ClientException `PIN_REFUSED` with what to change
    UnlockResult renewPin(char[] present, char[] fresh) throws ClientException;

    /// Shows the PIN once more, while the vault is open, for what fails with {@link Problem#PIN_NEEDED}.
    ///
    /// @param pin counted as any try; zeroed
    /// @return `Opened` if it is right: good for a minute
    UnlockResult provePin(char[] pin) throws ClientException;

    /// What a new PIN must be on this device, as far as that is known now.
    PinRules pinRules();

    /// Binds the vault to how this machine is started, while it is open: to what some of the TPM's registers have in
    /// them now. On the day when they have something else the PIN is not tried and the second way in opens; what is
    /// sealed anew, then or for another PIN, is bound to the same registers as they are at that moment.
    ///
    /// @param registers 0 to 23, of its SHA-256 bank; empty to bind to none any more
    /// @param pin counted as any try; zeroed
    /// @return `Opened` if it is done; otherwise what the PIN met
    /// @throws ClientException `NO_RECOVERY` if there is no second way in, `TPM_MISSING` if it is not sealed by
    ///     a TPM that can do it, `USAGE` for other numbers, `LOCKED`
    UnlockResult bindToStart(Set<Integer> registers, char[] pin) throws ClientException;

    /// Whether there is a second way into the store. Needs no PIN and asks nobody.
    RecoveryState recovery();

    /// Makes a recovery code, while the vault is open. It counts as soon as {@link RecoverySheet#confirm} has
    /// seen it typed back; until then the one before does, and after it that one opens nothing more.
    ///
    /// @param pin the present one, counted as any try; zeroed
    /// @throws ClientException `NO_RECOVERY` where no code may open this device, `LOCKED`
    SheetResult newRecoveryCode(char[] pin) throws ClientException;

    /// Shows that the recovery code still opens, while the vault is open: the slot on the disk is opened with it, and
    /// nothing is changed but when that was done last.
    ///
    /// @param code as it was typed; zeroed
    /// @throws ClientException `CODE_WRONG` with the groups that are mistyped, or for the code of another sheet;
    ///     `STORE_DAMAGED` if the slot is, or is of another vault; `NO_RECOVERY`, `LOCKED`, `DISK_FULL`, `IO`
    void proveRecoveryCode(char[] code) throws ClientException;

    /// Whether two ways in were opened for proof, as far as that is known now.
    EnrolmentState enrolment();

    /// Called with what is known at once and with each news of it.
    Subscription onEnrolment(Consumer<EnrolmentState> listener);

    /// Opens with the recovery code where the PIN does not any more, and seals by the strongest part of this
    /// machine for a new PIN, whatever became of the seal before. Cut off at any point, the code opens, and the
    /// new PIN if it was taken. The code stays as it is.
    ///
    /// @param code as it was typed; zeroed @param pin as for {@link #enrol}; zeroed
    /// @return `Opened`, or `Refused` for the code of another sheet
    /// @throws ClientException `CODE_WRONG` with the groups that are mistyped, `NO_RECOVERY`, `PIN_REFUSED`,
    ///     and what stands against any unlock
    UnlockResult recover(char[] code, char[] pin) throws ClientException;

    /// Called with what is known at once and with each news: whether the folder is as it was left. It is looked at in
    /// the background after each unlock.
    Subscription onFolder(Consumer<FolderState> listener);

    /// Waits until the folder was looked at and what was changed so far is counted, while the vault is open: for a
    /// program that is about to end. What is not done by then is done after the next unlock.
    ///
    /// @param most how long
    FolderState awaitFolder(Duration most);

    /// The person has taken note of what was found of the folder: it is told no more.
    ///
    /// @throws ClientException `LOCKED`, `IO`
    void takeNote() throws ClientException;

    /// Tells the lock rules what happened. Returns at once; never fails.
    void signal(LockSignal signal);

    /// Asks the agent to synchronise now and waits until it has, or cannot.
    SyncState syncNow() throws ClientException;

    /// Locks and lets go of the home. The agent goes on.
    @Override
    void close();
}

package strongroom.vault.client;

import java.time.Instant;

/// A recovery code that was made and is shown: it opens nothing until it was typed back, and until then the one
/// before counts. Ends with the vault's lock. Closed by whoever asked for it. May be used from any thread.
public interface RecoverySheet extends AutoCloseable {
    /// Seven groups of five letters and digits, with dashes; in a new array that the caller fills with zeros.
    /// It must not be written to a disk in clear.
    ///
    /// @throws ClientException `LOCKED`
    char[] code() throws ClientException;

    /// What to write on the sheet beside the code: tells one sheet from another and is no secret.
    String number();

    /// When it was made.
    Instant made();

    /// Proves that the code can be read off the sheet, by opening with what was typed, and has it take the
    /// place of the one before. Cut off at any point, one of the two counts.
    ///
    /// @param typed zeroed
    /// @throws ClientException `CODE_WRONG` with the groups to look at, and it may be tried again;
    ///     `NO_RECOVERY`, `LOCKED`, `WIPED`, `DISK_FULL`, `IO`
    void confirm(char[] typed) throws ClientException;

    /// Fills the code with zeros.
    @Override
    void close();
}

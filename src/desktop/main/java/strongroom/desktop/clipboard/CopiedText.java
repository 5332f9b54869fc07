package strongroom.desktop.clipboard;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import org.jspecify.annotations.Nullable;
import strongroom.desktop.work.Later;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.LockReason;

/// Text that a user copied out of a document. On the clipboard it is in clear and any program can read it, so it is
/// taken back after a while and at a lock, unless somebody else's content has taken its place. Going to another
/// program is what one copies for: a lock by that alone leaves the text there for the rest of its time. On the thread
/// of the window.
public final class CopiedText implements AutoCloseable {
    /// How long it stays.
    public static final Duration STAYS = Duration.ofSeconds(45);

    /// Says which copy it is, so that no other program's content is ever cleared, and no copy kept for comparison.
    private static final DataFormat MARK = format("application/x-strongroom-copy");

    /// Asks programs that keep a history of the clipboard to leave this out, as password managers do.
    private static final DataFormat NO_HISTORY = format("x-kde-passwordManagerHint");

    private final Later later;
    private final Runnable over;
    private @Nullable String mine;
    private long until;

    /// @param later runs on the thread of the window @param over told when a text was taken back as its time was over
    public CopiedText(Later later, Runnable over) {
        this.later = later;
        this.over = over;
    }

    /// Puts text on the clipboard.
    public void put(String text) {
        put(text, STAYS);
    }

    /// Puts text there that another process had there before, whose clipboard ends with it.
    ///
    /// @param stays for how long
    public void put(String text, Duration stays) {
        String mark = UUID.randomUUID().toString();
        var content = new ClipboardContent();
        content.putString(text);
        content.put(MARK, mark);
        content.put(NO_HISTORY, "secret");
        if (Clipboard.getSystemClipboard().setContent(content)) {
            mine = mark;
            until = System.nanoTime() + stays.toNanos();
            later.after(stays, () -> {
                if (mark.equals(mine)) {
                    takeBack();
                    over.run();
                }
            });
        }
    }

    /// What is there, if it is still ours.
    public Optional<String> text() {
        return isThere() ? Optional.ofNullable(Clipboard.getSystemClipboard().getString()) : Optional.empty();
    }

    /// How long it is to stay.
    public Duration left() {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    /// Follows the lock.
    public void follow(ClientState now) {
        if (now instanceof ClientState.Wiped || now instanceof ClientState.Locked locked && !leftByChoice(locked)) {
            takeBack();
        }
    }

    @Override
    public void close() {
        takeBack();
    }

    private void takeBack() {
        if (isThere()) {
            Clipboard.getSystemClipboard().clear();
        }
        mine = null;
    }

    private boolean isThere() {
        Clipboard clipboard = Clipboard.getSystemClipboard();
        return mine != null && clipboard.hasContent(MARK) && Objects.equals(mine, clipboard.getContent(MARK));
    }

    private static boolean leftByChoice(ClientState.Locked locked) {
        return locked.reason() == LockReason.FOCUS_LOST || locked.reason() == LockReason.MINIMISED;
    }

    private static DataFormat format(String type) {
        DataFormat known = DataFormat.lookupMimeType(type);
        return known != null ? known : new DataFormat(type);
    }
}

package strongroom.desktop.drop;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import strongroom.desktop.text.Text;

/// Files and folders that were dropped while the vault was not open. Only where they lie is kept, and only in memory;
/// they are read once the vault is open. On the thread of the window.
public final class WaitingFilesViewModel {
    private final Set<Path> paths = new LinkedHashSet<>();
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");

    /// Keeps these too.
    public void add(List<Path> dropped) {
        paths.addAll(dropped);
        tell();
    }

    /// Forgets them all.
    public void forget() {
        paths.clear();
        tell();
    }

    /// Hands them out, in the order in which they came, and forgets them.
    public List<Path> take() {
        List<Path> taken = List.copyOf(paths);
        forget();
        return taken;
    }

    /// How many wait, and for what; empty if none does. It names none of them: whoever passes by can read it.
    public ReadOnlyStringProperty sentenceProperty() {
        return sentence.getReadOnlyProperty();
    }

    private void tell() {
        sentence.set(paths.isEmpty() ? "" : Text.of("drop.waiting", paths.size()));
    }
}

package strongroom.desktop.picker;

import java.nio.file.Path;
import java.time.Instant;

/// A line of the picker.
///
/// @param path the file or folder @param folder whether it is a folder @param size in bytes; 0 for a folder
/// @param modified when it last changed
record PathRow(Path path, boolean folder, long size, Instant modified) {
    String name() {
        return String.valueOf(path.getFileName());
    }

    boolean hidden() {
        return name().startsWith(".");
    }
}

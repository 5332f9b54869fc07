package strongroom.vault.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.vault.store.catalog.Names;

/// A file or folder of the user's that is to be imported.
///
/// @param shown the path as the user named it
/// @param parent the folder it was found in; null if the user named it
/// @param size in bytes when it was counted; 0 for a folder
record ImportSource(Path path, String shown, @Nullable ImportSource parent, long size, Instant modified) {
    /// What the user's sources come to.
    ///
    /// @param folders each after the one it is in @param documents all files
    record Listing(List<ImportSource> folders, List<ImportSource> documents, List<ImportResult.Skipped> skipped) {}

    /// The name it will have in the vault, if that is free.
    String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return Names.mend(name == null ? "" : name.toString());
    }

    /// Finds everything under the sources. Links are not followed: they could lead out of what the user chose, or
    /// round in circles. Pipes, sockets and devices are left out: reading them may never end.
    static Listing list(List<Path> sources, Path storeFolder) throws StoreException {
        Listing listing = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Deque<ImportSource> folders = new ArrayDeque<>();
        for (Path source : sources) {
            look(source, source.toString(), null, storeFolder, listing, folders);
        }
        while (!folders.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failure.cancelled();
            }
            ImportSource folder = folders.removeFirst();
            listing.folders.add(folder);
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.path)) {
                for (Path path : found) {
                    String shown = folder.shown + "/" + path.getFileName();
                    look(path, shown, folder, storeFolder, listing, folders);
                }
            } catch (IOException | DirectoryIteratorException e) {
                skip(listing, folder.shown, "The folder cannot be read.");
            }
        }
        return listing;
    }

    private static void look(
            Path path,
            String shown,
            @Nullable ImportSource parent,
            Path storeFolder,
            Listing listing,
            Deque<ImportSource> folders) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Instant modified =
                    Instant.ofEpochMilli(attributes.lastModifiedTime().toMillis());
            if (attributes.isSymbolicLink()) {
                skip(listing, shown, "It is a link; links are not followed.");
            } else if (attributes.isDirectory() && Files.exists(storeFolder) && Files.isSameFile(path, storeFolder)) {
                skip(listing, shown, "It is the vault itself.");
            } else if (attributes.isDirectory()) {
                folders.addLast(new ImportSource(path, shown, parent, 0, modified));
            } else if (attributes.isRegularFile()) {
                listing.documents.add(new ImportSource(path, shown, parent, attributes.size(), modified));
            } else {
                skip(listing, shown, "It is not a file: a pipe, a socket or a device.");
            }
        } catch (IOException e) {
            skip(listing, shown, "It is gone or cannot be read.");
        }
    }

    private static void skip(Listing listing, String shown, String sentence) {
        listing.skipped.add(new ImportResult.Skipped(shown, StoreException.Why.SOURCE_UNREADABLE, sentence));
    }
}

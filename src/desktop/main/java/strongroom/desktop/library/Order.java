package strongroom.desktop.library;

import java.text.Collator;
import java.util.Comparator;
import java.util.Locale;
import strongroom.desktop.document.DocumentKind;
import strongroom.vault.client.Entry;

/// How the list is sorted: folders always before documents.
public enum Order {
    /// As a reader sorts.
    NAME,
    /// By what they are.
    KIND,
    /// By their size.
    SIZE,
    /// By when the content changed.
    MODIFIED;

    Comparator<Entry> comparator(boolean ascending) {
        Comparator<Entry> name = byName();
        Comparator<Entry> comparator =
                switch (this) {
                    case NAME -> name;
                    case KIND ->
                        Comparator.comparing(
                                        (Entry entry) -> DocumentKind.of(entry).label())
                                .thenComparing(name);
                    case SIZE -> Comparator.comparingLong(Entry::size).thenComparing(name);
                    case MODIFIED -> Comparator.comparing(Entry::modified).thenComparing(name);
                };
        Comparator<Entry> foldersFirst = Comparator.comparing(entry -> !entry.isFolder());
        return foldersFirst.thenComparing(ascending ? comparator : comparator.reversed());
    }

    private static Comparator<Entry> byName() {
        var collator = Collator.getInstance(Locale.ROOT);
        collator.setStrength(Collator.SECONDARY);
        return Comparator.comparing(Entry::name, collator::compare).thenComparing(Entry::id);
    }
}

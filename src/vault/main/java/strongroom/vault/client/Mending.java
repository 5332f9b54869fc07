package strongroom.vault.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import strongroom.vault.store.Repaired;
import strongroom.vault.store.StoreException;

/// One repair from beginning to end: mends, has the agent bring what the server has, and looks again: what came may
/// tell what else is missing.
final class Mending {
    /// First the catalogue, then lists of long documents, then what they list.
    private static final int MOST_ROUNDS = 4;

    private final UnlockedVault vault;
    private final Library library;
    private final Progress progress;
    private final Map<String, RepairReport.Item> items = new LinkedHashMap<>();

    Mending(UnlockedVault vault, Library library, Progress progress) {
        this.vault = vault;
        this.library = library;
        this.progress = progress;
    }

    RepairReport run() throws ClientException {
        List<String> asked = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Repaired> repaired = repair();
            asked.forEach(this::came);
            asked = new ArrayList<>();
            for (Repaired one : repaired) {
                note(one);
                if (one.outcome() == Repaired.Outcome.ASKED_FOR) {
                    asked.add(one.what());
                }
            }
            if (asked.isEmpty() || !(vault.syncNow() instanceof SyncState.UpToDate)) {
                break;
            }
        }
        return new RepairReport(List.copyOf(items.values()), library.verify(true, progress));
    }

    private List<Repaired> repair() throws ClientException {
        try {
            return vault.store().repair(progress::at);
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    private void came(String what) {
        items.put(
                what,
                new RepairReport.Item(
                        what, RepairReport.Outcome.MENDED, "What was missing of it came from the server."));
    }

    private void note(Repaired one) {
        RepairReport.Outcome outcome =
                switch (one.outcome()) {
                    case MENDED -> RepairReport.Outcome.MENDED;
                    case ASKED_FOR -> RepairReport.Outcome.ASKED_FOR;
                    case LOST -> RepairReport.Outcome.LOST;
                };
        items.put(one.what(), new RepairReport.Item(one.what(), outcome, one.sentence()));
    }
}

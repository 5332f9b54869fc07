package strongroom.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import strongroom.bench.contender.Strongroom;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;
import strongroom.vault.store.search.Anchor;
import strongroom.vault.store.search.Corpus;
import strongroom.vault.store.search.IndexWatch;
import strongroom.vault.store.search.SearchIndex;

/// Building the sealed index of 100,000 small documents, and looking for words in it, beside the same in a table
/// of SQLite in clear. The hits of the sealed index come with snippets.
final class SearchBench {
    private static final int QUERIES = 60;
    private static final String CLEAR = "fts5";

    private final Path folder;
    private final int documents;
    private final Figures figures;
    private final SecureRandom random = new SecureRandom();

    /// @param folder empty @param documents how many
    SearchBench(Path folder, int documents, Figures figures) {
        this.folder = folder;
        this.documents = documents;
        this.figures = figures;
    }

    private interface Query {
        int run() throws StoreException, SQLException;
    }

    void run() throws IOException, StoreException, SQLException {
        System.err.println("search");
        List<Letters.Letter> letters = new Letters().write(documents);
        VaultStore.warmUp(random);
        Shelf shelf = new Shelf(letters);
        try (SecretBytes key = SecretBytes.random(32, random);
                SearchIndex index = SearchIndex.open(folder.resolve("search"), key, shelf, random);
                PlainTextTable plain = new PlainTextTable(folder.resolve("plain.db"))) {
            double build = seconds(() -> index.update(shelf, IndexWatch.NONE));
            double plainBuild = seconds(() -> plain.fill(letters));
            ours("build_per_s", documents / build);
            figures.put(Measure.alone("search_build_per_s"), CLEAR, documents / plainBuild);
            ours("index_mib", DiskSpace.of(folder.resolve("search")) / 1048576.0);
            ours("in_step_s", seconds(() -> index.update(shelf, IndexWatch.NONE)));
            for (Map.Entry<String, String> query : queries(letters).entrySet()) {
                ask(index, plain, query.getKey(), query.getValue());
            }
            shelf.removeOne();
            ours("remove_one_s", seconds(() -> {
                index.update(shelf, IndexWatch.NONE);
                index.expunge();
            }));
        }
    }

    private void ours(String what, double figure) {
        figures.put(Measure.alone("search_" + what), Strongroom.NAME, figure);
    }

    private void ask(SearchIndex index, PlainTextTable plain, String name, String words)
            throws StoreException, SQLException {
        boolean begun = words.endsWith("*");
        String typed = begun ? words.substring(0, words.length() - 1) : words + " ";
        Measure measure = new Measure("search_" + name + "_ms", "search_" + name);
        figures.put(measure, Strongroom.NAME, median(() -> index.search(typed, 50, 0)
                .size()));
        figures.put(measure, CLEAR, median(() -> begun ? plain.any(words) : plain.ranked(words)));
        ours(name + "_with_20_snippets_ms", median(() -> index.search(typed, 50, 20)
                .size()));
    }

    /// Words by how many documents hold them.
    private static Map<String, String> queries(List<Letters.Letter> letters) {
        Map<String, Integer> held = new HashMap<>();
        for (Letters.Letter letter : letters) {
            new HashSet<>(Arrays.asList(letter.body().split(" "))).forEach(word -> held.merge(word, 1, Integer::sum));
        }
        List<String> byCount = held.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        String common = byCount.getFirst();
        String middle = byCount.stream()
                .filter(word -> held.getOrDefault(word, 0) <= 1500)
                .findFirst()
                .orElseThrow();
        String rare = byCount.getLast();
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("rare", rare);
        queries.put("middle", middle);
        queries.put("common", common);
        queries.put("two_words", middle + " " + common);
        queries.put("begun", middle.substring(0, 3) + "*");
        return queries;
    }

    private interface Work {
        void run() throws StoreException, SQLException;
    }

    private static double seconds(Work work) throws StoreException, SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(Query query) throws StoreException, SQLException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            long start = System.nanoTime();
            if (query.run() == 0) {
                throw new IllegalStateException("nothing was found");
            }
            times.add((System.nanoTime() - start) / 1e6);
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }

    /// The documents in memory, so that nothing but the index is measured.
    private static final class Shelf implements Corpus, Anchor {
        private final Map<Id, Letters.Letter> letters = new HashMap<>();
        private @Nullable Point point;

        Shelf(List<Letters.Letter> written) {
            Random dice = new Random(1);
            written.forEach(letter -> letters.put(Id.random(dice), letter));
        }

        void removeOne() {
            letters.remove(letters.keySet().iterator().next());
        }

        @Override
        public List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            letters.forEach((id, letter) -> entries.add(new Entry(id, id, letter.title() + ".txt", true)));
            return entries;
        }

        @Override
        public InputStream open(Id document) throws StoreException {
            Letters.Letter letter = letters.get(document);
            if (letter == null) {
                throw new StoreException(StoreException.Why.NOT_FOUND, "gone");
            }
            return new ByteArrayInputStream(letter.body().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Optional<Point> read() {
            return Optional.ofNullable(point);
        }

        @Override
        public void write(Point fresh) {
            point = fresh;
        }
    }
}

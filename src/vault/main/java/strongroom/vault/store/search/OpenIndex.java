package strongroom.vault.store.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.store.search.directory.SealedDirectory;

/// One Lucene index that is open for reading and writing. What is written is searched after {@link #refresh} and
/// durable after {@link #commit}. Safe for several threads; nobody searches while it is being closed.
final class OpenIndex implements AutoCloseable {
    private static final long CACHE = 16 << 20;
    private static final double RAM_MEGABYTES = 24;
    /// A document that is removed costs the rewriting of the part it is in, so parts stay small.
    private static final double LARGEST_PART_MEGABYTES = 48;

    private static final int COUNTED_EXACTLY = 200;
    private static final String FORMAT = "format";
    private static final Set<String> TEXT = Set.of(IndexFields.TEXT);

    // Lucene recommends an incubating module of the JDK at every start; the logging of the JDK forgets a logger's level
    // with the logger.
    private static final Logger ADVICE =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        ADVICE.setLevel(Level.SEVERE);
    }

    private final SealedDirectory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private OpenIndex(SealedDirectory directory, IndexWriter writer, SearcherManager searchers) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
    }

    /// @param key of the index, copied @throws CorruptIndexException if the index is damaged or of another version
    static OpenIndex open(Path folder, SecretBytes key, RandomGenerator random) throws IOException {
        SealedDirectory directory = SealedDirectory.open(folder, key, CACHE, random);
        @Nullable IndexWriter writer = null;
        try {
            boolean isNew = !DirectoryReader.indexExists(directory);
            writer = new IndexWriter(directory, config());
            if (isNew) {
                writer.setLiveCommitData(Map.of(FORMAT, format()).entrySet());
                writer.commit();
            }
            checkFormat(writer);
            return new OpenIndex(directory, writer, new SearcherManager(writer, new Uncached()));
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                rollBack(writer);
            }
            directory.close();
            throw e;
        }
    }

    private static void checkFormat(IndexWriter writer) throws CorruptIndexException {
        for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
            if (entry.getKey().equals(FORMAT) && entry.getValue().equals(format())) {
                return;
            }
        }
        throw new CorruptIndexException("of another version of the program", "search index");
    }

    private static String format() {
        return "1." + Words.VERSION;
    }

    private static IndexWriterConfig config() {
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setMaxMergedSegmentMB(LARGEST_PART_MEGABYTES);
        policy.setForceMergeDeletesPctAllowed(0);
        policy.setNoCFSRatio(1);
        return new IndexWriterConfig(new Words(true))
                .setMergePolicy(policy)
                .setMergeScheduler(new QuietMerges())
                .setRAMBufferSizeMB(RAM_MEGABYTES)
                .setMaxFullFlushMergeWaitMillis(0)
                .setCommitOnClose(false);
    }

    /// One merge at a time in the background. A failure closes the writer, which says so to whoever writes next.
    private static final class QuietMerges extends ConcurrentMergeScheduler {
        QuietMerges() {
            setMaxMergesAndThreads(4, 1);
            disableAutoIOThrottle();
        }

        @Override
        protected void handleMergeException(Throwable failure) {}
    }

    /// Lucene's cache of results outlives an index.
    private static final class Uncached extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }

    /// Adds an entry of which the index has nothing. @param text null if it has none
    void add(IndexFields.State state, @Nullable String text) throws IOException {
        writer.addDocument(IndexFields.document(state, text));
    }

    /// Puts an entry in place of what the index had of it. @param text null if it has none
    void put(IndexFields.State state, @Nullable String text) throws IOException {
        writer.updateDocument(IndexFields.term(state.id()), IndexFields.document(state, text));
    }

    void remove(Collection<Id> ids) throws IOException {
        writer.deleteDocuments(ids.stream().map(IndexFields::term).toArray(Term[]::new));
    }

    void refresh() throws IOException {
        searchers.maybeRefresh();
    }

    /// Makes everything durable. @return the generation of the commit
    long commit() throws IOException {
        if (writer.hasUncommittedChanges()) {
            // Lucene's own number of the commit is enough: it grows with each.
            writer.commit();
        }
        return generation();
    }

    long generation() throws IOException {
        return SegmentInfos.getLastCommitGeneration(directory);
    }

    /// What the index holds.
    Map<Id, IndexFields.State> states() throws IOException {
        searchers.maybeRefreshBlocking();
        IndexSearcher searcher = searchers.acquire();
        try {
            Map<Id, IndexFields.State> states = new HashMap<>();
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                BinaryDocValues values = leaf.reader().getBinaryDocValues(IndexFields.STATE);
                Bits live = leaf.reader().getLiveDocs();
                while (values != null && values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    if (live == null || live.get(values.docID())) {
                        IndexFields.State state = IndexFields.State.of(values.binaryValue());
                        states.put(state.id(), state);
                    }
                }
            }
            return states;
        } catch (MalformedException e) {
            throw new CorruptIndexException("an entry of the search index is malformed", "search index", e);
        } finally {
            searchers.release(searcher);
        }
    }

    List<Hit> search(Wanted wanted, int limit, int snippets) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            int threshold = Math.max(limit, COUNTED_EXACTLY);
            TopDocs found = searcher.search(wanted.query(), new TopScoreDocCollectorManager(limit, null, threshold));
            Snippets cutter = new Snippets(wanted);
            StoredFields stored = searcher.storedFields();
            List<Hit> hits = new ArrayList<>();
            Map<Integer, Id> ids = ids(searcher.getIndexReader(), found.scoreDocs);
            for (ScoreDoc scored : found.scoreDocs) {
                Id id = ids.get(scored.doc);
                boolean shown = hits.size() < snippets;
                String text = shown ? stored.document(scored.doc, TEXT).get(IndexFields.TEXT) : null;
                if (id != null) {
                    hits.add(text == null ? new Hit(id, "", List.of()) : cutter.hit(id, text));
                }
            }
            return hits;
        } finally {
            searchers.release(searcher);
        }
    }

    /// From the states, which lie by themselves: the stored text is packed, and dear to read.
    private static Map<Integer, Id> ids(IndexReader reader, ScoreDoc[] found) throws IOException {
        Map<Integer, Id> ids = new HashMap<>();
        int[] documents =
                Arrays.stream(found).mapToInt(scored -> scored.doc).sorted().toArray();
        int next = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            BinaryDocValues values = next < documents.length && documents[next] < end
                    ? leaf.reader().getBinaryDocValues(IndexFields.STATE)
                    : null;
            for (; next < documents.length && documents[next] < end; next++) {
                if (values != null && values.advanceExact(documents[next] - leaf.docBase)) {
                    ids.put(documents[next], IndexFields.State.id(values.binaryValue()));
                }
            }
        }
        return ids;
    }

    /// Whether something of entries that are gone may still be in the index.
    boolean hasRemains() {
        return writer.hasDeletions();
    }

    /// Rewrites what still holds something of entries that are gone; commit follows.
    void expunge() throws IOException {
        writer.forceMergeDeletes(true);
    }

    /// Removes the files that no commit and no search needs any more.
    void dropFiles() throws IOException {
        searchers.maybeRefreshBlocking();
        writer.deleteUnusedFiles();
    }

    private static void rollBack(IndexWriter writer) {
        try {
            writer.rollback();
        } catch (IOException e) {
            // What is on disk is one of its commits, or damaged, and then made anew.
            return;
        }
    }

    /// Leaves the index as of the last commit.
    @Override
    public void close() {
        try {
            searchers.close();
        } catch (IOException e) {
            // Nothing was written through it.
        }
        rollBack(writer);
        directory.close();
    }
}

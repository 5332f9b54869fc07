package strongroom.vault.store.search;

import java.util.Arrays;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// How an entry lies in the index.
final class IndexFields {
    static final String ID = "id";
    static final String NAME = "name";
    static final String TEXT = "text";
    static final String STATE = "state";

    private static final int NAME_LIMIT = 4096;
    private static final Id NO_CONTENT = Id.of(new byte[Id.SIZE]);

    private IndexFields() {}

    /// What the index knows of an entry, to be compared with the catalogue.
    ///
    /// @param revision of the content that is indexed; zeros for a folder @param complete whether its text was
    /// read, or never can be
    record State(Id id, Id revision, String name, boolean complete) {
        static State of(Corpus.Entry entry, boolean complete) {
            return new State(entry.id(), revision(entry.revision()), entry.name(), complete);
        }

        static State of(BytesRef encoded) throws MalformedException {
            byte[] bytes = Arrays.copyOfRange(encoded.bytes, encoded.offset, encoded.offset + encoded.length);
            CanonicalReader in = new CanonicalReader(bytes);
            State state = new State(Id.read(in), Id.read(in), in.text(NAME_LIMIT), in.bool());
            in.end();
            return state;
        }

        /// The id in an encoded state, which it begins with.
        static Id id(BytesRef encoded) {
            return Id.of(Arrays.copyOfRange(encoded.bytes, encoded.offset, encoded.offset + Id.SIZE));
        }

        private BytesRef encode() {
            CanonicalWriter out = new CanonicalWriter();
            id.write(out);
            revision.write(out);
            return new BytesRef(out.text(name).bool(complete).toByteArray());
        }

        /// Whether there is nothing to do for this entry.
        boolean covers(Corpus.Entry entry) {
            return revision.equals(revision(entry.revision()))
                    && name.equals(entry.name())
                    && (complete || !entry.local());
        }

        private static Id revision(@Nullable Id revision) {
            return revision == null ? NO_CONTENT : revision;
        }
    }

    static Term term(Id id) {
        return new Term(ID, new BytesRef(id.toByteArray()));
    }

    static Document document(State state, @Nullable String text) {
        Document document = new Document();
        document.add(new StringField(ID, new BytesRef(state.id.toByteArray()), Field.Store.NO));
        document.add(new BinaryDocValuesField(STATE, state.encode()));
        document.add(new TextField(NAME, Words.composed(state.name), Field.Store.NO));
        if (text != null) {
            String content = Words.composed(text);
            document.add(new TextField(TEXT, content, Field.Store.YES));
        }
        return document;
    }
}

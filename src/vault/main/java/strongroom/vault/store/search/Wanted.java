package strongroom.vault.store.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import strongroom.vault.store.search.Words.Word;

/// What somebody typed into the box: all words must be there, in the name or in the text, in any order; what is in
/// quotes in that order; the last word may be only begun.
///
/// @param query for the index; null if there is no word @param forms the words to mark
/// @param begun a beginning of words to mark; empty if there is none
record Wanted(Query query, Set<String> forms, String begun) {
    private static final float NAME = 4;
    private static final int MOST_WORDS = 32;
    private static final int LONGEST = 1000;

    private static final Words STEMMED = new Words(true);
    private static final Words FOLDED = new Words(false);

    /// @param typed as it stands in the box
    static Wanted of(String typed) {
        String text = Words.composed(typed.substring(0, Math.min(typed.length(), LONGEST)));
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        Set<String> forms = new LinkedHashSet<>();
        String begun = "";
        boolean quoted = false;
        String[] parts = text.split("\"", -1);
        for (int i = 0; i < parts.length; i++, quoted = !quoted) {
            List<Word> words = STEMMED.of(parts[i]);
            words = words.subList(0, Math.min(words.size(), Math.max(0, MOST_WORDS - forms.size())));
            words.forEach(word -> forms.add(word.form()));
            boolean open =
                    i == parts.length - 1 && !words.isEmpty() && words.getLast().to() == parts[i].length();
            if (quoted && !open && !words.isEmpty()) {
                all.add(phrase(words), BooleanClause.Occur.MUST);
                continue;
            }
            for (Word word : words) {
                boolean last = open && word.equals(words.getLast());
                begun = last
                        ? FOLDED.of(parts[i].substring(word.from())).getFirst().form()
                        : begun;
                all.add(word(word.form(), last ? begun : ""), BooleanClause.Occur.MUST);
            }
        }
        return new Wanted(all.build(), forms, begun);
    }

    boolean isEmpty() {
        return forms.isEmpty();
    }

    /// Whether a word of a text is one of those that were looked for.
    boolean holds(String form) {
        return forms.contains(form) || !begun.isEmpty() && form.startsWith(begun);
    }

    private static Query word(String form, String begun) {
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        either.add(new TermQuery(new Term(IndexFields.TEXT, form)), BooleanClause.Occur.SHOULD);
        either.add(new BoostQuery(new TermQuery(new Term(IndexFields.NAME, form)), NAME), BooleanClause.Occur.SHOULD);
        if (!begun.isEmpty()) {
            either.add(new PrefixQuery(new Term(IndexFields.TEXT, begun)), BooleanClause.Occur.SHOULD);
            Query name = new PrefixQuery(new Term(IndexFields.NAME, begun));
            either.add(new BoostQuery(name, NAME), BooleanClause.Occur.SHOULD);
        }
        return either.build();
    }

    private static Query phrase(List<Word> words) {
        List<String> forms = new ArrayList<>();
        words.forEach(word -> forms.add(word.form()));
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        for (String field : List.of(IndexFields.TEXT, IndexFields.NAME)) {
            either.add(new PhraseQuery(field, forms.toArray(String[]::new)), BooleanClause.Occur.SHOULD);
        }
        return either.build();
    }
}

package strongroom.vault.store.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void namesThatMeanSomethingElseOrCannotBeShownInAPathAreRefused() {
        for (String name : List.of("", ".", "..", "a/b", "a\0b", "\ud800", "x".repeat(256))) {
            assertNotNull(Names.problem(name), name);
        }
        for (String name : List.of("...", "a\\b", "CON", "a:b", " ", "\n", "\u202ecod.exe", "😀".repeat(255))) {
            assertNull(Names.problem(name), name);
        }
    }

    @Test
    void caseAndCompositionDoNotTellNamesApart() {
        assertEquals(Names.key("Caf\u00e9"), Names.key("CAFE\u0301"));
        assertEquals(Names.key("STRASSE"), Names.key("straße"));
        assertNotEquals(Names.key("a"), Names.key("b"));
    }

    @Test
    void theNumberStandsBeforeTheExtension() {
        assertEquals("a (2).txt", Names.free("a.txt", "a.txt"::equals));
        assertEquals("a.txt", Names.free("a.txt", name -> false));
        assertEquals(".profile (2)", Names.free(".profile", ".profile"::equals));
        assertEquals("a (4)", Names.free("a", Set.of("a", "a (2)", "a (3)")::contains));
        assertEquals(
                "x".repeat(247) + " (2).txt", Names.free("x".repeat(251) + ".txt", ("x".repeat(251) + ".txt")::equals));
    }

    @Property
    void mendedNamesAreAllowedAndAllowedNamesAreLeftAlone(@ForAll @StringLength(max = 600) String name) {
        assertNull(Names.problem(Names.mend(name)));
        if (Names.problem(name) == null) {
            assertEquals(name, Names.mend(name));
        }
    }

    @Property
    void theNamesOfConflictCopiesAreAllowed(
            @ForAll @StringLength(min = 1, max = 300) String name, @ForAll @StringLength(max = 300) String device) {
        assertNull(Names.problem(Names.ofConflict(Names.mend(name), device, "2026-11-22")));
    }

    @Test
    void readersFindNamesWhereTheyLook() {
        List<String> sorted = Stream.of("Scan 10.pdf", "scan 9.pdf", "Émile", "emile", "Zoo", "alpha", "Scan 010.pdf")
                .sorted(java.util.Comparator.comparing(NameOrder::of))
                .toList();

        assertEquals(List.of("alpha", "emile", "Émile", "scan 9.pdf", "Scan 010.pdf", "Scan 10.pdf", "Zoo"), sorted);
    }

    @Property
    void theOrderIsAnOrder(@ForAll String one, @ForAll String two, @ForAll String three) {
        NameOrder a = NameOrder.of(one);
        NameOrder b = NameOrder.of(two);
        NameOrder c = NameOrder.of(three);

        assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertEquals(true, a.compareTo(c) <= 0);
        }
        assertEquals(one.equals(two), a.compareTo(b) == 0);
    }
}

package strongroom.desktop.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import strongroom.desktop.SameThread;
import strongroom.desktop.work.Work;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoveryState;

class ProveCodeViewModelTest {
    private static final RecoveryState SHEET = new RecoveryState.Sheet("3f2a91c0", Instant.EPOCH);

    private final List<String> tried = new ArrayList<>();
    private @Nullable ClientException refusal;
    private int proved;
    private final ProveCodeViewModel model =
            new ProveCodeViewModel(this::tryCode, new SameThread().work(), SHEET, () -> proved++);

    private void tryCode(char[] code) throws ClientException {
        tried.add(new String(code));
        if (refusal != null) {
            throw refusal;
        }
    }

    @Test
    void itIsSaidWhichSheetIsAskedFor() {
        assertTrue(model.explanation().contains("sheet 3f2a91c0"), model.explanation());
    }

    @Test
    void aCodeThatOpensIsToldAndWhatWasTypedIsZeroed() {
        char[] typed = {'A', 'B'};

        model.prove(typed);

        assertEquals(1, proved);
        assertEquals(List.of("AB"), tried);
        assertArrayEquals(new char[2], typed);
        assertFalse(model.busyProperty().get());
    }

    @Test
    void aMistypedGroupIsNamedAndMayBeMended() {
        refusal = new ClientException(Problem.CODE_WRONG, "Group 3 of the recovery code is mistyped.");
        char[] typed = {'A'};
        model.prove(typed);
        assertEquals(
                "Group 3 of the recovery code is mistyped.",
                model.messageProperty().get());
        assertArrayEquals(new char[1], typed);
        assertEquals(0, proved);

        refusal = null;
        model.prove(typed);

        assertEquals("", model.messageProperty().get());
        assertEquals(1, proved);
    }

    @Test
    void aLockSaysItself() {
        refusal = new ClientException(Problem.LOCKED, "The vault is locked.");

        model.prove(new char[] {'A'});

        assertEquals("", model.messageProperty().get());
        assertEquals(0, proved);
    }

    @Test
    void oneIsTriedAtATime() {
        Queue<Runnable> later = new ArrayDeque<>();
        var slow = new ProveCodeViewModel(
                this::tryCode, new Work(later::add, Runnable::run, (_, _) -> {}), SHEET, () -> proved++);
        char[] second = {'B'};
        slow.prove(new char[] {'A'});

        slow.prove(second);

        assertArrayEquals(new char[1], second);
        later.forEach(Runnable::run);
        assertEquals(List.of("A"), tried);
    }
}

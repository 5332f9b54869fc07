package strongroom.vault.store.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import strongroom.protocol.Id;

/// Random histories of two to four devices that work apart and meet at random moments.
class ConvergenceTest {
    /// What one device does: acts, or exchanges with the server.
    record Step(int device, int what, int which, int other) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 11);
        return Combinators.combine(number, Arbitraries.integers().between(0, 12), number, number)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void devicesAgreeAndNothingThatWasAcknowledgedIsLost(
            @ForAll("histories") List<Step> steps, @ForAll long seed, @ForAll("counts") int count) {
        List<Change> log = new ArrayList<>();
        Random random = new Random(seed);
        Id vault = Id.random(random);
        List<SimulatedDevice> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(new SimulatedDevice("device " + i, vault, random, log));
        }

        for (Step step : steps) {
            SimulatedDevice device = devices.get(step.device % count);
            switch (step.what) {
                case 9, 10 -> device.pull();
                case 11, 12 -> device.push(step.which + 1);
                default -> device.act(step.what, step.which, step.other);
            }
        }
        for (int round = 0; round < 2; round++) {
            for (SimulatedDevice device : devices) {
                device.pull();
                device.push(Integer.MAX_VALUE);
                device.pull();
            }
        }

        for (SimulatedDevice device : devices) {
            assertEquals(shape(devices.getFirst().tree), shape(device.tree));
            assertSound(device.tree);
            assertNothingLost(device.tree, log);
        }
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(2, 4);
    }

    private static List<Node> shape(Tree tree) {
        return tree.all().stream().sorted(Comparator.comparing(Node::id)).toList();
    }

    /// Every entry can be reached from the root, and no two in a folder have the same name.
    private static void assertSound(Tree tree) {
        Set<Id> reached = new HashSet<>();
        reach(tree, tree.root(), reached);
        for (Node node : tree.all()) {
            assertTrue(node.isRemoved() || reached.contains(node.id()), "out of reach");
        }
    }

    private static void reach(Tree tree, Id folder, Set<Id> reached) {
        assertTrue(reached.add(folder), "a circle");
        List<Node> children = tree.children(folder);
        Set<String> names =
                children.stream().map(node -> Names.key(node.name())).collect(Collectors.toSet());
        assertEquals(children.size(), names.size());
        children.forEach(child -> reach(tree, child.id(), reached));
    }

    /// A revision is there, is an earlier one, or is in the trash, unless somebody destroyed exactly this one, or an
    /// entry in the trash that had it.
    private static void assertNothingLost(Tree tree, List<Change> log) {
        Set<Id> kept = new HashSet<>();
        tree.all().forEach(node -> node.contents().forEach(content -> kept.add(content.revision())));
        Map<Id, Id> bases = new HashMap<>();
        Set<Id> saved = new HashSet<>();
        for (Change change : log) {
            for (Operation operation : change.operations()) {
                switch (operation) {
                    case Operation.PutDocument put -> {
                        saved.add(put.content().revision());
                        if (put.base() != null) {
                            bases.put(put.content().revision(), put.base());
                        }
                    }
                    case Operation.PurgeVersion purge -> kept.add(purge.revision());
                    case Operation.Purge purge -> {
                        for (Id gone = purge.seen(); gone != null; gone = bases.get(gone)) {
                            kept.add(gone);
                        }
                    }
                    case Operation.PutFolder _, Operation.Move _, Operation.Remove _, Operation.Restore _ -> {}
                }
            }
        }
        saved.removeAll(kept);
        assertEquals(Set.of(), saved);
    }
}

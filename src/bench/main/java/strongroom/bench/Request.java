package strongroom.bench;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was typed.
///
/// @param subject the store, or the search alone @param json one line for machines @param only what to measure;
/// empty for everything @param beside contenders that have a turn beside our store; empty for all that are here
record Request(String subject, boolean json, Set<String> only, Set<String> beside) {
    /// What can be measured of a store.
    static final List<String> WORKLOADS =
            List.of("documents", "large", "random", "edited", "inserted", "open", "list", "memory", "search");

    /// @return empty if it cannot be understood
    static Optional<Request> of(List<String> words) {
        String subject = "store";
        boolean json = false;
        Set<String> only = Set.of();
        Set<String> beside = Set.of();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean more = i + 1 < words.size();
            if (word.equals("--json")) {
                json = true;
            } else if (word.equals("--only") && more) {
                only = names(words.get(++i));
            } else if (word.equals("--beside") && more) {
                beside = names(words.get(++i));
            } else if (i == 0 && List.of("store", "search").contains(word)) {
                subject = word;
            } else {
                return Optional.empty();
            }
        }
        return WORKLOADS.containsAll(only) ? Optional.of(new Request(subject, json, only, beside)) : Optional.empty();
    }

    private static Set<String> names(String list) {
        return Set.copyOf(List.of(list.split(",", -1)));
    }

    boolean wants(String workload) {
        return only.isEmpty() || only.contains(workload);
    }

    boolean wantsAny(String... workloads) {
        return List.of(workloads).stream().anyMatch(this::wants);
    }

    boolean wantsBeside(String contender) {
        return beside.isEmpty() || beside.contains(contender);
    }
}

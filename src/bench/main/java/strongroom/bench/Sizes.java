package strongroom.bench;

/// How much is measured, by the properties `strongroom.bench.…`, so that one thing can be tried quickly.
///
/// @param rounds how often everyone has a turn @param documents office documents @param large MiB of the large
/// document @param edited MiB of the one that is saved again @param reads pieces of the large one @param budget
/// seconds for them, see {@link strongroom.bench.contender.RandomReads} @param many tiny documents, a thousand to
/// a folder @param sparse MiB of what comes in with little memory @param searched letters in the search
record Sizes(
        int rounds, int documents, int large, int edited, int reads, int budget, int many, int sparse, int searched) {
    static Sizes ofProperties() {
        return new Sizes(
                property("rounds", 5),
                property("documents", 10_000),
                property("large", 1024),
                property("edited", 100),
                property("reads", 10_000),
                property("budget", 20),
                property("many", 100_000),
                property("sparse", 4096),
                property("searched", 100_000));
    }

    /// What is enough for a JVM to get warm.
    static Sizes few() {
        return new Sizes(2, 500, 64, 10, 1000, 1, 1000, 1, 1000);
    }

    private static int property(String name, int otherwise) {
        return Math.max(1, Integer.getInteger("strongroom.bench." + name, otherwise));
    }
}

/// Whole runs of the client's parts, timed beside what the machine itself can do in the same minute. Depends on
/// `strongroom.vault`. Start with {@link strongroom.bench.Main}.
@org.jspecify.annotations.NullMarked
package strongroom.bench;

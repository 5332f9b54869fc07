/// Whole runs of the client's parts, timed beside what the machine itself can do in the same minute, and beside what
/// people use today. Depends on `strongroom.vault`. Start with {@link strongroom.bench.Main}.
///
/// A {@link strongroom.bench.Measure} is what is timed, {@link strongroom.bench.Figures} gathers it round after round,
/// {@link strongroom.bench.Request} says what can be asked for, and {@link strongroom.bench.Sizes} how much of it.
@org.jspecify.annotations.NullMarked
package strongroom.bench;

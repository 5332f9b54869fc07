/// Whoever keeps documents and is timed: our own store, what the machine itself can do, and the programs of
/// others.
@org.jspecify.annotations.NullMarked
package strongroom.bench.contender;

package strongroom.bench.contender;

/// How long it takes until there is something to see, in seconds from the same moment.
///
/// @param opened until it can be used @param firstRows until what is in the topmost folder is listed
public record Opening(double opened, double firstRows) {}

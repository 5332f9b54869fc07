package strongroom.bench.contender;

/// How long it takes until there is something to see, in seconds from the same moment.
///
/// @param opened until all of it can be listed @param firstRows until what is in the topmost folder is listed
public record Opening(double opened, double firstRows) {}

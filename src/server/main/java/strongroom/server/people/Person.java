package strongroom.server.people;

import strongroom.protocol.Id;

/// Somebody a code was made for.
///
/// @param id names the person everywhere
/// @param name as the administrator wrote it, unique
public record Person(Id id, String name) {}

package strongroom.vault.store;

import java.time.Instant;
import strongroom.protocol.Id;

/// A document or a folder in the trash.
///
/// @param id as before
/// @param folder whether it holds entries instead of content
/// @param name as before
/// @param from path of the folder it was in; empty for the root, or if that folder was destroyed
/// @param when it was put there, by the clock of the device that did
/// @param documents how many documents it is or holds
/// @param size of their contents in bytes, earlier ones not counted
public record Removed(Id id, boolean folder, String name, String from, Instant when, long documents, long size) {}

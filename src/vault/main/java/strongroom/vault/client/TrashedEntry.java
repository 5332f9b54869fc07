package strongroom.vault.client;

import java.time.Instant;
import strongroom.protocol.Id;

/// A document or a folder in the trash.
///
/// @param id as before @param folder whether it is a folder @param name as before
/// @param from path of the folder it was in; empty for the topmost @param when it was put there
/// @param documents how many documents it is or holds @param size of their contents in bytes
public record TrashedEntry(Id id, boolean folder, String name, String from, Instant when, long documents, long size) {}

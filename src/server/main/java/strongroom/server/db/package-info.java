/// The server's database: SQLite in one file, one writer, many readers. Depends on the protocol's identifiers and the
/// database libraries alone. Start with {@link strongroom.server.db.Database}.
package strongroom.server.db;

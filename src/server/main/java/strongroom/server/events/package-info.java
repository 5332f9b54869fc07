/// Who listens, and hints to them that something is new. Knows no HTTP and no database. Start with
/// {@link strongroom.server.events.EventHub}.
package strongroom.server.events;

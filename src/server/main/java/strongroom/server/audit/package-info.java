/// What administrators did, in a chain that shows tampering. Depends on `db` and the protocol. Start with
/// {@link strongroom.server.audit.Audit}.
package strongroom.server.audit;

/// The server's share of a device's key: the keys of slots, the tries that are counted, and the leases for laptops
/// that are away. Nothing here learns a PIN or what it opens. Depends on `policy`, `device`, `people`, `audit`, `db`,
/// `events` and `refusal`. Start with {@link strongroom.server.share.Evaluations}.
package strongroom.server.share;

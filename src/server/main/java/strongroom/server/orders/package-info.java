/// Orders to devices and what the devices say about them. The server carries orders and cannot make one. Depends
/// on `share`, `device`, `people`, `audit`, `db`, `events` and `refusal`. Start with
/// {@link strongroom.server.orders.Orders}.
package strongroom.server.orders;

/// The administrator's side: the keys that the server must not have, and the requests, orders and policies they
/// sign. Depends on the protocol, `files` and the form of `orders`' and `share`'s reports; speaks to the server over
/// the network alone. Start with {@link strongroom.server.admin.AdminConsole}.
package strongroom.server.admin;

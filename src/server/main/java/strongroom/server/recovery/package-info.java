/// The organisation's recovery keys and the keys of people that are sealed to them. The server can open none of
/// it: the private half is in the shares of several administrators.
package strongroom.server.recovery;

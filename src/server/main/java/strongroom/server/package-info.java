/// The programs `serve`, `init` and `admin` and the one place where the parts are put together. May use everything;
/// nothing uses it. Start with {@link strongroom.server.RunningServer}.
package strongroom.server;

/// The two ports: TLS, the table of routes, who may use which, limits and refusals. Depends on everything but the
/// command line. Start with {@link strongroom.server.http.Routes}.
package strongroom.server.http;

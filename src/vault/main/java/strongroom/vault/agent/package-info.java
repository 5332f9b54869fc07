/// The process that does all networking and obeys orders, and the small local socket to the window and the command
/// line. It holds no key of the vault and can open none: it takes the store's exchange, never the store. Depends on
/// everything below `client`. Start with {@link strongroom.vault.agent.AgentLink} for the window's side and
/// {@link strongroom.vault.agent.AgentMain} for the agent's.
package strongroom.vault.agent;

/// The policies in force: carried for the administrators who sign them, and for the laptops that obey. Depends on
/// `device`, `people`, `audit`, `db`, `events` and `refusal`. Start with {@link strongroom.server.policy.Policies}.
package strongroom.server.policy;

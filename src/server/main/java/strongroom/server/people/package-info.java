/// Administrators, people and the enrolment codes made for them. Depends on `db`, `audit` and `refusal`. Start with
/// {@link strongroom.server.people.Codes}.
package strongroom.server.people;

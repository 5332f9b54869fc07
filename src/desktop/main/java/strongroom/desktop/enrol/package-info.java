/// First run: the code, whom it is for, a new PIN. Depends on `picker`, `widget`, `text`, `work` and the client.
/// Start with {@link strongroom.desktop.enrol.EnrolViewModel}.
package strongroom.desktop.enrol;

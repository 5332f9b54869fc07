/// Tests of the repository itself: what is named exists, what exists is named. Depends on files alone.
/// Start reading at [strongroom.repository.RepositoryTest].
package strongroom.repository;

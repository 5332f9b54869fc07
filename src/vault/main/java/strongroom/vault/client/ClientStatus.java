package strongroom.vault.client;

import java.util.List;

/// Where a client stands, as far as can be said without a PIN.
///
/// @param state `not enrolled`, `enrolled`, `frozen` or `wiped`
/// @param assurance how the store is sealed: `hardware`, `keystore`, `passphrase`, or empty
/// @param registers to which of the TPM's registers it is bound, ascending; empty if it opens however the machine is
///     started
/// @param server what the organisation's server has to do with unlocking
/// @param recovery whether there is a second way in
/// @param enrolment whether two ways in were opened for proof, by what is written in clear
/// @param folder what was found of the folder at an unlock and nobody has taken note of; not checked if nothing
/// @param device the device's id, or empty
/// @param sync one sentence on synchronisation
/// @param pending changes that the server does not have
/// @param agentRuns whether the background agent answers
public record ClientStatus(
        String state,
        String assurance,
        List<Integer> registers,
        ServerPart server,
        RecoveryState recovery,
        EnrolmentState enrolment,
        FolderState folder,
        String device,
        String sync,
        int pending,
        boolean agentRuns) {}

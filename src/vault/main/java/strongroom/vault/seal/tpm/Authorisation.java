package strongroom.vault.seal.tpm;

import java.io.IOException;

/// How a command is authorised, and how its first parameter is kept from whoever reads the bus.
interface Authorisation {
    /// The empty password, in clear: for what everybody may do anyway.
    Authorisation EMPTY_PASSWORD = new Authorisation() {
        @Override
        public byte[] protect(TpmCommand command, byte[] parameters) {
            return new TpmWriter()
                    .uint32(0x40000009)
                    .uint16(0)
                    .uint8(1)
                    .uint16(0)
                    .toByteArray();
        }

        @Override
        public void open(TpmCommand command, byte[] parameters, TpmReader area) throws IOException {
            // A password proves nothing in the other direction: no nonce, attributes, no code.
            area.sized();
            area.uint8();
            area.sized();
        }
    };

    /// For a command that wants two: this for its first handle, the other for its second.
    default Authorisation and(Authorisation second) {
        Authorisation first = this;
        return new Authorisation() {
            @Override
            public byte[] protect(TpmCommand command, byte[] parameters) {
                return new TpmWriter()
                        .fixed(first.protect(command, parameters))
                        .fixed(second.protect(command, parameters))
                        .toByteArray();
            }

            @Override
            public void open(TpmCommand command, byte[] parameters, TpmReader area)
                    throws IOException, InterposedException {
                first.open(command, parameters, area);
                second.open(command, parameters, area);
            }
        };
    }

    /// Encrypts the first parameter in place, if this authorisation does so. @return the authorisation area
    byte[] protect(TpmCommand command, byte[] parameters);

    /// Checks the authorisation area of the response and decrypts its first parameter in place.
    ///
    /// @throws InterposedException if the response is not from who knows the session's key
    void open(TpmCommand command, byte[] parameters, TpmReader area) throws IOException, InterposedException;
}

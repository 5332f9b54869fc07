package strongroom.vault.seal;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.seal.SealException.Why;

/// An honest fake of a TPM's signing keys, in memory: hands out handles without an encoding, and can be taken away. As
/// long as the object lives it is the same machine. Safe for several threads.
public final class MemoryKeys implements MachineKeys {
    private final SecureRandom random;
    private final Map<Id, KeyPair> known = new HashMap<>();
    private boolean absent;

    public MemoryKeys(SecureRandom random) {
        this.random = random;
    }

    /// From now on the part does not answer, or answers again.
    public synchronized void setAbsent(boolean isAbsent) {
        absent = isAbsent;
    }

    /// How many it can sign with at the moment.
    public synchronized int count() {
        return known.size();
    }

    @Override
    public synchronized Made make() throws SealException {
        check();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            Id id = Id.random(random);
            known.put(id, pair);
            return new Made(VerifyingKey.of(pair.getPublic()), Checksum.append(id.toByteArray()));
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PrivateKey open(byte[] kept) throws SealException {
        Id id = id(kept);
        if (Security.getProvider(MemoryProvider.NAME) == null) {
            Security.addProvider(new MemoryProvider());
        }
        return new Handle(this, id, ((ECPublicKey) pair(id).getPublic()).getParams());
    }

    @Override
    public synchronized void destroy(byte[] kept) throws SealException {
        check();
        known.remove(id(kept));
    }

    private void check() throws SealException {
        if (absent) {
            throw new SealException(Why.ABSENT, "There is no such part.");
        }
    }

    private static Id id(byte[] kept) throws SealException {
        byte[] bytes = Checksum.strip(kept);
        if (bytes.length != Id.SIZE) {
            throw new SealException(Why.DAMAGED, "The key is damaged.");
        }
        return Id.of(bytes);
    }

    private synchronized KeyPair pair(Id id) throws SealException {
        check();
        KeyPair pair = known.get(id);
        if (pair == null) {
            throw new SealException(Why.FOREIGN, "The key is not known here.");
        }
        return pair;
    }

    private static final class Handle implements PrivateKey, ECKey {
        private static final long serialVersionUID = 1L;

        private final transient MemoryKeys machine;
        private final transient Id id;
        private final transient ECParameterSpec curve;

        Handle(MemoryKeys machine, Id id, ECParameterSpec curve) {
            this.machine = machine;
            this.id = id;
            this.curve = curve;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }

        @Override
        public ECParameterSpec getParams() {
            return curve;
        }

        private void writeObject(ObjectOutputStream out) throws NotSerializableException {
            throw new NotSerializableException("a handle");
        }
    }

    private static final class MemoryProvider extends Provider {
        private static final long serialVersionUID = 1L;
        static final String NAME = "StrongroomMemory";

        MemoryProvider() {
            super(NAME, "1", "keys of the fake machine");
            putService(new Service(this, "Signature", "SHA256withECDSA", Spi.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(@Nullable Object parameter) {
                    return new Spi();
                }

                @Override
                public boolean supportsParameter(@Nullable Object key) {
                    return key instanceof Handle;
                }
            });
        }
    }

    /// Asks the machine when it signs, not before.
    private static final class Spi extends SignatureSpi {
        private final java.io.ByteArrayOutputStream message = new java.io.ByteArrayOutputStream();
        private @Nullable Handle handle;

        @Override
        protected void engineInitSign(PrivateKey key) {
            handle = (Handle) key;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            throw new InvalidKeyException("signs only");
        }

        @Override
        protected void engineUpdate(byte next) {
            message.write(next);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            message.write(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            Handle by = handle;
            if (by == null) {
                throw new SignatureException("no key");
            }
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(by.machine.pair(by.id).getPrivate());
                signature.update(message.toByteArray());
                message.reset();
                return signature.sign();
            } catch (SealException | GeneralSecurityException e) {
                throw new SignatureException(e);
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return false;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String parameter, Object value) {
            throw new InvalidParameterException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String parameter) {
            throw new InvalidParameterException();
        }
    }
}

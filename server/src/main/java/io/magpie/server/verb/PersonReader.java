package io.magpie.server.verb;

import io.magpie.core.engine.Engine;
import io.magpie.core.engine.Person;
import io.magpie.core.profile.IdentityHasher;
import io.magpie.protocol.PersonRequestDecoder;
import io.magpie.protocol.ProtocolLimits;

/** Reads whom a place of a request names: by a profile's id, or by an identity. One an event loop; allocates nothing. */
final class PersonReader {
    private final IdentityHasher hasher;
    private final byte[] externalId = new byte[ProtocolLimits.MAX_EXTERNAL_ID_LENGTH];
    private final Person person = new Person();

    PersonReader(Engine engine) {
        hasher = engine.newIdentityHasher();
    }

    /** Returns the one at a place; the object is used again by the next call. */
    Person read(PersonRequestDecoder decoder, int place, long profileId) {
        return read(decoder, place, profileId, person);
    }

    Person read(PersonRequestDecoder decoder, int place, long profileId, Person into) {
        int entry = profileId == Person.NOBODY ? decoder.findIdentity(place) : -1;
        if (entry < 0) {
            return into.profile(profileId);
        }
        decoder.copyExternalId(entry, externalId);
        // 255 is no source: it counts as one that is not configured.
        int source = Math.min(254, decoder.identitySource(entry));
        return into.identity(hasher, source, externalId, 0, decoder.identityIdLength(entry));
    }

    /** Returns the id's bytes of an entry, from the first; used again by the next call. */
    byte[] externalId(PersonRequestDecoder decoder, int entry) {
        decoder.copyExternalId(entry, externalId);
        return externalId;
    }
}

package io.magpie.core.engine;

import io.magpie.core.profile.IdentityHasher;
import java.nio.charset.StandardCharsets;

/** Makes persons of an engine for tests, from texts. */
final class People {
    private final IdentityHasher hasher;

    People(Engine engine) {
        hasher = engine.newIdentityHasher();
    }

    Person identity(int source, String id) {
        return identity(source, id.getBytes(StandardCharsets.UTF_8));
    }

    Person identity(int source, byte[] id) {
        return new Person().identity(hasher, source, id, 0, id.length);
    }
}

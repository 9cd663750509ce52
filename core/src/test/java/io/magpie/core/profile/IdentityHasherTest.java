package io.magpie.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class IdentityHasherTest {
    @Test
    void shouldBeTheFirstHalfOfHmacSha256WhenIdsOfEveryLengthAreHashed() throws Exception {
        Random random = new Random(1);
        byte[] key = new byte[IdentityHasher.KEY_LENGTH];
        random.nextBytes(key);
        IdentityHasher hasher = new IdentityHasher(key);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (int length = 1; length <= IdentityHasher.MAX_ID_LENGTH; length++) {
            byte[] id = new byte[length + 3];
            random.nextBytes(id);
            int source = random.nextInt(255);
            hasher.identity(source, id, 2, length);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            message.write(source);
            message.write(id, 2, length);
            ByteBuffer expected =
                    ByteBuffer.wrap(mac.doFinal(message.toByteArray())).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(hasher.high()).isEqualTo(expected.getLong(0));
            assertThat(hasher.low()).isEqualTo(expected.getLong(8));
        }
    }

    @Test
    void shouldTellSourcesKindsAndKeysApartWhenIdsAreEqual() {
        byte[] id = {'a'};
        IdentityHasher hasher = new IdentityHasher(new byte[32]);
        hasher.identity(0, id, 0, 1);
        long first = hasher.high();
        hasher.identity(1, id, 0, 1);
        assertThat(hasher.high()).isNotEqualTo(first);
        hasher.erasedProfile(7);
        long profile = hasher.high();
        hasher.erasedIdentity(7, 0);
        assertThat(hasher.high()).isNotEqualTo(profile);
        byte[] other = new byte[32];
        other[31] = 1;
        IdentityHasher second = new IdentityHasher(other);
        second.identity(0, id, 0, 1);
        assertThat(second.high()).isNotEqualTo(first);
        assertThatThrownBy(() -> new IdentityHasher(new byte[31])).hasMessageContaining("length=31");
    }
}

package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.Catalogues;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieException;
import io.magpie.core.store.StateVerification;
import io.magpie.protocol.EraseProfileRequestEncoder;
import io.magpie.protocol.GetProfileReplyDecoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.LinkRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.UnlinkRequestEncoder;
import io.magpie.server.RawClient;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server that links, unlinks and erases, and fills and switches catalogues. After each restart it is in the state of
 * the last acknowledged step, or of the one that was under way, and in none between. {@code -Dmagpie.kills=50} as in
 * {@link KilledServerTest}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledLinksTest {
    private static final int KILLS = Integer.getInteger("magpie.kills", 4);
    private static final int ITEMS = 3;
    private static final long NOBODY = -1L;
    private static final byte[] ONE = {'o', 'n', 'e', 1, 2, 3};
    private static final byte[] OTHER = {'o', 't', 'h', 4, 5, 6};

    @TempDir
    private Path directory;

    /** Steps of links: 1 links both, 2 unlinks the other, 3 erases the one, 0 erases the other. */
    private long linkAcknowledged;

    private long linkSent;
    /** Which filling of a catalogue is live: it is the price of all its items. */
    private long switchAcknowledged;

    private long switchSent;

    @Test
    void shouldHoldEveryAcknowledgedLinkAndSwitchWhenKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill <= KILLS; kill++) {
            try (ServerProcess server = start();
                    MagpieClient client =
                            MagpieClient.builder("127.0.0.1", server.port()).connect();
                    RawClient raw = new RawClient(new InetSocketAddress("127.0.0.1", server.port()))) {
                String when = "seed=" + seed + " kill=" + kill;
                if (kill == 0) {
                    fill(client, 0, 0);
                }
                requireLinks(raw, when);
                requireCatalogue(client, when);
                if (kill == KILLS) {
                    assertThat(server.stop()).isZero();
                    break;
                }
                int millis = 300 + random.nextInt(700);
                Thread killer = new Thread(() -> {
                    try {
                        server.killAfter(millis);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                killer.start();
                writeUntilKilled(client, raw);
                killer.join();
            }
        }
        assertThat(linkAcknowledged).isGreaterThan(KILLS);
        assertThat(switchAcknowledged).isGreaterThan(KILLS);
        assertThat(StateVerification.verify(directory.resolve("data"), directory))
                .allMatch(StateVerification.Finding::ok);
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(
                directory.resolve("errors.log"),
                List.of(),
                List.of(
                        "--port=0",
                        "--admin-port=0",
                        "--data-dir=" + directory.resolve("data"),
                        "--dimension=256",
                        "--sources=social:1:never,commerce:1:never",
                        "--set=store.profiles=64",
                        "--set=store.items=1024",
                        "--set=store.seen=64",
                        "--set=log.checkpoint-segments=1",
                        "--set=log.segment-size=1MiB"));
    }

    private void writeUntilKilled(MagpieClient client, RawClient raw) {
        try {
            while (true) {
                for (int i = 0; i < 4; i++) {
                    linkStep(raw);
                }
                switchStep(client);
            }
        } catch (IOException | MagpieException e) {
            // Killed: what was under way may have happened or not.
            assertThat(linkSent - linkAcknowledged + switchSent - switchAcknowledged)
                    .as("%s", e)
                    .isLessThanOrEqualTo(1);
        }
    }

    private void linkStep(RawClient raw) throws IOException {
        long step = ++linkSent;
        switch ((int) (step % 4)) {
            case 1 -> {
                LinkRequestEncoder link = new LinkRequestEncoder()
                        .wrap(raw.request(), raw.nextId(), 0)
                        .beginLinks(1);
                link.addLink(NOBODY, NOBODY);
                link.beginIdentities(2);
                link.addIdentity(0, 0, ONE);
                link.addIdentity(1, 1, OTHER);
                link.finish();
            }
            case 2 -> {
                UnlinkRequestEncoder unlink = new UnlinkRequestEncoder()
                        .wrap(raw.request(), raw.nextId(), 0)
                        .beginUnlinks(1);
                unlink.addUnlink(NOBODY);
                unlink.beginIdentities(1);
                unlink.addIdentity(0, 1, OTHER);
                unlink.finish();
            }
            default -> {
                EraseProfileRequestEncoder erase = new EraseProfileRequestEncoder()
                        .wrap(raw.request(), raw.nextId(), 0)
                        .profileId(NOBODY);
                erase.beginIdentities(1);
                erase.addIdentity(0, step % 4 == 3 ? 0 : 1, step % 4 == 3 ? ONE : OTHER);
                erase.finish();
            }
        }
        raw.send();
        assertThat(RawClient.status(raw.expect())).isEqualTo(Status.OK);
        linkAcknowledged = step;
    }

    private static long find(RawClient raw, int source, byte[] id) throws IOException {
        GetProfileRequestEncoder get = new GetProfileRequestEncoder()
                .wrap(raw.request(), raw.nextId(), 0)
                .profileId(NOBODY)
                .parts(1);
        get.beginIdentities(1);
        get.addIdentity(0, source, id);
        get.finish();
        raw.send();
        ByteBuf reply = raw.expect();
        if (RawClient.status(reply) == Status.UNKNOWN_PROFILE) {
            return NOBODY;
        }
        GetProfileReplyDecoder decoder = new GetProfileReplyDecoder();
        assertThat(decoder.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
        return decoder.profileId();
    }

    private void requireLinks(RawClient raw, String when) throws IOException {
        long one = find(raw, 0, ONE);
        long other = find(raw, 1, OTHER);
        int found = one == NOBODY ? (other == NOBODY ? 0 : 3) : one == other ? 1 : 2;
        if (found == 2) {
            assertThat(other).as(when).isNotEqualTo(NOBODY);
        }
        long step = linkAcknowledged % 4 == found ? linkAcknowledged : linkSent;
        assertThat(step % 4)
                .as("%s links: acknowledged=%d sent=%d", when, linkAcknowledged, linkSent)
                .isEqualTo(found);
        linkAcknowledged = step;
        linkSent = step;
    }

    private static void fill(MagpieClient client, int edition, long filling) {
        for (int i = 1; i <= ITEMS; i++) {
            float[] vector = new float[256];
            vector[i] = filling + 1;
            client.async()
                    .ofEdition(edition)
                    .putItem(1, new ItemUpdate(i, vector, 0f, new ItemAttributes(7, filling, true, false)))
                    .join();
        }
    }

    private void switchStep(MagpieClient client) {
        int live = client.catalogues().live().number();
        int staged = client.stageCatalogue(1).beside().number();
        try {
            fill(client, staged, switchAcknowledged + 1);
        } catch (java.util.concurrent.CompletionException e) {
            throw (MagpieException) e.getCause();
        }
        switchSent = switchAcknowledged + 1;
        client.switchCatalogue(staged);
        switchAcknowledged = switchSent;
        client.dropCatalogue(live);
    }

    private void requireCatalogue(MagpieClient client, String when) {
        Catalogues catalogues = client.catalogues();
        assertThat(catalogues.live().items()).as(when).isEqualTo(ITEMS);
        long filling = client.getItem(1).orElseThrow().attributes().priceMinor();
        for (int i = 2; i <= ITEMS; i++) {
            assertThat(client.getItem(i).orElseThrow().attributes().priceMinor())
                    .as(when)
                    .isEqualTo(filling);
        }
        assertThat(filling).as(when).isBetween(switchAcknowledged, switchSent);
        switchAcknowledged = filling;
        switchSent = filling;
        if (catalogues.beside() != null) {
            client.dropCatalogue(catalogues.beside().number());
        }
    }
}

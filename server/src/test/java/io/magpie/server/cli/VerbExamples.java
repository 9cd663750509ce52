package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.Batch;
import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.ErasureReceipt;
import io.magpie.client.Event;
import io.magpie.client.Explanation;
import io.magpie.client.MagpieClient;
import io.magpie.client.Mark;
import io.magpie.client.Profile;
import io.magpie.client.ProfilePart;
import io.magpie.client.RecommendRequest;
import io.magpie.client.Recommendations;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The Java of docs/VERBS.md: what lies between the markers is shown there, word for word. */
final class VerbExamples {
    private VerbExamples() {}

    static void run(MagpieClient client) {
        // shown
        int commerce = client.serverInfo().sourceNumber("commerce");
        int audience = client.serverInfo().purposeNumber("audience");
        long now = System.currentTimeMillis();

        client.recordEvent(new Event(60, commerce, 1, 1.0, now, 9002));
        client.markItems(List.of(new Mark(60, commerce, 2, true, now)));
        Recommendations best = client.recommend(RecommendRequest.forProfile(60)
                .limit(2)
                .seenWithin(30 * 86_400)
                .capShown(3, 86_400)
                .recordShown());

        Batch batch = client.batch();
        CompletableFuture<Recommendations> trending = batch.calls().trending(5);
        List<CompletableFuture<Explanation>> reasons = best.items().stream()
                .map(item -> batch.calls().why(60, item.itemId()))
                .toList();
        batch.send();
        trending.join();
        reasons.forEach(CompletableFuture::join);

        Profile held = client.getProfile(60).orElseThrow();
        client.setConsent(new ConsentUpdate(60, commerce, audience, ConsentState.DENIED, now), held.version());
        Profile masked = client.getProfile(60, EnumSet.allOf(ProfilePart.class), audience)
                .orElseThrow();
        String everything = client.exportProfile(60).orElseThrow();
        ErasureReceipt receipt = client.eraseProfile(60);
        // end
        assertThat(best.items()).hasSize(2);
        assertThat(masked.slots()).isEmpty();
        assertThat(everything).contains("\"shown\":[{\"itemId\":2,");
        assertThat(receipt.profiles()).isEqualTo(1);
        assertThat(client.getProfile(60)).isEmpty();
    }
}

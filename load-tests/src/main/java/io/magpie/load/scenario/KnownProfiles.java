package io.magpie.load.scenario;

import io.magpie.client.ConsentState;
import io.magpie.client.MagpieClient;
import io.magpie.client.Profile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from a server what it holds for a person, in the form that a scan can use. Thread-safe. */
public final class KnownProfiles {
    private final MagpieClient client;
    private final int purpose;

    /** Profiles as this server holds them; consent that is unset counts as denied, which is the server's default. */
    public KnownProfiles(MagpieClient client) {
        this.client = client;
        this.purpose = client.serverInfo().purposeNumber("recommend");
    }

    /** Returns what is held, or null if there is no such person. */
    public KnownProfile read(long id) {
        return client.getProfile(id).map(this::known).orElse(null);
    }

    private KnownProfile known(Profile profile) {
        Set<Integer> allowed = new HashSet<>();
        for (Profile.Consent consent : profile.consents()) {
            if (consent.purpose() == purpose && consent.state() == ConsentState.GRANTED) {
                allowed.add(consent.source());
            }
        }
        List<KnownProfile.Slot> slots = profile.slots().stream()
                .filter(slot -> allowed.contains(slot.source()) && slot.spaceId() == profile.spaceId())
                .map(slot ->
                        new KnownProfile.Slot(slot.source(), slot.vector(), slot.evidence(), slot.timeMillis(), true))
                .toList();
        List<Profile.Seen> seen =
                profile.seen().stream().filter(each -> !each.shown()).toList();
        int counted = (int)
                seen.stream().filter(each -> allowed.contains(each.source())).count();
        return new KnownProfile(
                profile.profileId(),
                slots,
                counted,
                seen.stream().map(Profile.Seen::itemId).collect(Collectors.toSet()));
    }
}

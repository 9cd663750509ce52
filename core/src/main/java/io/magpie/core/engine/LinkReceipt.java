package io.magpie.core.engine;

import io.magpie.core.Outcome;

/**
 * What a link or an unlink came to. Immutable.
 *
 * @param outcome         how it ended; what follows is defined for {@link Outcome#OK} alone
 * @param profileId       the profile that both lead to now, or the one that an unlinked identity leads to
 * @param mergedProfileId the profile that was merged into it by this link; {@link Person#NOBODY} if none was
 * @param timeMillis      when it was done, in milliseconds since 1970
 */
public record LinkReceipt(Outcome outcome, long profileId, long mergedProfileId, long timeMillis) {}

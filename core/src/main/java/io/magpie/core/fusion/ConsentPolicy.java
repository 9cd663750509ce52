package io.magpie.core.fusion;

import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;

/** Whether a source may be used for a purpose: what its consent says, and what silence means. */
public enum ConsentPolicy {
    /** Only what was granted may be used. */
    UNSET_IS_DENIED,
    /** What was not denied may be used. */
    UNSET_IS_GRANTED;

    /** The purpose of recommending goods to the person. */
    public static final int PURPOSE_RECOMMEND = 0;

    /** The purpose of finding the person for a good. */
    public static final int PURPOSE_AUDIENCE = 1;

    /** Returns whether {@code source} may be used for {@code purpose}. Allocates nothing. */
    public boolean allows(ProfileRecord profile, int source, int purpose) {
        int state = profile.consentState(source, purpose);
        return state == ProfileDescriptor.CONSENT_GRANTED
                || (state == ProfileDescriptor.CONSENT_UNSET && this == UNSET_IS_GRANTED);
    }
}

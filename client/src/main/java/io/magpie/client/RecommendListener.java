package io.magpie.client;

import io.magpie.protocol.RecommendReplyDecoder;

/**
 * Hears how a {@link RecommendCall} ended. Called on the client's event loop, exactly once for each time the call is
 * sent; it must not block, and it may send the call again.
 */
public interface RecommendListener {
    /**
     * The answer came.
     *
     * @param call   may be changed and sent again from here on
     * @param answer lies over the network buffer: valid during this call only
     */
    void onAnswer(RecommendCall call, RecommendReplyDecoder answer);

    /**
     * There is no answer.
     *
     * @param call may be changed and sent again from here on
     */
    void onFailure(RecommendCall call, MagpieException failure);
}

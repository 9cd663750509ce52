package io.magpie.server.verb;

/** Answers one verb for one event loop. */
interface VerbHandler {
    /**
     * Appends the reply, or sees to it that it is appended later. May throw: then what was appended is taken back, and
     * the request is answered INTERNAL.
     *
     * @param request valid only until this method returns
     */
    void handle(Request request);
}

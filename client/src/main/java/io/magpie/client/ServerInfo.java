package io.magpie.client;

import java.util.List;

/**
 * What a server said of itself at hello. Immutable.
 *
 * @param protocolVersion  version of the protocol that the connection speaks
 * @param serverVersion    the server's release
 * @param features         bits of {@link io.magpie.protocol.Feature} that both sides know
 * @param dimension        length of every vector
 * @param sources          the configured sources, in their order
 * @param purposes         what consent is given for
 * @param spaceId          the live catalogue's space
 * @param catalogueVersion the live catalogue's version
 * @param timeMillis       the server's time, milliseconds since 1970
 * @param maxFrameLength   longest frame that it takes, in bytes after the length field
 * @param maxLimit         most items that one answer may hold
 * @param maxListLength    most entries in one list of a request
 */
public record ServerInfo(
        int protocolVersion,
        String serverVersion,
        long features,
        int dimension,
        List<Source> sources,
        List<Purpose> purposes,
        int spaceId,
        long catalogueVersion,
        long timeMillis,
        int maxFrameLength,
        int maxLimit,
        int maxListLength) {

    /** Copies the lists. */
    public ServerInfo {
        sources = List.copyOf(sources);
        purposes = List.copyOf(purposes);
    }

    /**
     * Returns the number of a source.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int sourceNumber(String name) {
        for (Source source : sources) {
            if (source.name().equals(name)) {
                return source.number();
            }
        }
        throw new IllegalArgumentException("no such source: name=" + name + " sources=" + sources);
    }

    /**
     * Returns the number of a purpose.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int purposeNumber(String name) {
        for (Purpose purpose : purposes) {
            if (purpose.name().equals(name)) {
                return purpose.number();
            }
        }
        throw new IllegalArgumentException("no such purpose: name=" + name + " purposes=" + purposes);
    }

    /**
     * A configured source.
     *
     * @param number         its number on the wire
     * @param name           its name
     * @param weight         its share in the fused vector
     * @param halfLifeMillis time in which evidence halves, milliseconds
     * @param kind           what it holds
     */
    public record Source(int number, String name, double weight, long halfLifeMillis, SourceKind kind) {}

    /**
     * A purpose that consent is given for.
     *
     * @param number its number on the wire
     * @param name   its name
     */
    public record Purpose(int number, String name) {}
}

package io.magpie.server.cli;

import io.magpie.client.Person;
import io.magpie.client.ServerInfo;
import io.magpie.client.WriteReceipt;
import io.magpie.client.WriteResults;
import io.magpie.server.audit.AuditEntry;
import io.magpie.server.data.UnsignedId;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whom a command is about: a profile or an identity, one of the two. A group of options that exclude each other. */
final class PersonOptions {
    @Option(
            names = "--profile",
            paramLabel = "ID",
            converter = OptionConverters.Id.class,
            description = "who, by the id of a profile")
    private Long profile;

    @Option(
            names = "--identity",
            paramLabel = "SOURCE:EXTERNAL-ID",
            converter = IdentityName.Converter.class,
            description = "who, by a source's own id of 1 to 64 bytes, e.g. commerce:customer-4711")
    private IdentityName identity;

    /**
     * An identity as the command line names it.
     *
     * @param source     name of the source
     * @param externalId as text
     */
    record IdentityName(String source, String externalId) {
        /** Returns whom it names. */
        Person person(ServerInfo server) {
            return Person.identity(ClientCommand.source(server, source), externalId);
        }

        @Override
        public String toString() {
            return source + ":" + externalId;
        }

        /** Reads {@code SOURCE:EXTERNAL-ID}; the id may hold colons. */
        static final class Converter implements ITypeConverter<IdentityName> {
            @Override
            public IdentityName convert(String text) {
                int colon = text.indexOf(':');
                if (colon < 1) {
                    throw new TypeConversionException(
                            "'" + text + "' is not SOURCE:EXTERNAL-ID, such as commerce:customer-4711");
                }
                IdentityName name = new IdentityName(text.substring(0, colon), text.substring(colon + 1));
                try {
                    Person.identity(0, name.externalId());
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException(e.getMessage());
                }
                return name;
            }
        }
    }

    /** Reads a profile's id, or {@code SOURCE:EXTERNAL-ID}. */
    static PersonOptions parse(String text) {
        PersonOptions who = new PersonOptions();
        try {
            if (text.indexOf(':') < 0) {
                who.profile = UnsignedId.parse(text);
            } else {
                who.identity = new IdentityName.Converter().convert(text);
            }
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw CommandException.badUsage(e.getMessage());
        }
        return who;
    }

    /** Returns whom the options name. */
    Person person(ServerInfo server) {
        return identity == null ? Person.profile(profile) : identity.person(server);
    }

    /**
     * Returns the bytes by which the audit log knows whom the options name.
     *
     * @param sources the server's sources in their order, as {@code NAME} or {@code NAME:...}; none if an identity bears a
     *                number
     */
    byte[] auditedId(List<String> sources) {
        if (identity == null) {
            return AuditEntry.ofProfile(profile);
        }
        List<String> names =
                sources.stream().map(source -> source.split(":", 2)[0].strip()).toList();
        int number = names.indexOf(identity.source());
        if (number < 0) {
            try {
                number = Integer.parseInt(identity.source());
            } catch (NumberFormatException e) {
                throw CommandException.badUsage(
                        "name the server's --sources, or give the source's number: source=" + identity.source());
            }
        }
        byte[] id = identity.externalId().getBytes(StandardCharsets.UTF_8);
        return AuditEntry.ofIdentity(number, id, id.length);
    }

    /** Says for people who it is. */
    String label() {
        return identity == null ? "profile " + Long.toUnsignedString(profile) : "identity " + identity;
    }

    /** Says for people who it is, given the profile that the server reached. */
    String label(long reached) {
        return "profile " + Long.toUnsignedString(identity == null ? profile : reached);
    }

    /** Returns what tells that there is no such person. */
    CommandException unknown() {
        return CommandException.failed(
                identity == null
                        ? "no such profile: profile=" + Long.toUnsignedString(profile)
                        : "no profile is known by this identity: identity=" + identity,
                null);
    }

    /** Says that a change was made, and of whom unless it is as the options say. */
    void printDone(PrintWriter out, WriteReceipt receipt) {
        boolean isNamed = identity == null && receipt.profileId() == profile;
        out.println(isNamed ? "done" : "done, profile " + Long.toUnsignedString(receipt.profileId()));
    }

    /** Returns the profile that an answer is for, or null if there is none. */
    static Long orNull(long profileId) {
        return profileId == WriteResults.NO_PROFILE ? null : (Long) profileId;
    }
}

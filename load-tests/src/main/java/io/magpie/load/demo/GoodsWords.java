package io.magpie.load.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The word lists that goods are named with: {@code goods.txt} beside this class, which says its own format. */
final class GoodsWords {
    /**
     * One category of goods.
     *
     * @param name       what a reader calls it
     * @param domain     the larger interest it belongs to
     * @param eurosFrom  the lowest price in whole euros
     * @param eurosTo    the highest price in whole euros
     * @param heads      kinds of goods
     * @param qualifiers what kind, from cheap to dear
     * @param variants   size, colour and the like
     */
    record Category(
            String name,
            String domain,
            int eurosFrom,
            int eurosTo,
            List<String> heads,
            List<String> qualifiers,
            List<String> variants) {
        int combinations() {
            return heads.size() * qualifiers.size() * variants.size();
        }
    }

    private GoodsWords() {}

    /** Reads every category, in the order of the file. */
    static List<Category> read() {
        List<Category> categories = new ArrayList<>();
        try (InputStream file = GoodsWords.class.getResourceAsStream("goods.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            String line;
            String begun = "";
            while ((line = reader.readLine()) != null) {
                if (line.startsWith("#") || line.isBlank()) {
                    continue;
                }
                if (line.endsWith("\\")) {
                    begun += line.substring(0, line.length() - 1);
                    continue;
                }
                categories.add(parse(begun + line));
                begun = "";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return categories;
    }

    private static Category parse(String line) {
        String[] fields = line.split("\\|");
        if (fields.length != 6) {
            throw new IllegalStateException("goods.txt: a line has six fields: fields=" + fields.length + ": " + line);
        }
        String[] euros = fields[2].strip().split("-");
        return new Category(
                fields[0].strip(),
                fields[1].strip(),
                Integer.parseInt(euros[0]),
                Integer.parseInt(euros[1]),
                words(fields[3]),
                words(fields[4]),
                words(fields[5]));
    }

    private static List<String> words(String field) {
        List<String> words = new ArrayList<>();
        for (String word : field.split(";")) {
            words.add(word.strip());
        }
        return List.copyOf(words);
    }
}

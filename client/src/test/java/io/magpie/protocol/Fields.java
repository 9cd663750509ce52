package io.magpie.protocol;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Calls every reading method of a decoder, so that a test sees all that it would give to anybody. */
final class Fields {
    private Fields() {}

    /** Returns every field by name; those of entries as lists. */
    static Map<String, String> of(MessageDecoder decoder) {
        Map<String, String> fields = new TreeMap<>();
        for (Method method : decoder.getClass().getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            boolean isOfNoMessage = !MessageDecoder.class.isAssignableFrom(method.getDeclaringClass())
                    || method.getDeclaringClass() == MessageDecoder.class;
            if (method.isSynthetic() || isOfNoMessage || method.getName().startsWith("find")) {
                continue;
            }
            if (parameters.length == 0) {
                fields.put(method.getName(), String.valueOf(call(decoder, method)));
            } else if (parameters.length == 1
                    && parameters[0] == int.class
                    && !method.getName().equals("hasFlag")) {
                fields.put(method.getName() + "[]", Arrays.toString(entries(decoder, method)));
            }
        }
        if (fields.containsKey("vectorCount")) {
            fields.put("vectors[]", Arrays.deepToString(vectors(decoder)));
        }
        return fields;
    }

    private static Object[] entries(MessageDecoder decoder, Method method) {
        String counter = method.getName();
        // eventItemId belongs to eventCount, tokenByte to tokenLength: the longest prefix that counts something.
        for (int length = counter.length(); length > 0; length--) {
            for (String suffix : new String[] {"Count", "Length"}) {
                Object count = callIfThere(decoder, counter.substring(0, length) + suffix);
                if (count != null) {
                    Object[] values = new Object[(int) count];
                    Arrays.setAll(values, i -> call(decoder, method, i));
                    return values;
                }
            }
        }
        throw new AssertionError("nothing counts the entries of " + counter);
    }

    private static float[][] vectors(MessageDecoder decoder) {
        int count = (int) callIfThere(decoder, "vectorCount");
        int dimension = (int) callIfThere(decoder, "dimension");
        float[][] vectors = new float[count][dimension];
        for (int i = 0; i < count; i++) {
            try {
                decoder.getClass()
                        .getMethod("copyVector", int.class, float[].class)
                        .invoke(decoder, i, vectors[i]);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return vectors;
    }

    private static Object callIfThere(MessageDecoder decoder, String name) {
        try {
            return call(decoder, decoder.getClass().getMethod(name));
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Object call(MessageDecoder decoder, Method method, Object... arguments) {
        try {
            return method.invoke(decoder, arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method + " failed", e);
        }
    }
}

package einvoice;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON as maps, lists, texts, BigDecimal, Boolean and null. It is here so that the example has no dependency; take the
 * library that your program has.
 */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Map<String, Object> object(String text) {
        Json reader = new Json(text);
        Object value = reader.value();
        if (reader.next() != 0 || !(value instanceof Map)) {
            throw new IllegalArgumentException("the text is not one JSON object");
        }
        return cast(value);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }

    static String write(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(e -> write(e.getKey()) + ":" + write(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (!(value instanceof String s)) {
            return String.valueOf(value);
        }
        StringBuilder out = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** Skips white space and returns the next character, 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char c) {
        boolean there = next() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void need(char c) {
        if (!take(c)) {
            throw new IllegalArgumentException("the JSON has no " + c + " at " + at);
        }
    }

    private Object value() {
        switch (next()) {
            case '{' -> {
                Map<String, Object> map = new LinkedHashMap<>();
                at++;
                while (!take('}')) {
                    if (!map.isEmpty()) {
                        need(',');
                    }
                    String name = string();
                    need(':');
                    map.put(name, value());
                }
                return map;
            }
            case '[' -> {
                List<Object> list = new ArrayList<>();
                at++;
                while (!take(']')) {
                    if (!list.isEmpty()) {
                        need(',');
                    }
                    list.add(value());
                }
                return list;
            }
            case '"' -> {
                return string();
            }
            default -> {
                int from = at;
                while (at < text.length() && "{}[],: \t\r\n\"".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                String word = text.substring(from, at);
                return switch (word) {
                    case "true" -> true;
                    case "false" -> false;
                    case "null" -> null;
                    default -> new BigDecimal(word);
                };
            }
        }
    }

    private String string() {
        need('"');
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c != '\\' || at == text.length()) {
                out.append(c);
                continue;
            }
            c = text.charAt(at++);
            int simple = "bfnrt".indexOf(c);
            if (c == 'u' && at + 4 <= text.length()) {
                out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                out.append(simple < 0 ? c : "\b\f\n\r\t".charAt(simple));
            }
        }
        throw new IllegalArgumentException("a text in the JSON has no end");
    }
}

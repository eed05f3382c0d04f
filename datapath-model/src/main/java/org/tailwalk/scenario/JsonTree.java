// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailwalk.text.Message;

/** A JSON document that remembers on which line each value stands, for errors. */
sealed interface JsonTree {
  /** 1-based line where the value begins. */
  int line();

  /** Where it stands: {@code $.endpoints[0].ipv4}. */
  String path();

  /** A word for the value's kind, for errors. */
  default Message kind() {
    return switch (this) {
      case Obj _ -> Message.of("wrong.json.kind.obj");
      case Arr _ -> Message.of("wrong.json.kind.arr");
      case Str _ -> Message.of("wrong.json.kind.str");
      case Num _ -> Message.of("wrong.json.kind.num");
      case Bool _ -> Message.of("wrong.json.kind.bool");
      case Nil _ -> Message.of("wrong.json.kind.nil");
    };
  }

  record Obj(int line, String path, Map<String, JsonTree> members) implements JsonTree {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  record Arr(int line, String path, List<JsonTree> items) implements JsonTree {
    public Arr {
      items = List.copyOf(items);
    }
  }

  record Str(int line, String path, String text) implements JsonTree {}

  /** A number as written. */
  record Num(int line, String path, String text) implements JsonTree {}

  record Bool(int line, String path, boolean value) implements JsonTree {}

  record Nil(int line, String path) implements JsonTree {}

  /** Reads one document, strictly: no comments, no duplicate names, nothing behind it. */
  static JsonTree parse(String file, String text) throws ScenarioException {
    return new Parser(file, text).document();
  }

  /** Reads with Gson, which knows its line but tells it only in words. */
  final class Parser {
    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column \\d+ path (\\S*)");

    private final String file;
    private final JsonReader reader;

    private Parser(String file, String text) {
      this.file = file;
      this.reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(64);
    }

    private JsonTree document() throws ScenarioException {
      try {
        JsonTree tree = value();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
          throw new ScenarioException(file, line(), "$", Message.of("wrong.json.follows"));
        }
        return tree;
      } catch (IOException | IllegalStateException e) {
        String words = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(words);
        boolean placed = place.find();
        String cause = placed ? words.substring(0, place.start()).strip() : words;
        throw new ScenarioException(
            file,
            placed ? Integer.parseInt(place.group(1)) : line(),
            placed ? place.group(2) : reader.getPath(),
            Message.of("wrong.json.not", inWords(cause)));
      }
    }

    /** Gson's message for whatever strict JSON has not is about its own settings. */
    private static Message inWords(String cause) {
      if (cause.isEmpty() || cause.equals("End of input")) {
        return Message.of("wrong.json.early");
      }
      return cause.startsWith("Use JsonReader.setStrictness")
          ? Message.of("wrong.json.strict")
          : Message.plain(cause);
    }

    private int line() {
      Matcher place = PLACE.matcher(reader.toString());
      return place.find() ? Integer.parseInt(place.group(1)) : 0;
    }

    private JsonTree value() throws IOException, ScenarioException {
      JsonToken token = reader.peek();
      int line = line();
      String path = reader.getPath();
      return switch (token) {
        case BEGIN_OBJECT -> object(line, path);
        case BEGIN_ARRAY -> {
          List<JsonTree> items = new ArrayList<>();
          reader.beginArray();
          while (reader.hasNext()) {
            items.add(value());
          }
          reader.endArray();
          yield new Arr(line, path, items);
        }
        case STRING -> new Str(line, path, reader.nextString());
        case NUMBER -> new Num(line, path, reader.nextString());
        case BOOLEAN -> new Bool(line, path, reader.nextBoolean());
        case NULL -> {
          reader.nextNull();
          yield new Nil(line, path);
        }
        case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
            throw new ScenarioException(file, line, path, Message.of("wrong.json.no-value"));
      };
    }

    private JsonTree object(int line, String path) throws IOException, ScenarioException {
      Map<String, JsonTree> members = new LinkedHashMap<>();
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        int at = line();
        String where = reader.getPath();
        if (members.put(name, value()) != null) {
          throw new ScenarioException(file, at, where, Message.of("wrong.json.twice"));
        }
      }
      reader.endObject();
      return new Obj(line, path, members);
    }
  }
}

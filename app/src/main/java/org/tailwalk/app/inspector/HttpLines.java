// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.filter.Filter;

/** The head of an HTTP/1 message, line by line, as far as this segment holds it. */
final class HttpLines {
  private static final Pattern REQUEST = Pattern.compile("([A-Z]{3,7}) ([^ ]+) HTTP/1\\.[01]");
  private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

  private HttpLines() {}

  /**
   * Reads a payload; null when no message begins there.
   *
   * @return its first line, its header's lines, and its body as one node
   */
  static @Nullable HeaderFields of(byte[] frame, int at, int end, boolean filtered) {
    String text = new String(frame, at, end - at, StandardCharsets.ISO_8859_1);
    int stop = lineEnd(text, 0);
    String first = text.substring(0, stop);
    Matcher request = REQUEST.matcher(first);
    Matcher response = RESPONSE.matcher(first);
    boolean asks = request.matches();
    if (!asks && !response.matches()) {
      return null;
    }
    // The filter language reads as far as this, and nothing of a message that it can't tell is one.
    FieldList to = new FieldList(at, end, filtered && stop <= Filter.HTTP_BYTES);
    boolean host = true;
    if (asks) {
      int uri = request.start(2);
      to.add(
              0,
              uri - 1,
              "Method",
              request.group(1),
              filter("http.request.method", request.group(1)))
          .add(
              uri,
              request.group(2).length(),
              "URI",
              request.group(2),
              filter("http.request.uri", request.group(2)));
    } else {
      to.number(
          response.start(1), 3, "Status", Long.parseLong(response.group(1)), "http.response.code");
    }
    int line = next(text, stop);
    while (line < text.length()) {
      stop = lineEnd(text, line);
      if (stop == line) {
        line = next(text, stop);
        break;
      }
      String words = text.substring(line, stop);
      boolean here = words.regionMatches(true, 0, "host:", 0, 5);
      header(to, line, words, here && host && stop <= Filter.HTTP_BYTES);
      // Only the first is its.
      host &= !here;
      line = next(text, stop);
    }
    if (line < text.length()) {
      to.add(
          line,
          text.length() - line,
          Texts.of(HttpLines.class).get("http.body"),
          PacketTree.bytes(text.length() - line));
    }
    return new HeaderFields(first, to.all());
  }

  private static void header(FieldList to, int at, String line, boolean host) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? Texts.of(HttpLines.class).get("http.line") : line.substring(0, colon);
    String value = line.substring(colon + 1).strip();
    to.add(at, line.length(), name, value, host ? filter("http.host", value) : "");
  }

  private static String filter(String field, String value) {
    return field + " == \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** At CR LF, at LF and, as Wireshark and {@link String#lines} have it, at a CR alone. */
  private static int lineEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  private static int next(String text, int lineEnd) {
    return Math.min(text.length(), lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text is a filter or a documented error; a printed filter means what it meant. */
final class FilterPropertyTest {
  private static final List<String> PIECES =
      List.of(
          "tcp",
          "ip.src",
          "ip.addr",
          "tcp.port",
          "tcp.flags",
          "tcp.flags.syn",
          "frame",
          "eth.src",
          "info",
          "verdict",
          "ct.status",
          "unheard",
          "map.key",
          "drop.reason",
          "frame.time_relative",
          "==",
          "!=",
          "===",
          "~=",
          "<",
          ">=",
          "contains",
          "matches",
          "in",
          "not in",
          "{",
          "}",
          "&&",
          "||",
          "and",
          "or",
          "xor",
          "not",
          "!",
          "(",
          ")",
          "[",
          "]",
          "[0:2]",
          "[1]",
          "&",
          "0x12",
          ",",
          "..",
          "80",
          "10.0.0.1",
          "10.0.0.0/8",
          "fd00::/64",
          "02:00:00:00:00:01",
          "dropped",
          "new",
          "\"a b\"",
          "\"",
          "r\"\\d+\"",
          "syn",
          "1.5",
          "5ms",
          "-137",
          "true",
          "→",
          "=",
          "~",
          "kernel.verdict",
          "\\",
          "ip.scr",
          "80..90",
          "\"(\"",
          "and and",
          "len(",
          "lower(",
          "upper(",
          "count(tcp.port)",
          "string(ip.src)",
          "any",
          "all",
          "\t",
          "é",
          "\u0000");

  @Test
  void anyTextIsAFilterOrADocumentedError() {
    Random random = new Random(7);
    int understood = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder();
      int pieces = 1 + random.nextInt(9);
      for (int p = 0; p < pieces; p++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
        text.append(random.nextInt(4) == 0 ? "" : " ");
      }
      if (random.nextInt(5) == 0) {
        int at = random.nextInt(text.length() + 1);
        text.insert(at, (char) random.nextInt(0x180));
      }
      understood += check(text.toString()) ? 1 : 0;
    }
    assertThat(understood).as("a property of nothing proves nothing").isGreaterThan(3_000);
  }

  @Test
  void grammaticalFiltersPrintToThemselves() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      String text = expression(random, 3);
      assertThat(check(text)).as(text).isTrue();
    }
  }

  private static String expression(Random random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return switch (random.nextInt(15)) {
        case 0 -> "syn";
        case 1 -> "\"to \\\"stack\\\"\"";
        case 2 -> "tcp";
        case 3 -> "ip.src != 10.0.0." + random.nextInt(256);
        case 4 -> "tcp.port in {" + random.nextInt(100) + ".." + (100 + random.nextInt(9)) + ", 7}";
        case 5 -> "tcp.flags & 0x" + Integer.toHexString(1 + random.nextInt(255)) + " == 2";
        case 6 -> "eth.src[" + random.nextInt(4) + ":2] == 02:00";
        case 7 -> "verdict not in {dropped, TO_STACK}";
        case 8 -> "tcp.srcport > tcp.dstport";
        case 9 -> "len(tcp.payload) >= " + random.nextInt(40);
        case 10 -> "upper(string(ip.src))[0:2] == \"10\"";
        case 11 -> "all tcp.port != " + random.nextInt(100);
        case 12 -> "any ip.addr in {10.0.0.0/8, 1.1.1.1}";
        case 13 -> "all lower(http.host) == upper(info)";
        default -> "info matches r\"\\d+→80\"";
      };
    }
    String left = expression(random, depth - 1);
    String right = expression(random, depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> left + " && " + right;
      case 1 -> left + " or " + right;
      case 2 -> "not (" + left + ")";
      case 3 -> "(" + left + ") " + right;
      case 4 -> left + " xor " + right;
      default -> "!" + (left.startsWith("(") ? left : "(" + left + ")");
    };
  }

  private static boolean check(String text) {
    Filter filter;
    try {
      filter = Filter.parse(text);
    } catch (FilterException e) {
      assertThat(e.from()).as(text).isBetween(0, text.length());
      assertThat(e.to()).as(text).isBetween(e.from(), text.length());
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.caret()).contains("^");
      return false;
    }
    String printed = filter.expression().print();
    try {
      Filter again = Filter.parse(printed);
      assertThat(again.expression())
          .as("%s printed as %s", text, printed)
          .isEqualTo(filter.expression());
      assertThat(again.expression().print()).isEqualTo(printed);
    } catch (FilterException e) {
      throw new AssertionError(text + " is printed as " + printed + ": " + e.getMessage(), e);
    }
    return true;
  }

  @Test
  void completingAnywhereInAnyTextGivesTexts() {
    Random random = new Random(3);
    Completer completer = Completer.ofNothing();
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int p = 0; p < 5; p++) {
        text.append(PIECES.get(random.nextInt(PIECES.size()))).append(' ');
      }
      int caret = random.nextInt(text.length() + 1);
      for (Completion c : completer.complete(text.toString(), caret)) {
        assertThat(c.from()).isBetween(0, caret);
        assertThat(c.to()).isBetween(caret, text.length());
        assertThat(c.applyTo(text.toString())).contains(c.text());
      }
    }
  }
}

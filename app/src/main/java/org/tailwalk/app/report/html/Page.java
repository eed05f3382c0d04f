// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Language;
import org.tailwalk.app.text.Texts;

/** The frame of a page, and what all pages are made of. */
final class Page {
  /** Cells up to this many letters are never broken. */
  private static final int SHORT = 18;

  /** The words of all pages, in the language of who writes them: a command's are English. */
  static Texts texts() {
    return Texts.of(Page.class);
  }

  private static String language() {
    String code = Locale.getDefault().getLanguage();
    return Language.CODES.contains(code) ? code : Language.CODES.getFirst();
  }

  private Page() {}

  /** A whole document. */
  static String document(String title, Html header, Html body) {
    Html page = new Html();
    page.open("html", "lang", language(), "xmlns", "http://www.w3.org/1999/xhtml");
    page.open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", title);
    page.element("style", "%STYLE%");
    page.end();
    page.open("body");
    page.open("a", "class", "skip", "href", "#main").text(texts().get("skip")).end();
    page.open("header").add(header).end();
    page.open("main", "id", "main").add(body).end();
    page.open("footer");
    page.element("p", texts().get("made", version()));
    page.end();
    page.end();
    page.end();
    // The style holds > signs, which need no escaping and would not be read back by every browser.
    return "<!DOCTYPE html>\n" + page.toString().replace("%STYLE%", style());
  }

  private static String version() {
    String version = Page.class.getPackage().getImplementationVersion();
    return version == null ? "" : " " + version;
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      return new String(
          Objects.requireNonNull(in, "page.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new LinkageError("the program's own style can't be read", e);
    }
  }

  /**
   * A table with a caption and headers that say whose they are.
   *
   * @param head titles of the columns
   * @param rows texts; the first of each row names it
   */
  static Html table(String caption, List<String> head, List<List<String>> rows) {
    Html table = start(caption, head);
    for (List<String> row : rows) {
      row(table, null, row);
    }
    return finish(table);
  }

  /** Begins a table whose rows follow. */
  static Html start(String caption, List<String> head) {
    Html table = new Html();
    // A table that is wider than the page scrolls by itself, also by keyboard.
    table.open("div", "class", "wide", "role", "region", "tabindex", "0", "aria-label", caption);
    table.open("table");
    table.element("caption", caption);
    table.open("thead").open("tr");
    for (String title : head) {
      table.element("th", title, "scope", "col");
    }
    table.close().close();
    table.open("tbody");
    return table;
  }

  /** A row of it; the class says how it looks. */
  static void row(Html table, @Nullable String style, List<String> cells) {
    if (style == null) {
      table.open("tr");
    } else {
      table.open("tr", "class", style);
    }
    boolean first = true;
    for (String cell : cells) {
      if (first) {
        table.element("th", cell, "scope", "row");
      } else {
        if (cell.length() <= SHORT) {
          table.element("td", cell, "class", "short");
        } else {
          table.element("td", cell);
        }
      }
      first = false;
    }
    table.end();
  }

  /** Ends it. */
  static Html finish(Html table) {
    return table.close().close().end();
  }
}

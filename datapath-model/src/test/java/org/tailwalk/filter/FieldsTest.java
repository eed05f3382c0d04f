// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page of fields lists them all. */
final class FieldsTest {
  private static final Path PAGE = Path.of("../docs/filters.md");

  private static String table() {
    StringBuilder rows = new StringBuilder("| field | holds | needs | |\n|---|---|---|---|\n");
    for (Field field : Fields.all()) {
      if (field.name().startsWith("kernel.") || field.name().startsWith("model.")) {
        continue;
      }
      boolean lane = Fields.find("kernel." + field.name()) != null;
      rows.append(
          "| `%s`%s | %s | %s | %s |\n"
              .formatted(
                  field.name(),
                  lane ? " ×3" : "",
                  field.type().label(),
                  field.level() == Level.SUMMARY
                      ? ""
                      : field.level().name().toLowerCase(Locale.ROOT),
                  field.about().english().replace("|", "\\|")));
    }
    return rows.toString();
  }

  @Test
  void thePageListsEveryField() throws IOException {
    String page = Files.readString(PAGE);
    if (Boolean.getBoolean("tailwalk.write")) {
      int at = page.indexOf("| field |");
      Files.writeString(PAGE, (at < 0 ? page : page.substring(0, at)) + table());
      page = Files.readString(PAGE);
    }
    assertThat(page)
        .as(
            "write the table anew: mvn -pl datapath-model test -Dtest=FieldsTest"
                + " -Dtailwalk.write=true")
        .endsWith(table());
  }

  @Test
  void everyFieldIsExplained() {
    assertThat(Fields.all())
        .hasSizeGreaterThan(100)
        .allSatisfy(f -> assertThat(f.about().english()).isNotBlank());
    // What a field is, mostly: a few are names in every language.
    for (Locale language : List.of(Locale.KOREAN, Locale.CHINESE)) {
      assertThat(Fields.all())
          .filteredOn(f -> f.about().in(language).equals(f.about().english()))
          .extracting(Field::name)
          .isSubsetOf("http.request.method", "tls.handshake.type");
    }
  }
}

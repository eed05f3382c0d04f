// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.bundled;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ElfFormatException;
import org.tailwalk.bpf.elf.ObjectReader;

/**
 * A build of the bundled endpoint programs.
 *
 * @param families dual, v4 or v6
 * @param changes options to add, or with a minus to leave out
 */
record Build(String era, String families, List<String> changes) {
  static final List<String> ERAS =
      List.of("SEED", "PR25426", "PR26115", "PR26118", "PR33551", "WALKTHROUGH2020");
  static final List<String> FAMILIES = List.of("dual", "v4", "v6");

  private static final List<String> USUAL =
      List.of(
          "ENABLE_ROUTING",
          "DROP_NOTIFY",
          "TRACE_NOTIFY",
          "POLICY_VERDICT_NOTIFY",
          "CONNTRACK_ACCOUNTING",
          "ENABLE_ARP_RESPONDER",
          "ENABLE_IDENTITY_MARK",
          "LOCAL_DELIVERY_METRICS",
          "HAVE_CHANGE_TAIL",
          "HAVE_LARGE_INSN_LIMIT",
          "HAVE_LRU_HASH_MAP_TYPE");

  boolean of2020() {
    return era.equals("WALKTHROUGH2020");
  }

  CollectionSpec spec() throws IOException, ElfFormatException {
    List<String> options = new ArrayList<>(USUAL);
    if (!families.equals("v6")) {
      options.add("ENABLE_IPV4");
    }
    if (!families.equals("v4")) {
      options.add("ENABLE_IPV6");
    }
    for (String change : changes) {
      if (change.startsWith("-")) {
        options.remove(change.substring(1));
      } else {
        options.add(change);
      }
    }
    List<String> flags = new ArrayList<>(options.stream().map(o -> "-D" + o + "=1").toList());
    if (!of2020()) {
      flags.add("-DERA=ERA_" + era);
    }
    return object(
        Path.of("src", "main", "bpf", of2020() ? "walkthrough2020.bpf.c" : "lxc.bpf.c"), flags);
  }

  static CollectionSpec object(Path source, List<String> flags)
      throws IOException, ElfFormatException {
    List<String> strict = new ArrayList<>(flags);
    strict.addAll(List.of("-Wall", "-Wextra", "-Werror"));
    strict.addAll(List.of("-Wno-unused-parameter", "-Wno-sign-compare"));
    return ObjectReader.read(source.getFileName().toString(), Fixtures.compiled(source, strict));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteTableTest {
  @Test
  void aFileIsNamedAsItLies() {
    record Case(String told, String file) {}

    for (Case c :
        new Case[] {
          new Case("././lib/lb4.h", "lib/lb4.h"),
          new Case("./lxc/../lib/lb4.h", "lib/lb4.h"),
          new Case("lxc.bpf.c", "lxc.bpf.c"),
          new Case("/src/cilium/bpf/bpf_lxc.c", "/src/cilium/bpf/bpf_lxc.c"),
          new Case("/src/bpf/lxc/../lib/lb4.h", "/src/bpf/lib/lb4.h"),
          new Case("lxc/tc/../../lib/lb4.h", "lib/lb4.h"),
          new Case("./lxc/./tc/../../../lib/lb4.h", "../lib/lb4.h"),
          new Case("/../lib/lb4.h", "/../lib/lb4.h"),
          new Case("../lib/lb4.h", "../lib/lb4.h"),
          new Case("../../lib/lb4.h", "../../lib/lb4.h"),
        }) {
      assertThat(SiteTable.plain(c.told)).as(c.told).isEqualTo(c.file);
    }
  }
}

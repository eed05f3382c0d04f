// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftBreakTest {
  @Test
  void aLinesEndIsABlankButNotWithinChinese() {
    assertThat(SoftBreak.join("one", "two")).isEqualTo("one two");
    assertThat(SoftBreak.join("수업이", "끝났습니다")).isEqualTo("수업이 끝났습니다");
    assertThat(SoftBreak.join("因此 UDP 的条目", "只是")).isEqualTo("因此 UDP 的条目只是");
    assertThat(SoftBreak.join("于是通过，", "handle_policy")).isEqualTo("于是通过，handle_policy");
    assertThat(SoftBreak.join("第三个 tail_ipv4_ct_egress", "正要"))
        .isEqualTo("第三个 tail_ipv4_ct_egress 正要");
    assertThat(SoftBreak.join("", "正要")).isEqualTo("正要");
  }
}

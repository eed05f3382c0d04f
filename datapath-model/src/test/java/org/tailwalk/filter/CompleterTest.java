// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CompleterTest {
  private final Completer completer =
      new Completer(field ->
          switch (field.name()) {
            case "ip.src" -> List.of("10.0.0.11", "10.0.1.20", "192.168.0.1");
            case "tcp.port" -> List.of("80", "8080");
            default -> List.of();
          });

  private List<String> at(String textWithBar) {
    int caret = textWithBar.indexOf('|');
    String text = textWithBar.replace("|", "");
    return completer.complete(text, caret).stream().map(Completion::text).toList();
  }

  @Test
  void fieldsThatBeginSoComeFirst() {
    assertThat(at("ip.s|")).startsWith("ip.src ");
    assertThat(at("srcp|")).contains("tcp.srcport ", "udp.srcport ");
    assertThat(at("tcp && unh|")).startsWith("unheard");
    assertThat(at("(ct.st|")).startsWith("ct.status ", "ct.state ").contains("model.ct.state ");
  }

  @Test
  void operatorsFollowAField() {
    assertThat(at("ip.src |")).startsWith("== ", "!= ");
    assertThat(at("info |")).contains("contains ", "matches ").doesNotContain("< ");
    assertThat(at("info con|")).first().isEqualTo("contains ");
  }

  @Test
  void valuesSeenInTheCaptureFollowAnOperator() {
    assertThat(at("ip.src == |")).containsExactly("10.0.0.11", "10.0.1.20", "192.168.0.1");
    assertThat(at("ip.src == 10.0.1|")).containsExactly("10.0.1.20");
    assertThat(at("tcp.port in {80, 8|")).containsExactly("80", "8080");
    assertThat(at("tcp.port not in {|")).containsExactly("80", "8080");
  }

  @Test
  void wordsOfAClosedSetAreOffered() {
    assertThat(at("ct.status == n|")).containsExactly("new", "reopened");
    assertThat(at("verdict == |")).contains("dropped", "to-stack", "passed-unpoliced");
    assertThat(at("drop.reason == unknown_p|"))
        .contains("drop_ct_unknown_proto", "drop_proxy_unknown_proto");
    assertThat(at("unheard == t|")).containsExactly("true");
    assertThat(at("map.hit == ct_|")).contains("ct_tcp4", "ct_any4");
  }

  @Test
  void takingOneReplacesTheWordAtTheCaret() {
    Completion first = completer.complete("ip.sr == 1.1.1.1", 5).getFirst();
    assertThat(first.applyTo("ip.sr == 1.1.1.1")).isEqualTo("ip.src  == 1.1.1.1");
    assertThat(first.caret()).isEqualTo(7);
  }

  @Test
  void functionsAndQuantifiersAreOffered() {
    assertThat(at("low|")).contains("lower(");
    assertThat(at("al|")).contains("all ");
    assertThat(at("len(http|"))
        .startsWith("http.request.method) ")
        .doesNotContain("http ", "http.response.code) ");
    assertThat(at("len(http.host) |")).startsWith("== ", "!= ", "< ").doesNotContain("contains ");
    assertThat(at("lower(info) |")).contains("contains ", "matches ");
    assertThat(at("all tcp.port == |")).containsExactly("80", "8080");
  }

  @Test
  void insideOfQuotesNothingIsOffered() {
    assertThat(at("info contains \"ip.s|")).isEmpty();
  }
}

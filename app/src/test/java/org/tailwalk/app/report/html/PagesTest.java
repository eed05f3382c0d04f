// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongPredicate;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.compare.core.CompareJob;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.report.RunEnd;
import org.tailwalk.app.report.RunInfo;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.scenario.Era;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every page is well-formed, whole in itself, and says in words what it draws. */
final class PagesTest {
  private static final String WORKING = "../samples/compare-working/capture.pcap";
  private static final String BROKEN = "../samples/compare-broken/capture.pcap";

  private static Document parse(String page) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new InputSource(new StringReader(page)));
  }

  private static List<Element> all(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** What holds of every page. */
  private static Document sound(String text) throws Exception {
    return sound(text, "en");
  }

  private static Document sound(String text, String language) throws Exception {
    assertThat(text).startsWith("<!DOCTYPE html>");
    Document page = parse(text);
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo(language);
    for (String landmark : List.of("header", "main", "footer", "nav", "h1", "head")) {
      assertThat(all(page, landmark)).as(landmark).hasSize(1);
    }
    assertThat(all(page, "script")).isEmpty();
    assertThat(all(page, "link")).isEmpty();
    assertThat(all(page, "img")).isEmpty();
    assertThat(text).doesNotContain("@import").doesNotContain("url(");
    assertThat(text).contains("prefers-color-scheme: dark").contains("@media print");
    Set<String> ids = new HashSet<>();
    for (Element e : all(page, "*")) {
      String id = e.getAttribute("id");
      if (!id.isEmpty()) {
        assertThat(ids.add(id)).as("id " + id + " once").isTrue();
      }
      assertThat(e.getAttributes().getNamedItem("onclick")).isNull();
    }
    for (Element link : all(page, "a")) {
      String to = link.getAttribute("href");
      assertThat(to).startsWith("#");
      assertThat(ids).contains(to.substring(1));
    }
    for (Element head : all(page, "th")) {
      assertThat(head.getAttribute("scope")).isIn("col", "row");
    }
    for (Element table : all(page, "table")) {
      assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
    }
    for (Element svg : all(page, "svg")) {
      assertThat(svg.getAttribute("role")).isEqualTo("img");
      for (String id : svg.getAttribute("aria-labelledby").split(" ")) {
        assertThat(ids).contains(id);
      }
      assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
    }
    int level = 1;
    for (Element e : all(page, "*")) {
      if (e.getTagName().matches("h[1-6]")) {
        int now = e.getTagName().charAt(1) - '0';
        assertThat(now)
            .as("no level left out: " + e.getTextContent())
            .isLessThanOrEqualTo(level + 1);
        level = now;
      }
    }
    return page;
  }

  private static ComparedPair pair(CompareRequest request) throws Exception {
    return new CompareJob(
            Openings::forWindow, Lanes.modelAlone("not in this test", new ModelReplayEngine()))
        .run(request, (_, _) -> true);
  }

  @Test
  void aComparisonSaysTheFirstDifferenceAndDrawsBothPaths() throws Exception {
    try (ComparedPair pair =
        pair(
            new CompareRequest(
                CompareRequest.Side.of(WORKING), CompareRequest.Side.of(BROKEN), null))) {
      String text = ComparePage.of(pair, (_, _) -> true);
      Document page = sound(text);
      assertThat(text)
          .contains("First difference, row 5: conntrack. In B the reply came 363.9 s after");
      assertThat(all(page, "svg")).hasSize(2 + 1 + 2 + 1);
      assertThat(all(page, "article")).hasSize(4);
      assertThat(text).contains("no counterpart").contains("collected at 300 s");
    }
  }

  @Test
  void aComparisonOfEqualsSaysSo() throws Exception {
    try (ComparedPair pair =
        pair(
            new CompareRequest(
                CompareRequest.Side.of(WORKING), CompareRequest.Side.of(WORKING), null))) {
      String text = ComparePage.of(pair, (_, _) -> true);
      sound(text);
      assertThat(text).contains("No difference, but for what legitimately differs.");
    }
  }

  private static String replay(String file, boolean both, @Nullable LongPredicate selected)
      throws Exception {
    OpenCapture open = Openings.forWindow(file, null, (_, _) -> true);
    StringWriter out = new StringWriter();
    var scenario = open.scenario().withModel(Era.PR33551);
    try (CaptureReplay replay =
        CaptureReplay.open(
            scenario, both ? new ModelReplayEngine() : null, new ModelReplayEngine())) {
      ReplayPage report =
          new ReplayPage(
              new PrintWriter(out),
              new RunInfo(open.name(), scenario, both ? "kernel stand-in" : null, "model"),
              selected);
      ReplaySummary.Counter counter = new ReplaySummary.Counter();
      replay.run(
          open.frames().open(),
          packet -> {
            counter.add(packet);
            report.packet(packet);
            return true;
          });
      report.end(counter.summary(), new RunEnd(List.of("a <warning> & more"), false));
    } finally {
      open.close().run();
    }
    return out.toString();
  }

  @Test
  void aReplayTellsDropsWithTheirWhyAndWhereEnginesDiffer() throws Exception {
    String text = replay("../samples/nobody-heard/capture.pcap", true, null);
    Document page = sound(text);
    assertThat(text)
        .contains("a &lt;warning&gt; &amp; more")
        .contains("The engines differ (raw-code-vs-notified-drop)")
        .contains("Packet 8: TCP 51122→8080 SYN, dropped: Policy denied");
    assertThat(all(page, "article")).hasSize(2);
    assertThat(all(page, "dt").stream().map(Element::getTextContent))
        .contains("verdict", "decided", "next");
    assertThat(all(page, "svg")).as("kernel, and both where they differ").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "zh"})
  void aPageOfTheWindowSpeaksItsLanguage(String language) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of(language));
    try (ComparedPair pair =
        pair(
            new CompareRequest(
                CompareRequest.Side.of(WORKING), CompareRequest.Side.of(BROKEN), null))) {
      for (String text :
          List.of(
              replay("../samples/nobody-heard/capture.pcap", true, null),
              ComparePage.of(pair, (_, _) -> true))) {
        Document page = sound(text, language);
        List<Element> frame = new ArrayList<>();
        for (String tag : List.of("h1", "h2", "h3", "h4", "caption", "dt", "p", "desc", "title")) {
          frame.addAll(all(page, tag));
        }
        assertThat(frame)
            .extracting(Element::getTextContent)
            .filteredOn(t -> !t.startsWith("conntrack") && !t.contains("<warning>"))
            .allSatisfy(t -> assertThat(t.codePoints()).as(t).anyMatch(c -> c >= 0x2E80));
        String words = all(page, "body").getFirst().getTextContent();
        for (String english : List.of("Packet ", "Steps of", "then ", "dropped", "unheard")) {
          assertThat(words).doesNotContain(english);
        }
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aSelectionIsToldInFullAndAlone() throws Exception {
    String text = replay("../samples/http/capture.pcap", false, n -> n >= 3 && n <= 5);
    Document page = sound(text);
    assertThat(all(page, "article")).hasSize(3);
    assertThat(text).contains("Packet 3:").doesNotContain("Packet 6:");
  }

  @Test
  void whatMarkupAndXmlHaveNoPlaceForIsEscaped() throws Exception {
    Html body = new Html();
    body.element(
        "p", "<script>alert('x')</script> & \"quoted\" \u0000\u0007 \ud800 ok \ud83d\ude00");
    String page = Page.document("a < b & c", new Html().element("h1", "x"), body);
    Document parsed = parse(page);
    assertThat(all(parsed, "script")).isEmpty();
    assertThat(parsed.getElementsByTagName("p").item(0).getTextContent())
        .contains("<script>alert('x')</script> & \"quoted\" \ufffd\ufffd")
        .contains("\ud83d\ude00");
    assertThat(all(parsed, "title").getFirst().getTextContent()).isEqualTo("a < b & c");
  }

  @Test
  void markupThatIsLeftOpenIsAMistakeOfOurs() {
    Html html = new Html();
    html.open("p");
    org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(html::toString);
  }
}

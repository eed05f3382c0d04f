// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.List;
import org.tailwalk.app.text.Texts;

/**
 * Packets that pass a filter wear a colour and a sign. The first rule that fits decides.
 *
 * @param name for people
 * @param filter in the filter language
 * @param colour which of the palette's
 * @param sign one or two characters that stand for it beside the colour; may be empty
 */
public record ColourRule(String name, String filter, Colour colour, String sign, boolean enabled) {
  /** Colours that every palette has, told apart by colour-blind eyes. */
  public enum Colour {
    ORANGE,
    SKY,
    GREEN,
    YELLOW,
    BLUE,
    VERMILION,
    PURPLE,
    GREY
  }

  /**
   * What a fresh installation has, named in its language. All but the first two are switched off.
   */
  public static List<ColourRule> defaults() {
    Texts texts = Texts.of(ColourRule.class);
    return List.of(
        new ColourRule(texts.get("colour.unheard"), "unheard", Colour.VERMILION, "!", true),
        new ColourRule(texts.get("colour.expired"), "ct.expired", Colour.PURPLE, "†", true),
        new ColourRule(texts.get("colour.reset"), "tcp.flags.reset == 1", Colour.GREY, "R", false),
        new ColourRule(
            texts.get("colour.begins"),
            "tcp.flags.syn == 1 && tcp.flags.ack == 0",
            Colour.GREEN,
            "S",
            false),
        new ColourRule(texts.get("colour.icmp"), "ct.status == related", Colour.SKY, "i", false),
        new ColourRule("DNS", "dns", Colour.BLUE, "d", false));
  }

  /** On or off. */
  public ColourRule withEnabled(boolean on) {
    return new ColourRule(name, filter, colour, sign, on);
  }
}

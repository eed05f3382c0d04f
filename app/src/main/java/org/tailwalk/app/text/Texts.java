// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.tailwalk.text.Message;

/** The words of one package, in the language of the default locale. */
public final class Texts {
  private final ResourceBundle bundle;

  private Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * The words of a class's package.
   *
   * @throws MissingResourceException when the package has no {@code texts.properties}
   */
  public static Texts of(Class<?> place) {
    String name = place.getPackageName() + ".texts";
    // No fallback to the machine's language: a missing translation is English.
    return new Texts(
        ResourceBundle.getBundle(
            name,
            Locale.getDefault(),
            place.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
  }

  /** What the core says, in the window's language. */
  public static String say(Message message) {
    return message.in(Locale.getDefault());
  }

  /**
   * A text as it stands.
   *
   * @throws MissingResourceException when there is none of this name
   */
  public String get(String key) {
    return bundle.getString(key);
  }

  /**
   * A text with its places filled as {@link MessageFormat} does: {@code {0}}, {@code {1,number}}; a
   * single quote is written twice.
   */
  public String get(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), Locale.getDefault()).format(values);
  }
}

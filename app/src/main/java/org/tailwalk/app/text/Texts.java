// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.text;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/** The words of one package, in the language of the default locale. */
public final class Texts {
  private static final Map<Place, Texts> KNOWN = new ConcurrentHashMap<>();

  private final ResourceBundle bundle;
  private final Locale language;

  /**
   * Texts with places, read once: lists ask for one at every row they paint. A format is for one
   * thread at a time, and nobody is to wait for another's.
   */
  private final ThreadLocal<Map<String, MessageFormat>> formats =
      ThreadLocal.withInitial(HashMap::new);

  /** Where texts belong and in which language. */
  private record Place(String bundle, Locale language, ClassLoader loader) {}

  private Texts(ResourceBundle bundle, Locale language) {
    this.bundle = bundle;
    this.language = language;
  }

  /**
   * The words of a class's package.
   *
   * @throws MissingResourceException when the package has no {@code texts.properties}
   */
  public static Texts of(Class<?> place) {
    String name = place.getPackageName() + ".texts";
    return KNOWN.computeIfAbsent(
        new Place(name, Locale.getDefault(), place.getClassLoader()), Texts::read);
  }

  private static Texts read(Place place) {
    // No fallback to the machine's language: a missing translation is English.
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            place.bundle,
            place.language,
            place.loader,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new Texts(bundle, place.language);
  }

  /** What the core says, in the window's language. */
  public static String say(Message message) {
    return message.in(Locale.getDefault());
  }

  /** What went wrong, in the window's language where the failure can say it so. */
  public static String say(Throwable failure) {
    return say(Told.of(failure));
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
    return formats
        .get()
        .computeIfAbsent(key, k -> new MessageFormat(bundle.getString(k), language))
        .format(values);
  }
}

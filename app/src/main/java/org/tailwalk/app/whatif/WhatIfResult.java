// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.whatif.Beside;

/**
 * A packet as it was and as it would have been.
 *
 * @param kernel null where the kernel lane has not answered or says the same
 * @param model null where the model has not answered or says the same
 */
public record WhatIfResult(long packet, @Nullable Beside kernel, @Nullable Beside model) {
  /** Both lanes' answers together. */
  static List<WhatIfResult> merge(Collection<WhatIfResult> model, Collection<WhatIfResult> kernel) {
    TreeMap<Long, WhatIfResult> all = new TreeMap<>();
    model.forEach(r -> all.put(r.packet, r));
    kernel.forEach(
        r -> all.merge(r.packet, r, (a, b) -> new WhatIfResult(a.packet, b.kernel, a.model)));
    return List.copyOf(all.values());
  }

  /** What became of it, in the lane that tells more. */
  public String text() {
    if (kernel != null && model != null && !kernel.text().equals(model.text())) {
      return Texts.of(WhatIfResult.class)
          .get("result.both", Texts.say(kernel.message()), Texts.say(model.message()));
    }
    return kernel != null
        ? Texts.say(kernel.message())
        : model != null ? Texts.say(model.message()) : "";
  }

  /** Whether its verdict is another. */
  public boolean turned() {
    return text().contains("→");
  }
}

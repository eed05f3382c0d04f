// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.policy;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.tailwalk.app.inspector.PacketReading;
import org.tailwalk.app.policy.PolicyAccount.Content;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;

/** The policy decisions about the packet shown. Does nothing while nobody looks. UI thread. */
public final class PolicyViewModel {
  private final PacketReading<Content> reading;

  /** Looks at what {@code focus} looks at, once {@link #shownProperty} says so. */
  public PolicyViewModel(Focus focus, Work work) {
    reading =
        new PacketReading<>(
            focus,
            work,
            () -> nothing(focus),
            (packet, node) -> new PolicyAccount(node).of(packet));
  }

  private static Content nothing(Focus focus) {
    String none = Texts.of(PolicyViewModel.class).get("nothing.no-packet");
    return new Content(List.of(), focus.packetless().orElse(none));
  }

  /** Whether anybody looks. */
  public BooleanProperty shownProperty() {
    return reading.shownProperty();
  }

  ReadOnlyObjectProperty<Content> contentProperty() {
    return reading.contentProperty();
  }
}

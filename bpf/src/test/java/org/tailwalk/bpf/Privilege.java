// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tailwalk.bpf.sys.Capability;

/**
 * Kernel tests skip where a capability is proven missing, except where CI=true: there they fail.
 */
public final class Privilege implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    var held = Capability.effective();
    if (held.contains(Capability.CAP_SYS_ADMIN)
        || held.contains(Capability.CAP_BPF)
            && held.contains(Capability.CAP_NET_ADMIN)
            && held.contains(Capability.CAP_PERFMON)) {
      return;
    }
    String reason = "kernel tests need CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON; held: " + held;
    if ("true".equals(System.getenv("CI"))) {
      fail(reason);
    }
    Assumptions.abort(reason);
  }
}

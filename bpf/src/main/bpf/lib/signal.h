// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Signals to the agent: a map is full, please collect. */
#ifndef TAILWALK_SIGNAL_H
#define TAILWALK_SIGNAL_H

#include "helpers.h"
#include "maps.h"

#define SIGNAL_CT_FILL_UP 1
#define SIGNAL_PROTO_V4 0
#define SIGNAL_PROTO_V6 1

struct signal_msg {
	__u32 signal_nr;
	__u32 proto;
};

static __always_inline void send_signal_ct_fill_up(struct __sk_buff *ctx, __u32 proto)
{
	struct signal_msg msg = { .signal_nr = SIGNAL_CT_FILL_UP, .proto = proto };

	perf_event_output(ctx, &cilium_signals, BPF_F_CURRENT_CPU, &msg, sizeof(msg));
}

#endif

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Per-CPU packet and byte counters by reason and direction. */
#ifndef TAILWALK_METRICS_H
#define TAILWALK_METRICS_H

#include "ctx.h"
#include "maps.h"

enum metric_dir {
	METRIC_INGRESS = 1,
	METRIC_EGRESS = 2,
	METRIC_SERVICE = 3,
};

static __always_inline void update_metrics(const struct __sk_buff *ctx, __u8 direction, __u8 reason)
{
	struct metrics_key key = { .reason = reason, .dir = direction };
	struct metrics_value *value = map_lookup_elem(&cilium_metrics, &key);

	if (value) {
		value->count += 1;
		value->bytes += ctx->len;
	} else {
		struct metrics_value first = { .count = 1, .bytes = ctx->len };

		map_update_elem(&cilium_metrics, &key, &first, BPF_ANY);
	}
}

#endif

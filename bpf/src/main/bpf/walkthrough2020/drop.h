// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Drop notifications of 2020, in place of lib/drop.h. The control block carries the reason as the signed value that the
 * program failed with; the event program turns it round. File and line were not told.
 */
#ifndef TAILWALK_DROP_H
#define TAILWALK_DROP_H

#include "../lib/events.h"
#include "../lib/metrics.h"
#include "../lib/tailcall.h"

struct drop_notify {
	struct notify_capture capture;
	__u32 src_label;
	__u32 dst_label;
	__u32 dst_id;
	__u32 unused;
};

_Static_assert(sizeof(struct drop_notify) == 32, "drop notification layout");

static __always_inline __u8 drop_reason8(int reason)
{
	return reason < 0 ? -reason : reason;
}

static __always_inline int send_drop_notify(struct __sk_buff *ctx, __u32 src, __u32 dst, __u32 dst_id, int reason,
					    const __u8 exitcode, __u8 direction)
{
#ifdef DROP_NOTIFY
	ctx_store_meta(ctx, 0, src);
	ctx_store_meta(ctx, 1, dst);
	ctx_store_meta(ctx, 2, reason);
	ctx_store_meta(ctx, 3, dst_id);
	ctx_store_meta(ctx, 4, exitcode);
#endif
	update_metrics(ctx, direction, -reason); /* of the action 2, too: 254 */
#ifdef DROP_NOTIFY
	ep_tail_call(ctx, CILIUM_CALL_DROP_NOTIFY);
#endif
	return exitcode;
}

static __always_inline int send_drop_notify_error(struct __sk_buff *ctx, __u32 src, int reason, const __u8 exitcode,
						  __u8 direction)
{
	return send_drop_notify(ctx, src, 0, 0, reason, exitcode, direction);
}

#ifdef DROP_NOTIFY
__section_tail(CALLS_MAP_ID, CILIUM_CALL_DROP_NOTIFY)
int __send_drop_notify(struct __sk_buff *ctx)
{
	int reason = ctx_load_meta(ctx, 2);
	struct drop_notify msg = {
		.capture = notify_capture(ctx, NOTIFY_DROP, drop_reason8(reason), TRACE_PAYLOAD_LEN),
		.src_label = ctx_load_meta(ctx, 0),
		.dst_label = ctx_load_meta(ctx, 1),
		.dst_id = ctx_load_meta(ctx, 3),
	};

	notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
	return ctx_load_meta(ctx, 4);
}
#endif

#endif

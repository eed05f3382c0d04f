// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Drop notifications. The sender leaves its words in the control block, counts the drop and tail-calls the program in
 * slot 1, which emits the event and returns the exit code. If that slot is empty the sender returns it itself.
 */
#ifndef TAILWALK_DROP_H
#define TAILWALK_DROP_H

#include "events.h"
#include "metrics.h"
#include "tailcall.h"

struct drop_notify {
	struct notify_capture capture;
	__u32 src_label;
	__u32 dst_label;
	__u32 dst_id;
	__u16 line;
	__u8 file;
	__s8 ext_error;
	__u32 ifindex;
};

_Static_assert(sizeof(struct drop_notify) == 36, "drop notification layout");

/*
 * Numbers of source files; those of the datapath that user space already knows, where all programs of a pod stand in one
 * file. Of file 2 the line is that of the file in lxc/ that the reporting program stands in.
 */
#define THIS_FILE_IS(NAME) (!__builtin_strcmp(__FILE_NAME__, NAME))
#define drop_file_id()                                                                                         \
	(THIS_FILE_IS("from_container.h") || THIS_FILE_IS("by_policy.h") ||                                    \
	 THIS_FILE_IS("to_container.h") ? 2 : THIS_FILE_IS("arp.h") ? 101 : THIS_FILE_IS("icmp6.h") ? 104 : 0)

/*
 * The low byte of the absolute value, taken in the argument's own type: an unsigned argument never counts as negative,
 * and 256 - code comes out. That is what PR 33551 mended.
 */
#define drop_reason8(V) ((__u8)((V) > 0 ? (V) : -(V)))

/* A macro, so that file and line are those of the place that reports. */
#define send_drop_notify(CTX, SRC, DST, DST_ID, REASON, EXITCODE, DIRECTION)                                   \
	({                                                                                                     \
		_Static_assert(drop_file_id() != 0, "give this file a number in drop_file_id()");              \
		send_drop_notify_at(CTX, SRC, DST, DST_ID, drop_reason8(REASON), EXITCODE, DIRECTION,          \
				    drop_file_id(), __LINE__);                                                 \
	})

#define send_drop_notify_error(CTX, SRC, REASON, EXITCODE, DIRECTION)                                          \
	send_drop_notify(CTX, SRC, 0, 0, REASON, EXITCODE, DIRECTION)

static __always_inline int send_drop_notify_at(struct __sk_buff *ctx, __u32 src, __u32 dst, __u32 dst_id, __u8 reason,
					       const __u8 exitcode, __u8 direction, const __u8 file, const __u16 line)
{
#ifdef DROP_NOTIFY
	ctx_store_meta(ctx, 0, src);
	ctx_store_meta(ctx, 1, dst);
	ctx_store_meta(ctx, 2, reason);
	ctx_store_meta(ctx, 3, dst_id);
	ctx_store_meta(ctx, 4, exitcode | (__u32)file << 8 | (__u32)line << 16);
#endif
	update_metrics(ctx, direction, reason);
#ifdef DROP_NOTIFY
	ep_tail_call(ctx, CILIUM_CALL_DROP_NOTIFY);
#endif
	return exitcode;
}

#ifdef DROP_NOTIFY
__section_tail(CALLS_MAP_ID, CILIUM_CALL_DROP_NOTIFY)
int __send_drop_notify(struct __sk_buff *ctx)
{
	__u32 error = ctx_load_meta(ctx, 2);
	__u32 place = ctx_load_meta(ctx, 4);
	struct drop_notify msg = {
		.capture = notify_capture(ctx, NOTIFY_DROP, error & 0xff, TRACE_PAYLOAD_LEN),
		.src_label = ctx_load_meta(ctx, 0),
		.dst_label = ctx_load_meta(ctx, 1),
		.dst_id = ctx_load_meta(ctx, 3),
		.line = place >> 16,
		.file = place >> 8 & 0xff,
		.ext_error = (__s8)(error >> 8 & 0xff),
		.ifindex = ctx->ifindex,
	};

	notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
	return place & 0xff;
}
#endif

#endif
